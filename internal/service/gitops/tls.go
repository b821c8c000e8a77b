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
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/gittls"
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

// storedTLS says which TLS material Devtron stores.
type storedTLS = gittls.Stored

func storedTLSOf(stored devtron.Config) storedTLS { return gittls.StoredOf(stored.TLSSettings) }

// apply sets the TLS fields of a configuration to be written. Without tls, they keep the stored
// material.
func (t *tlsModel) apply(wanted *devtron.Config, kept storedTLS) {
	if t == nil {
		wanted.TLSSettings = kept.Keep()
		return
	}
	wanted.TLSSettings = gittls.Replace(devtron.TLSConfig{
		CAData:      t.CACertificate.ValueString(),
		TLSCertData: t.ClientCertificate.ValueString(),
		TLSKeyData:  t.ClientKey.ValueString(),
	})
}

// refreshed returns tls as far as Devtron still stores it, see gittls.View.
func (t *tlsModel) refreshed(stored devtron.Config, kept storedTLS) *tlsModel {
	var configured *storedTLS
	if t != nil {
		configured = &storedTLS{CA: !t.CACertificate.IsNull(), Pair: !t.ClientCertificate.IsNull()}
	}
	view := gittls.Refresh(configured, stored.TLSSettings, kept)
	switch {
	case view.None:
		return nil
	case view.Foreign:
		return &tlsModel{CACertificate: types.StringNull(), ClientCertificate: types.StringNull(), ClientKey: types.StringNull()}
	}
	refreshed := *t
	if view.Lost.CA {
		refreshed.CACertificate = types.StringNull()
	}
	if view.Lost.Pair {
		refreshed.ClientCertificate, refreshed.ClientKey = types.StringNull(), types.StringNull()
	}
	return &refreshed
}
