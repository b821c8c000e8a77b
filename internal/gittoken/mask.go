// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Texts from servers are cut to this many characters: enough for a policy message, too little to flood a terminal.
const longestText = 400

// Below this length a token cannot be told from ordinary words, so that a text is rather dropped than masked.
const shortestMasked = 6

const hidden = "(token)"

// masker takes a token out of texts.
type masker struct {
	pattern *regexp.Regexp
	// withhold replaces every text, for tokens too short to be searched for.
	withhold bool
}

func newMasker(token string) masker {
	if token == "" {
		return masker{}
	}
	if len(token) < shortestMasked {
		return masker{withhold: true}
	}
	forms := map[string]bool{token: true, url.QueryEscape(token): true, url.PathEscape(token): true}
	if quoted, err := json.Marshal(token); err == nil {
		forms[strings.Trim(string(quoted), `"`)] = true
	}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		// In the middle of other data ("user:token" of Basic authentication) the digits depend on how many bytes
		// come before; the first and the last digits are shared with the neighbours and left out.
		for before := range 3 {
			digits := encoding.EncodeToString([]byte(strings.Repeat("x", before) + token))
			first := (before*8 + 5) / 6
			last := (before + len(token)) * 8 / 6
			if before == 0 {
				first = 0
			}
			if core := digits[first:last]; len(core) >= shortestMasked {
				forms[core] = true
			}
		}
	}
	quoted := make([]string, 0, len(forms))
	for form := range forms {
		if utf8.ValidString(form) { // a pattern has no other text, and what is searched has been decoded
			quoted = append(quoted, regexp.QuoteMeta(form))
		}
	}
	// Longest first, so that no form leaves the rest of a longer one behind.
	slices.SortFunc(quoted, func(a, b string) int { return len(b) - len(a) })
	return masker{pattern: regexp.MustCompile("(?i)" + strings.Join(quoted, "|"))}
}

// mask takes the token out of a text of our own making.
func (m masker) mask(text string) string {
	if m.pattern == nil {
		return text
	}
	return m.pattern.ReplaceAllString(text, hidden)
}

// clean makes a server's text fit to be shown: no token, one line, no control characters, not too long.
func (m masker) clean(text string) string {
	if m.withhold && text != "" {
		return "(text withheld, because the token is too short to be searched for in it)"
	}
	text = m.mask(text)
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if runes := []rune(text); len(runes) > longestText {
		text = string(runes[:longestText]) + " ..."
	}
	return text
}

func (m masker) cleanAll(texts []string) []string {
	cleaned := make([]string, len(texts))
	for i, text := range texts {
		cleaned[i] = m.clean(text)
	}
	return cleaned
}
