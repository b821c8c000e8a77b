// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns the protocol server of the provider. Version is the version of the provider.
func NewServer(version string, options ...Option) (tfprotov6.ProviderServer, error) {
	p := newProvider(version, options...)
	server, ok := providerserver.NewProtocol6(p)().(frameworkServer)
	if !ok {
		return nil, errors.New("the server of terraform-plugin-framework lacks list resources or actions")
	}
	return stateObserver{frameworkServer: server, provider: p}, nil
}

// shutdownPatience is shorter than the two seconds after which a CLI kills a provider that it has
// asked to end.
const shutdownPatience = 1500 * time.Millisecond

// Shutdown ends a server: it removes the ephemeral resources that Terraform has not closed. The
// process calls it after the CLI has asked it to end.
func Shutdown(server tfprotov6.ProviderServer) {
	if s, ok := server.(stateObserver); ok {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownPatience)
		defer cancel()
		s.provider.leftovers.Remove(ctx)
	}
}

// frameworkServer has all interfaces of the framework's server. A wrapper without one of them would
// disable its feature.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// stateObserver passes the objects of the state to the areas, see framework.Service.
type stateObserver struct {
	frameworkServer
	provider *devtronProvider
}

// UpgradeResourceState implements tfprotov6.ResourceServer. Terraform calls it for each object of
// the state before it does anything else with the object.
func (s stateObserver) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	data := s.provider.data.Load()
	for _, service := range services {
		if observe := service.Observe[req.TypeName]; observe != nil && data != nil && req.RawState != nil {
			observe(data, req.RawState.JSON)
		}
	}
	return s.frameworkServer.UpgradeResourceState(ctx, req)
}
