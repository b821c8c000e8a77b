// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package hosturl is the area of the host URL, the address at which users reach Devtron.
package hosturl

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Service registers the area.
var Service = framework.Service{
	Resources:     []func() resource.Resource{func() resource.Resource { return &hostURLResource{} }},
	DataSources:   []func() datasource.DataSource{func() datasource.DataSource { return &hostURLDataSource{} }},
	ListResources: []func() list.ListResource{func() list.ListResource { return &hostURLList{} }},
}

const typeName = "devtron_host_url"

var pathURL = path.Root("url")

// hostURLResource is a singleton: Devtron has one host URL, and its web page sets it when a
// super-admin first signs in.
type hostURLResource struct {
	framework.Resource[area, *area]
}

type model struct {
	URL      types.String   `tfsdk:"url"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// Metadata implements resource.Resource.
func (r *hostURLResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = typeName
}

// Schema implements resource.Resource.
func (r *hostURLResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The host URL of Devtron: the address at which users and webhooks reach it. Devtron has one. Its web page sets it when a super-admin signs in for the first time, " +
			"so creating this resource takes the existing value over. Devtron cannot delete it: destroying the resource leaves the value as it is.",
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				MarkdownDescription: "Address with `http` or `https`, without a query, for example `https://devtron.example.com`.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{sameURL{}},
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, validURL),
			},
			"timeouts": framework.Timeouts(ctx),
		},
	}
}

// ValidateConfig counts the resources of the configuration: Terraform validates each again in the
// walk that plans it.
func (r *hostURLResource) ValidateConfig(context.Context, resource.ValidateConfigRequest, *resource.ValidateConfigResponse) {
	if r.Area != nil {
		r.Area.instances.Add(1)
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *hostURLResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Area == nil {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddAttributeWarning(pathURL, "The host URL stays in Devtron", "Devtron cannot delete its host URL. Destroying this resource only removes it from the Terraform state.")
		return
	}
	if r.Area.instances.Load() > 1 {
		resp.Diagnostics.AddAttributeError(pathURL, "Two resources for one host URL", "Devtron has one host URL, and several resources of this configuration manage it. Keep one of them.")
		return
	}
	var plan model
	state := types.StringNull()
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, pathURL, &state)...)
	}
	if r.Area.Client == nil || resp.Diagnostics.HasError() || plan.URL.IsUnknown() || plan.URL.Equal(state) {
		return
	}
	resp.Diagnostics.Append(r.Area.compareHosts(plan.URL.ValueString())...)
	if state.IsNull() {
		timeout, diags := plan.Timeouts.Read(ctx, framework.ReadTimeout)
		resp.Diagnostics.Append(diags...)
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		resp.Diagnostics.Append(r.Area.planCreation(ctx, plan.URL.ValueString())...)
	}
}

// Create implements resource.Resource.
func (r *hostURLResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	if r.set(ctx, timeout, plan, &resp.Diagnostics) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	}
}

// Update implements resource.Resource.
func (r *hostURLResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	timeout, diags := plan.Timeouts.Update(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	if r.set(ctx, timeout, plan, &resp.Diagnostics) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	}
}

func (r *hostURLResource) set(ctx context.Context, timeout time.Duration, plan model, diags *diag.Diagnostics) bool {
	if diags.HasError() {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	lost, err := r.Area.write(ctx, plan.URL.ValueString())
	if err != nil {
		diags.Append(r.Area.failure("The host URL could not be set", "Plan again: the plan shows what is stored.", err)...)
		return false
	}
	if lost != nil {
		diags.AddWarning("Devtron's answer was lost", framework.Paragraphs("The host URL was sent, but no usable answer arrived. Reading showed that it is stored.", framework.Quote(lost)))
	}
	return true
}

// Read implements resource.Resource.
func (r *hostURLResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	timeout, diags := state.Timeouts.Read(ctx, framework.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || r.Area.Client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	stored, err := r.Area.read(ctx)
	switch {
	case err != nil:
		resp.Diagnostics.Append(r.Area.failure("The host URL could not be read", "The Terraform state is left as it was.", err)...)
	case stored == "":
		resp.State.RemoveResource(ctx)
	case !same(stored, state.URL.ValueString()):
		state.URL = types.StringValue(stored)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// Delete forgets the host URL, as Devtron has no DELETE for it.
func (r *hostURLResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
