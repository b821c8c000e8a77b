// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

var (
	_ resource.Resource                   = (*configResource)(nil)
	_ resource.ResourceWithConfigure      = (*configResource)(nil)
	_ resource.ResourceWithValidateConfig = (*configResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*configResource)(nil)
	_ resource.ResourceWithImportState    = (*configResource)(nil)
)

// The recorded times: a dry run waits twice for up to 30 seconds, and every write
// calls all stored GitLab hosts, with retries.
const (
	writeTimeout = 10 * time.Minute
	readTimeout  = time.Minute
)

// typeConfig is the name of the resource in a configuration.
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
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, writeTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	token := config.configuredToken()
	if token == "" {
		resp.Diagnostics.Append(missingTokenError())
		return
	}
	gitProvider := plan.GitProvider.ValueString()
	entry := r.Area.ledger.read(gitProvider)
	resp.Diagnostics.Append(entry.errors...)
	var out configs.Outcome
	var state configModel
	if !resp.Diagnostics.HasError() {
		var err error
		out, err = r.Area.store.Create(ctx, plan.toRow(token, storedTLS{}), entry.approval)
		state = r.applyOutcome(plan, out, storedTLS{}, err, &resp.Diagnostics)
	}
	if !out.Stored {
		r.keepForgotten(ctx, plan, resp)
		return
	}
	r.Area.removeConsent(gitProvider)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, state.GitProvider)...)
	resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, "")...)
	if out.RestoreID != 0 {
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateRestore, out.RestoreID)...)
	}
}

// keepForgotten puts a configuration back into the state that the run has removed from it, for a creation that has failed.
// Beside an error, Terraform marks what is returned as tainted, so that the next apply writes it again.
func (r *configResource) keepForgotten(ctx context.Context, plan configModel, resp *resource.CreateResponse) {
	entry := r.Area.ledger.update(plan.GitProvider.ValueString(), func(e *ledgerEntry) { e.failed = true })
	if entry.forgotten == nil {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan.unwritten(*entry.forgotten))...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, plan.GitProvider)...)
}

func (r *configResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state configModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, state.GitProvider)...)
	timeout, diags := state.Timeouts.Read(ctx, readTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.Area.ledger.update(state.GitProvider.ValueString(), func(e *ledgerEntry) { e.refreshed = true })
	store := r.Area.connected()
	if store == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	rows, err := store.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(r.Area.diagnose("The GitOps configuration could not be read", "The Terraform state is left as it was.", err)...)
		return
	}
	row, ok := configs.Find(rows, state.rowID(), state.GitProvider.ValueString())
	if !ok {
		resp.State.RemoveResource(ctx)
		return
	}
	var kept storedTLS
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateStoredTLS, &kept)...)
	if imported := state.Username.IsNull(); imported {
		kept = storedTLSOf(row)
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateStoredTLS, kept)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state.withRow(row, kept))...)
}

func (r *configResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, state configModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, plan.GitProvider)...)
	var kept storedTLS
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateStoredTLS, &kept)...)
	timeout, diags := plan.Timeouts.Update(ctx, writeTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	if !needsWrite(config, plan, state) && !plan.LastValidation.IsUnknown() {
		plan.LastValidation = state.LastValidation
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		return
	}
	if !plan.TLS.IsNull() || !state.TLS.IsNull() {
		kept = storedTLS{}
	}
	if !r.finishCreation(ctx, req.Private, resp.Private, &resp.Diagnostics) {
		return
	}
	out, err := r.Area.store.Update(ctx, plan.toRow(tokenToSend(config, plan, state), kept))
	concluded := r.applyOutcome(plan, out, kept, err, &resp.Diagnostics)
	if out.Stored {
		resp.Diagnostics.Append(resp.State.Set(ctx, concluded)...)
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateStoredTLS, kept)...)
	}
}

func (r *configResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state configModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, writeTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || state.DeletionPolicy.ValueString() == policyAbandon {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	var successor string
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateSuccessor, &successor)...)
	gitProvider, id := state.GitProvider.ValueString(), state.rowID()
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

// finishCreation activates what was active before a stand-by was made, where the
// creation could not. It comes before any other write of the resource.
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

// applyOutcome turns the outcome of a write into the new state and diagnostics.
func (r *configResource) applyOutcome(plan configModel, out configs.Outcome, kept storedTLS, err error, diags *diag.Diagnostics) configModel {
	diags.Append(warningDiagnostics(out.Warnings)...)
	if err != nil {
		diags.Append(atConfiguredToken(r.Area.diagnose("The GitOps configuration could not be written", "", err), plan)...)
	}
	if !out.Stored {
		return plan
	}
	state := plan.withRow(out.Config, kept)
	if out.Config.ID == 0 {
		// Stored, but its id could not be read: the next refresh finds it by its kind.
		state.ID = types.StringNull()
	}
	state.LastValidation = validationValue(out.Validation)
	return state
}

// configuredToken is the token of a configuration, however it is given.
func (m configModel) configuredToken() string {
	if !m.TokenWO.IsNull() {
		return m.TokenWO.ValueString()
	}
	return m.Token.ValueString()
}

// tokenToSend is the token of an update: empty, which keeps the stored one, unless
// it changed. A write-only token has no past, so its version speaks for it, and
// so does a move to it from the plain one.
func tokenToSend(config, plan, state configModel) string {
	if !config.TokenWO.IsNull() {
		if !plan.TokenWOVersion.Equal(state.TokenWOVersion) || !state.Token.IsNull() {
			return config.TokenWO.ValueString()
		}
		return ""
	}
	if !plan.Token.Equal(state.Token) {
		return plan.Token.ValueString()
	}
	return ""
}

// needsWrite reports whether an update has anything to tell Devtron. Some arguments
// are about the provider alone.
func needsWrite(config, plan, state configModel) bool {
	sends := tokenToSend(config, plan, state) != "" || config.TokenWO.IsUnknown() || plan.Token.IsUnknown()
	if sends || !plan.Host.Equal(state.Host) || !plan.Username.Equal(state.Username) || !plan.Active.Equal(state.Active) ||
		!plan.AllowCustomRepository.Equal(state.AllowCustomRepository) || !plan.TLS.Equal(state.TLS) {
		return true
	}
	return ownerChanged(plan, state)
}

func ownerChanged(plan, state configModel) bool {
	for _, field := range ownerFields {
		if !field.inModel(&plan.targetModel).Equal(*field.inModel(&state.targetModel)) {
			return true
		}
	}
	return false
}
