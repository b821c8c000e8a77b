// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"unicode"
)

const (
	quotes        = "\"'`"
	byteOrderMark = '\ufeff'
)

// tokenCore is the token without the blank characters and quotation marks around it.
func tokenCore(token string) string {
	return strings.TrimFunc(token, func(r rune) bool { return isBlank(r) || strings.ContainsRune(quotes, r) })
}

// isBlank reports whether a character shows nothing.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// strayCharacters describes the characters that no token contains, with what to do about them.
func strayCharacters(token string) []string {
	var found []string
	core := strings.TrimFunc(token, isBlank)
	start, end, _ := strings.Cut(token, core)
	if core == "" {
		start, end = "", token
	}
	if strings.ContainsRune(start, byteOrderMark) {
		found = append(found, `It begins with a byte order mark, which some editors write at the start of a file. Save the file without it, or write trimprefix(file(...), "\ufeff").`)
		start = strings.ReplaceAll(start, string(byteOrderMark), "")
	}
	if start != "" {
		found = append(found, "It begins with "+blankName(start)+". "+trimAdvice(start))
	}
	if end != "" {
		found = append(found, "It ends with "+blankName(end)+". "+trimAdvice(end))
	}
	inside := strings.TrimFunc(core, func(r rune) bool { return strings.ContainsRune(quotes, r) })
	if inside != core {
		found = append(found, "It has quotation marks around it. Remove them, or write jsondecode(...) for a JSON string.")
	}
	switch {
	case strings.ContainsFunc(inside, isBlank):
		found = append(found, "It contains "+blankName(inside)+". Check that the value is one token and nothing else.")
	case strings.ContainsFunc(inside, func(r rune) bool { return r > unicode.MaxASCII }):
		found = append(found, "It contains characters that are not ASCII, which no token has. Copy the token again.")
	}
	return found
}

// trimAdvice says how to remove blank characters around the token.
func trimAdvice(blank string) string {
	if strings.TrimSpace(blank) != "" {
		return "Copy the token again." // trimspace does not remove them
	}
	return "The content of a file often has white space around it: write trimspace(file(...)), or trimspace(...) around a variable."
}

// blankName names the first of the blank characters in a text that has a name.
func blankName(text string) string {
	for _, blank := range []struct{ character, name string }{
		{"\n", "a line break"}, {"\r", "a carriage return"}, {"\t", "a tab"}, {string(byteOrderMark), "a byte order mark"}, {" ", "a space"},
	} {
		if strings.Contains(text, blank.character) {
			return blank.name
		}
	}
	if strings.ContainsFunc(text, unicode.IsSpace) {
		return "white space that is not a plain space"
	}
	return "an invisible character"
}
