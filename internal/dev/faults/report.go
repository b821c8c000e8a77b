// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
)

// tally is a row of the table.
type tally struct {
	runs, injected, succeeded, converged, duplicated, lost, leaked, interrupted, ended, imported int
}

func (t *tally) add(o outcome) {
	t.runs++
	t.injected += o.injected
	t.succeeded += count(o.succeeded)
	t.converged += count(o.diverged == "")
	t.duplicated += count(o.duplicated)
	t.lost += count(o.lost != "")
	t.leaked += count(o.leaked)
	t.interrupted += count(o.interrupted)
	t.ended += count(o.ended != "")
	t.imported += o.imported
}

func count(happened bool) int {
	if happened {
		return 1
	}
	return 0
}

func (t tally) print(w io.Writer, fault, server string) {
	fmt.Fprintf(w, "| %-24s | %-8s | %4d | %8d | %9d | %9d | %10d | %11d | %12d | %22d | %22d | %18d |\n",
		fault, server, t.runs, t.injected, t.succeeded, t.converged, t.duplicated, t.lost, t.leaked, t.ended, t.interrupted, t.imported)
}

// report prints the table and returns the number of runs that ended badly.
func report(w io.Writer, outcomes []outcome) (bad int) {
	fmt.Fprintln(w, "| fault                    | server   | runs | injected | succeeded | converged | duplicated | lost states | tokens shown | in use, ended inactive | inactive until applied | repaired by import |")
	fmt.Fprintln(w, "|--------------------------|----------|-----:|---------:|----------:|----------:|-----------:|------------:|-------------:|-----------------------:|-----------------------:|-------------------:|")
	var all tally
	for i := range kinds {
		for _, server := range []string{"Devtron", "other"} {
			var t tally
			for _, o := range outcomes {
				if o.fault.kind == &kinds[i] && o.fault.onDevtron() == (server == "Devtron") {
					t.add(o)
				}
			}
			if t.runs > 0 {
				t.print(w, kinds[i].name, server)
			}
		}
	}
	for _, o := range outcomes {
		all.add(o)
		bad += count(!o.good())
	}
	all.print(w, "all", "")
	return bad
}
