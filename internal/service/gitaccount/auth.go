// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// authMode is how Devtron is to sign in, by what is set; unknown where a value that is not known yet
// may turn out to be null. An imported account keeps its mode until the configuration has a
// credential.
//
// A change between HTTPS and SSH replaces the account, which the plan has to say, so that a value
// that is not known yet counts as set there. So does a write-only one of an existing account,
// which is no change by itself.
func authMode(config model, state *model) types.String {
	overHTTPS := state != nil && state.AuthMode.ValueString() != devtron.AuthSSH
	for _, c := range credentials { // One alone can be set, see validate.
		if c.of(config).Set() {
			return types.StringValue(c.mode)
		}
	}
	for _, c := range credentials {
		switch of := c.of(config); {
		case !of.Given():
		case state == nil, overHTTPS && c.mode != devtron.AuthSSH && of.Plain.IsUnknown():
			return types.StringUnknown()
		default:
			return types.StringValue(c.mode)
		}
	}
	decides := state != nil && state.AuthMode.ValueString() == devtron.AuthPassword // whether there is a user name
	switch {
	case state != nil && state.memory.Imported && !(decides && (config.Username.IsNull() || config.Username.IsUnknown())):
		return state.AuthMode
	case config.Username.IsUnknown() && (state == nil || overHTTPS):
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
