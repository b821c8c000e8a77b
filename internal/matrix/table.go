// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
)

// row is one CLI of the table.
type row struct {
	release release
	missing error // why the CLI could not be had; nil where it was tested
	result  result
}

// render writes two tables as Markdown: how each CLI fared, and why tests were
// skipped under which of them.
func render(rows []row) string {
	var b strings.Builder
	b.WriteString("| CLI | passed | failed | skipped |\n|---|---|---|---|\n")
	for _, r := range rows {
		if r.missing != nil {
			fmt.Fprintf(&b, "| %s | not tested | not tested | it could not be had: %s |\n", r.release, cell(r.missing.Error()))
			continue
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d |\n", r.release, r.result.passed, len(r.result.failed), r.result.skips())
	}
	reasons := reasonsOf(rows)
	if len(reasons) == 0 {
		return b.String()
	}
	b.WriteString("\n| skipped, as the test |")
	for _, r := range rows {
		fmt.Fprintf(&b, " %s |", r.release)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(rows)) + "\n")
	for _, reason := range reasons {
		fmt.Fprintf(&b, "| %s |", cell(reason))
		for _, r := range rows {
			if n := r.result.skipped[reason]; n > 0 {
				fmt.Fprintf(&b, " %d", n)
			}
			b.WriteString(" |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// reasonsOf are all reasons to skip a test, in order.
func reasonsOf(rows []row) []string {
	var reasons []string
	for _, r := range rows {
		for reason := range r.result.skipped {
			if !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
		}
	}
	slices.Sort(reasons)
	return reasons
}

// cell makes a text fit into a cell.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
