// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// planDestroy reports what a destroy leaves behind. It plans no change in Devtron if another
// instance of the run manages the configuration.
func (r *configResource) planDestroy(ctx context.Context, state configModel, resp *resource.ModifyPlanResponse) {
	gitProvider, successor := state.GitProvider.ValueString(), ""
	if r.Area.ledger.read(gitProvider).refusal == nil {
		r.Area.ledger.waitKept(ctx, gitProvider, state.configID())
	}
	kept := r.Area.ledger.release(gitProvider, state.configID())
	switch refusal := r.Area.ledger.read(gitProvider).refusal; {
	case kept:
		successor = gitProvider
		resp.Diagnostics.Append(stillManagedWarning(gitProvider, movedHint))
	case refusal != nil:
		r.Area.saveConsent(ctx, gitProvider, *refusal)
		resp.Diagnostics.Append(renamedWarning(gitProvider))
	default:
		resp.Diagnostics.Append(destroyWarning(state))
	}
	resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, successor)...)
}

// destroyWarning reports what a destroy leaves behind.
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

// stillManagedWarning reports a destroy that changes nothing in Devtron, because another resource
// of the run, or the creation of the replacement, manages the configuration.
func stillManagedWarning(gitProvider, hint string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(pathGitProvider, "The configuration stays in Devtron as it is",
		"This run still manages the "+gitProvider+" configuration. Destroying this object only removes it from the Terraform state; nothing changes in Devtron."+hint)
}

// renamedWarning reports that an earlier creation of this plan was refused because of this object.
// Terraform planned the creation before the object whose place it takes.
func renamedWarning(gitProvider string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(pathGitProvider, "The refused configuration belongs to this resource",
		"Another resource takes the place of this one, but Terraform planned it first, so the provider refused to overwrite the "+gitProvider+
			" configuration. Plan again: the next plan recognizes that this resource manages it."+movedHint)
}

// failedSuccessorError reports that a configuration is neither deactivated nor forgotten, because
// the resource that takes its place has failed.
func failedSuccessorError(gitProvider string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("The resource stays in the state, because its successor failed",
		"Another resource of this run was to manage the "+gitProvider+" configuration, which failed. Nothing was changed here: the configuration stays in use and in the Terraform state. "+
			"Correct the other error and apply again."+movedHint)
}

// movedHint ends messages about a resource that may have been renamed.
const movedHint = "\n\nIf you renamed a resource, add this block with its old and its new address, and nothing is destroyed or created:\n\n" +
	"moved {\n  from = devtron_gitops_config.OLD\n  to   = devtron_gitops_config.NEW\n}"
