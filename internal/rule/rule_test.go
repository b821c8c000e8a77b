// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package rule

import (
	"strings"
	"testing"
)

// expects fails the test unless the rules say all the words about the value, or accept it where there are none.
func expects(t *testing.T, r Rules, a Argument, value string, words ...string) {
	t.Helper()
	p := r.Judge(a, value)
	if p == nil {
		if len(words) > 0 {
			t.Errorf("%s: %q is accepted, wanted %q", a.Name, value, words)
		}
		return
	}
	text := p.Summary + "\n" + p.Detail
	if len(words) == 0 {
		t.Errorf("%s: %q is refused: %s", a.Name, value, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%s: %q: %q is missing in:\n%s", a.Name, value, word, text)
		}
	}
}

func TestDurationsOfTimeouts(t *testing.T) {
	a := Argument{Name: "timeouts.create"}
	for _, value := range []string{"10m", "90s", "1h30m", "500ms", "1.5h", "24h"} {
		expects(t, Rules{Duration}, a, value)
	}
	expects(t, Rules{Duration}, a, "10", "Invalid timeout", "timeouts.create", `"10m" or "10s"`)
	expects(t, Rules{Duration}, a, "soon", "timeouts.create", `"soon"`, "not a duration", `"1h30m"`)
	expects(t, Rules{Duration}, a, "1d", "not a duration")
	expects(t, Rules{Duration}, a, "", "not a duration")
	expects(t, Rules{Duration}, a, "0", "leaves no time")
	expects(t, Rules{Duration}, a, "0s", "leaves no time")
	expects(t, Rules{Duration}, a, "-5m", "leaves no time")
}
