// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

// hints begin what a CLI prints in every run whatever happened. A hint ends
// with its paragraph.
var hints = []string{
	"Terraform used the selected providers",
	"OpenTofu used the selected providers",
	"Resource actions are indicated with",
	"Terraform has compared your real infrastructure",
	"OpenTofu has compared your real infrastructure",
	"Terraform has created a lock file",
	"OpenTofu has created a lock file",
	// The lock file of a provider that was built here cannot have more checksums.
	"Warning: Incomplete lock file",
	"Due to your customized provider installation",
	"The current .terraform.lock.hcl",
	"To calculate additional checksums",
}

// essence leaves the hints out of a CLI's output, and empty lines in a row.
func essence(text string) string {
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
			if hint = hint || startsWithAny(line, hints); !hint {
				kept = append(kept, line)
			}
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

func startsWithAny(text string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}
