// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Paths of arguments that diagnostics point at. A CLI shows no line of an argument inside of an object.
var (
	pathName        = path.Root("name")
	pathServerURL   = path.Root("server_url")
	pathBearerToken = path.Root("bearer_token")
	pathTLS         = path.Root("tls")
	pathInsecure    = path.Root("insecure_skip_tls_verify")
	pathDescription = path.Root("description")
	pathPrometheus  = path.Root("prometheus")
)

// validate checks the rules that are about several arguments at once. An unknown value may still become null, so it breaks no rule.
func validate(config model) diag.Diagnostics {
	diags := oneForm(path.Root, "bearer_token", config.bearerToken())
	if !config.TLS.IsNull() && config.InsecureSkipTLSVerify.ValueBool() {
		diags.AddAttributeError(pathInsecure, "tls and insecure_skip_tls_verify exclude each other",
			"With insecure_skip_tls_verify = true, Devtron ignores everything in tls, including the client certificate. Keep one of them: tls, if the CA of the API server is known.")
	}
	diags.Append(validateTLS(config.TLS)...)
	diags.Append(validatePrometheus(config.Prometheus)...)
	return diags
}

func validateTLS(value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	t := fields[tlsModel](value)
	diags := oneForm(within(pathTLS), "tls.client_key", t.clientKey())
	switch {
	case t.CACertificate.IsNull() && t.ClientCertificate.IsNull() && !t.clientKey().given():
		diags.AddAttributeError(pathTLS, "tls is empty", "Set ca_certificate in tls, or client_certificate together with client_key, or all three; or omit tls.")
	case !t.ClientCertificate.IsNull() && !t.clientKey().given():
		diags.Append(keyMissing(pathTLS, "tls"))
	}
	diags.Append(validatePair(pathTLS, "tls", t.ClientCertificate, t.clientKey())...)
	return diags
}

func validatePrometheus(value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	p := fields[prometheusModel](value)
	diags := oneForm(within(pathPrometheus), "prometheus.password", p.password())
	diags.Append(oneForm(within(pathPrometheus), "prometheus.client_key", p.clientKey())...)
	if p.Username.IsNull() && p.password().given() {
		diags.AddAttributeError(pathPrometheus, "username is missing", "prometheus has a password without its username. Set both.")
	}
	diags.Append(validatePair(pathPrometheus, "prometheus", p.ClientCertificate, p.clientKey())...)
	return diags
}

// within is for arguments of an object: diagnostics point at the object.
func within(object path.Path) func(string) path.Path {
	return func(string) path.Path { return object }
}

// oneForm refuses both forms of a secret, and a version of a write-only form that is not there.
func oneForm(at func(string) path.Path, name string, s secret) diag.Diagnostics {
	var diags diag.Diagnostics
	if set(s.plain) && set(s.writeOnly) {
		diags.AddAttributeError(at(name), "Two arguments for one value", "Both "+name+" and "+name+"_wo are set. Keep one of them.")
	}
	if !s.version.IsNull() && s.writeOnly.IsNull() {
		diags.AddAttributeError(at(name+"_wo_version"), name+"_wo is missing",
			name+"_wo_version says when a new "+name+"_wo is sent, so it needs "+name+"_wo. A value in "+name+" is sent when it changes.")
	}
	return diags
}

// set reports whether a value is known and not null.
func set(value types.String) bool { return !value.IsNull() && !value.IsUnknown() }

// validatePair refuses a key without its certificate, and one that belongs to another certificate.
func validatePair(at path.Path, object string, certificate types.String, key secret) diag.Diagnostics {
	var diags diag.Diagnostics
	if certificate.IsNull() && key.given() {
		diags.AddAttributeError(at, "client_certificate is missing", object+" has a client key without its client_certificate. Set both.")
	}
	if why := rule.Mismatch(certificate.ValueString(), key.value()); why != "" {
		diags.AddAttributeError(at, "The client key does not belong to client_certificate", "TLS cannot use the client certificate and the client key of "+object+" together: "+why+".")
	}
	return diags
}

func keyMissing(at path.Path, object string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "client_key is missing", object+" has a client_certificate without its key, and Devtron would ignore it. Set client_key or client_key_wo.")
}
