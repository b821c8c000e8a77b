// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

// Paths of arguments that diagnostics point at.
var (
	pathName     = path.Root("name")
	pathURL      = path.Root("url")
	pathUsername = path.Root("username")
	pathPassword = path.Root("password")
	pathActive   = path.Root("active")
)

type planned = object.Planned[model, devtron.ChartRepository]

// validate checks the rules that are about several arguments at once. An unknown value may still
// become null, so it breaks no rule. A username without a password is a matter of the plan: an
// imported chart repository has no password.
func validate(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	if config.Password.ValueString() != "" && config.PasswordWO.ValueString() != "" {
		diags.AddAttributeError(pathPassword, "Two arguments for one value", "Both password and password_wo are set. Keep one of them.")
	}
	if !config.PasswordWOVersion.IsNull() && config.PasswordWO.IsNull() {
		diags.AddAttributeError(path.Root("password_wo_version"), "password_wo is missing",
			"password_wo_version says when a new password_wo is sent, so it needs password_wo. A value in password is sent when it changes.")
	}
	if config.Username.IsNull() && (config.Password.ValueString() != "" || config.PasswordWO.ValueString() != "") {
		diags.AddAttributeError(given(config, pathPassword), "username is missing", "Devtron signs in with a user name and a password. Set username, or remove the password.")
	}
	return diags
}

// planChartRepository refuses what Devtron refuses, and an update that would clear a password.
// Terraform asks again in the apply, when everything is known and nothing has been sent yet.
func planChartRepository(_ context.Context, _ *framework.Data, p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	renamed := p.State != nil && !p.State.Name.Equal(p.Plan.Name)
	// An imported chart repository keeps an older name.
	if !p.Plan.Name.IsUnknown() && (p.State == nil || renamed) {
		if problem := nameProblem(p.Plan.Name.ValueString()); problem != nil {
			diags.AddAttributeError(pathName, problem.Summary, problem.Detail)
		}
	}
	if renamed { // A replacement, whose creation Terraform plans in a second call.
		return diags
	}
	diags.Append(validate(p.Config)...)
	if p.Config.Username.IsNull() || p.Config.Username.IsUnknown() || p.Config.hasPassword() {
		return diags
	}
	switch {
	case p.State == nil:
		diags.AddAttributeError(pathUsername, passwordMissing,
			"Devtron signs in with a user name and a password. Set password or, to keep it out of the state, password_wo (Terraform 1.11 or newer); or remove username.")
	case certain(p) && writes(p.Config, p.Plan, *p.State):
		diags.AddAttributeError(pathUsername, passwordMissing,
			"This plan changes the chart repository, and Devtron clears a password that an update does not contain. Devtron's password is not known here, for example because the chart repository was imported. "+
				"Nothing was changed. Set password or, to keep it out of the state, password_wo (Terraform 1.11 or newer). If it is set, remove it from ignore_changes.")
	}
	return diags
}

const passwordMissing = "The password is missing"

// certain reports whether everything is known that an update may change.
func certain(p planned) bool {
	return !p.Plan.URL.IsUnknown() && !p.Plan.AllowInsecureConnection.IsUnknown() && !p.Plan.Active.IsUnknown() && !p.Plan.PasswordWOVersion.IsUnknown()
}

// destroyChartRepository refuses to destroy what Devtron cannot delete, and says what a destroy
// leaves behind.
func destroyChartRepository(_ context.Context, _ *framework.Data, state model, _ bool) diag.Diagnostics {
	var diags diag.Diagnostics
	name := state.Name.ValueString()
	switch {
	case devtron.IsShippedChartRepository(state.Number(), name):
		diags.AddAttributeError(pathName, "Devtron cannot delete the chart repository",
			fmt.Sprintf("The chart repository %q came with Devtron, which refuses to delete it since version 1.2.1. Nothing was changed. ", name)+howToForget)
	case !state.Username.IsNull():
		diags.AddAttributeWarning(pathUsername, "The credentials of the chart repository stay valid",
			fmt.Sprintf("Devtron stores the password of the chart repository %q unencrypted in its database. The destroy has Devtron overwrite it, but backups of the database and Devtron's service log can still contain it. "+
				"If the account %q is no longer needed, revoke its password at the chart repository.", name, state.Username.ValueString()))
	}
	return diags
}

const howToForget = "To keep the chart repository and only remove it from the Terraform state, replace its resource block with this block (Terraform 1.7 or newer):\n\n" +
	"removed {\n  from = " + typeName + ".NAME\n  lifecycle {\n    destroy = false\n  }\n}"
