// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"context"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
)

func replaces(_, plan, state model) bool {
	return !plan.Name.Equal(state.Name) || !plan.Type.Equal(state.Type)
}

// planRegistry reports what an apply would meet. Terraform asks again in the apply, when everything
// is known and nothing has been sent yet.
func planRegistry(ctx context.Context, d *framework.Data, p planned) diag.Diagnostics {
	if p.State != nil && replaces(p.Config, p.Plan, *p.State) {
		// Terraform plans the creation in a second call, and does not show the warnings of that
		// one.
		p.State = nil
		return checkCredentials(ctx, d, p)
	}
	diags := planDefault(ctx, d, p)
	if p.State == nil {
		diags.Append(planCreation(p)...)
	} else {
		diags.Append(planRemovals(p)...)
	}
	diags.Append(planCredentials(p)...)
	if s := secret.Fields[pullSecretModel](p.Plan.PullSecret); s.Type.ValueString() == "name" && s.Value.IsNull() {
		diags.Append(nameMissing())
	}
	diags.Append(planKey(p)...)
	if !diags.HasError() {
		diags.Append(checkCredentials(ctx, d, p)...)
	}
	return diags
}

// planCreation refuses what Devtron would store, and not be able to use. An imported registry has
// no credentials in the configuration.
func planCreation(p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	config := p.Config
	if name := p.Plan.Name; !name.IsUnknown() && !validName(name.ValueString()) {
		diags.AddAttributeError(pathName, "Invalid registry name",
			fmt.Sprintf("The name %q is not valid in Devtron. A name has 3 characters or more, and neither white space nor slashes, for example \"acme-quay\".", name.ValueString()))
	}
	if s := secret.Fields[pullSecretModel](config.PullSecret); s.Type.ValueString() == "custom" && !s.value().Given() {
		diags.AddAttributeError(pathPullSecret, "value is missing", "pull_secret of the type \"custom\" needs the credentials. Set pull_secret.value, or value_wo to keep them out of the state.")
	}
	return diags
}

// planCredentials refuses a registry that has no credentials so far and gets none: a new one, one
// that was public, and one that used the role of Devtron's node. It also refuses one that would
// lose a part of them: its user name, or the secret that belongs to the id of an access key.
func planCredentials(p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	config, registryType := p.Config, p.Plan.Type.ValueString()
	var before awsModel
	if p.State != nil {
		before = secret.Fields[awsModel](p.State.AWS)
	}
	switch a := secret.Fields[awsModel](config.AWS); {
	case a.AccessKeyID.IsNull() || a.secretAccessKey().Given():
	case before.AccessKeyID.IsNull():
		diags.AddAttributeError(pathAWS, "secret_access_key is missing", "aws has access_key_id without its secret. Set secret_access_key or secret_access_key_wo, or neither of them: then Devtron uses the IAM role of its node.")
	case !a.AccessKeyID.IsUnknown() && !a.AccessKeyID.Equal(before.AccessKeyID):
		diags.AddAttributeError(pathAWS, "secret_access_key is missing", "access_key_id changes, and Devtron would use it with the secret of the key before. Set secret_access_key or secret_access_key_wo to the secret of the new key.")
	}
	if registryType == "" || registryType == devtron.RegistryECR || config.Public.ValueBool() || config.Public.IsUnknown() {
		return diags
	}
	loses := p.State != nil && config.Username.IsNull() && username(p.Plan) != username(*p.State)
	if p.State != nil && !p.State.Public.ValueBool() && !loses {
		return diags
	}
	if config.Username.IsNull() && !google(registryType) {
		diags.AddAttributeError(pathUsername, "Credentials are missing", "A registry of the type \""+registryType+"\" that is not public needs username, and password or, to keep it out of the state, password_wo (Terraform 1.11 or newer).")
		return diags
	}
	if !config.password().Given() {
		what := "password or, to keep it out of the state, password_wo (Terraform 1.11 or newer)"
		if google(registryType) {
			what = "the JSON key of a service account in " + what
		}
		diags.AddAttributeError(pathPassword, "Credentials are missing", "A registry of the type \""+registryType+"\" that is not public needs "+what+".")
	}
	return diags
}

