// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// ModifyPlan reports what an apply finds in Devtron, and the problems of the token. Terraform calls
// it again within the apply, for every resource that is created or updated there.
func (r *configResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Area == nil {
		return
	}
	var config, plan configModel
	var state *configModel
	if !req.State.Raw.IsNull() {
		state = &configModel{}
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	}
	if req.Plan.Raw.IsNull() {
		if !resp.Diagnostics.HasError() {
			r.planDestroy(ctx, *state, resp)
		}
		return
	}
	defer concealToken(&resp.Diagnostics, &config, &plan)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if state != nil && !plan.GitProvider.Equal(state.GitProvider) {
		// This is a replacement. Terraform plans the creation in a second call, and shows the
		// warnings of that only if it fails.
		r.Area.ledger.release(state.GitProvider.ValueString(), state.configID())
		resp.Diagnostics.Append(destroyWarning(*state))
		resp.Diagnostics.Append(r.checkPlan(ctx, config, plan, nil).Warnings()...)
		return
	}
	if state != nil {
		r.planUpdate(ctx, config, plan, *state, resp)
	} else {
		// If this is the creation of a replacement, its destroy finds the value in the private
		// state.
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, plan.GitProvider.ValueString())...)
		if config.Token.IsNull() && config.TokenWO.IsNull() {
			resp.Diagnostics.Append(missingTokenError())
		}
	}
	diags := r.checkPlan(ctx, config, plan, state)
	if !diags.HasError() {
		resp.Diagnostics.Append(diags...)
		return
	}
	entry := r.Area.ledger.update(plan.GitProvider.ValueString(), func(e *ledgerEntry) { e.failed, e.errors = true, diags.Errors() })
	if state == nil && entry.forgotten != nil {
		diags = diags.Warnings() // Create returns the errors together with a state. A plan cannot do that.
	}
	resp.Diagnostics.Append(diags...)
}

// checkPlan compares a creation or an update with the other resources of the run, with what Devtron
// stores, and with what the git host says about the token. state is nil for a creation.
func (r *configResource) checkPlan(ctx context.Context, config, plan configModel, state *configModel) diag.Diagnostics {
	if plan.GitProvider.IsUnknown() {
		return nil
	}
	diags := r.checkOtherResources(plan)
	if diags.HasError() {
		return diags
	}
	// The requests to Devtron and to the git host run in parallel.
	checked := make(chan diag.Diagnostics, 1)
	go func() { checked <- r.checkToken(ctx, config, plan, state) }()
	diags.Append(r.compareWithDevtron(ctx, plan, state)...)
	diags.Append(<-checked...)
	return diags
}

// planUpdate decides whether the update writes to Devtron, which makes last_validation unknown.
func (r *configResource) planUpdate(ctx context.Context, config, plan, state configModel, resp *resource.ModifyPlanResponse) {
	gitProvider := state.GitProvider.ValueString()
	released := r.Area.ledger.keep(gitProvider, state.configID())
	last := state.LastValidation
	if released || needsWrite(config, plan, state) {
		last = types.ObjectUnknown(validationTypes)
	}
	if released {
		resp.Diagnostics.AddAttributeWarning(pathGitProvider, "The configuration is written again",
			"This run destroys another resource of the "+gitProvider+" configuration, which may deactivate it. This resource writes it again, so that it stays as written here."+movedHint)
	}
	if !last.Equal(plan.LastValidation) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, pathLastValidation, last)...)
	}
}

// checkOtherResources reports conflicts with other resources of the run.
func (r *configResource) checkOtherResources(plan configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	gitProvider := plan.GitProvider.ValueString()
	entry := r.Area.ledger.update(gitProvider, func(e *ledgerEntry) {
		e.wantsActive = plan.Active.ValueBool()
		e.wantsInactive = !plan.Active.IsUnknown() && !plan.Active.ValueBool()
	})
	if entry.instances > 1 {
		diags.AddAttributeError(pathGitProvider, "Two resources for one configuration",
			fmt.Sprintf("%d resources of this configuration manage the %s configuration, but Devtron keeps one for each git provider. Keep one of them.", entry.instances, gitProvider)+
				" If one was meant to take the place of the other, remove the old one."+movedHint)
	}
	if other, conflict := r.Area.ledger.otherActive(gitProvider); conflict && entry.wantsActive {
		diags.AddAttributeError(pathActive, "Two configurations are to be active",
			"Both the "+gitProvider+" and the "+other+" configuration of this run say active = true, which is the default, but Devtron uses exactly one. "+
				"Set active = false on the one that is to stay on standby.")
	}
	return diags
}

// findTwoActive warns of another active configuration, as two processes can leave it behind.
func (r *configResource) findTwoActive(ctx context.Context, store *configs.Store, plan configModel) diag.Diagnostics {
	gitProvider := plan.GitProvider.ValueString()
	stored, err := store.List(ctx)
	other, found := configs.OtherActive(stored, gitProvider)
	if err != nil || !found || r.Area.ledger.check(other.Provider, leavesUse(other.ID)) {
		return nil
	}
	return diag.Diagnostics{twoActiveWarning(other)}
}

// compareWithDevtron compares the plan with the configurations that Devtron stores.
func (r *configResource) compareWithDevtron(ctx context.Context, plan configModel, state *configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	store := r.Area.connected()
	switch {
	case store == nil:
		return diags
	case state != nil && plan.Active.Equal(state.Active):
		if plan.Active.ValueBool() && r.Area.ledger.read(plan.GitProvider.ValueString()).refreshed {
			return r.findTwoActive(ctx, store, plan) // The refresh has read the list.
		}
		return diags
	}
	timeout, diags := plan.Timeouts.Read(ctx, framework.ReadTimeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	stored, err := store.List(ctx)
	if err != nil {
		diags.Append(r.Area.diagnose("Devtron could not be asked for its GitOps configurations", "Nothing was changed.", err)...)
		return diags
	}
	if state == nil {
		diags.Append(r.planCreation(ctx, stored, plan)...)
	}
	diags.Append(r.planActivation(stored, plan, state)...)
	return diags
}

// planActivation reports the configuration that Devtron stops using.
func (r *configResource) planActivation(stored []devtron.Config, plan configModel, state *configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	gitProvider := plan.GitProvider.ValueString()
	other, found := configs.OtherActive(stored, gitProvider)
	switch {
	case plan.Active.IsUnknown():
	case plan.Active.ValueBool() && found && !r.Area.ledger.check(other.Provider, leavesUse(other.ID)):
		diags.AddAttributeWarning(pathActive, "Another configuration will be deactivated",
			fmt.Sprintf("Devtron uses one GitOps configuration at a time. Applying this plan activates %s and deactivates %s.", gitProvider, describeConfig(other)))
	case !plan.Active.ValueBool() && !found && state != nil:
		if _, planned := r.Area.ledger.otherActive(gitProvider); !planned {
			diags.AddAttributeWarning(pathActive, "Devtron will have no active GitOps configuration",
				"The "+gitProvider+" configuration is the only active one, and this plan deactivates it. Unless another resource of this run activates one, "+
					"applications that deploy through GitOps cannot be deployed afterwards.")
		}
	}
	return diags
}

// missingTokenError reports a creation without a token.
func missingTokenError() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathToken, "Token is missing",
		"A new GitOps configuration needs a token: set token or, to keep it out of the state, token_wo (Terraform 1.11 or newer). "+
			"Without one Devtron would store an empty token and fail at the first deployment.")
}
