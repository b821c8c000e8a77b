// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// minLine is the length from which a line of a secret is a secret of its own.
const minLine = 16

// encodings lists every form in which the secrets may stand in a text, the longest first, so that
// no form leaves the rest of a longer one behind.
func encodings(secrets []string) []string {
	var forms []string
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); len(secret) < minSecret {
			continue
		}
		forms = append(forms, textForms(secret)...)
		forms = append(forms, base64Forms(secret)...)
		for _, line := range keyLines(secret) {
			forms = append(forms, textForms(line)...)
		}
	}
	slices.Sort(forms)
	forms = slices.Compact(forms)
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	return forms
}

// textForms lists how a secret stands in plain text, in a URL, and in JSON.
func textForms(secret string) []string {
	return []string{secret, url.QueryEscape(secret), url.PathEscape(secret), inJSON(secret, true), inJSON(secret, false)}
}

// inJSON returns the text as it stands between the quotation marks of a JSON string. Encoders do
// not agree on whether <, >, and & are escaped.
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

// base64Forms lists how a secret stands in base64, alone or inside other data such as the
// "user:token" of Basic authentication. There the digits depend on how many bytes come before, and
// the first and last digits, which the secret shares with its neighbors, are left out.
func base64Forms(secret string) []string {
	var forms []string
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			digits := encoding.EncodeToString([]byte(strings.Repeat("x", before) + secret))
			first := (before*8 + 5) / 6
			last := (before + len(secret)) * 8 / 6
			if own := digits[first:last]; len(own) >= minSecret {
				forms = append(forms, own)
			}
		}
	}
	return forms
}

// keyLines lists the lines of a secret in PEM form, which a server may repeat with other line
// breaks or in part.
func keyLines(secret string) []string {
	lines := strings.Split(secret, "\n")
	if len(lines) == 1 {
		return nil
	}
	var long []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); len(line) >= minLine && !strings.HasPrefix(line, "-----") {
			long = append(long, line)
		}
	}
	return long
}
