// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
)

// hints begin the paragraphs that a CLI prints in every run whatever happened.
var hints = []string{
	"Terraform used the selected providers",
	"OpenTofu used the selected providers",
	"Resource actions are indicated with",
	"Terraform has compared your real infrastructure",
	"OpenTofu has compared your real infrastructure",
	"Terraform has created a lock file",
	"OpenTofu has created a lock file",
}

// essence leaves the hints out of a CLI's output, and empty lines in a row.
func essence(text string) string {
	var kept []string
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n\n") {
		paragraph = strings.Trim(paragraph, "\n")
		if paragraph == "" || startsWithAny(paragraph, hints) {
			continue
		}
		kept = append(kept, paragraph)
	}
	return strings.Join(kept, "\n\n")
}

func startsWithAny(text string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}
