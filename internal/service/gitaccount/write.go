// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"context"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/gittls"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
)

// wanted is the account as it is sent. An update sends only the secrets that change: Devtron keeps
// the others.
func wanted(config, plan model, state *model) devtron.GitAccount {
	return devtron.GitAccount{
		ID: plan.Number(), Name: plan.Name.ValueString(), URL: plan.URL.ValueString(), AuthMode: plan.AuthMode.ValueString(),
		Username: plan.Username.ValueString(), Active: plan.Active.ValueBool(), GitHostID: int(plan.GitHostID.ValueInt64()),
		Credentials: secretsToSend(config, plan, state), TLSSettings: tlsToSend(config, plan, state),
	}
}

// writes reports whether an update changes more than what concerns the provider alone.
func writes(config, plan, state model) bool {
	return !plan.Name.Equal(state.Name) || !plan.AuthMode.Equal(state.AuthMode) || !plan.Username.Equal(state.Username) ||
		!plan.Active.Equal(state.Active) || !plan.GitHostID.Equal(state.GitHostID) || !plan.TLS.Equal(state.TLS) ||
		hidden(wanted(config, plan, &state)) != nil
}

// sends returns the credential that is sent. After a change of the mode, Devtron may have lost it.
func sends(config, plan model, state *model) (c credential, ok bool) {
	c, ok = credentialOf(plan.AuthMode.ValueString())
	if !ok {
		return c, false
	}
	change := secret.Change{Now: c.of(config), Creation: state == nil || !state.AuthMode.Equal(plan.AuthMode)}
	if state != nil {
		change.Before = c.of(*state)
	}
	return c, change.Sent()
}

func secretsToSend(config, plan model, state *model) devtron.GitCredentials {
	var sent devtron.GitCredentials
	c, ok := sends(config, plan, state)
	if !ok {
		return sent
	}
	switch value := c.of(config).Value(); c.mode {
	case devtron.AuthPassword:
		sent.Password = value
	case devtron.AuthAccessToken:
		sent.AccessToken = value
	case devtron.AuthSSH:
		sent.SSHPrivateKey = sshText(value)
	}
	return sent
}

// sshText is an SSH key as it is sent. Git hands the text to OpenSSH as Devtron stores it, and
// OpenSSH refuses a key with the line breaks of Windows, with text before it, or with white space
// after a line. The trailing line break is the one that Devtron would add.
func sshText(key string) string {
	var lines []string
	for line := range strings.Lines(key) {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if len(lines) > 0 || strings.HasPrefix(line, "-----BEGIN ") {
			lines = append(lines, line)
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// tlsToSend is what is sent about TLS. Without tls, it keeps what an import found, and removes
// everything else.
func tlsToSend(config, plan model, state *model) devtron.TLSSettings {
	if plan.AuthMode.ValueString() != devtron.AuthPassword {
		return devtron.TLSSettings{}
	}
	if config.TLS.IsNull() {
		return plan.memory.TLS.Keep()
	}
	now, before := secret.Fields[secret.TLS](config.TLS), secret.TLS{}
	if state != nil && state.AuthMode.Equal(plan.AuthMode) {
		before = secret.Fields[secret.TLS](state.TLS)
	}
	settings := gittls.Stored{CA: !now.CACertificate.IsNull(), Pair: !now.ClientCertificate.IsNull()}.Keep()
	if !now.CACertificate.Equal(before.CACertificate) {
		settings.TLS.CAData = now.CACertificate.ValueString()
	}
	key := secret.Change{Now: now.Key(), Before: before.Key(), Creation: state == nil}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.Sent() {
		settings.TLS.TLSCertData, settings.TLS.TLSKeyData = now.ClientCertificate.ValueString(), now.Key().Value()
	}
	return settings
}

// written updates what the private state keeps.
func written(_ context.Context, _ *framework.Data, p object.Planned[model, devtron.GitAccount], m *model) diag.Diagnostics {
	for _, c := range credentials {
		if c.of(p.Config).Given() {
			m.memory.Imported = false
		}
	}
	if !m.TLS.IsNull() || m.AuthMode.ValueString() != devtron.AuthPassword {
		m.memory.TLS = gittls.Stored{}
	}
	return nil
}
