// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// partialError explains an operation that stored the configuration and failed at a later step.
func partialError(e *configs.PartialError) diag.Diagnostic {
	var result string
	switch e.Step {
	case configs.StepRestore:
		result = "The new configuration is stored, and Devtron has activated it, as it does with every new one. Making " + describeConfig(e.Config) +
			" active again failed, so Devtron uses the new configuration until that is corrected. If Terraform manages the earlier configuration too, apply again. If not, run \"terraform untaint\" on this resource and apply: " +
			"the apply activates the earlier configuration first. Without \"terraform untaint\", Terraform replaces the resource and no longer knows which configuration was active."
	case configs.StepDeactivate:
		result = "The configuration is stored, but it is active: Devtron accepted it only as active, and deactivating it failed. Apply again."
	case configs.StepVerify:
		result = "Devtron accepted the configuration, but returns a different one. Another process may have changed it at the same time. Plan again." + describeDifferences(e.Differences)
	}
	return diag.NewErrorDiagnostic("The configuration is stored, but a later step failed", framework.Paragraphs(result, quoteError(e.Err)))
}

// conflictError explains a creation that found a configuration which the plan had not shown.
func conflictError(e *configs.ConflictError) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathGitProvider, "A configuration of this git provider appeared since the plan",
		"Devtron now has "+describeConfig(e.Config)+", which is not what the plan was made from. Nothing was written. Plan again: the plan shows what would be taken over."+
			describeDifferences(e.Differences)+"\n\nTo manage it with this resource:\n\n"+importBlock(e.Config.Provider))
}

// cannotDeactivateError explains a destroy that Devtron refuses.
func cannotDeactivateError(e *configs.CannotDeactivateError) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Devtron refuses to deactivate the configuration",
		framework.Paragraphs("Devtron has "+describeConfig(e.Config)+". Devtron tries the stored token on every write, even on one that only deactivates. That failed, "+
			"most likely because the token has expired or was revoked. The configuration is unchanged and still in the Terraform state.",
			"Do one of the following:\n  - Set a valid token, apply, and destroy again.\n  - Set deletion_policy = \"abandon\", apply, and destroy. This leaves the configuration in Devtron as it is.",
			quoteError(e.Err)))
}

// warningDiagnostics reports the problems of an operation that succeeded.
func warningDiagnostics(warnings []configs.Warning) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, warning := range warnings {
		switch warning.Code {
		case configs.ReplyLost:
			diags.AddWarning("Devtron's answer was lost", framework.Paragraphs("The configuration was sent, but no usable answer arrived. Reading the configurations showed that it is stored. The result of Devtron's dry run is not known.", quoteError(warning.Err)))
		case configs.RepositoryLeft:
			diags.Append(repositoryLeftWarning())
		case configs.DryRunSkipped:
			diags.AddWarning("Deactivated without a dry run",
				framework.Paragraphs("Devtron refused to deactivate the configuration because its dry run failed, as it does with a token that no longer works. The provider sent it again with allowCustomRepository = true, which skips the dry run. The inactive configuration keeps that setting.", quoteError(warning.Err)))
		case configs.ReadBackFailed:
			diags.AddWarning("The configuration could not be read back", framework.Paragraphs("Devtron confirmed the write, but reading the configuration afterwards failed. The state holds what was written.", quoteError(warning.Err)))
		case configs.NothingActive:
			diags.AddWarning("Devtron has no active GitOps configuration now", "Applications that deploy through GitOps cannot be deployed until a configuration is activated.")
		case configs.TwoActive:
			diags.Append(twoActiveWarning(warning.Config))
		}
	}
	return diags
}

// twoActiveWarning reports a configuration that is active besides the one of the resource. To write
// the one of the resource again does not help: Devtron deactivates one other, and may take the one
// that it writes for it.
func twoActiveWarning(other devtron.Config) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(pathActive, "Two configurations are active",
		"Besides this one, "+describeConfig(other)+" is active in Devtron, which uses either of them: two processes wrote at the same time. "+
			"Set active = false in the resource of the one that is not to be used, and apply. If no resource manages it, import it.")
}

// quoteError returns what the server said, for the end of a message.
func quoteError(err error) string {
	var api *devtron.Error
	var dryRun *configs.DryRunError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &dryRun):
		var b strings.Builder
		b.WriteString("Devtron said:")
		for _, stage := range slices.Sorted(maps.Keys(dryRun.Stages)) {
			b.WriteString("\n  " + stage + ": " + dryRun.Stages[stage])
		}
		return b.String()
	case errors.As(err, &api):
		return framework.Quote(api)
	default:
		return framework.Sentence(err.Error())
	}
}
