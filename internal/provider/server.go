// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns the provider as Terraform talks to it. Version is that of the provider.
func NewServer(version string, options ...Option) (tfprotov6.ProviderServer, error) {
	p := newProvider(version, options...)
	server, ok := providerserver.NewProtocol6(p)().(frameworkServer)
	if !ok {
		return nil, errors.New("the server of terraform-plugin-framework lacks list resources or actions")
	}
	return stateObserver{frameworkServer: server, provider: p}, nil
}

// frameworkServer is what the framework's server can do. A wrapper that left out one of these interfaces would take the
// feature away.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// stateObserver records which configurations the objects of the state refer to. Terraform passes every object that it is
// about to plan, replace or destroy through UpgradeResourceState, in the apply as well and with -refresh=false. Nothing else
// tells the creation half of a replacement that the configuration it meets is the one that is replaced.
type stateObserver struct {
	frameworkServer
	provider *devtronProvider
}

// UpgradeResourceState implements tfprotov6.ResourceServer.
func (s stateObserver) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	var object struct {
		ID          string `json:"id"`
		GitProvider string `json:"git_provider"`
	}
	ledger := s.provider.ledger.Load()
	if ledger != nil && req.TypeName == typeGitOpsConfig && req.RawState != nil && json.Unmarshal(req.RawState.JSON, &object) == nil {
		id, _ := strconv.Atoi(object.ID) // 0, not known, where it could not be read back
		ledger.hold(object.GitProvider, id)
	}
	return s.frameworkServer.UpgradeResourceState(ctx, req)
}
