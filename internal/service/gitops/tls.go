// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// tlsModel is the TLS material for the git host; nil where tls is not set.
type tlsModel struct {
	CACertificate     types.String
	ClientCertificate types.String
	ClientKey         types.String
}

var tlsTypes = map[string]attr.Type{
	"ca_certificate":     types.StringType,
	"client_certificate": types.StringType,
	"client_key":         types.StringType,
}

// tlsOf reads the object; nil where it is null or not known yet.
func tlsOf(object types.Object) *tlsModel {
	if object.IsNull() || object.IsUnknown() {
		return nil
	}
	value := func(name string) types.String {
		s, ok := object.Attributes()[name].(types.String)
		if !ok {
			return types.StringNull()
		}
		return s
	}
	return &tlsModel{
		CACertificate:     value("ca_certificate"),
		ClientCertificate: value("client_certificate"),
		ClientKey:         value("client_key"),
	}
}

func (t *tlsModel) object() types.Object {
	if t == nil {
		return types.ObjectNull(tlsTypes)
	}
	return types.ObjectValueMust(tlsTypes, map[string]attr.Value{
		"ca_certificate":     t.CACertificate,
		"client_certificate": t.ClientCertificate,
		"client_key":         t.ClientKey,
	})
}

// tlsKnown reports whether nothing in the object waits for a resource not made yet.
func tlsKnown(object types.Object) bool {
	if object.IsUnknown() {
		return false
	}
	t := tlsOf(object)
	return t == nil || !t.CACertificate.IsUnknown() && !t.ClientCertificate.IsUnknown() && !t.ClientKey.IsUnknown()
}

// storedTLS is what Devtron has stored as far as it tells. An import remembers it,
// as long as no configuration has said anything about TLS: the material is
// unreadable, so all that a write can do is to keep it.
type storedTLS struct {
	CA   bool `json:"ca"`
	Pair bool `json:"pair"`
}

func (s storedTLS) any() bool { return s.CA || s.Pair }

func storedTLSOf(row devtron.Config) storedTLS {
	return storedTLS{CA: row.EnableTLSVerification && row.IsCADataPresent, Pair: row.EnableTLSVerification && row.IsTLSCertDataPresent}
}

// toRow fills in data and flags, of which the server wants both.
func (t *tlsModel) toRow(row *devtron.Config, kept storedTLS) {
	if t == nil {
		row.EnableTLSVerification = kept.any()
		row.IsCADataPresent = kept.CA
		row.IsTLSCertDataPresent, row.IsTLSKeyDataPresent = kept.Pair, kept.Pair
		return
	}
	row.EnableTLSVerification = true
	row.TLS = devtron.TLSConfig{
		CAData:      t.CACertificate.ValueString(),
		TLSCertData: t.ClientCertificate.ValueString(),
		TLSKeyData:  t.ClientKey.ValueString(),
	}
	row.IsCADataPresent = row.TLS.CAData != ""
	row.IsTLSCertDataPresent = row.TLS.TLSCertData != ""
	row.IsTLSKeyDataPresent = row.TLS.TLSKeyData != ""
}

// withRow shows in the material, which is never returned, whether Devtron still
// has it, so that a plan shows a change: what is gone becomes null, and what
// nobody here has set becomes an object without values.
func (t *tlsModel) withRow(row devtron.Config, kept storedTLS) *tlsModel {
	stored := storedTLSOf(row)
	foreign := &tlsModel{CACertificate: types.StringNull(), ClientCertificate: types.StringNull(), ClientKey: types.StringNull()}
	switch {
	case !row.EnableTLSVerification:
		return nil
	case t == nil && stored == kept:
		return nil
	case t == nil,
		stored.CA && t.CACertificate.IsNull(),
		stored.Pair && t.ClientCertificate.IsNull():
		return foreign
	}
	updated := *t
	if !stored.CA {
		updated.CACertificate = types.StringNull()
	}
	if !stored.Pair {
		updated.ClientCertificate, updated.ClientKey = types.StringNull(), types.StringNull()
	}
	return &updated
}
