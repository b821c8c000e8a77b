// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package ruletest has what tests of rules share.
package ruletest

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Expect fails the test unless the problem that the rules find in the value contains all the
// words. Without words, the rules have to accept the value.
func Expect(t *testing.T, r rule.Rules, a rule.Argument, value string, words ...string) {
	t.Helper()
	p := r.Validate(a, value)
	if p == nil {
		if len(words) > 0 {
			t.Errorf("%s: %q is accepted, want %q", a.Name, value, words)
		}
		return
	}
	text := p.Summary + "\n" + p.Detail
	if len(words) == 0 {
		t.Errorf("%s: %q is refused: %s", a.Name, value, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%s: %q: the message does not contain %q:\n%s", a.Name, value, word, text)
		}
	}
}
