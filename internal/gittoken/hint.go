// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

// Hint is what a problem may advise about git_token_check.
type Hint int

// The hints.
const (
	// HintWarnOrOff is for a configuration whose check is at the level "error".
	HintWarnOrOff Hint = iota
	// HintOff is for one whose check is at the level "warn".
	HintOff
	// HintNone is for callers without such an argument.
	HintNone
)

// forError is the advice that goes with an error; "" = there is none.
func (h Hint) forError() string {
	switch h {
	case HintWarnOrOff:
		return `To continue in spite of this check, set git_token_check = "warn" or "off".`
	case HintOff:
		return h.forDoubt()
	}
	return ""
}

// forDoubt is the advice that goes with a warning about something that could not be checked; "" = there is none.
func (h Hint) forDoubt() string {
	if h == HintNone {
		return ""
	}
	return `To plan without this check, set git_token_check = "off".`
}

// withHint adds advice to the lines of a problem.
func withHint(lines []string, hint string) []string {
	if hint == "" {
		return lines
	}
	return append(lines, hint)
}
