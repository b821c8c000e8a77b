// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// authMode is how Devtron is to sign in, by what is set; unknown where a new account may turn out
// to have another credential. An imported account keeps its mode until the configuration has a
// credential.
func authMode(config model, state *model) types.String {
	for _, c := range credentials {
		switch of := c.of(config); {
		case !of.Given():
		case state == nil && !of.Set():
			return types.StringUnknown()
		default:
			return types.StringValue(c.mode)
		}
	}
	usernameRemoved := state != nil && state.AuthMode.ValueString() == devtron.AuthPassword && config.Username.IsNull()
	switch {
	case state != nil && state.memory.Imported && !usernameRemoved:
		return state.AuthMode
	case config.Username.IsUnknown() && state == nil:
		return types.StringUnknown()
	case !config.Username.IsNull():
		return types.StringValue(devtron.AuthPassword)
	default:
		return types.StringValue(devtron.AuthAnonymous)
	}
}

// replaces reports whether an update is a replacement: another URL, or a change between HTTPS and
// SSH.
func replaces(_, plan, state model) bool {
	return !plan.URL.Equal(state.URL) || changesTransport(plan.AuthMode, state.AuthMode)
}

func changesTransport(now, before types.String) bool {
	return !now.IsUnknown() && (now.ValueString() == devtron.AuthSSH) != (before.ValueString() == devtron.AuthSSH)
}
