// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
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
			if strings.Contains(got, inner) || strings.Count(got, masked) != 2 {
				t.Errorf("%s form of %q: got %q", form, secret, got)
			}
			if !strings.HasPrefix(got, "before ") || !strings.Contains(got, " after ") {
				t.Errorf("%s form of %q: the rest is damaged: %q", form, secret, got)
			}
		}
	}
}

func TestMaskReplacesTheLongerOfTwoSecretsFirst(t *testing.T) {
	if got := maskSecrets("x abcdefgh y", "abcd", "abcdefgh"); got != "x (sensitive) y" {
		t.Errorf("got %q", got)
	}
}

func TestMaskLeavesTextAloneWithoutAUsefulSecret(t *testing.T) {
	const text = "a text about abc and nothing else"
	if got := maskSecrets(text, "", "a", "abc", "   ", "\n"); got != text {
		t.Errorf("got %q", got)
	}
}

func TestShortenedAfterMasking(t *testing.T) {
	c := newClient(t, "https://h")
	// The secret stands across the place where the text is cut.
	text := strings.Repeat("x", maxMessage-10) + testAPIToken + strings.Repeat("y", maxMessage)
	got := c.cleaned(text, &call{})
	if strings.Contains(got, testAPIToken[:5]) {
		t.Errorf("a piece of the token is left: %q", got)
	}
	if !strings.HasSuffix(got, "(shortened)") || len(got) > maxMessage+20 {
		t.Errorf("not shortened: %d bytes, %q", len(got), got[len(got)-30:])
	}
}

func TestShortenKeepsCharactersWhole(t *testing.T) {
	for i := range 4 {
		got := shorten(strings.Repeat("x", maxMessage-i) + "ä€𝄞ä€𝄞")
		if !utf8.ValidString(got) || !strings.HasSuffix(got, "(shortened)") {
			t.Errorf("%d: %q", i, got[len(got)-30:])
		}
	}
	if got := shorten(" a\xffb \n"); got != "a?b" {
		t.Errorf("got %q", got)
	}
}
