// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// planCreation reports which configuration a creation meets, and records for the apply what the user has been told.
// Terraform does not show its warnings where an update turned into a replacement, but its own comparison.
func (r *configResource) planCreation(ctx context.Context, rows []devtron.Config, plan configModel) diag.Diagnostics {
	wanted := plan.toRow("", storedTLS{})
	found := configs.FindExisting(rows, wanted)
	if found.Status == configs.Absent {
		return nil
	}
	gitProvider, id := plan.GitProvider.ValueString(), found.Config.ID
	adopt, undecided := plan.AdoptExisting.ValueBool(), !plan.isComparable() || plan.AdoptExisting.IsUnknown()
	agreement := newConsent(found.Config, wanted, !undecided)
	owned := r.Area.owns(ctx, found.Config, agreement)
	if found.Status == configs.Different && !adopt && !owned && !undecided {
		if !r.Area.ledger.waitReferenced(ctx, gitProvider, id) {
			r.Area.ledger.update(gitProvider, func(e *ledgerEntry) { e.refusal = &agreement })
			return diag.Diagnostics{existsError(found)}
		}
		owned = r.Area.owns(ctx, found.Config, agreement)
	}
	r.Area.ledger.update(gitProvider, func(e *ledgerEntry) { e.approval = configs.Approval{ConfigID: id, Overwrite: adopt || owned} })
	r.Area.ledger.keep(gitProvider, id)
	switch {
	case owned:
		return diag.Diagnostics{replacedWarning(found, plan.Active.ValueBool())}
	case found.Status == configs.Different && undecided:
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathGitProvider, "A configuration exists already",
			"Devtron has "+describeConfig(found.Config)+", which is active. Whether this resource may take it over depends on arguments that are not known yet, so the apply decides.")}
	default:
		return diag.Diagnostics{takeOverWarning(found)}
	}
}

// owns reports whether a configuration belongs to an object that this run replaces or destroys. A plan leaves a consent for the
// apply, which may not be able to tell.
func (d *area) owns(ctx context.Context, row devtron.Config, agreement consent) bool {
	if d.ledger.check(row.Provider, isReferenced(row.ID)) {
		d.saveConsent(ctx, row.Provider, agreement)
		return true
	}
	return d.hasConsent(row.Provider, agreement)
}

// replacedWarning is reported where the configuration belongs to an object of the state that this run replaces or destroys.
func replacedWarning(found configs.Existing, active bool) diag.Diagnostic {
	overwrites := "applying this plan overwrites it"
	if found.Config.Active && active {
		overwrites += " and leaves it in use"
	}
	return diag.NewAttributeWarningDiagnostic(pathGitProvider, "The configuration is overwritten, not created again",
		"Devtron has "+describeConfig(found.Config)+", which this Terraform state manages already. Devtron keeps one configuration for each git provider and cannot delete it: "+
			overwrites+"."+describeOverwrite(found.Differences)+movedHint)
}

// takeOverWarning is reported where a configuration that this state does not know is overwritten.
func takeOverWarning(found configs.Existing) diag.Diagnostic {
	switch found.Status {
	case configs.Inactive:
		return diag.NewAttributeWarningDiagnostic(pathGitProvider, "An inactive configuration will be taken over",
			"Devtron has "+describeConfig(found.Config)+", which is not in use; it may be left from an earlier destroy. Applying this plan overwrites it."+describeOverwrite(found.Differences))
	case configs.Matching:
		return diag.NewAttributeWarningDiagnostic(pathGitProvider, "An existing configuration will be taken over",
			"Devtron has "+describeConfig(found.Config)+", which is active and equals this resource in every field that Devtron returns. It may be left from an interrupted run, or belong to a resource that was renamed. "+
				"Applying this plan writes it again, with the token given here, and manages it from then on."+movedHint)
	default:
		return diag.NewAttributeWarningDiagnostic(pathAdoptExisting, "An active configuration will be overwritten",
			"Devtron has "+describeConfig(found.Config)+", which is active. As adopt_existing is true, applying this plan overwrites it, its token included."+describeOverwrite(found.Differences))
	}
}

// isComparable reports whether all that is compared with a stored row is known.
func (m configModel) isComparable() bool {
	for _, field := range ownerFields {
		if field.inModel(&m.targetModel).IsUnknown() {
			return false
		}
	}
	return !m.Host.IsUnknown() && !m.Username.IsUnknown() && !m.AllowCustomRepository.IsUnknown() && tlsKnown(m.TLS)
}

// existsError is reported where Devtron is configured already.
func existsError(found configs.Existing) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathGitProvider, "Devtron has another configuration of this git provider",
		"Devtron has "+describeConfig(found.Config)+", which is active and in use. Nothing was changed."+describeDifferences(found.Differences)+
			"\n\nTo manage it with this resource, import it: add this block (with the name of your resource), plan, and read the changes.\n\n"+
			importBlock(found.Config.Provider)+
			"\n\nTo overwrite it instead, set adopt_existing = true."+
			"\n\nIf this state manages it and a plan from another machine replaces it, create a new plan on this machine and apply that."+movedHint)
}

func importBlock(gitProvider string) string {
	name := strings.ToLower(gitProvider)
	return "import {\n  to = devtron_gitops_config." + name + "\n  id = \"" + gitProvider + "\"\n}"
}

// describeConfig names a row, which has no id where it is not stored.
func describeConfig(row devtron.Config) string {
	where := row.Host
	for _, field := range ownerFields {
		if owner := *field.inAPI(&row); owner != "" && field.gitProvider == row.Provider {
			where += ", " + field.attribute + " " + owner
		}
	}
	if row.ID != 0 {
		where = fmt.Sprintf("id %d: %s", row.ID, where)
	}
	article := "a"
	if row.Provider == azureDevOps {
		article = "an"
	}
	return article + " " + row.Provider + " configuration (" + where + ")"
}

// describeOverwrite lists what will be overwritten.
func describeOverwrite(found []configs.Difference) string {
	if len(found) == 0 {
		return ""
	}
	return "\n\nWhat changes:" + differenceList(found, "%s: %v -> %v")
}

// describeDifferences lists how a row and a plan differ.
func describeDifferences(found []configs.Difference) string {
	if len(found) == 0 {
		return ""
	}
	return "\n\nIt differs in:" + differenceList(found, "%s: Devtron has %v, this resource says %v")
}

func differenceList(found []configs.Difference, format string) string {
	quote := func(value any) any {
		if s, ok := value.(string); ok {
			return fmt.Sprintf("%q", s)
		}
		return value
	}
	var b strings.Builder
	for _, d := range found {
		b.WriteString("\n  " + fmt.Sprintf(format, attributeOf(d.Field), quote(d.Old), quote(d.New)))
	}
	return b.String()
}