// planRemovals explains what an update cannot do: Devtron keeps every secret that a request leaves
// out.
func planRemovals(p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	const kept = "The configuration no longer has it, but Devtron cannot forget it. To remove it, replace the registry (-replace), and revoke the credential."
	if passwordChange(p.Config, p.State).Removed() {
		diags.AddAttributeWarning(pathPassword, "Devtron keeps the password of the registry", kept)
	}
	if !p.Config.AWS.IsUnknown() && awsKeyChange(p.Config, p.State).Removed() {
		diags.AddAttributeWarning(pathAWS, "Devtron keeps the secret access key", kept)
	}
	before, now := secret.Fields[pullSecretModel](p.State.PullSecret), secret.Fields[pullSecretModel](p.Config.PullSecret)
	if now.Type.ValueString() == "custom" && before.Type.ValueString() != "custom" && !now.value().Given() {
		diags.AddAttributeError(pathPullSecret, "value is missing", "pull_secret of the type \"custom\" needs the credentials. Set pull_secret.value, or value_wo to keep them out of the state.")
	}
	return diags
}

// planKey refuses a password that is to be sent and cannot be the key of a Google service account.
func planKey(p planned) diag.Diagnostics {
	password := passwordChange(p.Config, p.State).Value()
	if password == "" || !google(p.Plan.Type.ValueString()) || username(p.Config) != jsonKeyUser {
		return nil
	}
	problem := serviceAccountKey(password)
	if problem == "" {
		return nil
	}
	at := p.Config.password().Path("password")
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid key of a Google service account",
		fmt.Sprintf("%s %s. Set it to the JSON key of a service account as Google issues it, for example %s = file(\"key.json\") or base64decode(google_service_account_key.NAME.private_key). "+
			"The provider adds what Devtron wants around it. For other credentials, set username.", at, problem, at))}
}

// destroyRegistry says what a destroy leaves behind.
func destroyRegistry(_ context.Context, _ *framework.Data, state model, _ bool) diag.Diagnostics {
	at := pathPassword
	switch custom := secret.Fields[pullSecretModel](state.PullSecret).Type.ValueString() == "custom"; {
	case state.Public.ValueBool():
		return nil
	case state.Type.ValueString() != devtron.RegistryECR:
	case !secret.Fields[awsModel](state.AWS).AccessKeyID.IsNull():
		at = pathAWS
	case custom:
		at = pathPullSecret
	default:
		return nil // Devtron uses the role of its node.
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "The credentials of the registry stay valid",
		fmt.Sprintf("Devtron keeps the credentials of the registry %q in its database after it is deleted, and clusters keep the pull secrets that they have. If they are no longer needed, revoke them at the registry.", state.Name.ValueString()))}
}

// explain knows what Devtron refuses about registries.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	switch e.RegistryProblem() {
	case devtron.RegistryUnauthorized:
		return pathPassword, "the registry does not accept the credentials",
			"Devtron tried to sign in to the registry, which it does for registries with charts. Check url, username, and password, and that the network of Devtron lets it connect to the registry."
	case devtron.RegistryChartSync:
		if e.Method == http.MethodDelete {
			return pathCharts, "Devtron could not synchronize the charts", "Another synchronization was still running. Apply again in a minute."
		}
		return pathCharts, "Devtron could not synchronize the charts",
			"Another synchronization was still running. Charts may not show in the chart store until the next one: open Chart Store, Source in Devtron and refresh the charts, or wait for the regular synchronization."
	case devtron.RegistryIsDefault:
		return pathDefault, "it is the default registry", "Another run made it the default again. Plan again, or set default = true for another registry."
	case devtron.RegistryChartsInUse:
		return pathCharts, "charts of a removed repository are deployed", "Delete the applications that use these charts, or keep the repository in charts.repositories."
	}
	if e.Kind == devtron.Conflict {
		return pathName, "Devtron says that it exists already",
			"Devtron gives this answer to every failure of its database, also where it has no registry with this name. Apply again. If that fails in the same way, the log of Devtron's orchestrator pod says more."
	}
	if e.Kind == devtron.InUse {
		return pathName, "builds or deployments use the registry",
			"Devtron does not delete a registry that applications use. Select another registry in their build configuration, and delete deployments of charts from it, or delete the applications."
	}
	return path.Empty(), "", ""
}

// given is the argument that a configuration sets.
func given(config model, at path.Path) path.Path {
	switch {
	case !at.Equal(pathPassword):
		return at
	case !config.AWS.IsNull():
		return pathAWS
	case !config.password().Given():
		return pathURL
	default:
		return config.password().Path("password")
	}
}
