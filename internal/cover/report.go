// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// report prints the packages, and then the functions that nothing covers. It fails where one of those has no reason.
func report(w io.Writer, functions []function) error {
	type sum struct{ statements, covered int }
	packages, all := map[string]*sum{}, sum{}
	var dark []function
	for _, f := range functions {
		p := packages[f.pkg]
		if p == nil {
			p = &sum{}
			packages[f.pkg] = p
		}
		p.statements, p.covered = p.statements+f.statements, p.covered+f.covered
		all.statements, all.covered = all.statements+f.statements, all.covered+f.covered
		if f.covered == 0 {
			dark = append(dark, f)
		}
	}
	fmt.Fprintln(w, "| package | statements | covered |\n|---|---:|---:|")
	line := func(name string, s sum) {
		fmt.Fprintf(w, "| %s | %d | %.1f %% |\n", name, s.statements, 100*float64(s.covered)/float64(max(s.statements, 1)))
	}
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		line(strings.Replace(name, ".", "main.go", 1), *packages[name])
	}
	line("all", all)

	slices.SortFunc(dark, func(a, b function) int { return cmp.Or(cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.name, b.name)) })
	fmt.Fprintln(w, "\n| not covered at all | why |\n|---|---|")
	unexplained, whole := 0, map[string]int{}
	for _, f := range dark {
		if why := reason(f); why == "" {
			unexplained++
			fmt.Fprintf(w, "| %s: %s | **no reason is given** |\n", f.pkg, f.name)
		} else if why == reasons[f.pkg] {
			whole[f.pkg]++
		} else {
			fmt.Fprintf(w, "| %s: %s | %s |\n", f.pkg, f.name, why)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		fmt.Fprintf(w, "| %s: %d functions | %s |\n", name, whole[name], reasons[name])
	}
	if unexplained > 0 {
		return fmt.Errorf("%d functions are covered by no test and have no reason in internal/cover/reasons.go", unexplained)
	}
	return nil
}
