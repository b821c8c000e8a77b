// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package rule

import (
	"strings"
	"testing"
)

// expectRules fails the test unless the problem that the rules find in the value contains all the words. Without words, the rules
// have to accept the value.
func expectRules(t *testing.T, r Rules, a Argument, value string, words ...string) {
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

func TestDuration(t *testing.T) {
	a := Argument{Name: "timeouts.create"}
	for _, value := range []string{"10m", "90s", "1h30m", "500ms", "1.5h", "24h"} {
		expectRules(t, Rules{Duration}, a, value)
	}
	expectRules(t, Rules{Duration}, a, "10", "Invalid timeout", "timeouts.create", `"10m" or "10s"`)
	expectRules(t, Rules{Duration}, a, "soon", "timeouts.create", `"soon"`, "not a duration", `"1h30m"`)
	expectRules(t, Rules{Duration}, a, "1d", "not a duration")
	expectRules(t, Rules{Duration}, a, "", "not a duration")
	expectRules(t, Rules{Duration}, a, "0", "leaves no time")
	expectRules(t, Rules{Duration}, a, "0s", "leaves no time")
	expectRules(t, Rules{Duration}, a, "-5m", "leaves no time")
}
