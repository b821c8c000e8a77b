// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
)

// row is one CLI of the table.
type row struct {
	release release
	missing error // why the CLI could not be had; nil where it was tested
	result  result
}

// render writes the table as Markdown.
func render(rows []row) string {
	var b strings.Builder
	b.WriteString("| CLI | passed | failed | skipped |\n|---|---|---|---|\n")
	for _, r := range rows {
		if r.missing != nil {
			fmt.Fprintf(&b, "| %s | not tested | not tested | could not be had: %s |\n", r.release, oneLine(r.missing.Error()))
			continue
		}
		n, reasons := r.result.skips()
		cell := fmt.Sprint(n)
		if n > 0 {
			cell += ": " + oneLine(reasons)
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s |\n", r.release, r.result.passed, len(r.result.failed), cell)
	}
	return b.String()
}

// oneLine makes a text fit into a cell.
func oneLine(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
