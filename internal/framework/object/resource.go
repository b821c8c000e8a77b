// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Resource manages the objects of a kind.
type Resource[M, T any] struct {
	kind *Kind[M, T]
	// data is nil while Terraform only validates.
	data *framework.Data
}

// NewResource returns a constructor of the resource.
func NewResource[M, T any](kind *Kind[M, T]) func() resource.Resource {
	return func() resource.Resource { return &Resource[M, T]{kind: kind} }
}

// Metadata implements resource.Resource.
func (r *Resource[M, T]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.kind.Type
	// Somebody may rename an object in Devtron.
	resp.ResourceBehavior.MutableIdentity = true
}

// Configure implements resource.ResourceWithConfigure.
func (r *Resource[M, T]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.data = framework.TakeData(req.ProviderData, &resp.Diagnostics)
}

// Schema implements resource.Resource.
func (r *Resource[M, T]) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.kind.Schema()
	if _, ok := resp.Schema.Attributes["id"]; !ok {
		resp.Schema.Attributes["id"] = r.kind.idAttribute()
	}
	resp.Schema.Attributes["timeouts"] = framework.Timeouts(ctx, "The time that a write waits for other writes of the same run does not count.")
}

// ValidateConfig implements resource.ResourceWithValidateConfig. It also counts the instance:
// Terraform validates each again in the walk that plans it.
func (r *Resource[M, T]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config M
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if r.kind.Validate != nil {
		resp.Diagnostics.Append(r.kind.Validate(config)...)
	}
	if key := r.kind.Key(config).ValueString(); r.data != nil && key != "" {
		r.kind.walk(r.data).ledger.update(key, func(e *entry) { e.instances++ })
	}
}

// Create implements resource.Resource.
func (r *Resource[M, T]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan M
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	timeout, diags := r.kind.timeouts(&plan).Create(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := reconcile.WithTimeout(framework.Conceal(ctx, req.Config), timeout)
	defer cancel()

	out, err := r.kind.walk(r.data).objects.Create(ctx, r.kind.Wanted(config, plan, nil))
	resp.Diagnostics.Append(r.notes(out.Notes)...)
	if err != nil {
		consequence := ""
		if out.Stored {
			consequence = r.kind.held(out.Object)
		}
		resp.Diagnostics.Append(r.given(config, r.failure("The "+r.kind.Noun+" could not be created", consequence, err))...)
	}
	if !out.Stored {
		return
	}
	state := r.kind.Stored(plan, out.Object)
	resp.Diagnostics.Append(r.written(ctx, Planned[M, T]{Config: config, Plan: plan}, &state)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(r.remember(ctx, resp.Private, &state)...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.kind.Key(state))...)
}

// Read implements resource.Resource. It reads from the list, one request for all resources of the
// kind in a run.
func (r *Resource[M, T]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state M
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.recall(ctx, req.Private, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.kind.Key(state))...)
	timeout, diags := r.kind.timeouts(&state).Read(ctx, framework.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	w := r.kind.walk(r.data)
	if w.objects == nil || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	stored, ok, err := r.kind.locate(ctx, w.objects, &state)
	if err != nil {
		resp.Diagnostics.Append(r.failure("The "+r.kind.Noun+" could not be read", "The Terraform state is left as it was.", err)...)
		return
	}
	key := r.kind.Key(state).ValueString()
	if !ok {
		w.ledger.follow(key, "")
		resp.State.RemoveResource(ctx)
		return
	}
	refreshed := r.kind.Stored(state, stored)
	w.ledger.follow(key, r.kind.Key(refreshed).ValueString())
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.kind.Key(refreshed))...)
	resp.Diagnostics.Append(r.details(ctx, &refreshed, false)...)
	if !resp.Diagnostics.HasError() && !reflect.DeepEqual(refreshed, state) {
		resp.Diagnostics.Append(resp.State.Set(ctx, refreshed)...)
	}
}

// Update implements resource.Resource.
func (r *Resource[M, T]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, state M
	resp.Diagnostics.Append(withoutIgnored(req.Config, req.Plan).Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.recall(ctx, req.Private, &plan, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.kind.Key(plan))...)
	timeout, diags := r.kind.timeouts(&plan).Update(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := reconcile.WithTimeout(framework.Conceal(ctx, req.Config, tfsdk.Config(req.State)), timeout)
	defer cancel()

	updated := plan
	if r.kind.Writes == nil || r.kind.Writes(config, plan, state) {
		out, err := r.kind.walk(r.data).objects.Update(ctx, r.kind.Wanted(config, plan, &state))
		resp.Diagnostics.Append(r.notes(out.Notes)...)
		if err != nil {
			resp.Diagnostics.Append(r.given(config, r.failure("The "+r.kind.Noun+" could not be updated", "", err))...)
		}
		if !out.Stored {
			return
		}
		updated = r.kind.Stored(plan, out.Object)
	}
	resp.Diagnostics.Append(r.written(ctx, Planned[M, T]{Config: config, Plan: plan, State: &state}, &updated)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, updated)...)
	resp.Diagnostics.Append(r.remember(ctx, resp.Private, &updated)...)
}

// Delete implements resource.Resource.
func (r *Resource[M, T]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state M
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	timeout, diags := r.kind.timeouts(&state).Delete(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := reconcile.WithTimeout(framework.Conceal(ctx, tfsdk.Config(req.State)), timeout)
	defer cancel()
	var successor string
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateSuccessor, &successor)...)
	if successor != "" {
		resp.Diagnostics.Append(r.kind.Succeed(ctx, r.data, state, successor)...)
	}
	objects := r.kind.walk(r.data).objects
	id, err := r.kind.resolve(ctx, objects, &state)
	if err == nil {
		err = objects.Delete(ctx, id)
	}
	if err != nil {
		resp.Diagnostics.Append(r.kind.failure(r.data, framework.Operation{
			Summary: "The " + r.kind.Noun + " could not be deleted", Consequence: "It is still in the Terraform state.", Deletes: true,
		}, err)...)
	}
}

func (r *Resource[M, T]) details(ctx context.Context, m *M, imported bool) diag.Diagnostics {
	if r.kind.Details == nil {
		return nil
	}
	if err := r.kind.Details(ctx, r.data, m, imported); err != nil {
		return r.failure("The "+r.kind.Noun+" could not be read", "The Terraform state is left as it was.", err)
	}
	return nil
}

func (r *Resource[M, T]) written(ctx context.Context, p Planned[M, T], state *M) diag.Diagnostics {
	if r.kind.Written == nil {
		return nil
	}
	return r.kind.Written(ctx, r.data, p, state)
}

// Int64 makes the number of an object a value of Terraform.
func Int64(id int) types.Int64 { return types.Int64Value(int64(id)) }
