// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/gittls"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
)

// model is the resource as Terraform keeps it.
type model struct {
	object.Common
	Name                   types.String `tfsdk:"name"`
	URL                    types.String `tfsdk:"url"`
	Username               types.String `tfsdk:"username"`
	Password               types.String `tfsdk:"password"`
	PasswordWO             types.String `tfsdk:"password_wo"`
	PasswordWOVersion      types.Int64  `tfsdk:"password_wo_version"`
	AccessToken            types.String `tfsdk:"access_token"`
	AccessTokenWO          types.String `tfsdk:"access_token_wo"`
	AccessTokenWOVersion   types.Int64  `tfsdk:"access_token_wo_version"`
	SSHPrivateKey          types.String `tfsdk:"ssh_private_key"`
	SSHPrivateKeyWO        types.String `tfsdk:"ssh_private_key_wo"`
	SSHPrivateKeyWOVersion types.Int64  `tfsdk:"ssh_private_key_wo_version"`
	TLS                    types.Object `tfsdk:"tls"` // secret.TLS
	GitHostID              types.Int64  `tfsdk:"git_host_id"`
	Active                 types.Bool   `tfsdk:"active"`
	AuthMode               types.String `tfsdk:"auth_mode"`

	memory memory
}

// memory is what the private state keeps.
type memory struct {
	// Imported says that the credentials are those that an import found: this resource has never
	// sent any.
	Imported bool `json:"imported"`
	// TLS is the material that an import found, until the configuration sets tls.
	TLS gittls.Stored `json:"tls"`
}

func (m model) password() secret.Argument {
	return secret.Argument{Plain: m.Password, WriteOnly: m.PasswordWO, Version: m.PasswordWOVersion}
}

func (m model) accessToken() secret.Argument {
	return secret.Argument{Plain: m.AccessToken, WriteOnly: m.AccessTokenWO, Version: m.AccessTokenWOVersion}
}

func (m model) sshPrivateKey() secret.Argument {
	return secret.Argument{Plain: m.SSHPrivateKey, WriteOnly: m.SSHPrivateKeyWO, Version: m.SSHPrivateKeyWOVersion}
}

// credential is a secret that Devtron can sign in with.
type credential struct {
	name, mode string
	of         func(model) secret.Argument
}

var credentials = []credential{
	{"password", devtron.AuthPassword, model.password},
	{"access_token", devtron.AuthAccessToken, model.accessToken},
	{"ssh_private_key", devtron.AuthSSH, model.sshPrivateKey},
}

// credentialOf returns the credential of a mode; an anonymous account has none.
func credentialOf(mode string) (c credential, ok bool) {
	for _, c := range credentials {
		if c.mode == mode {
			return c, true
		}
	}
	return credential{}, false
}

// imported is the model before an import.
func imported() model {
	return model{Common: object.Imported(), TLS: types.ObjectNull(secret.TLSTypes), memory: memory{Imported: true}}
}

// stored returns the model as Devtron shows the account, which is without secrets.
func stored(m model, a devtron.GitAccount) model {
	if m.memory.Imported && m.ID.IsNull() {
		m.memory.TLS = gittls.StoredOf(a.TLSSettings)
	}
	m.ID, m.Name, m.URL, m.AuthMode = object.Int64(a.ID), types.StringValue(a.Name), types.StringValue(a.URL), types.StringValue(a.AuthMode)
	m.Username, m.Active = object.OptionalString(m.Username, a.Username), types.BoolValue(a.Active)
	m.GitHostID = types.Int64Null()
	if a.GitHostID != 0 {
		m.GitHostID = object.Int64(a.GitHostID)
	}
	m.TLS = storedTLS(m.TLS, a.TLSSettings, m.memory.TLS)
	return m
}

// storedTLS returns tls as far as Devtron still stores it, see gittls.View.
func storedTLS(tls types.Object, s devtron.TLSSettings, kept gittls.Stored) types.Object {
	configured, t := (*gittls.Stored)(nil), secret.Fields[secret.TLS](tls)
	if !tls.IsNull() {
		configured = &gittls.Stored{CA: !t.CACertificate.IsNull(), Pair: !t.ClientCertificate.IsNull()}
	}
	view := gittls.Refresh(configured, s, kept)
	switch {
	case view.None:
		return types.ObjectNull(secret.TLSTypes)
	case view.Foreign:
		t = secret.TLS{}
	case view.Lost.CA:
		t.CACertificate = types.StringNull()
	}
	if view.Lost.Pair {
		t.ClientCertificate, t.ClientKey, t.ClientKeyWOVersion = types.StringNull(), types.StringNull(), types.Int64Null()
	}
	return secret.ObjectOf(secret.TLSTypes, t)
}
