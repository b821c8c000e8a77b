// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package rule judges values before anything is sent: each rule refuses only what is certain to fail, and says what to write
// instead. The rules are the same for a configuration, an environment variable and an argument of an action. It knows no
// Terraform.
package rule

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Problem is what is wrong with a value, in the words of a diagnostic.
type Problem struct{ Summary, Detail string }

// New returns a problem.
func New(summary, detail string) *Problem { return &Problem{summary, detail} }

// Argument is what a value was given by.
type Argument struct {
	// Name of the argument, such as "tls.ca_certificate".
	Name string
	// Variable is the environment variable that stands in for it; "" where the value
	// comes from the configuration.
	Variable string
}

// Subject begins a sentence about the value.
func (a Argument) Subject() string {
	if a.Variable != "" {
		return "The environment variable " + a.Variable
	}
	return "The value of " + a.Name
}

// Rule judges a known value; nil means that nothing is wrong with it. A rule refuses
// only what is certain to fail.
type Rule func(a Argument, value string) *Problem

// Rules are applied in their order; the first problem counts.
type Rules []Rule

// Judge returns the first problem of the value; nil if there is none.
func (r Rules) Judge(a Argument, value string) *Problem {
	for _, apply := range r {
		if p := apply(a, value); p != nil {
			return p
		}
	}
	return nil
}

// fieldWidth is the width, in characters, of the columns of Devtron's table.
const fieldWidth = 250

var (
	// Text are the rules of every text that Devtron stores. It does so byte for
	// byte and fails at the first deployment, whereas its web page trims.
	Text = Rules{NotEmpty, Trimmed, Printable, Fits}
	// Name are the rules of a name or an id, which has no slash.
	Name = append(Text[:len(Text):len(Text)], NoSlash)
)

// NotEmpty refuses a value without characters.
func NotEmpty(a Argument, value string) *Problem {
	if value != "" {
		return nil
	}
	return New(a.Name+" is empty", a.Subject()+" has no characters. If it comes from a variable or a file, check that it is filled in.")
}

// Fits refuses what is wider than the columns of Devtron's database.
func Fits(a Argument, value string) *Problem {
	n := utf8.RuneCountInString(value)
	if n <= fieldWidth {
		return nil
	}
	return New(a.Name+" is too long", fmt.Sprintf("%s has %d characters. Devtron stores at most %d.", a.Subject(), n, fieldWidth))
}

// OneOf accepts the values that are given and nothing else.
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

// Duration accepts what the operations of a resource can be limited to.
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

// NoSlash refuses an address or a path where the name of an organization, a project
// or a workspace belongs. None of them may contain a slash.
func NoSlash(a Argument, value string) *Problem {
	if !strings.Contains(value, "/") {
		return nil
	}
	return New("Slash in "+a.Name, a.Subject()+" contains a slash. Write the name alone, without the address of the git host in front of it.")
}

// Trimmed refuses white space and Invisible characters at the ends of a value.
func Trimmed(a Argument, value string) *Problem {
	kept := strings.TrimFunc(value, Invisible)
	if kept == value {
		return nil
	}
	if kept == "" {
		return New("White space around "+a.Name, a.Subject()+" consists of white space only. Check what it is read from.")
	}
	before, after, _ := strings.Cut(value, kept)
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

// howToTrim says how to remove what is around a value.
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

// Printable refuses control characters, which no git host takes in a name and which
// neither HTTP's authentication nor Devtron's database takes at all.
func Printable(a Argument, value string) *Problem {
	at := strings.IndexFunc(value, unicode.IsControl)
	if at < 0 {
		return nil
	}
	return New("Control character in "+a.Name, a.Subject()+" contains "+CharacterAt(value, at)+" in the middle. Check that it is one value and nothing else.")
}

const byteOrderMark = "\ufeff"

// Invisible reports characters that nobody sees at the ends of a value.
func Invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(byteOrderMark+"\u200b\u200c\u200d\u2060", r)
}

// CharacterAt names the character that begins at a position, or ends there where the
// position is the end of the text.
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
	return fmt.Sprintf("the Invisible character U+%04X", r)
}
