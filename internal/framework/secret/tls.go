// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package secret

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// TLS is an argument tls: a CA, or a client certificate with its key, or all three.
type TLS struct {
	CACertificate      types.String `tfsdk:"ca_certificate"`
	ClientCertificate  types.String `tfsdk:"client_certificate"`
	ClientKey          types.String `tfsdk:"client_key"`
	ClientKeyWO        types.String `tfsdk:"client_key_wo"`
	ClientKeyWOVersion types.Int64  `tfsdk:"client_key_wo_version"`
}

// TLSTypes are the types of the arguments in TLS.
var TLSTypes = map[string]attr.Type{
	"ca_certificate":        types.StringType,
	"client_certificate":    types.StringType,
	"client_key":            types.StringType,
	"client_key_wo":         types.StringType,
	"client_key_wo_version": types.Int64Type,
}

// Key is the key of the client certificate.
func (t TLS) Key() Argument {
	return Argument{Plain: t.ClientKey, WriteOnly: t.ClientKeyWO, Version: t.ClientKeyWOVersion}
}

// TLSAttributes are the arguments in tls. server names who the CA is for, and object what is
// written.
func TLSAttributes(server, object string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"ca_certificate": schema.StringAttribute{
			MarkdownDescription: "CA certificates of the " + server + ", PEM text.",
			Optional:            true,
			Validators:          framework.Check(rule.CACertificate.Rule),
		},
		"client_certificate": schema.StringAttribute{
			MarkdownDescription: "Client certificate, PEM text. It needs `client_key` or `client_key_wo`.",
			Optional:            true,
			Validators:          framework.Check(rule.ClientCertificate.Rule),
		},
		"client_key":            ClientKey(),
		"client_key_wo":         WriteOnly(object, "client_key", rule.ClientKey.Rule),
		"client_key_wo_version": Version("client_key_wo"),
	}
}

// ClientKey is the key of a client certificate.
func ClientKey() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Private key of `client_certificate`, PEM text, kept in the Terraform state.",
		Optional:            true, Sensitive: true,
		Validators: framework.Check(rule.ClientKey.Rule),
	}
}

// ValidateTLS refuses TLS material that is not complete.
func ValidateTLS(at path.Path, value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	t := Fields[TLS](value)
	diags := OneForm(Within(at), "tls.client_key", t.Key())
	switch {
	case t.CACertificate.IsNull() && t.ClientCertificate.IsNull() && !t.Key().Given():
		diags.AddAttributeError(at, "tls is empty", "Set ca_certificate in tls, or client_certificate together with client_key, or all three; or omit tls.")
	case !t.ClientCertificate.IsNull() && !t.Key().Given():
		diags.Append(KeyMissing(at, "tls"))
	}
	diags.Append(ValidatePair(at, "tls", t.ClientCertificate, t.Key())...)
	return diags
}

// Fields reads an object. One that is null or unknown has no fields, that is, each is null.
func Fields[F any](value types.Object) F {
	var f F
	if !value.IsNull() && !value.IsUnknown() {
		value.As(context.Background(), &f, basetypes.ObjectAsOptions{})
	}
	return f
}

// ObjectOf is the inverse of Fields.
func ObjectOf[F any](attributes map[string]attr.Type, f F) types.Object {
	value, _ := types.ObjectValueFrom(context.Background(), attributes, f)
	return value
}
