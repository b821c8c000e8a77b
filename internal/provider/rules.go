// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// problem is what is wrong with a value, in the words of a diagnostic.
type problem struct{ Summary, Detail string }

func wrong(summary, detail string) *problem { return &problem{summary, detail} }

// argument is what a value was given by.
type argument struct {
	// name of the argument, such as "tls.ca_certificate".
	name string
	// variable is the environment variable that stands in for it; "" where the value
	// comes from the configuration.
	variable string
}

// subject begins a sentence about the value.
func (a argument) subject() string {
	if a.variable != "" {
		return "The environment variable " + a.variable
	}
	return "The value of " + a.name
}

// rule judges a known value; nil means that nothing is wrong with it. A rule refuses
// only what is certain to fail.
type rule func(a argument, value string) *problem

// rules are applied in their order; the first problem counts.
type rules []rule

func (r rules) judge(a argument, value string) *problem {
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
	// textRules are the rules of every text that Devtron stores. It does so byte for
	// byte and fails at the first deployment, whereas its web page trims.
	textRules    = rules{notEmpty, trimmed, printable, fits}
	gitHostRules = append(textRules[:len(textRules):len(textRules)], gitHost)
	nameRules    = append(textRules[:len(textRules):len(textRules)], noSlash)
)

func notEmpty(a argument, value string) *problem {
	if value != "" {
		return nil
	}
	return wrong(a.name+" is empty", a.subject()+" has no characters. If it comes from a variable or a file, check that it is filled in.")
}

func fits(a argument, value string) *problem {
	n := utf8.RuneCountInString(value)
	if n <= fieldWidth {
		return nil
	}
	return wrong(a.name+" is too long", fmt.Sprintf("%s has %d characters. Devtron stores at most %d.", a.subject(), n, fieldWidth))
}

// oneOf accepts the values that are given and nothing else.
func oneOf(values ...string) rule {
	return func(a argument, value string) *problem {
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
		return wrong("Invalid "+a.name, fmt.Sprintf("%s is %q, but must be one of: %s.%s", a.subject(), value, strings.Join(values, ", "), hint))
	}
}

// duration accepts what the operations of a resource can be limited to.
func duration(a argument, value string) *problem {
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
	return wrong("Invalid timeout", fmt.Sprintf("%s is %q, which %s.%s Use a number with a unit (s, m, h), for example \"10m\" or \"1h30m\".", a.subject(), value, reason, hint))
}

// gitHost accepts what gittoken.ValidHost accepts.
func gitHost(a argument, value string) *problem {
	if err := gittoken.ValidHost(value); err != nil {
		return wrong("Invalid git host", a.subject()+" cannot be used: "+err.Error()+".")
	}
	return nil
}

// noSlash refuses an address or a path where the name of an organization, a project
// or a workspace belongs. None of them may contain a slash.
func noSlash(a argument, value string) *problem {
	if !strings.Contains(value, "/") {
		return nil
	}
	return wrong("Slash in "+a.name, a.subject()+" contains a slash. Write the name alone, without the address of the git host in front of it.")
}

// trimmed refuses white space and invisible characters at the ends of a value.
func trimmed(a argument, value string) *problem {
	kept := strings.TrimFunc(value, invisible)
	if kept == value {
		return nil
	}
	if kept == "" {
		return wrong("White space around "+a.name, a.subject()+" consists of white space only. Check what it is read from.")
	}
	before, after, _ := strings.Cut(value, kept)
	var parts []string
	if before != "" {
		parts = append(parts, "begins with "+characterAt(before, 0))
	}
	if after != "" {
		parts = append(parts, "ends with "+characterAt(after, len(after)))
	}
	detail := a.subject() + " " + strings.Join(parts, " and ") + ", which is not part of it. " + a.howToTrim(value)
	if strings.HasPrefix(before, byteOrderMark) {
		return wrong("Byte order mark in front of "+a.name, detail)
	}
	return wrong("White space around "+a.name, detail)
}

// howToTrim says how to remove what is around a value.
func (a argument) howToTrim(value string) string {
	if a.variable != "" {
		return fmt.Sprintf("Set the variable without it; in a shell:\n\n  export %s=\"$(printf %%s \"$%s\" | LC_ALL=C tr -cd '[:graph:]')\"\n\n"+
			"In the secrets of a CI system, save the value again.", a.variable, a.variable)
	}
	if strings.TrimFunc(value, invisible) != strings.TrimSpace(value) {
		return `Remove it. For a value that is read from a file, use trimspace(trimprefix(file("..."), "\ufeff")), or save the file as UTF-8 without byte order mark.`
	}
	return `Remove it. The content of a file often ends with a line break: use trimspace(file("...")).`
}

// printable refuses control characters, which no git host takes in a name and which
// neither HTTP's authentication nor Devtron's database takes at all.
func printable(a argument, value string) *problem {
	at := strings.IndexFunc(value, unicode.IsControl)
	if at < 0 {
		return nil
	}
	return wrong("Control character in "+a.name, a.subject()+" contains "+characterAt(value, at)+" in the middle. Check that it is one value and nothing else.")
}

const byteOrderMark = "\ufeff"

// invisible reports characters that nobody sees at the ends of a value.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(byteOrderMark+"\u200b\u200c\u200d\u2060", r)
}

// characterAt names the character that begins at a position, or ends there where the
// position is the end of the text.
func characterAt(text string, at int) string {
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
