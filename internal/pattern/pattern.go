// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package pattern compiles regular expressions when they are first used. Terraform starts the
// provider several times for each command, and each start needs few of them: compiling all took a
// tenth of the time until the provider is ready.
package pattern

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression.
type Pattern struct {
	compiled func() *regexp.Regexp
}

// New returns a pattern. Its first use compiles the expression, and panics if that is invalid.
func New(expression string) Pattern {
	return Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// MatchString is that of regexp.Regexp.
func (p Pattern) MatchString(text string) bool { return p.compiled().MatchString(text) }

// FindString is that of regexp.Regexp.
func (p Pattern) FindString(text string) string { return p.compiled().FindString(text) }

// FindStringSubmatch is that of regexp.Regexp.
func (p Pattern) FindStringSubmatch(text string) []string {
	return p.compiled().FindStringSubmatch(text)
}

// ReplaceAllString is that of regexp.Regexp.
func (p Pattern) ReplaceAllString(text, replacement string) string {
	return p.compiled().ReplaceAllString(text, replacement)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (p Pattern) ReplaceAllStringFunc(text string, replacement func(string) string) string {
	return p.compiled().ReplaceAllStringFunc(text, replacement)
}
