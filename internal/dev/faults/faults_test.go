// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

// The short form of "make faults".
func TestFaults(t *testing.T) {
	runs := 16
	if testing.Short() {
		runs = 4
	}
	var table strings.Builder
	if err := faults(t.Context(), &table, options{seed: 1000, runs: runs, workers: 4}); err != nil {
		t.Errorf("%v\n%s", err, table.String())
	}
	t.Log("\n" + table.String())
}

func TestASeedAlwaysDrawsTheSame(t *testing.T) {
	different := map[string]bool{}
	for seed := range uint64(200) {
		first, second := draw(seed).String(), draw(seed).String()
		if first != second {
			t.Fatalf("%s\n%s", first, second)
		}
		_, drawn, _ := strings.Cut(first, ":")
		different[drawn] = true
	}
	if len(different) < 190 {
		t.Errorf("200 seeds make %d runs", len(different))
	}
}

func TestEveryKindOfFaultIsDrawn(t *testing.T) {
	drawn := map[string]int{}
	for seed := range uint64(300) {
		drawn[draw(seed).fault.kind.name]++
	}
	for _, kind := range kinds {
		if drawn[kind.name] < 5 {
			t.Errorf("%q is drawn %d times in 300", kind.name, drawn[kind.name])
		}
	}
}

// A table whose last columns cannot be other than 0 would prove nothing.
func TestTheReportCountsWhatMustNotBe(t *testing.T) {
	var table strings.Builder
	good := outcome{run: draw(1), injected: 2, through: true}
	bad := good
	bad.duplicated, bad.lost, bad.seen, bad.diverged = true, "GITHUB", true, "why"
	if failed := report(&table, []outcome{good, bad}); failed != 1 {
		t.Errorf("%d failed", failed)
	}
	lines := strings.Split(strings.TrimSpace(table.String()), "\n")
	if got := strings.Fields(strings.ReplaceAll(lines[len(lines)-1], "|", " ")); strings.Join(got, " ") != "all 2 4 2 1 1 1 1" {
		t.Errorf("got %q", got)
	}
}
