// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// Paths of arguments that diagnostics point at.
var (
	pathGitProvider    = path.Root("git_provider")
	pathHost           = path.Root("host")
	pathUsername       = path.Root("username")
	pathToken          = path.Root("token")
	pathTokenWO        = path.Root("token_wo")
	pathActive         = path.Root("active")
	pathDeletionPolicy = path.Root("deletion_policy")
	pathAdoptExisting  = path.Root("adopt_existing")
	pathLastValidation = path.Root("last_validation")
	pathTLS            = path.Root("tls")
)

// ModifyPlan reports, before anything is touched, what an apply will meet in Devtron and what is wrong with the token.
// Terraform calls it once more in the apply, for everything that is created or updated there.
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
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if state != nil && !plan.GitProvider.Equal(state.GitProvider) {
		// A replacement: Terraform plans the creation in a second call.
		r.Area.ledger.release(state.GitProvider.ValueString(), state.rowID())
		resp.Diagnostics.Append(destroyWarning(*state))
		return
	}
	if state != nil {
		r.planUpdate(ctx, config, plan, *state, resp)
	} else {
		// Where this is one half of a replacement, the other half finds this in its private state.
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, plan.GitProvider.ValueString())...)
		if config.Token.IsNull() && config.TokenWO.IsNull() {
			resp.Diagnostics.Append(missingTokenError())
		}
	}
	if plan.GitProvider.IsUnknown() {
		return
	}
	gitProvider := plan.GitProvider.ValueString()
	found := r.checkOtherResources(plan)
	if !found.HasError() {
		// Devtron and the git host are asked at the same time.
		checked := make(chan diag.Diagnostics, 1)
		go func() { checked <- r.checkToken(ctx, config, plan, state) }()
		found.Append(r.compareWithDevtron(ctx, plan, state)...)
		found.Append(<-checked...)
	}
	if !found.HasError() {
		resp.Diagnostics.Append(found...)
		return
	}
	entry := r.Area.ledger.update(gitProvider, func(e *ledgerEntry) { e.failed, e.errors = true, found.Errors() })
	if state == nil && entry.forgotten != nil {
		found = found.Warnings() // Create returns the errors together with a state, which a plan cannot.
	}
	resp.Diagnostics.Append(found...)
}

// planDestroy reports what a destroy leaves behind, and lets the configuration alone where another instance of the run
// manages it.
func (r *configResource) planDestroy(ctx context.Context, state configModel, resp *resource.ModifyPlanResponse) {
	gitProvider, successor := state.GitProvider.ValueString(), ""
	if r.Area.ledger.read(gitProvider).refusal == nil {
		r.Area.ledger.waitKept(ctx, gitProvider, state.rowID())
	}
	kept := r.Area.ledger.release(gitProvider, state.rowID())
	switch refused := r.Area.ledger.read(gitProvider).refusal; {
	case kept:
		successor = gitProvider
		resp.Diagnostics.Append(stillManagedWarning(gitProvider, movedHint))
	case refused != nil:
		r.Area.saveConsent(ctx, gitProvider, *refused)
		resp.Diagnostics.Append(renamedWarning(gitProvider))
	default:
		resp.Diagnostics.Append(destroyWarning(state))
	}
	resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, successor)...)
}

// planUpdate decides whether anything is sent to Devtron, which last_validation shows.
func (r *configResource) planUpdate(ctx context.Context, config, plan, state configModel, resp *resource.ModifyPlanResponse) {
	gitProvider := state.GitProvider.ValueString()
	released := r.Area.ledger.keep(gitProvider, state.rowID())
	last := state.LastValidation
	if released || needsWrite(config, plan, state) {
		last = types.ObjectUnknown(validationTypes)
	}
	if released {
		resp.Diagnostics.AddAttributeWarning(pathGitProvider, "The configuration is written again",
			"This run destroys another resource of the "+gitProvider+" configuration, which may deactivate it. This resource writes it again, so that it stays as written here."+movedHint)
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, pathLastValidation, last)...)
}

// checkOtherResources refuses what two resources of one run cannot both have.
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

