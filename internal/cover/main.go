// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command cover runs the tests and prints how much of each package they cover, the acceptance tests and the runs of the real
// binary counted, and the functions that nothing covers, each with the reason why.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"github.com/devtron-labs/terraform-provider-devtron/internal/cli"
)

const module = "github.com/devtron-labs/terraform-provider-devtron"

func main() {
	profile := flag.String("o", "coverage.out", "`file` for the profile, for \"go tool cover -html\"")
	keep := flag.Bool("again", false, "print the table of the profile that is there, and run nothing")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, *profile, *keep)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ncover:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, profile string, keep bool) error {
	if !keep {
		if err := measure(ctx, profile); err != nil {
			return err
		}
	}
	blocks, err := readProfile(profile)
	if err != nil {
		return err
	}
	functions, err := findFunctions(blocks)
	if err != nil {
		return err
	}
	return report(w, functions)
}

// measure runs all tests. Those in the test processes and those of the binary that a CLI starts leave their counters in
// one folder, so that a line counts that either of them reached.
func measure(ctx context.Context, profile string) error {
	dir, err := os.MkdirTemp("", "devtron-cover")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	counters, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	test := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout=30m", "-cover", "-coverpkg=./...", "./...", "-args", "-test.gocoverdir="+counters)
	test.Env = append(os.Environ(), cli.CoverEnvironment+"="+counters)
	test.Stdout, test.Stderr = os.Stderr, os.Stderr
	failed := test.Run() // what was covered is known all the same
	convert := exec.CommandContext(ctx, "go", "tool", "covdata", "textfmt", "-i="+counters, "-o="+profile)
	convert.Stderr = os.Stderr
	if err := convert.Run(); err != nil {
		return err
	}
	if failed != nil {
		return fmt.Errorf("tests: %w; the table of what they covered: go run ./internal/cover -again", failed)
	}
	return nil
}
