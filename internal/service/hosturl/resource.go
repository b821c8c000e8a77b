// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package hosturl is the area of the host URL, the address at which users reach Devtron.
package hosturl

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
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

// area is what the resources of the area share in one walk.
type area struct {
	*framework.Data
	lock reconcile.WriteLock
}

// Open implements the constraint of framework.AreaOf.
func (a *area) Open(d *framework.Data) {
	a.Data = d
	if d.Client != nil {
		a.lock = reconcile.LockOf(d.Client.BaseURL().String() + " host URL")
	}
}

// read returns the host URL; "" where none is set.
func (a *area) read(ctx context.Context) (string, error) {
	stored, err := a.Client.GetHostURL(ctx)
	if devtron.IsKind(err, devtron.NotFound) {
		return "", nil
	}
	return stored.URL, err
}

// write sets the host URL unless it is set already. A reply that was lost is settled by reading.
func (a *area) write(ctx context.Context, wanted string) error {
	if err := a.lock.Hold(ctx); err != nil {
		return err
	}
	defer a.lock.Release()
	stored, err := a.read(ctx)
	if err != nil || stored == wanted {
		return err
	}
	_, err = a.Client.SetHostURL(ctx, wanted)
	if _, maybe := reconcile.MaybeHandled(err); maybe {
		settling, cancel := a.Patience.Afterwards(ctx)
		defer cancel()
		if stored, readErr := a.read(settling); readErr == nil && stored == wanted {
			return nil
		}
	}
	return err
}

func (a *area) failure(summary, consequence string, err error) diag.Diagnostics {
	return a.Failure(framework.Operation{Summary: summary, Consequence: consequence, Object: "host URL"}, err)
}

// hostURLResource is a singleton: Devtron has one host URL, and its web page sets it when a super-admin first signs in.
type hostURLResource struct {
	framework.Resource[area, *area]
}

type model struct {
	URL      types.String   `tfsdk:"url"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (r *hostURLResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = typeName
}

func (r *hostURLResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The host URL of Devtron: the address at which users and webhooks reach it. Devtron has one. Its web page sets it when a super-admin signs in for the first time, " +
			"so creating this resource takes the existing value over. Devtron cannot delete it: destroying the resource leaves the value as it is.",
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				MarkdownDescription: "Address with `http` or `https`, without a query, for example `https://devtron.example.com`.",
				Required:            true,
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, validURL),
			},
			"timeouts": framework.Timeouts(ctx),
		},
	}
}

func validURL(a rule.Argument, value string) *rule.Problem {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return rule.New("Invalid host URL", fmt.Sprintf("%s is %q. Write an address with http or https, for example \"https://devtron.example.com\".", a.Subject(), value))
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil:
		return rule.New("Invalid host URL", a.Subject()+" has a query, a fragment, or a user name. Write the address alone, for example \"https://devtron.example.com\".")
	}
	return nil
}

func (r *hostURLResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Area == nil {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.AddAttributeWarning(pathURL, "The host URL stays in Devtron", "Devtron cannot delete its host URL. Destroying this resource only removes it from the Terraform state.")
		return
	}
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || plan.URL.IsUnknown() {
		return
	}
	wanted, _ := url.Parse(plan.URL.ValueString())
	if r.Area.Client != nil && wanted != nil && !strings.EqualFold(wanted.Hostname(), r.Area.Client.BaseURL().Hostname()) {
		resp.Diagnostics.AddAttributeWarning(pathURL, "The host URL differs from the URL of the provider",
			fmt.Sprintf("url names the host %q, and the provider reaches Devtron at %q. This is right if users reach Devtron under another name than this machine.", wanted.Hostname(), r.Area.Client.BaseURL().Hostname()))
	}
	if r.Area.Client == nil || !req.State.Raw.IsNull() {
		return
	}
	timeout, diags := plan.Timeouts.Read(ctx, object.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	stored, err := r.Area.read(ctx)
	switch {
	case err != nil:
		resp.Diagnostics.Append(r.Area.failure("Devtron could not be asked for its host URL", "Nothing was changed.", err)...)
	case stored != "" && stored != plan.URL.ValueString():
		resp.Diagnostics.AddAttributeWarning(pathURL, "The existing host URL will be overwritten", fmt.Sprintf("The host URL of Devtron is %q. Applying this plan overwrites it.", stored))
	}
}

func (r *hostURLResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, object.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	if r.set(ctx, timeout, plan, &resp.Diagnostics) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	}
}

func (r *hostURLResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	timeout, diags := plan.Timeouts.Update(ctx, object.WriteTimeout)
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
	if err := r.Area.write(ctx, plan.URL.ValueString()); err != nil {
		diags.Append(r.Area.failure("The host URL could not be set", "Plan again: the plan shows what is stored.", err)...)
		return false
	}
	return true
}

func (r *hostURLResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	timeout, diags := state.Timeouts.Read(ctx, object.ReadTimeout)
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
	case strings.TrimRight(stored, "/") != strings.TrimRight(state.URL.ValueString(), "/"):
		state.URL = types.StringValue(stored)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// Delete forgets the host URL, as Devtron has no DELETE for it.
func (r *hostURLResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
