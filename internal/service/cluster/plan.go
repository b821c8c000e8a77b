// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

// planCluster reports what an apply would meet. Terraform asks again in the apply, when everything
// is known and nothing has been sent yet.
func planCluster(_ context.Context, _ *framework.Data, p object.Planned[model, devtron.Cluster]) diag.Diagnostics {
	isDefault := p.Plan.Name.ValueString() == devtron.DefaultCluster
	var diags diag.Diagnostics
	if p.Plan.InsecureSkipTLSVerify.ValueBool() && !isDefault {
		diags.AddAttributeWarning(pathInsecure, "The certificate of the API server is not verified",
			"With insecure_skip_tls_verify = true, anybody on the network between Devtron and the cluster can read the credentials. Set tls.ca_certificate to the CA of the API server instead.")
	}
	switch {
	case p.State == nil:
		diags.Append(planCreation(p.Config, isDefault)...)
	case !p.Plan.Name.Equal(p.State.Name): // A replacement, whose creation Terraform plans in a second call.
		return diags
	default:
		diags.Append(planUpdate(p.Config, p.Plan, *p.State, isDefault)...)
	}
	diags.Append(planKeys(p.Config, p.State)...)
	token := tokenChange(p.Config, p.Plan, p.State)
	// A version that is not known yet may turn out to be the one before: then nothing is sent.
	if p.State == nil || !token.Now.Version.IsUnknown() {
		diags.Append(judgeToken(token.Value(), tokenPath(token.Now), time.Now())...)
	}
	return diags
}

// tokenPath is the argument that a token is in.
func tokenPath(token secret.Argument) path.Path { return token.Path("bearer_token") }

func planCreation(config model, isDefault bool) diag.Diagnostics {
	var diags diag.Diagnostics
	if isDefault {
		diags.AddAttributeError(pathName, "default_cluster cannot be created",
			"The name default_cluster belongs to the cluster that Devtron runs in, which Devtron creates itself. Choose another name.")
	}
	if !config.bearerToken().Given() && !config.TLS.IsUnknown() && secret.Fields[tlsModel](config.TLS).ClientCertificate.IsNull() {
		diags.AddAttributeError(pathBearerToken, "Credentials are missing",
			"A new cluster needs bearer_token or, to keep the token out of the state, bearer_token_wo (Terraform 1.11 or newer), or tls with client_certificate and client_key.")
	}
	return diags
}

// planUpdate explains what an update cannot do: Devtron keeps every credential that a request
// leaves out.
func planUpdate(config, plan, state model, isDefault bool) diag.Diagnostics {
	var diags diag.Diagnostics
	if isDefault {
		diags.Append(planDefault(config, plan, state)...)
	}
	if removed := removedTLS(config.TLS, state.TLS); len(removed) > 0 {
		diags.AddAttributeWarning(pathTLS, "The cluster will be replaced",
			fmt.Sprintf("Devtron cannot forget %s. As %s removed from the configuration, the cluster is deleted and created again, with a new id.", strings.Join(removed, " and "), isOrAre(removed)))
	}
	if tokenChange(config, plan, &state).Removed() {
		diags.AddAttributeWarning(pathBearerToken, "Devtron keeps the bearer token",
			"The configuration no longer has a bearer token, but Devtron cannot forget the one that it has, and continues to use it. To remove it, replace the cluster (-replace), or revoke the token.")
	}
	diags.Append(planPrometheus(config.Prometheus, state.Prometheus)...)
	return diags
}

// planDefault refuses to change the connection of the cluster that Devtron runs in, as Devtron
// does.
func planDefault(config, plan, state model) diag.Diagnostics {
	var diags diag.Diagnostics
	var at path.Path
	switch {
	case !plan.ServerURL.IsUnknown() && !clusters.SameServer(plan.ServerURL.ValueString(), state.ServerURL.ValueString()):
		at = pathServerURL
	case !plan.InsecureSkipTLSVerify.IsUnknown() && !plan.InsecureSkipTLSVerify.Equal(state.InsecureSkipTLSVerify):
		at = pathInsecure
	case tokenChange(config, plan, &state).Sent():
		at = pathBearerToken
	case !config.TLS.IsNull():
		at = pathTLS
	default:
		return nil
	}
	diags.AddAttributeError(at, "The connection of default_cluster cannot be changed",
		fmt.Sprintf("Devtron runs in default_cluster and connects to it with its own service account. Remove the change of %s: only production, description, and prometheus of this cluster can be changed.", at))
	return diags
}

// planKeys refuses a new client certificate of Prometheus without its key. An imported one has no
// key in the configuration.
func planKeys(config model, state *model) diag.Diagnostics {
	now, before := secret.Fields[prometheusModel](config.Prometheus), prometheusModel{}
	if state != nil {
		before = secret.Fields[prometheusModel](state.Prometheus)
	}
	if now.ClientCertificate.IsNull() || now.ClientCertificate.Equal(before.ClientCertificate) || now.clientKey().Given() {
		return nil
	}
	return diag.Diagnostics{secret.KeyMissing(pathPrometheus, "prometheus")}
}

func planPrometheus(config, state types.Object) diag.Diagnostics {
	var diags diag.Diagnostics
	now, before := secret.Fields[prometheusModel](config), secret.Fields[prometheusModel](state)
	if config.IsUnknown() || before.ClientCertificate.IsNull() || !now.ClientCertificate.IsNull() {
		return diags
	}
	use := "It is not used without the address of Prometheus, but stays in Devtron's database: revoke it if it is no longer needed."
	if !config.IsNull() {
		use = "Devtron continues to use it for this Prometheus. To remove it, replace the cluster (-replace)."
	}
	diags.AddAttributeWarning(pathPrometheus, "Devtron keeps the client certificate of Prometheus", "Devtron cannot forget a client certificate and its key. "+use)
	return diags
}

func replaces(config, plan, state model) bool {
	return !plan.Name.Equal(state.Name) || len(removedTLS(config.TLS, state.TLS)) > 0
}

// replacesTLS implements objectplanmodifier.RequiresReplaceIfFunc.
func replacesTLS(_ context.Context, req planmodifier.ObjectRequest, resp *objectplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = len(removedTLS(req.ConfigValue, req.StateValue)) > 0
}

// removedTLS names the TLS material that was configured and is not anymore. A client certificate
// takes its key with it.
func removedTLS(config, state types.Object) []string {
	if config.IsUnknown() {
		return nil
	}
	now, before := secret.Fields[tlsModel](config), secret.Fields[tlsModel](state)
	var removed []string
	if !before.CACertificate.IsNull() && now.CACertificate.IsNull() {
		removed = append(removed, "tls.ca_certificate")
	}
	if !before.ClientCertificate.IsNull() && now.ClientCertificate.IsNull() {
		removed = append(removed, "tls.client_certificate")
	}
	return removed
}

func isOrAre(names []string) string {
	if len(names) == 1 {
		return "it is"
	}
	return "they are"
}
