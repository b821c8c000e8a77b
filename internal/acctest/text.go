// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"regexp"
	"strings"
)

// HasAll reports whether a text contains all the words.
func HasAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// frame is what Terraform puts between words when it breaks lines and draws boxes.
var frame = regexp.MustCompile(`[\s│╷╵]+`)

// Unwrap returns the output of a CLI as one line.
func Unwrap(output string) string { return frame.ReplaceAllString(output, " ") }

// Wrapped returns an expression that matches words in the output of a CLI.
func Wrapped(words string) *regexp.Regexp {
	fields := strings.Fields(words)
	for i := range fields {
		fields[i] = regexp.QuoteMeta(fields[i])
	}
	return regexp.MustCompile(strings.Join(fields, frame.String()))
}
