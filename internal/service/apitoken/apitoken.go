// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package apitoken is the area of API tokens.
package apitoken

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Service registers the area.
var Service = framework.Service{
	Resources:          []func() resource.Resource{object.NewResource(kind)},
	DataSources:        []func() datasource.DataSource{object.NewDataSource(kind, found)},
	ListResources:      []func() list.ListResource{object.NewList(kind)},
	EphemeralResources: []func() ephemeral.EphemeralResource{newEphemeral},
	Observe:            map[string]func(*framework.Data, []byte){kind.Type: kind.Observe},
}

// Names of the resource in a configuration and of an object in messages.
const (
	typeName = "devtron_api_token"
	noun     = "API token"
)

var kind = &object.Kind[model, devtron.APIToken]{
	Type: typeName, Noun: noun, KeyName: "name",
	Schema: tokenSchema,
	API:    tokens,
	Common: func(m *model) *object.Common { return &m.Common },
	Key:    func(m model) types.String { return m.Name },
	KeyOf:  func(t devtron.APIToken) string { return t.Name },
	IDOf:   func(t devtron.APIToken) int { return t.ID },
	Wanted: wanted, Stored: stored, Imported: imported, Writes: writes,
	Memory:   func(m *model) any { return &m.memory },
	Validate: func(config model) diagnostics { return validateRights(config.Rights) },
	Plan:     planToken,
	Destroy:  destroyToken,
	Written:  written,
	Details:  readRights,
	Explain:  explain,
}

// tokens is the kind as the API treats it.
func tokens(c *devtron.Client) reconcile.Kind[devtron.APIToken] {
	return reconcile.Kind[devtron.APIToken]{
		Name: "API tokens", List: c.ListAPITokens, Create: c.CreateAPIToken, Update: c.UpdateAPIToken, Delete: c.DeleteAPIToken,
		Same: func(stored, wanted devtron.APIToken) bool {
			return stored.Description == wanted.Description && stored.ExpireAtInMs == wanted.ExpireAtInMs
		},
		Clash: func(stored, wanted devtron.APIToken) bool { return confused(stored.Name, wanted.Name) },
		Keep: func(stored, written devtron.APIToken) devtron.APIToken {
			stored.Issued = written.Issued
			return stored
		},
	}
}

// wanted is the token as it is written. A write puts its value into Issued.
func wanted(_, plan model, _ *model) devtron.APIToken {
	return devtron.APIToken{
		ID: plan.Number(), Name: plan.Name.ValueString(), Description: plan.Description.ValueString(), ExpireAtInMs: milliseconds(plan.ExpiresAt),
		UserID: int(plan.UserID.ValueInt64()), Issued: new(string),
	}
}

// writes reports whether an update changes more than permissions.
func writes(_, plan, state model) bool {
	return plan.Description.ValueString() != state.Description.ValueString() || milliseconds(plan.ExpiresAt) != milliseconds(state.ExpiresAt)
}

// stored returns the model as Devtron shows the token, which is without its value and its
// permissions.
func stored(m model, t devtron.APIToken) model {
	m.ID, m.UserID = object.Int64(t.ID), object.Int64(t.UserID)
	m.Name, m.Description = types.StringValue(t.Name), object.OptionalString(m.Description, t.Description)
	switch {
	case t.Issued != nil && *t.Issued != "" && !m.Token.IsNull():
		m.Token = types.StringValue(*t.Issued)
	case !m.Token.IsUnknown() && (milliseconds(m.ExpiresAt) != t.ExpireAtInMs || otherValue(m, t)):
		// Whoever changed the expiry, or created the token again, has made Devtron issue a new
		// value, and the one in the state is dead.
		m.Token = types.StringNull()
	}
	if m.ExpiresAt.IsUnknown() || milliseconds(m.ExpiresAt) != t.ExpireAtInMs {
		m.ExpiresAt = instantOf(t.ExpireAtInMs)
	}
	return m
}

// otherValue reports whether Devtron shows that the token has another value than the state.
func otherValue(m model, t devtron.APIToken) bool {
	return !m.Token.IsNull() && t.Fingerprint != "" && t.Fingerprint != devtron.FingerprintOf(m.Token.ValueString())
}

// imported is the model before an import, after which the value of the token is not known.
func imported() model {
	return model{Common: object.Imported(), Rights: noRights(), memory: memory{Imported: true}}
}
