// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command faults runs plans, applies and destroys with a real CLI against the sandbox while Devtron, a git host or the provider
// itself misbehaves, and looks whether one more apply puts everything right.
//
// Every run is drawn from a seed of its own: run i of "-seed N" is the first of "-seed N+i", and "-seed N+i -runs 1" repeats it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	o := options{}
	flag.Uint64Var(&o.seed, "seed", 1, "`seed` of the first run; the others follow")
	flag.IntVar(&o.runs, "runs", 300, "`number` of runs")
	flag.IntVar(&o.workers, "workers", 4, "runs at the same `time`; most of a run is waiting")
	flag.BoolVar(&o.verbose, "v", false, "say what each run does")
	load := flag.Bool("load", false, "measure 10 CLI runs at the same time instead")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	measure := faults
	if *load {
		measure = measureLoad
	}
	err := measure(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\nfaults:", err)
		os.Exit(1)
	}
}

type options struct {
	seed    uint64
	runs    int
	workers int
	verbose bool
}

// faults makes the runs, prints the table, and fails unless all of them ended well.
func faults(ctx context.Context, w io.Writer, o options) error {
	began := time.Now()
	outcomes, err := makeRuns(ctx, o)
	if err != nil {
		return err
	}
	failed := report(w, outcomes)
	fmt.Fprintf(w, "\n%d runs from seed %d in %s.\n", len(outcomes), o.seed, time.Since(began).Round(time.Second))
	if failed > 0 {
		return fmt.Errorf("%d runs did not end as they must; repeat one with: go run ./internal/faults -v -runs 1 -seed N", failed)
	}
	return nil
}
