// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
)

// Paths of arguments that diagnostics point at. A CLI shows no line of an argument inside of an
// object.
var (
	pathName        = path.Root("name")
	pathServerURL   = path.Root("server_url")
	pathBearerToken = path.Root("bearer_token")
	pathTLS         = path.Root("tls")
	pathInsecure    = path.Root("insecure_skip_tls_verify")
	pathDescription = path.Root("description")
	pathPrometheus  = path.Root("prometheus")
)

// validate checks the rules that are about several arguments at once. An unknown value may still
// become null, so it breaks no rule.
func validate(config model) diag.Diagnostics {
	diags := secret.OneForm(path.Root, "bearer_token", config.bearerToken())
	if !config.TLS.IsNull() && !config.TLS.IsUnknown() && config.InsecureSkipTLSVerify.ValueBool() {
		diags.AddAttributeError(pathInsecure, "tls and insecure_skip_tls_verify exclude each other",
			"With insecure_skip_tls_verify = true, Devtron ignores everything in tls, including the client certificate. Keep one of them: tls, if the CA of the API server is known.")
	}
	diags.Append(secret.ValidateTLS(pathTLS, config.TLS)...)
	diags.Append(validatePrometheus(config.Prometheus)...)
	return diags
}

func validatePrometheus(value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	p := secret.Fields[prometheusModel](value)
	diags := secret.OneForm(secret.Within(pathPrometheus), "prometheus.password", p.password())
	diags.Append(secret.OneForm(secret.Within(pathPrometheus), "prometheus.client_key", p.clientKey())...)
	if p.Username.IsNull() && p.password().Given() {
		diags.AddAttributeError(pathPrometheus, "username is missing", "prometheus has a password without its username. Set both.")
	}
	diags.Append(secret.ValidatePair(pathPrometheus, "prometheus", p.ClientCertificate, p.clientKey())...)
	return diags
}
