// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package redact removes secrets from text and makes the text of servers fit to be shown.
package redact

import (
	"strings"
	"unicode"
)

// Placeholder stands where a secret stood.
const Placeholder = "(sensitive)"

const (
	// minSecret is the length below which a secret is not searched for: masking every "a" would
	// destroy the text and protect nothing.
	minSecret = 4
	// MaxText is the number of characters of a server's text that are shown. It is enough for the
	// message of a policy and too little to flood a terminal.
	MaxText = 600
)

// Redactor removes secrets from text. The zero value removes nothing.
type Redactor struct {
	forms    []string // the longest first
	tooShort bool
}

// New returns a redactor for the secrets in every encoding in which a server may repeat them. White
// space around a secret does not count: a token from a file ends with a line break, which servers
// cut off.
func New(secrets ...string) Redactor {
	var r Redactor
	for _, secret := range secrets {
		secret = strings.TrimSpace(secret)
		r.tooShort = r.tooShort || (secret != "" && len(secret) < minSecret)
	}
	r.forms = encodings(secrets)
	return r
}

// TooShort reports whether a secret is so short that it cannot be searched for. A text that may
// repeat such a secret can only be withheld.
func (r Redactor) TooShort() bool { return r.tooShort }

// Mask replaces every secret in the text, in upper or lower case.
func (r Redactor) Mask(text string) string {
	var masked strings.Builder
	shown := 0
	for i := 0; i < len(text); {
		n := r.match(text[i:])
		if n == 0 {
			i++
			continue
		}
		masked.WriteString(text[shown:i] + Placeholder)
		i += n
		shown = i
	}
	return masked.String() + text[shown:]
}

// match returns the length of the longest form of a secret that the text begins with.
func (r Redactor) match(text string) int {
	for _, form := range r.forms {
		if len(text) >= len(form) && strings.EqualFold(text[:len(form)], form) {
			return len(form)
		}
	}
	return 0
}

// Line makes a server's text fit for one line of a message: masked, without line breaks and control
// characters, and shortened.
func (r Redactor) Line(text string) string {
	return shorten(strings.Join(strings.FieldsFunc(r.Mask(text), func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c)
	}), " "))
}

// Block makes a server's text fit to be shown as it is laid out: masked and shortened.
func (r Redactor) Block(text string) string {
	return shorten(strings.TrimSpace(r.Mask(text)))
}

// shorten comes after masking: a secret that is cut in half would not be found.
func shorten(text string) string {
	text = strings.ToValidUTF8(text, "?")
	if characters := []rune(text); len(characters) > MaxText {
		return string(characters[:MaxText]) + " ... (shortened)"
	}
	return text
}
