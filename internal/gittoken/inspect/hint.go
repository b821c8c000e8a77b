// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

// Hint is what a problem may advise about git_token_check.
type Hint int

// The hints.
const (
	// HintWarnOrOff is for a configuration whose check is at the level "error".
	HintWarnOrOff Hint = iota
	// HintOff is for a configuration whose check is at the level "warn".
	HintOff
	// HintNone is for callers without such an argument.
	HintNone
)

// forError is the advice that goes with an error. Empty: there is none.
func (h Hint) forError() string {
	switch h {
	case HintWarnOrOff:
		return `To continue despite this check, set git_token_check = "warn" or "off".`
	case HintOff:
		return h.forUnverified()
	}
	return ""
}

// forUnverified is the advice that goes with a finding that cannot be verified. Empty: there is
// none.
func (h Hint) forUnverified() string {
	if h == HintNone {
		return ""
	}
	return `To plan without this check, set git_token_check = "off".`
}

// forScopes continues a sentence that says how to add scopes.
func (h Hint) forScopes() string {
	switch h {
	case HintWarnOrOff:
		return `, or set git_token_check = "warn" (or "off") to continue anyway`
	case HintOff:
		return `, or set git_token_check = "off" to plan without this check`
	}
	return ""
}
