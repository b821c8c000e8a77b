// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gitops"
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

// ModifyPlan says, before anything is touched, what an apply will meet in Devtron
// and what is wrong with the token.
func (r *gitOpsConfigResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.data == nil {
		return
	}
	var config, plan gitOpsConfigModel
	var state *gitOpsConfigModel
	if !req.State.Raw.IsNull() {
		state = &gitOpsConfigModel{}
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	}
	if req.Plan.Raw.IsNull() {
		if !resp.Diagnostics.HasError() {
			resp.Diagnostics.Append(destroyWarning(*state))
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
		resp.Diagnostics.Append(destroyWarning(*state))
		return
	}
	if state != nil {
		last := state.LastValidation
		if writes(config, plan, *state) {
			last = types.ObjectUnknown(validationTypes)
		}
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, pathLastValidation, last)...)
	} else if config.Token.IsNull() && config.TokenWO.IsNull() {
		resp.Diagnostics.Append(tokenNeeded())
	}
	if plan.GitProvider.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(r.planAgainstOthers(plan, state)...)

	// Devtron and the git host are asked at the same time.
	checked := make(chan diag.Diagnostics, 1)
	go func() { checked <- r.checkToken(ctx, config, plan, state) }()
	resp.Diagnostics.Append(r.planAgainstDevtron(ctx, plan, state)...)
	resp.Diagnostics.Append(<-checked...)
}

// planAgainstOthers refuses what two resources of one run cannot both have.
func (r *gitOpsConfigResource) planAgainstOthers(plan gitOpsConfigModel, state *gitOpsConfigModel) diag.Diagnostics {
	var diags diag.Diagnostics
	kind := plan.GitProvider.ValueString()
	row := r.data.planned.change(kind, func(p *plannedRow) {
		p.active = plan.Active.ValueBool()
		if state == nil {
			p.creations++
		}
	})
	if row.creations > 1 {
		diags.AddAttributeError(pathGitProvider, "Two resources for one configuration",
			"Two resources of this run create the "+kind+" configuration, but Devtron has one for each git provider. Keep one of them.")
	}
	if other, conflict := r.data.planned.otherActive(kind); conflict && row.active {
		diags.AddAttributeError(pathActive, "Two configurations are to be active",
			"Both the "+kind+" and the "+other+" configuration of this run say active = true, which is the default, but Devtron uses exactly one. "+
				"Set active = false on the one that is to stand by.")
	}
	return diags
}

// planAgainstDevtron compares the plan with what Devtron has.
func (r *gitOpsConfigResource) planAgainstDevtron(ctx context.Context, plan gitOpsConfigModel, state *gitOpsConfigModel) diag.Diagnostics {
	var diags diag.Diagnostics
	store := r.connected()
	becomesActive := plan.Active.ValueBool() && (state == nil || !state.Active.ValueBool())
	if store == nil || state != nil && !becomesActive {
		return diags
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	rows, err := store.List(ctx)
	if err != nil {
		return r.data.diagnose("Devtron could not be asked for its GitOps configurations", "Nothing was changed.", err)
	}
	if state == nil {
		diags.Append(r.planTakeOver(rows, plan)...)
	}
	if other, ok := gitops.OtherActive(rows, plan.GitProvider.ValueString()); ok && becomesActive {
		diags.AddAttributeWarning(pathActive, "Another configuration will be deactivated",
			fmt.Sprintf("Devtron uses one GitOps configuration at a time. Applying this plan activates %s and deactivates %s.",
				plan.GitProvider.ValueString(), describe(other)))
	}
	return diags
}

// planTakeOver tells what a creation will meet, and remembers for the apply what
// the user has been told.
func (r *gitOpsConfigResource) planTakeOver(rows []devtron.Config, plan gitOpsConfigModel) diag.Diagnostics {
	var diags diag.Diagnostics
	adopt := plan.AdoptExisting.ValueBool()
	found := gitops.Assess(rows, plan.toRow("", storedTLS{}))
	r.data.planned.change(plan.GitProvider.ValueString(), func(p *plannedRow) {
		p.agreed = gitops.Agreed{RowID: found.Row.ID, Adopt: adopt}
	})
	if found.Case == gitops.Different && !plan.comparable() {
		diags.AddAttributeWarning(pathGitProvider, "A configuration exists already",
			"Devtron has "+describe(found.Row)+", which is active. Whether it may be taken over can only be told when all arguments are known, so the apply decides.")
		return diags
	}
	switch found.Case {
	case gitops.Inactive:
		diags.AddAttributeWarning(pathGitProvider, "An inactive configuration will be taken over",
			"Devtron has "+describe(found.Row)+", which is not in use; it may be left from an earlier destroy. Applying this plan overwrites it."+changes(found.Differences))
	case gitops.Same:
		diags.AddAttributeWarning(pathGitProvider, "An existing configuration will be taken over",
			"Devtron has "+describe(found.Row)+", which is active and says the same as this resource; it may be left from an interrupted run. "+
				"Applying this plan writes it once more, with the token given here, and manages it from then on.")
	case gitops.Different:
		if adopt {
			diags.AddAttributeWarning(pathAdoptExisting, "An active configuration will be overwritten",
				"Devtron has "+describe(found.Row)+", which is active. As adopt_existing is true, applying this plan overwrites it, its token included."+changes(found.Differences))
		} else {
			diags.Append(existsError(found))
		}
	}
	return diags
}

// comparable reports whether all that is compared with a stored row is known.
func (m gitOpsConfigModel) comparable() bool {
	for _, field := range ownerFields {
		if field.inModel(&m.targetModel).IsUnknown() {
			return false
		}
	}
	return !m.Host.IsUnknown() && !m.Username.IsUnknown() && !m.AllowCustomRepository.IsUnknown() && tlsKnown(m.TLS)
}

// existsError is what somebody reads whose Devtron is configured already.
func existsError(found gitops.Assessment) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathGitProvider, "Devtron has another configuration of this git provider",
		"Devtron has "+describe(found.Row)+", which is active and in use. Nothing was changed."+differences(found.Differences)+
			"\n\nTo manage it with this resource, import it: add this block (with the name of your resource), plan, and read the changes.\n\n"+
			importBlock(found.Row.Provider)+
			"\n\nTo overwrite it instead, set adopt_existing = true.")
}

