// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// diagnose is the one place where failures become diagnostics. The summary says
// what could not be done, the consequence what that leaves behind.
func (d *area) diagnose(summary, consequence string, err error) diag.Diagnostics {
	var (
		refused  *configs.RefusedError
		appeared *configs.AppearedError
		partial  *configs.PartialError
		cannot   *configs.CannotDeactivateError
		lost     *reconcile.NotStoredError
		unknown  *reconcile.UnsettledError
		api      *devtron.Error
	)
	switch {
	case errors.As(err, &cannot):
		return diag.Diagnostics{cannotDeactivate(cannot)}
	case errors.As(err, &partial):
		return diag.Diagnostics{d.partial(partial)}
	case errors.As(err, &refused):
		return refusedDiagnostics(refused)
	case errors.As(err, &appeared):
		return diag.Diagnostics{appearedError(appeared)}
	case errors.As(err, &lost):
		consequence = "Reading the configurations again showed that nothing was stored."
		if lost.Pending {
			consequence += " Devtron may still be processing the request. If the configuration appears later, the next plan finds it and takes it over."
		}
	case errors.As(err, &unknown):
		consequence = "The provider could not find out whether Devtron stored the configuration" + framework.Because(unknown.ReadErr) +
			". Plan again: the plan reads what is stored and continues from there. Nothing is written twice."
	case errors.Is(err, reconcile.ErrGone):
		return diag.Diagnostics{diag.NewErrorDiagnostic(summary, "The configuration no longer exists in Devtron: it was removed after the plan. Plan again; the next apply creates it.")}
	}
	if !errors.As(err, &api) {
		return diag.Diagnostics{diag.NewErrorDiagnostic(summary, framework.Sentence(err.Error())+" "+consequence)}
	}
	if consequence == "" && api.Kind == devtron.Intercepted && api.Method != http.MethodGet {
		consequence = "Plan again: the plan shows whether Devtron has stored anything."
	}
	reason, advice := d.explain(api)
	detail := framework.Paragraphs(advice, consequence, framework.Quote(api))
	if at, ok := apiPath(api); ok {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary+": "+reason, detail)}
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary+": "+reason, detail)}
}

func appearedError(e *configs.AppearedError) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathGitProvider, "A configuration of this git provider appeared since the plan",
		"Devtron now has "+describe(e.Row)+", which is not what the plan was made from. Nothing was written. Plan again: the plan shows what would be taken over."+
			differences(e.Differences)+"\n\nTo manage it with this resource:\n\n"+importBlock(e.Row.Provider))
}

func cannotDeactivate(e *configs.CannotDeactivateError) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Devtron refuses to deactivate the configuration",
		framework.Paragraphs("Devtron has "+describe(e.Row)+". Devtron tries the stored token on every write, even on one that only deactivates. That failed, "+
			"most likely because the token has expired or was revoked. The configuration is unchanged and still in the Terraform state.",
			"Do one of the following:\n  - Set a valid token, apply, and destroy again.\n  - Set deletion_policy = \"abandon\", apply, and destroy. This leaves the configuration in Devtron as it is.",
			reasonOf(e.Err)))
}

// partial says what the resulting state is after an operation that stopped half way.
func (d *area) partial(e *configs.PartialError) diag.Diagnostic {
	var what string
	switch e.Step {
	case configs.StepRestore:
		what = "The new configuration is stored, and Devtron has activated it, as it does with every new one. Making " + describe(e.Row) +
			" active again failed, so Devtron uses the new configuration until that is corrected. If Terraform manages the earlier configuration too, apply again. If not, run \"terraform untaint\" on this resource and apply: " +
			"the apply activates the earlier configuration first. Without \"terraform untaint\", Terraform replaces the resource and no longer knows which configuration was active."
	case configs.StepDeactivate:
		what = "The configuration is stored, but it is active: Devtron accepted it only as active, and deactivating it failed. Apply again."
	case configs.StepCompare:
		what = "Devtron accepted the configuration, but returns a different one. Another process may have changed it at the same time. Plan again." + differences(e.Differences)
	}
	return diag.NewErrorDiagnostic("The configuration is stored, but a later step failed", framework.Paragraphs(what, reasonOf(e.Err)))
}

// reasonOf quotes a failure below an explanation.
func reasonOf(err error) string {
	var api *devtron.Error
	var refused *configs.RefusedError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		var b strings.Builder
		b.WriteString("Devtron said:")
		for _, stage := range slices.Sorted(maps.Keys(refused.Stages)) {
			b.WriteString("\n  " + stage + ": " + refused.Stages[stage])
		}
		return b.String()
	case errors.As(err, &api):
		return framework.Quote(api)
	default:
		return framework.Sentence(err.Error())
	}
}

// noteDiagnostics reports what happened during an operation that went on.
func (r *configResource) noteDiagnostics(notes []configs.Note) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, note := range notes {
		switch note.Kind {
		case configs.ReplyLost:
			diags.AddWarning("Devtron's answer was lost", framework.Paragraphs("The configuration was sent, but no usable answer arrived. Reading the configurations showed that it is stored. The result of Devtron's dry run is not known.", reasonOf(note.Err)))
		case configs.RepositoryLeft:
			diags.Append(repositoryLeft())
		case configs.DryRunSkipped:
			diags.AddWarning("Deactivated without a dry run",
				framework.Paragraphs("Devtron refused to deactivate the configuration because its token no longer works. The provider sent it again with allowCustomRepository = true, which skips the dry run. The inactive configuration keeps that setting.", reasonOf(note.Err)))
		case configs.ReadBackFailed:
			diags.AddWarning("The configuration could not be read back", framework.Paragraphs("Devtron confirmed the write, but reading the configuration afterwards failed. The state holds what was written.", reasonOf(note.Err)))
		case configs.NothingActive:
			diags.AddWarning("Devtron has no active GitOps configuration now", "Applications that deploy through GitOps cannot be deployed until a configuration is activated.")
		case configs.TwoActive:
			diags.AddWarning("Two configurations are active", "Besides this one, "+describe(note.Row)+" is active in Devtron: another process wrote at the same time. Apply again.")
		}
	}
	return diags
}
