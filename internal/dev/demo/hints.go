// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"regexp"
	"slices"
	"strings"
)

// hints are the beginnings of paragraphs that a CLI prints in every run.
var hints = []string{
	"Terraform used the selected providers",
	"OpenTofu used the selected providers",
	"Resource actions are indicated with",
	"Terraform has compared your real infrastructure",
	"OpenTofu has compared your real infrastructure",
	"Terraform has created a lock file",
	"OpenTofu has created a lock file",
	// The lock file cannot have checksums for other platforms, because the provider was built here.
	"Warning: Incomplete lock file",
	"Due to your customized provider installation",
	"The current .terraform.lock.hcl",
	"To calculate additional checksums",
}

// lastValidation is a change of the attribute last_validation, which takes up half a page.
var lastValidation = regexp.MustCompile(`( last_validation +=) \{\n(?:.*\n)*? +\} -> `)

// certificate is a PEM text in a plan.
var certificate = regexp.MustCompile(`<<-EOT\n +(-----BEGIN CERTIFICATE-----)\n(?:.*\n)*?.*-----END CERTIFICATE-----\n +EOT`)

// withoutHints removes the hints and repeated empty lines from the output of a CLI, and shortens
// last_validation and certificates.
func withoutHints(text string) string {
	text = lastValidation.ReplaceAllString(text, "$1 {...} -> ")
	text = certificate.ReplaceAllString(text, "<<-EOT $1 ... EOT")
	var kept []string
	hint := false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case line == "":
			if hint = false; len(kept) > 0 && kept[len(kept)-1] != "" {
				kept = append(kept, "")
			}
		case strings.Contains(line, "successfully initialized"):
			// It follows a hint without an empty line.
			hint = false
			kept = append(kept, line)
		default:
			hint = hint || slices.ContainsFunc(hints, func(start string) bool { return strings.HasPrefix(line, start) })
			if !hint {
				kept = append(kept, line)
			}
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
