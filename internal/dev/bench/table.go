// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// line is one thing that was measured. Ratio, target and met are empty where there is none.
type line struct{ what, real, floor, ratio, target, met string }

type table []line

func (t *table) add(l line) { *t = append(*t, l) }

// met says whether a target was reached.
func met(ok bool) string {
	if ok {
		return "yes"
	}
	return "no"
}

// print writes the table in Markdown, aligned.
func (t table) print(w io.Writer) {
	lines := append(table{{"measured", "this provider", "floor", "ratio", "target", "met"}}, t...)
	cells := make([][]string, len(lines))
	var widths [6]int
	for i, l := range lines {
		cells[i] = []string{l.what, l.real, l.floor, l.ratio, l.target, l.met}
		for c, text := range cells[i] {
			widths[c] = max(widths[c], utf8.RuneCountInString(text), 3)
		}
	}
	for i, row := range cells {
		for c, text := range row {
			row[c] = text + strings.Repeat(" ", widths[c]-utf8.RuneCountInString(text))
		}
		fmt.Fprintln(w, "| "+strings.Join(row, " | ")+" |")
		if i == 0 {
			for _, width := range widths {
				fmt.Fprint(w, "|"+strings.Repeat("-", width+2))
			}
			fmt.Fprintln(w, "|")
		}
	}
}
