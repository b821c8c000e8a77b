// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs, with a real CLI and the embedded sandbox, and
// prints a table.
//
// It compares the provider with two others from the same framework, whose only resource does
// nothing: the floor sends one request to the same Devtron over TLS, and the empty provider sends
// none. Their runs alternate, and a ratio is the median of the ratios of neighboring runs, so that
// other load on the machine cancels out. The linker arranges the functions of each in several ways,
// because chance decides by their addresses how fast they are. Times are specific to the machine;
// ratios, requests, and round trips are not.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func main() {
	var o options
	flag.BoolVar(&o.short, "short", false, "repeat less: good enough to see that it works, but not to quote")
	flag.StringVar(&o.only, "only", "", "measure only this `part`: size, start, requests, plan, growth, or memory")
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

// layouts is the number of ways in which the functions of each contestant are arranged.
func (o options) layouts() int { return o.repetitions(9, 1) }

// bench is the state that the parts share.
type bench struct {
	options
	dir         string
	contestants [contestants]*contestant
	boxes       []*sandbox.Sandbox
	stands      map[string]*stand
	table       table
}

func newBench(ctx context.Context, dir string, o options) (*bench, error) {
	b := &bench{options: o, dir: dir, stands: map[string]*stand{}}
	var err error
	if b.contestants[provider], err = newContestant(ctx, filepath.Join(dir, "provider"), cli.Provider, o.layouts()); err != nil {
		return nil, err
	}
	if b.contestants[floor], err = newContestant(ctx, filepath.Join(dir, "floor"), floorProgram, o.layouts()); err != nil {
		return nil, err
	}
	b.contestants[empty] = b.contestants[floor].without("DEVTRON_URL")
	return b, nil
}

func (b *bench) close() {
	for _, box := range b.boxes {
		box.Close()
	}
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
	{"growth", measureGrowth},
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
		b.contestants[provider].tool.Product, b.contestants[provider].tool.Version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(),
		time.Since(start).Round(time.Second))
	return nil
}