func importBlock(kind string) string {
	name := strings.ToLower(kind)
	return "import {\n  to = devtron_gitops_config." + name + "\n  id = \"" + kind + "\"\n}"
}

// describe names a row, which has no id where it is not stored.
func describe(row devtron.Config) string {
	where := row.Host
	for _, field := range ownerFields {
		if owner := *field.inAPI(&row); owner != "" && field.gitProvider == row.Provider {
			where += ", " + field.attribute + " " + owner
		}
	}
	if row.ID == 0 {
		return fmt.Sprintf("a %s configuration (%s)", row.Provider, where)
	}
	return fmt.Sprintf("a %s configuration (id %d: %s)", row.Provider, row.ID, where)
}

// changes lists what will be overwritten.
func changes(found []gitops.Difference) string {
	if len(found) == 0 {
		return ""
	}
	return "\n\nWhat changes:" + lines(found, "%s: %v -> %v")
}

// differences lists how a row and a plan differ.
func differences(found []gitops.Difference) string {
	if len(found) == 0 {
		return ""
	}
	return "\n\nIt differs in:" + lines(found, "%s: Devtron has %v, this resource says %v")
}

func lines(found []gitops.Difference, format string) string {
	var b strings.Builder
	for _, d := range found {
		b.WriteString("\n  " + fmt.Sprintf(format, attributeOf(d.Field), show(d.Old), show(d.New)))
	}
	return b.String()
}

func show(value any) any {
	if s, ok := value.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return value
}

// tokenNeeded is said where a configuration is to be created without a token.
func tokenNeeded() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathToken, "Token is missing",
		"A new GitOps configuration needs a token: set token or, to keep it out of the state, token_wo (Terraform 1.11 or newer). "+
			"Without one Devtron would store an empty token and fail at the first deployment.")
}

// destroyWarning says what a destroy leaves behind.
func destroyWarning(state gitOpsConfigModel) diag.Diagnostic {
	kind := state.GitProvider.ValueString()
	const credential = " The git token stays stored in Devtron; revoke it at the git host if it is not needed any more."
	if state.DeletionPolicy.ValueString() == policyAbandon {
		return diag.NewAttributeWarningDiagnostic(pathDeletionPolicy, "The configuration stays in Devtron",
			"Devtron cannot delete a GitOps configuration. As deletion_policy is abandon, destroying this resource leaves the "+kind+
				" configuration as it is; Terraform only forgets it."+credential)
	}
	consequence := "makes the " + kind + " configuration inactive."
	if state.Active.ValueBool() {
		consequence += " It is the active one: unless another is activated, Devtron has no GitOps configuration then, and applications that deploy through GitOps cannot be deployed."
	}
	return diag.NewAttributeWarningDiagnostic(pathDeletionPolicy, "The configuration will be deactivated, not deleted",
		"Devtron cannot delete a GitOps configuration. Destroying this resource "+consequence+credential)
}
