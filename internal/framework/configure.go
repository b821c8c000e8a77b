// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resource is embedded in every resource, and in list resources, which Terraform configures in the
// same way. Area is nil while Terraform validates without a configured provider.
type Resource[A any, P area[A]] struct{ Area *A }

// Configure implements resource.ResourceWithConfigure and list.ListResourceWithConfigure.
func (r *Resource[A, P]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Area = open[A, P](req.ProviderData, &resp.Diagnostics)
}

// DataSource is embedded in every data source.
type DataSource[A any, P area[A]] struct{ Area *A }

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource[A, P]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Area = open[A, P](req.ProviderData, &resp.Diagnostics)
}

// Action is embedded in every action.
type Action[A any, P area[A]] struct{ Area *A }

// Configure implements action.ActionWithConfigure.
func (a *Action[A, P]) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Area = open[A, P](req.ProviderData, &resp.Diagnostics)
}

// open returns the area of the provider's data; nil while Terraform validates without a configured
// provider.
func open[A any, P area[A]](raw any, diags *diag.Diagnostics) *A {
	data := TakeData(raw, diags)
	if data == nil {
		return nil
	}
	return AreaOf[A, P](data)
}

// TakeData returns the data that the provider hands to its resources; nil while Terraform validates
// without a configured provider.
func TakeData(raw any, diags *diag.Diagnostics) *Data {
	if raw == nil {
		return nil
	}
	data, ok := raw.(*Data)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("Got %T. This is a bug in the provider.", raw))
	}
	return data
}
