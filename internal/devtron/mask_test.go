// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

func TestMaskFindsASecretInEveryForm(t *testing.T) {
	c := newClient(t, "https://h", func(o *Options) { o.APIToken = testAPIToken + "\n" })
	for _, secret := range []string{testAPIToken, testGitToken, "glpat-ä/ö +\\\"=", "line one\nline two\n"} {
		plain := strings.TrimSpace(secret)
		encoded, _ := json.Marshal(plain)
		var unescaped strings.Builder
		e := json.NewEncoder(&unescaped)
		e.SetEscapeHTML(false)
		_ = e.Encode(plain)
		for form, text := range map[string]string{
			"plain":                     plain,
			"query":                     url.QueryEscape(plain),
			"path":                      url.PathEscape(plain),
			"JSON":                      string(encoded),
			"JSON without escaped HTML": strings.TrimSpace(unescaped.String()),
		} {
			got := c.Mask("before "+text+" after "+text, secret, testGitToken)
			inner := strings.Trim(text, `"`)
			if strings.Contains(got, inner) || strings.Count(got, redact.Placeholder) != 2 {
				t.Errorf("%s form of %q: got %q", form, secret, got)
			}
			if !strings.HasPrefix(got, "before ") || !strings.Contains(got, " after ") {
				t.Errorf("%s form of %q: the rest is damaged: %q", form, secret, got)
			}
		}
	}
}

func TestShortenedAfterMasking(t *testing.T) {
	c := newClient(t, "https://h")
	// The secret stands across the place where the text is cut.
	text := strings.Repeat("x", redact.MaxText-10) + testAPIToken + strings.Repeat("y", redact.MaxText)
	got := c.cleaned(text, &call{})
	if strings.Contains(got, testAPIToken[:5]) {
		t.Errorf("a piece of the token is left: %q", got)
	}
	if !strings.HasSuffix(got, "(shortened)") || len(got) > redact.MaxText+20 {
		t.Errorf("not shortened: %d bytes, %q", len(got), got[len(got)-30:])
	}
}

// TestQuotationMarkInASecretLeavesNoPartOfIt in a page that repeats the secret: what looks like a
// JSON string is left out, and the rest has to be masked before.
func TestQuotationMarkInASecretLeavesNoPartOfIt(t *testing.T) {
	const secret = `first-part"second-part`
	server := serve(t, fixed(403, "text/html", "<pre>"+secret+"</pre>"))
	err := newClient(t, server.URL).UpdateGitAccount(t.Context(), GitAccount{ID: 1, Name: "n", URL: "u", Credentials: GitCredentials{Password: secret}})
	if e := failure(t, err); strings.Contains(e.Message, "first") || !strings.Contains(e.Message, redact.Placeholder) {
		t.Errorf("got %q", e.Message)
	}
}
