// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Service is what an area registers with the provider.
type Service struct {
	Resources     []func() resource.Resource
	DataSources   []func() datasource.DataSource
	ListResources []func() list.ListResource
	Actions       []func() action.Action
	// EphemeralResources need Terraform 1.10 or newer.
	EphemeralResources []func() ephemeral.EphemeralResource
	// Observe has a function for each type of resource that needs to know, before its methods are
	// called, which objects of the state Terraform is about to plan, replace or destroy. The
	// function receives each of them as JSON.
	Observe map[string]func(*Data, []byte)
}
