// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command faults runs plan, apply, and destroy with a real CLI against the sandbox while Devtron, a
// git host, or the provider itself fails, and checks that one more apply repairs everything.
//
// Each run is drawn from its own seed: run i of "-seed N" has the seed N+i, and "-seed N+i -runs 1"
// repeats it. With -load, the command measures concurrent runs instead.
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
	flag.Uint64Var(&o.seed, "seed", 1, "`seed` of the first run")
	flag.IntVar(&o.runs, "runs", 300, "`number` of runs")
	flag.IntVar(&o.workers, "workers", 4, "`number` of runs at the same time; they mostly wait")
	flag.BoolVar(&o.verbose, "v", false, "print every run")
	load := flag.Bool("load", false, "measure 10 concurrent CLI runs instead")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	measure := measureFaults
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

// measureFaults makes the runs and prints the table. It returns an error if any run ended badly.
func measureFaults(ctx context.Context, w io.Writer, o options) error {
	start := time.Now()
	outcomes, err := makeRuns(ctx, o)
	if err != nil {
		return err
	}
	bad := report(w, outcomes)
	fmt.Fprintf(w, "\n%d runs from seed %d in %s.\n", len(outcomes), o.seed, time.Since(start).Round(time.Second))
	if bad > 0 {
		return fmt.Errorf("%d runs ended badly; to repeat one, run: make faults FAULTS='-v -runs 1 -seed N'", bad)
	}
	return nil
}