// compareWithDevtron compares the plan with what Devtron stores.
func (r *configResource) compareWithDevtron(ctx context.Context, plan configModel, state *configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	store := r.Area.connected()
	if store == nil || state != nil && plan.Active.Equal(state.Active) {
		return diags
	}
	timeout, diags := plan.Timeouts.Read(ctx, readTimeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	rows, err := store.List(ctx)
	if err != nil {
		diags.Append(r.Area.diagnose("Devtron could not be asked for its GitOps configurations", "Nothing was changed.", err)...)
		return diags
	}
	if state == nil {
		diags.Append(r.planCreation(ctx, rows, plan)...)
	}
	diags.Append(r.planActivation(rows, plan, state)...)
	return diags
}

// planActivation reports which configuration Devtron stops using.
func (r *configResource) planActivation(rows []devtron.Config, plan configModel, state *configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	gitProvider := plan.GitProvider.ValueString()
	other, found := configs.OtherActive(rows, gitProvider)
	leaves := func(e *ledgerEntry) bool { return e.wantsInactive || isReleased(other.ID)(e) }
	switch {
	case plan.Active.IsUnknown():
	case plan.Active.ValueBool() && found && !r.Area.ledger.check(other.Provider, leaves):
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

// missingTokenError is reported where a configuration is to be created without a token.
func missingTokenError() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathToken, "Token is missing",
		"A new GitOps configuration needs a token: set token or, to keep it out of the state, token_wo (Terraform 1.11 or newer). "+
			"Without one Devtron would store an empty token and fail at the first deployment.")
}

// destroyWarning says what a destroy leaves behind.
func destroyWarning(state configModel) diag.Diagnostic {
	gitProvider := state.GitProvider.ValueString()
	const credential = " The git token stays stored in Devtron: revoke it at the git host if it is no longer needed."
	if state.DeletionPolicy.ValueString() == policyAbandon {
		return diag.NewAttributeWarningDiagnostic(pathDeletionPolicy, "The configuration stays in Devtron",
			"Devtron cannot delete a GitOps configuration. As deletion_policy is abandon, destroying this resource leaves the "+gitProvider+
				" configuration as it is; Terraform only forgets it."+credential)
	}
	consequence := "leaves the " + gitProvider + " configuration inactive."
	if state.Active.ValueBool() {
		consequence = "makes the " + gitProvider + " configuration inactive. It is the active one: unless this run activates another one or writes this one again, Devtron has no GitOps configuration then, " +
			"and applications that deploy through GitOps cannot be deployed."
	}
	return diag.NewAttributeWarningDiagnostic(pathDeletionPolicy, "The configuration will be deactivated, not deleted",
		"Devtron cannot delete a GitOps configuration. Destroying this resource "+consequence+credential)
}

// stillManagedWarning is reported where a destroy leaves a configuration to another resource of the run, or to the other half of a
// replacement.
func stillManagedWarning(gitProvider, hint string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(pathGitProvider, "The configuration stays in Devtron as it is",
		"This run goes on managing the "+gitProvider+" configuration. Destroying this object only removes it from the Terraform state; nothing changes in Devtron."+hint)
}

// renamedWarning is reported where Terraform planned a creation, which was refused, before the object whose place it takes.
func renamedWarning(gitProvider string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(pathGitProvider, "The refused configuration belongs to this resource",
		"Another resource takes the place of this one, but Terraform planned it first, so the provider had to refuse it as somebody else's "+gitProvider+
			" configuration. Plan again: the next plan knows better."+movedHint)
}

// failedSuccessorError is reported where a configuration would be deactivated although the resource that was to take its place
// has failed.
func failedSuccessorError(gitProvider string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("The configuration is not deactivated, because the resource that takes its place failed",
		"Another resource of this run was to manage the "+gitProvider+" configuration, which failed. Nothing was changed here: the configuration stays in use and in the Terraform state. "+
			"Correct the other error and apply again."+movedHint)
}

// movedHint is appended where a resource may have been renamed.
const movedHint = "\n\nIf you renamed a resource, add this block with its old and its new address, and nothing is destroyed or created:\n\n" +
	"moved {\n  from = devtron_gitops_config.OLD\n  to   = devtron_gitops_config.NEW\n}"
