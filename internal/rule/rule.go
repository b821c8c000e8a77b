// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package rule validates values before the provider sends them. A rule refuses only values that are certain to fail, and says what
// to write instead. The same rules apply to configurations, environment variables and actions. The package does not depend on
// Terraform.
package rule

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Problem describes what is wrong with a value, in the words of a diagnostic.
type Problem struct{ Summary, Detail string }

// New returns a problem.
func New(summary, detail string) *Problem { return &Problem{summary, detail} }

// Argument is the source of a value.
type Argument struct {
	// Name of the argument, such as "tls.ca_certificate".
	Name string
	// Variable is the environment variable that contains the value; empty where the value is from the configuration.
	Variable string
}

// Subject returns the subject of a sentence about the value.
func (a Argument) Subject() string {
	if a.Variable != "" {
		return "The environment variable " + a.Variable
	}
	return "The value of " + a.Name
}

// Rule returns the problem of a value; nil if the value is valid.
type Rule func(a Argument, value string) *Problem

// Rules are rules that apply in their order.
type Rules []Rule

// Validate returns the first problem of a value; nil if the value is valid.
func (r Rules) Validate(a Argument, value string) *Problem {
	for _, apply := range r {
		if p := apply(a, value); p != nil {
			return p
		}
	}
	return nil
}

// fieldWidth is the width of most columns of Devtron's database, in characters.
const fieldWidth = 250

var (
	// Text are the rules for every text that Devtron stores. Its web page trims a text, but its API stores the text unchanged, so that
	// the first deployment fails.
	Text = Rules{NotEmpty, Trimmed, Printable, Fits}
	// Name are the rules for a name or an id. It has no slash.
	Name = append(Text[:len(Text):len(Text)], NoSlash)
)

// NotEmpty refuses an empty value.
func NotEmpty(a Argument, value string) *Problem {
	if value != "" {
		return nil
	}
	return New(a.Name+" is empty", a.Subject()+" has no characters. If it comes from a variable or a file, check that it is filled in.")
}

// Fits refuses a value that does not fit into a column of Devtron's database.
func Fits(a Argument, value string) *Problem {
	n := utf8.RuneCountInString(value)
	if n <= fieldWidth {
		return nil
	}
	return New(a.Name+" is too long", fmt.Sprintf("%s has %d characters. Devtron stores at most %d.", a.Subject(), n, fieldWidth))
}

// OneOf returns a rule that accepts only certain values.
func OneOf(values ...string) Rule {
	return func(a Argument, value string) *Problem {
		for _, v := range values {
			if v == value {
				return nil
			}
		}
		hint := ""
		for _, v := range values {
			if strings.EqualFold(v, strings.TrimSpace(value)) {
				hint = fmt.Sprintf(" Write it as %q.", v)
			}
		}
		return New("Invalid "+a.Name, fmt.Sprintf("%s is %q, but must be one of: %s.%s", a.Subject(), value, strings.Join(values, ", "), hint))
	}
}

// Duration accepts the duration of a timeout.
func Duration(a Argument, value string) *Problem {
	d, err := time.ParseDuration(value)
	if err == nil && d > 0 {
		return nil
	}
	reason := "is not a duration"
	if err == nil {
		reason = "leaves no time"
	}
	hint := ""
	if value != "" && strings.Trim(value, "0123456789") == "" && strings.Trim(value, "0") != "" {
		hint = fmt.Sprintf(" Its unit is missing: write %q or %q.", value+"m", value+"s")
	}
	return New("Invalid timeout", fmt.Sprintf("%s is %q, which %s.%s Use a number with a unit (s, m, h), for example \"10m\" or \"1h30m\".", a.Subject(), value, reason, hint))
}

// NoSlash refuses an address or a path. The name of an organization, a project or a workspace cannot contain a slash.
func NoSlash(a Argument, value string) *Problem {
	if !strings.Contains(value, "/") {
		return nil
	}
	return New("Slash in "+a.Name, a.Subject()+" contains a slash. Write the name alone, without the address of the git host in front of it.")
}

// Trimmed refuses white space and invisible characters at the beginning and at the end of a value.
func Trimmed(a Argument, value string) *Problem {
	trimmed := strings.TrimFunc(value, Invisible)
	if trimmed == value {
		return nil
	}
	if trimmed == "" {
		return New("White space around "+a.Name, a.Subject()+" consists of white space only. Check what it is read from.")
	}
	before, after, _ := strings.Cut(value, trimmed)
	var parts []string
	if before != "" {
		parts = append(parts, "begins with "+CharacterAt(before, 0))
	}
	if after != "" {
		parts = append(parts, "ends with "+CharacterAt(after, len(after)))
	}
	detail := a.Subject() + " " + strings.Join(parts, " and ") + ", which is not part of it. " + a.howToTrim(value)
	if strings.HasPrefix(before, byteOrderMark) {
		return New("Byte order mark in front of "+a.Name, detail)
	}
	return New("White space around "+a.Name, detail)
}

// howToTrim says how to remove the characters around a value.
func (a Argument) howToTrim(value string) string {
	if a.Variable != "" {
		return fmt.Sprintf("Set the variable without it; in a shell:\n\n  export %s=\"$(printf %%s \"$%s\" | LC_ALL=C tr -cd '[:graph:]')\"\n\n"+
			"In the secrets of a CI system, save the value again.", a.Variable, a.Variable)
	}
	if strings.TrimFunc(value, Invisible) != strings.TrimSpace(value) {
		return `Remove it. For a value that is read from a file, use trimspace(trimprefix(file("..."), "\ufeff")), or save the file as UTF-8 without byte order mark.`
	}
	return `Remove it. The content of a file often ends with a line break: use trimspace(file("...")).`
}

// Printable refuses control characters. No git host accepts them in a name, and neither HTTP authentication nor Devtron's database
// accepts them at all.
func Printable(a Argument, value string) *Problem {
	at := strings.IndexFunc(value, unicode.IsControl)
	if at < 0 {
		return nil
	}
	return New("Control character in "+a.Name, a.Subject()+" contains "+CharacterAt(value, at)+" in the middle. Check that it is one value and nothing else.")
}

const byteOrderMark = "\ufeff"

// Invisible reports whether a character cannot be seen at the end of a value.
func Invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(byteOrderMark+"\u200b\u200c\u200d\u2060", r)
}

// CharacterAt names the character at a position of a text. At the end of the text, it names the last character.
func CharacterAt(text string, at int) string {
	if at == len(text) && strings.HasSuffix(text, "\r\n") || strings.HasPrefix(text[at:], "\r\n") {
		return "a Windows line break (carriage return and line feed)"
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	if at == len(text) {
		r, _ = utf8.DecodeLastRuneInString(text)
	}
	switch r {
	case '\n':
		return "a line break"
	case '\r':
		return "a carriage return"
	case '\t':
		return "a tab"
	case ' ':
		return "a space"
	case '\ufeff':
		return "a byte order mark (U+FEFF), which some editors write to the beginning of a file"
	}
	return fmt.Sprintf("the invisible character U+%04X", r)
}
