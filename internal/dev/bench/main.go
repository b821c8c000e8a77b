// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what this provider costs, against the embedded sandbox, with a real CLI, and prints it as one table.
//
// It is compared with a floor: a provider with one resource that does nothing, built from the same framework. Runs of the two
// take turns, and a ratio is the median of the ratios of neighbours, so that what else a machine does falls out. Absolute times
// are those of this machine; ratios, requests and round trips carry over to others.
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
	flag.BoolVar(&o.short, "short", false, "few repetitions: to see that it works, not to quote from")
	flag.StringVar(&o.only, "only", "", "measure this `part` alone: plan, requests, start, memory, size or tokens")
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

// times is how often something is repeated.
func (o options) times(full, short int) int {
	if o.short {
		return short
	}
	return full
}

// part measures something and adds what it found to the table.
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
	{"tokens", measureTokens},
}

func run(ctx context.Context, w io.Writer, o options) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "devtron-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "Building this provider and the floor ...")
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
		fmt.Fprintf(os.Stderr, "%s ...\n", p.name)
		if err := p.measure(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	if !found {
		return fmt.Errorf("there is no part %q", o.only)
	}
	b.table.print(w)
	fmt.Fprintf(w, "\n%s %s, %s/%s, %d CPUs, %s; %s. \"IQR\" is the range of the middle half.\n",
		b.real.tool.Product, b.real.tool.Version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), time.Since(began).Round(time.Second))
	return nil
}
