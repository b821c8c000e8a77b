// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// message is a line of the table of messages in the guide.
type message struct {
	text         *regexp.Regexp
	at, severity string
	seen         bool
}

func guideMessages(t *testing.T) []*message {
	t.Helper()
	text, err := os.ReadFile("../../../templates/guides/troubleshooting.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| message | argument | plan | what to do |")
	table, _, _ = strings.Cut(table, "\n\n")
	var messages []*message
	for _, cells := range regexp.MustCompile("(?m)^\\| `(.*?)` \\| (.*?) \\| (.*?) \\| .* \\|$").FindAllStringSubmatch(table, -1) {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(cells[1]), "…", ".+")
		messages = append(messages, &message{text: regexp.MustCompile("^" + pattern + "$"), at: cells[2], severity: cells[3]})
	}
	if len(messages) == 0 {
		t.Fatal("the guide has no table of messages")
	}
	return messages
}

// Users look up messages in the guide, so it has to contain every message of the check, and no
// other.
func TestGuideContainsEveryMessage(t *testing.T) {
	t.Parallel()
	messages := guideMessages(t)
	cases := append(checkCases(), checkCase{
		row: "host", name: "with the API's path", serve: scopes(allScopes()...), data: githubAnswer("insufficient"),
		set: values{"host": "http://127.0.0.1:9/api/v3"},
	})
	for _, x := range cases {
		if x.data.verdict == "" {
			continue // The resource reports it before the check.
		}
		box := x.sandbox(t)
		_, found := x.begin(t, box).Plan(nil, resourceArgs(x, box))
		box.Close()
		for _, f := range found {
			listed := false
			for _, m := range messages {
				if m.text.MatchString(f.summary) && m.severity == f.severity && strings.Contains(m.at, "`"+strings.SplitN(f.at, ".", 2)[0]+"`") {
					m.seen, listed = true, true
				}
			}
			if !listed {
				t.Errorf("the guide does not contain this %s at %s: %s", f.severity, f.at, f.summary)
			}
		}
	}
	for _, m := range messages {
		if !m.seen {
			t.Errorf("the check never reports this message of the guide: %s", m.text)
		}
	}
}
