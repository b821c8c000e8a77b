// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

// A short form of "make faults".
func TestFaults(t *testing.T) {
	if c := cli.ForTest(t); !c.AtLeast("1.4") {
		t.Skip("needs terraform_data")
	}
	runs := 16
	if testing.Short() {
		runs = 4
	}
	var table strings.Builder
	if err := measureFaults(t.Context(), &table, options{seed: 1000, runs: runs, workers: 4}); err != nil {
		t.Errorf("%v\n%s", err, table.String())
	}
	t.Log("\n" + table.String())
}

func TestSeedDeterminesRun(t *testing.T) {
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
		t.Errorf("200 seeds result in only %d different runs", len(different))
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

func TestEveryChangeOfEveryObjectIsDrawn(t *testing.T) {
	drawn := map[string]int{}
	for seed := range uint64(1000) {
		r := draw(seed)
		for i, o := range objects {
			drawn[fmt.Sprintf("%s: %d to %d", o.name, r.from.platform[i], r.to.platform[i])]++
		}
		if r.onPlatform() && r.step != once {
			drawn[fmt.Sprintf("%s: %s", objects[r.from.target].name, r.step)]++
		}
	}
	for _, o := range objects {
		for _, change := range []string{"0 to 1", "1 to 0", "1 to 1", "1 to 2", "-replace", "taint", "rename with moved"} {
			if name := o.name + ": " + change; drawn[name] < 5 {
				t.Errorf("%q is drawn %d times in 1000", name, drawn[name])
			}
		}
	}
}

func TestEveryStepIsDrawnWithEachOrder(t *testing.T) {
	drawn := map[string]int{}
	for seed := range uint64(1000) {
		r := draw(seed)
		drawn[fmt.Sprintf("%s, create first %t, parallelism %d", r.step, r.from.createFirst, r.parallelism)]++
	}
	for _, s := range gitOpsSteps {
		for _, createFirst := range []bool{false, true} {
			for parallelism := range 2 {
				name := fmt.Sprintf("%s, create first %t, parallelism %d", s, createFirst, parallelism)
				if drawn[name] < 5 {
					t.Errorf("%q is drawn %d times in 1000", name, drawn[name])
				}
			}
		}
	}
}

func TestReportCountsBadRuns(t *testing.T) {
	var table strings.Builder
	good := outcome{run: draw(1), injected: 2, succeeded: true}
	bad := good
	bad.duplicated, bad.lost, bad.leaked, bad.diverged, bad.ended, bad.interrupted, bad.imported = true, "GITHUB", true, "reason", "none", true, 3
	if n := report(&table, []outcome{good, bad}); n != 1 {
		t.Errorf("%d bad runs, want 1", n)
	}
	lines := strings.Split(strings.TrimSpace(table.String()), "\n")
	if got := strings.Fields(strings.ReplaceAll(lines[len(lines)-1], "|", " ")); strings.Join(got, " ") != "all 2 4 2 1 1 1 1 1 1 3" {
		t.Errorf("got %q", got)
	}
}
