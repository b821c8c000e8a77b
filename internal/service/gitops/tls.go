// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// tlsModel is the argument tls. A model holds the argument as an object, because it may be unknown
// as a whole.
type tlsModel struct {
	CACertificate     types.String `tfsdk:"ca_certificate"`
	ClientCertificate types.String `tfsdk:"client_certificate"`
	ClientKey         types.String `tfsdk:"client_key"`
}

var tlsTypes = map[string]attr.Type{
	"ca_certificate":     types.StringType,
	"client_certificate": types.StringType,
	"client_key":         types.StringType,
}

// tlsOf returns the value of tls; nil where it is null or unknown.
func tlsOf(ctx context.Context, object types.Object) (*tlsModel, diag.Diagnostics) {
	var tls *tlsModel
	diags := object.As(ctx, &tls, basetypes.ObjectAsOptions{UnhandledUnknownAsEmpty: true})
	return tls, diags
}

// storedTLS says which TLS material Devtron stores. The private state keeps what an import found,
// until the configuration sets tls: Devtron does not return the material, so a write can only keep
// it.
type storedTLS struct {
	CA   bool `json:"ca"`
	Pair bool `json:"pair"`
}

func storedTLSOf(stored devtron.Config) storedTLS {
	return storedTLS{CA: stored.EnableTLSVerification && stored.IsCADataPresent, Pair: stored.EnableTLSVerification && stored.IsTLSCertDataPresent}
}

// apply sets the TLS fields of a configuration to be written. Devtron needs the material and the
// flags. Without tls, the flags keep the stored material.
func (t *tlsModel) apply(wanted *devtron.Config, kept storedTLS) {
	if t == nil {
		wanted.EnableTLSVerification = kept.CA || kept.Pair
		wanted.IsCADataPresent = kept.CA
		wanted.IsTLSCertDataPresent, wanted.IsTLSKeyDataPresent = kept.Pair, kept.Pair
		return
	}
	wanted.EnableTLSVerification = true
	wanted.TLS = devtron.TLSConfig{
		CAData:      t.CACertificate.ValueString(),
		TLSCertData: t.ClientCertificate.ValueString(),
		TLSKeyData:  t.ClientKey.ValueString(),
	}
	wanted.IsCADataPresent = wanted.TLS.CAData != ""
	wanted.IsTLSCertDataPresent = wanted.TLS.TLSCertData != ""
	wanted.IsTLSKeyDataPresent = wanted.TLS.TLSKeyData != ""
}

// refreshed returns tls as far as Devtron still stores it. The plan then shows a change: material
// that is missing becomes null, and material that the configuration did not set becomes an object
// without values.
func (t *tlsModel) refreshed(stored devtron.Config, kept storedTLS) *tlsModel {
	found := storedTLSOf(stored)
	foreign := &tlsModel{CACertificate: types.StringNull(), ClientCertificate: types.StringNull(), ClientKey: types.StringNull()}
	switch {
	case !stored.EnableTLSVerification:
		return nil
	case t == nil && found == kept:
		return nil
	case t == nil,
		found.CA && t.CACertificate.IsNull(),
		found.Pair && t.ClientCertificate.IsNull():
		return foreign
	}
	refreshed := *t
	if !found.CA {
		refreshed.CACertificate = types.StringNull()
	}
	if !found.Pair {
		refreshed.ClientCertificate, refreshed.ClientKey = types.StringNull(), types.StringNull()
	}
	return &refreshed
}
