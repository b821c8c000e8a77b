// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// row is one result. Fields that do not apply are empty.
type row struct{ measured, provider, floor, ratio, target, met string }

type table []row

func (t *table) add(r row) { *t = append(*t, r) }

// met formats whether a target is met.
func met(ok bool) string {
	if ok {
		return "yes"
	}
	return "no"
}

// print writes the table as aligned Markdown.
func (t table) print(w io.Writer) {
	rows := append(table{{"measured", "provider", "floor", "ratio", "target", "met"}}, t...)
	cells := make([][]string, len(rows))
	var widths [6]int
	for i, r := range rows {
		cells[i] = []string{r.measured, r.provider, r.floor, r.ratio, r.target, r.met}
		for c, text := range cells[i] {
			widths[c] = max(widths[c], utf8.RuneCountInString(text), 3)
		}
	}
	for i, line := range cells {
		for c, text := range line {
			line[c] = text + strings.Repeat(" ", widths[c]-utf8.RuneCountInString(text))
		}
		fmt.Fprintln(w, "| "+strings.Join(line, " | ")+" |")
		if i == 0 {
			for _, width := range widths {
				fmt.Fprint(w, "|"+strings.Repeat("-", width+2))
			}
			fmt.Fprintln(w, "|")
		}
	}
}
