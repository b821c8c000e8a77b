// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// row is a line of the table. Cells that do not apply are empty.
type row struct{ measured, provider, floor, empty, overFloor, overEmpty, target, met string }

// compare fills in measurements of the three contestants, and the ratios of the first to the
// others.
func (r *row) compare(format func(sample) string, ofProvider, ofFloor, ofEmpty sample) {
	r.provider, r.floor, r.empty = format(ofProvider), format(ofFloor), format(ofEmpty)
	r.overFloor, r.overEmpty = ratios(ofProvider, ofFloor).String(), fmt.Sprintf("%.2f", ratios(ofProvider, ofEmpty).median())
}

// require fills in a target for a ratio.
func (r *row) require(ratio, target float64) {
	r.target, r.met = fmt.Sprintf("%.2f", target), met(ratio <= target)
}

// met formats whether a target is met.
func met(ok bool) string {
	if ok {
		return "yes"
	}
	return "no"
}

type table []row

func (t *table) add(r row) { *t = append(*t, r) }

// print writes the table as aligned Markdown.
func (t table) print(w io.Writer) {
	rows := append(table{{"measured", "provider", "floor", "empty provider", "ratio to the floor", "to the empty one", "target", "met"}}, t...)
	cells := make([][]string, len(rows))
	var widths [8]int
	for i, r := range rows {
		cells[i] = []string{r.measured, r.provider, r.floor, r.empty, r.overFloor, r.overEmpty, r.target, r.met}
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
