// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

var (
	_ resource.Resource                   = (*configResource)(nil)
	_ resource.ResourceWithConfigure      = (*configResource)(nil)
	_ resource.ResourceWithValidateConfig = (*configResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*configResource)(nil)
	_ resource.ResourceWithImportState    = (*configResource)(nil)
)

// typeConfig is the type of the resource.
const typeConfig = "devtron_gitops_config"

type configResource struct {
	framework.Resource[area, *area]
}

func newConfigResource() resource.Resource { return &configResource{} }

func (r *configResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = typeConfig
}

func (r *configResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan configModel
	defer concealToken(&resp.Diagnostics, &config)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	token := config.configuredToken()
	wanted, diags := plan.toConfig(ctx, token, storedTLS{})
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if token == "" {
		resp.Diagnostics.Append(missingTokenError())
		return
	}
	ctx, cancel := reconcile.WithTimeout(framework.Conceal(ctx, req.Config), timeout)
	defer cancel()

	gitProvider := plan.GitProvider.ValueString()
	entry := r.Area.ledger.read(gitProvider)
	resp.Diagnostics.Append(entry.errors...)
	var out configs.Outcome
	state := plan
	if !resp.Diagnostics.HasError() {
		var err error
		out, err = r.Area.store.Create(ctx, wanted, entry.approval)
		state = r.applyOutcome(ctx, plan, out, storedTLS{}, err, &resp.Diagnostics)
	}
	if !out.Stored {
		r.keepForgotten(ctx, plan, resp)
		return
	}
	r.Area.removeConsent(gitProvider)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GitProvider)...)
	resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, "")...)
	if out.RestoreID != 0 {
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateRestore, out.RestoreID)...)
	}
}

// keepForgotten returns a configuration to the state, if the run has removed it and the creation
// that follows has failed. Terraform marks a state that is returned with an error as tainted, so
// that the next apply writes the configuration again.
func (r *configResource) keepForgotten(ctx context.Context, plan configModel, resp *resource.CreateResponse) {
	entry := r.Area.ledger.update(plan.GitProvider.ValueString(), func(e *ledgerEntry) { e.failed = true })
	if entry.forgotten == nil {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan.unwritten(*entry.forgotten))...)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, plan.GitProvider)...)
}

func (r *configResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state configModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GitProvider)...)
	timeout, diags := state.Timeouts.Read(ctx, framework.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	gitProvider := state.GitProvider.ValueString()
	r.Area.ledger.update(gitProvider, func(e *ledgerEntry) { e.refreshed = true })
	store := r.Area.connected()
	if store == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	all, err := store.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(r.Area.diagnose("The GitOps configuration could not be read", "The Terraform state is left as it was.", err)...)
		return
	}
	stored, ok := configs.Find(all, state.configID(), gitProvider)
	if !ok {
		resp.State.RemoveResource(ctx)
		return
	}
	var kept storedTLS
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateStoredTLS, &kept)...)
	if imported := state.Username.IsNull(); imported {
		kept = storedTLSOf(stored)
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateStoredTLS, kept)...)
	}
	refreshed, diags := state.withStored(ctx, stored, kept)
	resp.Diagnostics.Append(diags...)
	if !reflect.DeepEqual(refreshed, state) {
		resp.Diagnostics.Append(resp.State.Set(ctx, refreshed)...)
	}
}

func (r *configResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, state configModel
	defer concealToken(&resp.Diagnostics, &config, &state)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, plan.GitProvider)...)
	timeout, diags := plan.Timeouts.Update(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	var kept storedTLS
	if plan.TLS.IsNull() && state.TLS.IsNull() {
		resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateStoredTLS, &kept)...)
	}
	wanted, diags := plan.toConfig(ctx, tokenToSend(config, plan, state), kept)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := reconcile.WithTimeout(framework.Conceal(ctx, req.Config, tfsdk.Config(req.State)), timeout)
	defer cancel()

	if !needsWrite(config, plan, state) && !plan.LastValidation.IsUnknown() {
		plan.LastValidation = state.LastValidation
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	if !r.finishCreation(ctx, req.Private, resp.Private, &resp.Diagnostics) {
		return
	}
	out, err := r.Area.store.Update(ctx, wanted)
	updated := r.applyOutcome(ctx, plan, out, kept, err, &resp.Diagnostics)
	if out.Stored {
		resp.Diagnostics.Append(resp.State.Set(ctx, updated)...)
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateStoredTLS, kept)...)
	}
}

func (r *configResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state configModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, framework.WriteTimeout)
	resp.Diagnostics.Append(diags...)
	var successor string
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateSuccessor, &successor)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := reconcile.WithTimeout(framework.Conceal(ctx, tfsdk.Config(req.State)), timeout)
	defer cancel()

	gitProvider, id := state.GitProvider.ValueString(), state.configID()
	kept := successor == gitProvider || r.Area.ledger.release(gitProvider, id)
	failed := r.Area.ledger.update(gitProvider, func(e *ledgerEntry) {
		if kept && !e.failed {
			e.forgotten = &id
		}
	}).failed
	switch {
	case failed:
		resp.Diagnostics.Append(failedSuccessorError(gitProvider))
		return
	case state.DeletionPolicy.ValueString() == policyAbandon:
		return
	case kept:
		resp.Diagnostics.Append(stillManagedWarning(gitProvider, ""))
		return
	case !r.finishCreation(ctx, req.Private, resp.Private, &resp.Diagnostics):
		return
	}
	out, err := r.Area.store.Deactivate(ctx, id, gitProvider)
	resp.Diagnostics.Append(warningDiagnostics(out.Warnings)...)
	if err != nil {
		resp.Diagnostics.Append(r.Area.diagnose("The GitOps configuration could not be deactivated", "It is still in the Terraform state.", err)...)
	}
}

// finishCreation reactivates the configuration that was active before this one was created on
// standby, if the creation could not. It precedes every other write of the resource.
func (r *configResource) finishCreation(ctx context.Context, from framework.PrivateReader, to framework.PrivateWriter, diags *diag.Diagnostics) bool {
	var id int
	diags.Append(framework.Recall(ctx, from, privateRestore, &id)...)
	if id == 0 || diags.HasError() {
		return !diags.HasError()
	}
	if err := r.Area.store.Reactivate(ctx, id); err != nil {
		diags.Append(r.Area.diagnose("The configuration that was active before could not be activated again", "Nothing else was changed.", err)...)
		return false
	}
	diags.Append(framework.Remember(ctx, to, privateRestore, 0)...)
	return !diags.HasError()
}

// applyOutcome returns the state after a write, and reports its warnings and its error.
func (r *configResource) applyOutcome(ctx context.Context, plan configModel, out configs.Outcome, kept storedTLS, err error, diags *diag.Diagnostics) configModel {
	diags.Append(warningDiagnostics(out.Warnings)...)
	if err != nil {
		diags.Append(atConfiguredToken(r.Area.diagnose("The GitOps configuration could not be written", "", err), plan)...)
	}
	if !out.Stored {
		return plan
	}
	state, converted := plan.withStored(ctx, out.Config, kept)
	diags.Append(converted...)
	if out.Config.ID == 0 {
		// The id could not be read back. The next refresh finds the configuration by its git
		// provider.
		state.ID = types.StringNull()
	}
	state.LastValidation, converted = validationValue(ctx, out.Validation)
	diags.Append(converted...)
	return state
}
