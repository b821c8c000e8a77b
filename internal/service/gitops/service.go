// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitops is the area of GitOps configurations: the resource, the data sources, the list
// resource, the action, and the plan-time check of git tokens. Package configs decides which
// requests change Devtron, and package gittoken checks tokens.
package gitops

import (
	"encoding/json"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// Service registers the area.
var Service = framework.Service{
	Resources:     []func() resource.Resource{newConfigResource},
	DataSources:   []func() datasource.DataSource{newConfigDataSource, newConfigsDataSource, newTokenDataSource},
	ListResources: []func() list.ListResource{newConfigList},
	Actions:       []func() action.Action{newValidateAction},
	Observe:       map[string]func(*framework.Data, []byte){typeConfig: observe},
}

// area is the data that the resources of the area share in one walk.
type area struct {
	*framework.Data
	// store is nil while an argument of the provider is unknown.
	store   *configs.Store
	checker *gittoken.Checker
	ledger  *ledger
}

// Open implements the constraint of framework.AreaOf.
func (a *area) Open(d *framework.Data) {
	a.Data = d
	a.ledger = newLedger()
	a.checker = gittoken.NewChecker(gittoken.CheckerOptions{UserAgent: d.UserAgent, Transport: d.GitTransport})
	if d.Client != nil {
		a.store = configs.New(d.Client, d.Patience)
	}
}

// connected returns the store; nil while Terraform validates, or while an argument of the provider
// is unknown.
func (a *area) connected() *configs.Store {
	if a == nil {
		return nil
	}
	return a.store
}

// observe records the configuration of an object of the state. Terraform passes every object
// through UpgradeResourceState before it plans, replaces or destroys it, even with -refresh=false.
// This is the only way for the creation of a replacement to find out that the existing
// configuration is the one that it replaces.
func observe(d *framework.Data, state []byte) {
	var object struct {
		ID          string `json:"id"`
		GitProvider string `json:"git_provider"`
	}
	if json.Unmarshal(state, &object) != nil {
		return
	}
	id, _ := strconv.Atoi(object.ID) // 0 stands for an id that could not be read back.
	framework.AreaOf[area](d).ledger.addReference(object.GitProvider, id)
}
