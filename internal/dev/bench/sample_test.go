// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestQuantilesAreInterpolated(t *testing.T) {
	s := sample{4, 1, 3, 2}
	for share, want := range map[float64]float64{0: 1, 0.5: 2.5, 1: 4, 0.25: 1.75} {
		if got := s.quantile(share); got != want {
			t.Errorf("%g: got %g, want %g", share, got, want)
		}
	}
	if !slices.Equal(s, sample{4, 1, 3, 2}) {
		t.Error("quantile changed the order of the sample")
	}
}

func TestAlternateReversesOrderAndOmitsFirstTurns(t *testing.T) {
	order := ""
	run := func(name string) func(int) error {
		return func(turn int) error { order += fmt.Sprint(name, turn, " "); return nil }
	}
	durations, err := alternate(1, 2, run("a"), run("b"))
	if err != nil || order != "a0 b0 b1 a1 a2 b2 " || len(durations[0]) != 2 || len(durations[1]) != 2 {
		t.Errorf("ran %s, got %v, %v", order, durations, err)
	}
}

func TestSampleIsFormatted(t *testing.T) {
	if got, want := (sample{1, 2, 3}).String(), "2.000 (IQR 1.50 to 2.50)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTableIsAligned(t *testing.T) {
	var b strings.Builder
	table{{measured: "a plan", provider: "1 ms", met: "yes"}, {measured: "ä", floor: "2"}}.print(&b)
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	for _, l := range lines {
		if len([]rune(l)) != len([]rune(lines[0])) {
			t.Errorf("not aligned:\n%s", b.String())
		}
	}
}
