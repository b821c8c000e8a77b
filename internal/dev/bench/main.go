// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs, with a real CLI and the embedded sandbox, and
// prints a table.
//
// It compares the provider with a floor: a provider from the same framework whose only resource does
// nothing. Runs of the two alternate, and a ratio is the median of the ratios of neighboring runs, so
// that other load on the machine cancels out. Times are specific to the machine; ratios, requests, and
// round trips are not.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"
)

func main() {
	var o options
	flag.BoolVar(&o.short, "short", false, "repeat less: good enough to see that it works, but not to quote")
	flag.StringVar(&o.only, "only", "", "measure only this `part`: size, start, requests, plan, or memory")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\nbench:", err)
		os.Exit(1)
	}
}

type options struct {
	short bool
	only  string
}

// repetitions selects one of two numbers.
func (o options) repetitions(full, short int) int {
	if o.short {
		return short
	}
	return full
}

// part measures something and adds the results to the table.
type part struct {
	name    string
	measure func(context.Context, *bench) error
}

var parts = []part{
	{"size", measureSize},
	{"start", measureStart},
	{"requests", measureRequests},
	{"plan", measurePlans},
	{"memory", measureMemory},
}

func run(ctx context.Context, w io.Writer, o options) error {
	start := time.Now()
	dir, err := os.MkdirTemp("", "devtron-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "Building the provider and the floor ...")
	b, err := newBench(ctx, dir, o)
	if err != nil {
		return err
	}
	defer b.close()

	found := false
	for _, p := range parts {
		if o.only != "" && o.only != p.name {
			continue
		}
		found = true
		fmt.Fprintf(os.Stderr, "Measuring %s ...\n", p.name)
		if err := p.measure(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	if !found {
		return fmt.Errorf("there is no part %q", o.only)
	}
	b.table.print(w)
	fmt.Fprintf(w, "\n%s %s, %s/%s, %d CPUs, %s; %s. IQR: interquartile range.\n",
		b.provider.tool.Product, b.provider.tool.Version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(),
		time.Since(start).Round(time.Second))
	return nil
}
