// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// planCreation reports which configuration a creation finds in Devtron, and records for the apply
// what the plan has shown.
func (r *configResource) planCreation(ctx context.Context, stored []devtron.Config, plan configModel) diag.Diagnostics {
	wanted, diags := plan.toConfig(ctx, "", storedTLS{})
	existing := configs.FindExisting(stored, wanted)
	if existing.Status == configs.Absent || diags.HasError() {
		return diags
	}
	gitProvider, id := plan.GitProvider.ValueString(), existing.Config.ID
	adopt, undecided := plan.AdoptExisting.ValueBool(), !plan.isComparable(ctx) || plan.AdoptExisting.IsUnknown()
	needed := newConsent(existing.Config, wanted, !undecided)
	owned := r.Area.owns(ctx, existing.Config, needed)
	if existing.Status == configs.Different && !adopt && !owned && !undecided {
		if !r.Area.ledger.waitReferenced(ctx, gitProvider, id) {
			r.Area.ledger.update(gitProvider, func(e *ledgerEntry) { e.refusal = &needed })
			return diag.Diagnostics{existsError(existing)}
		}
		owned = r.Area.owns(ctx, existing.Config, needed)
	}
	r.Area.ledger.update(gitProvider, func(e *ledgerEntry) { e.approval = configs.Approval{ConfigID: id, Overwrite: adopt || owned} })
	r.Area.ledger.keep(gitProvider, id)
	switch {
	case owned:
		unsaved := existing.Status == configs.Different && !r.Area.hasConsent(gitProvider, needed)
		return diag.Diagnostics{replacedWarning(existing, plan.Active.ValueBool(), unsaved)}
	case existing.Status == configs.Different && undecided:
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathGitProvider, "A configuration exists already",
			"Devtron has "+describeConfig(existing.Config)+", which is active. Whether this resource may take it over depends on arguments that are not known yet, so the apply decides.")}
	default:
		return diag.Diagnostics{takeOverWarning(existing)}
	}
}

// owns reports whether a configuration belongs to an object that this run replaces or destroys. The
// plan saves its consent for the apply, which may not find out by itself.
func (a *area) owns(ctx context.Context, existing devtron.Config, needed consent) bool {
	if a.ledger.check(existing.Provider, isReferenced(existing.ID)) {
		a.saveConsent(ctx, existing.Provider, needed)
		return true
	}
	return a.hasConsent(existing.Provider, needed)
}

// isComparable reports whether all values that are compared with a stored configuration are known.
func (m configModel) isComparable(ctx context.Context) bool {
	for _, field := range ownerFields {
		if field.inModel(&m.targetModel).IsUnknown() {
			return false
		}
	}
	return !m.Host.IsUnknown() && !m.Username.IsUnknown() && !m.AllowCustomRepository.IsUnknown() && framework.IsFullyKnown(ctx, m.TLS)
}

// replacedWarning reports that a creation overwrites the configuration of an object that this run
// replaces or destroys. unsaved says that the apply may not find out by itself.
func replacedWarning(existing configs.Existing, active, unsaved bool) diag.Diagnostic {
	overwrites := "applying this plan overwrites it"
	if existing.Config.Active && active {
		overwrites += " and leaves it in use"
	}
	hint := ""
	if unsaved {
		hint = "\n\nThe provider could not save this in the cache folder of the user, so the apply may refuse to overwrite the configuration. " +
			"Set the environment variable XDG_CACHE_HOME (or HOME) to a folder that the provider can write to, and plan again."
	}
	return diag.NewAttributeWarningDiagnostic(pathGitProvider, "The configuration is overwritten, not created again",
		"Devtron has "+describeConfig(existing.Config)+", which this Terraform state manages already. Devtron keeps one configuration for each git provider and cannot delete it: "+
			overwrites+"."+describeOverwrite(existing.Differences)+hint+movedHint)
}

// takeOverWarning reports that a creation overwrites a configuration that does not belong to this
// state.
func takeOverWarning(existing configs.Existing) diag.Diagnostic {
	switch existing.Status {
	case configs.Inactive:
		return diag.NewAttributeWarningDiagnostic(pathGitProvider, "An inactive configuration will be taken over",
			"Devtron has "+describeConfig(existing.Config)+", which is not in use; it may be left from an earlier destroy. Applying this plan overwrites it."+describeOverwrite(existing.Differences))
	case configs.Matching:
		return diag.NewAttributeWarningDiagnostic(pathGitProvider, "An existing configuration will be taken over",
			"Devtron has "+describeConfig(existing.Config)+", which is active and equals this resource in every field that Devtron returns. It may be left from an interrupted run, or belong to a resource that was renamed. "+
				"Applying this plan writes it again, with the token given here, and manages it from then on."+movedHint)
	default:
		return diag.NewAttributeWarningDiagnostic(pathAdoptExisting, "An active configuration will be overwritten",
			"Devtron has "+describeConfig(existing.Config)+", which is active. As adopt_existing is true, applying this plan overwrites it, its token included."+describeOverwrite(existing.Differences))
	}
}

// existsError reports an active configuration that the creation must not overwrite.
func existsError(existing configs.Existing) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathGitProvider, "Devtron has another configuration of this git provider",
		"Devtron has "+describeConfig(existing.Config)+", which is active and in use. Nothing was changed."+describeDifferences(existing.Differences)+
			"\n\nTo manage it with this resource, import it: add this block (with the name of your resource), plan, and read the changes.\n\n"+
			importBlock(existing.Config.Provider)+
			"\n\nTo overwrite it instead, set adopt_existing = true."+
			"\n\nIf this state manages it and a plan from another machine replaces it, create a new plan on this machine and apply that."+movedHint)
}
