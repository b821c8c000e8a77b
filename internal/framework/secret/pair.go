// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package secret

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Within is for arguments of an object: diagnostics point at the object.
func Within(object path.Path) func(string) path.Path {
	return func(string) path.Path { return object }
}

// ValidatePair refuses a key without its certificate, and one that belongs to another certificate.
// object is the argument that has both.
func ValidatePair(at path.Path, object string, certificate types.String, key Argument) diag.Diagnostics {
	var diags diag.Diagnostics
	if certificate.IsNull() && key.Given() {
		diags.AddAttributeError(at, "client_certificate is missing", object+" has a client key without its client_certificate. Set both.")
	}
	if why := rule.Mismatch(certificate.ValueString(), key.Value()); why != "" {
		diags.AddAttributeError(at, "The client key does not belong to client_certificate", "TLS cannot use the client certificate and the client key of "+object+" together: "+why+".")
	}
	return diags
}

// KeyMissing is reported for a certificate without its key.
func KeyMissing(at path.Path, object string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "client_key is missing", object+" has a client_certificate without its key, and Devtron would ignore it. Set client_key or client_key_wo.")
}
