// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

type planned = object.Planned[model, devtron.GitAccount]

// completePlan sets how Devtron is to sign in, and the git host.
func completePlan(ctx context.Context, d *framework.Data, p planned, plan *model) (path.Paths, diag.Diagnostics) {
	var replacedBy path.Paths
	plan.AuthMode = authMode(p.Config, p.State)
	if p.State != nil && changesTransport(plan.AuthMode, p.State.AuthMode) {
		replacedBy.Append(path.Root("auth_mode"))
	}
	if !p.Config.GitHostID.IsNull() || !plan.GitHostID.IsUnknown() {
		return replacedBy, nil
	}
	if p.State != nil {
		plan.GitHostID = p.State.GitHostID
		return replacedBy, nil
	}
	id, diags := hostOf(ctx, d, *plan)
	plan.GitHostID = id
	return replacedBy, diags
}

// planAccount reports what an apply would meet. Terraform validates and asks again in the apply,
// when everything is known and nothing has been sent yet.
func planAccount(ctx context.Context, d *framework.Data, p planned) diag.Diagnostics {
	if p.State != nil && replaces(p.Config, p.Plan, *p.State) {
		return replacement(p.Config, p.Plan, *p.State)
	}
	diags := planCredentials(p)
	if p.State == nil && hasToken(p.Plan.URL.ValueString()) {
		diags.AddAttributeWarning(pathURL, "Token in url",
			"Devtron shows the url to all of its users, and signs in with the other arguments only. The part before the @ is as long as a token. If it is one, revoke it, remove it from url, and set access_token to a new one.")
	}
	if mode := p.Plan.AuthMode; !p.Config.TLS.IsNull() && !mode.IsUnknown() && mode.ValueString() != devtron.AuthPassword {
		diags.AddAttributeError(pathTLS, "tls needs a password", "Devtron uses TLS material only for accounts with username and password. Set password in place of the other credential (a token is accepted as a password, too), or remove tls.")
	}
	diags.Append(planHost(ctx, d, p)...)
	return diags
}

// replacement explains a replacement that no changed argument explains by itself. Terraform plans
// the creation in a second call.
func replacement(config, plan, state model) diag.Diagnostics {
	if !changesTransport(plan.AuthMode, state.AuthMode) {
		if c, ok := credentialOf(plan.AuthMode.ValueString()); ok && !c.of(config).Given() {
			return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathURL, "The credential is missing",
				fmt.Sprintf("Another url replaces the account. Devtron does not return the credential of the old one, so the new one needs it from the configuration: set %[1]s or %[1]s_wo.", c.name))}
		}
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathURL, "The git account will be replaced",
		fmt.Sprintf("A change between an SSH key and another way to sign in (%s to %s) deletes the account and creates it again, with a new id. Devtron does not delete an account that an application uses.",
			state.AuthMode.ValueString(), plan.AuthMode.ValueString()))}
}

// planCredentials refuses an account without the password that its user name is for, and says what
// Devtron keeps.
func planCredentials(p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	mode := p.Plan.AuthMode.ValueString()
	password := p.Config.password()
	if mode == devtron.AuthPassword && !password.Given() && (p.State == nil || p.State.AuthMode.ValueString() != mode) {
		diags.AddAttributeError(pathUsername, "The credential is missing",
			"username is set without a credential. Set password or access_token, or their write-only forms (Terraform 1.11 or newer), or remove username for an anonymous account.")
		return diags
	}
	if p.State == nil && p.Plan.memory.Imported {
		diags.Append(replacesImported(p)...)
	}
	if c, ok := sends(p.Config, p.Plan, p.State); ok {
		value := c.of(p.Config)
		if n := len(value.Value()); c.mode != devtron.AuthSSH && n > devtron.MaxGitSecret {
			diags.AddAttributeWarning(value.Path(c.name), "The credential may be too long for Devtron",
				fmt.Sprintf("The value of %s has %d bytes. Devtron since v2.0.0 stores at most %d, and closes the connection without an answer if it has more. Use a shorter token.", value.Path(c.name), n, devtron.MaxGitSecret))
		}
	}
	if p.State == nil || p.Plan.AuthMode.IsUnknown() {
		return diags
	}
	switch before := p.State.AuthMode.ValueString(); {
	case before == mode && mode == devtron.AuthPassword && !password.Given() && removed(p):
		diags.AddAttributeWarning(pathUsername, "Devtron keeps the password",
			"The configuration no longer has a password, but Devtron keeps the one that it has, and continues to use it. To make the account anonymous, remove username, too.")
	case before == devtron.AuthPassword && mode == devtron.AuthAnonymous && p.State.memory.Imported:
		diags.AddAttributeWarning(pathUsername, "Devtron will forget the password",
			fmt.Sprintf("The imported account has a username and a password, and the configuration has neither. The apply makes the account anonymous, and Devtron erases the password, which Terraform cannot restore. To keep both, set username = %q.", p.State.Username.ValueString()))
	case before == devtron.AuthAccessToken && mode != before:
		diags.AddAttributeWarning(pathURL, "Devtron keeps the access token",
			"Devtron no longer uses the access token, but cannot forget it: it stays in Devtron's database. Revoke it at the git host.")
	}
	return diags
}

// replacesImported refuses to replace an imported account by an anonymous one only because the
// configuration does not have the credential, which Devtron does not return. An account with a user
// name is refused already, as the user name is in the configuration.
func replacesImported(p planned) diag.Diagnostics {
	i := slices.IndexFunc(p.Objects, func(a devtron.GitAccount) bool { return a.ID == p.Replaced })
	if i < 0 || p.Plan.AuthMode.ValueString() != devtron.AuthAnonymous {
		return nil
	}
	c, ok := credentialOf(p.Objects[i].AuthMode)
	if !ok || c.mode == devtron.AuthPassword {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathURL, "The credential is missing",
		fmt.Sprintf("The run replaces an imported account, and the new one would be anonymous: Devtron does not return the credential of the old one. Nothing was changed. Set %[1]s or %[1]s_wo.", c.name))}
}

// removed reports whether the state has a password that the configuration has not.
func removed(p planned) bool {
	return !p.State.Password.IsNull() || !p.State.PasswordWOVersion.IsNull()
}

// destroyAccount says what a destroy leaves behind.
func destroyAccount(_ context.Context, _ *framework.Data, state model, _ bool) diag.Diagnostics {
	c, ok := credentialOf(state.AuthMode.ValueString())
	if !ok {
		return nil
	}
	what := map[string]string{
		devtron.AuthPassword: "the password", devtron.AuthAccessToken: "the access token", devtron.AuthSSH: "the SSH key",
	}[c.mode]
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathURL, "The credential of the git account stays valid",
		fmt.Sprintf("Devtron keeps %s of the git account %q (%s) in its database after the account is deleted. Revoke it at the git host if it is no longer needed.", what, state.Name.ValueString(), state.URL.ValueString()))}
}
