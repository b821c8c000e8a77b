// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"encoding/json"
	"net/url"
	"sort"
	"strings"
	"unicode/utf8"
)

const (
	masked = "(sensitive)"
	// maxMessage bounds, in bytes, what of a server's text is shown to a reader.
	maxMessage = 600
	// minSecret is the length below which a value is not searched for: masking
	// every "a" would destroy the message and protect nothing.
	minSecret = 4
)

// maskSecrets replaces every secret in text, also in its URL and JSON form:
// git hosts and Devtron quote requests in their messages.
func maskSecrets(text string, secrets ...string) string {
	var forms []string
	for _, secret := range withLines(secrets) {
		// A token out of a file ends with a line break, which servers cut off.
		secret = strings.TrimSpace(secret)
		if len(secret) < minSecret {
			continue
		}
		forms = append(forms, secret, url.QueryEscape(secret), url.PathEscape(secret), inJSON(secret, true), inJSON(secret, false))
	}
	// The longest first, so that no remainder of a longer form stays behind.
	sort.Slice(forms, func(i, j int) bool { return len(forms[i]) > len(forms[j]) })
	for _, form := range forms {
		text = strings.ReplaceAll(text, form, masked)
	}
	return text
}

// minLine is the length from which a line of a secret is a secret of its own.
const minLine = 16

// withLines adds the lines of those that have several: a key in PEM form may come
// back with other line breaks, or in part.
func withLines(secrets []string) []string {
	all := append([]string(nil), secrets...)
	for _, secret := range secrets {
		lines := strings.Split(strings.TrimSpace(secret), "\n")
		if len(lines) == 1 {
			continue
		}
		for _, line := range lines {
			if line = strings.TrimSpace(line); len(line) >= minLine && !strings.HasPrefix(line, "-----") {
				all = append(all, line)
			}
		}
	}
	return all
}

// inJSON is how a text stands between the quotes of a JSON string. Encoders do not
// agree on whether <, > and & are escaped.
func inJSON(text string, escapeHTML bool) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(escapeHTML)
	if encoder.Encode(text) != nil {
		return text
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return quoted[1 : len(quoted)-1]
}

// shorten bounds a server's text and makes it one readable block. It comes after
// masking: a secret cut in half would not be found.
func shorten(text string) string {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "?")
	if len(text) <= maxMessage {
		return text
	}
	cut := maxMessage
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + " ... (shortened)"
}
