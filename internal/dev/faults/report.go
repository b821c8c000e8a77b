// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
)

// tally is a row of the table.
type tally struct {
	runs, injected, through, converged, duplicated, lost, seen int
}

func (t *tally) add(o outcome) {
	t.runs++
	t.injected += o.injected
	for counter, counts := range map[*int]bool{
		&t.through: o.through, &t.converged: o.diverged == "", &t.duplicated: o.duplicated, &t.lost: o.lost != "", &t.seen: o.seen,
	} {
		if counts {
			*counter++
		}
	}
}

func (t tally) cells() string {
	return fmt.Sprintf("%5d | %8d | %12d | %9d | %15d | %22d | %11d |", t.runs, t.injected, t.through, t.converged, t.duplicated, t.lost, t.seen)
}

// report prints the table and returns how many runs did not end as they must.
func report(w io.Writer, outcomes []outcome) (failed int) {
	fmt.Fprintf(w, "| %-29s | %-8s | %5s | %8s | %12s | %9s | %15s | %22s | %11s |\n",
		"fault", "on", "runs", "injected", "went through", "converged", "rows duplicated", "states that lost a row", "tokens seen")
	fmt.Fprintln(w, "|-------------------------------|----------|------:|---------:|-------------:|----------:|----------------:|-----------------------:|------------:|")
	var all tally
	for i := range kinds {
		for _, where := range []string{"Devtron", "git host"} {
			var t tally
			for _, o := range outcomes {
				if o.fault.kind == &kinds[i] && o.fault.onDevtron() == (where == "Devtron") {
					t.add(o)
				}
			}
			if t.runs > 0 {
				fmt.Fprintf(w, "| %-29s | %-8s | %s\n", kinds[i].name, where, t.cells())
			}
		}
	}
	for _, o := range outcomes {
		if all.add(o); !o.good() {
			failed++
		}
	}
	fmt.Fprintf(w, "| %-29s | %-8s | %s\n", "all", "", all.cells())
	return failed
}
