// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import "github.com/hashicorp/terraform-plugin-framework/types"

// secret is an argument in its two forms: one that the state keeps, and a write-only one with a version.
type secret struct {
	plain, writeOnly types.String
	version          types.Int64
}

func (m model) bearerToken() secret {
	return secret{m.BearerToken, m.BearerTokenWO, m.BearerTokenWOVersion}
}

func (t tlsModel) clientKey() secret {
	return secret{t.ClientKey, t.ClientKeyWO, t.ClientKeyWOVersion}
}

func (p prometheusModel) clientKey() secret {
	return secret{p.ClientKey, p.ClientKeyWO, p.ClientKeyWOVersion}
}

func (p prometheusModel) password() secret {
	return secret{p.Password, p.PasswordWO, p.PasswordWOVersion}
}

// value is the secret as it is configured; "" where it is not, or not known yet.
func (s secret) value() string {
	if !s.writeOnly.IsNull() {
		return s.writeOnly.ValueString()
	}
	return s.plain.ValueString()
}

// given reports whether the secret is configured.
func (s secret) given() bool { return !s.plain.IsNull() || !s.writeOnly.IsNull() }

// change is a secret in a creation or an update: as it is configured, which includes the write-only form, and as it was.
type change struct {
	now, before secret
	creation    bool
}

// sent reports whether the secret is sent. Devtron keeps one that is not. A write-only secret has no past, so its version speaks
// for it, and so does the move to it from the plain one.
func (c change) sent() bool {
	switch {
	case c.creation:
		return c.now.given()
	case !c.now.writeOnly.IsNull():
		return !c.now.version.Equal(c.before.version) || !c.before.plain.IsNull()
	default:
		return !c.now.plain.IsNull() && !c.now.plain.Equal(c.before.plain)
	}
}

// value is the secret as it is sent; "" where it is not, or not known yet.
func (c change) value() string {
	if !c.sent() {
		return ""
	}
	return c.now.value()
}

// removed reports whether a secret that was configured is not anymore.
func (c change) removed() bool {
	return !c.now.given() && (!c.before.plain.IsNull() || !c.before.version.IsNull())
}
