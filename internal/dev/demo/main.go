// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command demo shows what the provider does: it runs a real Terraform or OpenTofu against an
// embedded Devtron, GitHub, and GitLab, and verifies every step. Nothing leaves the machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func main() {
	pace := flag.Duration("pace", 0, "record: clear the screen for each step, and pause this `long` where there is something to read")
	steps := flag.Int("steps", 0, "number of steps to show (0: all)")
	flag.Parse()
	// With SIGPIPE among the signals, "make demo | head" removes its temporary files, too.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	err := run(ctx, os.Stdout, *pace, *steps)
	interrupted := ctx.Err() != nil
	stop()
	if err != nil && !interrupted {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, pace time.Duration, steps int) error {
	if _, err := cli.Find(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "devtron-demo")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	box, err := sandbox.Start(sandbox.Options{ArgoCD: true})
	if err != nil {
		return err
	}
	defer box.Close()

	screen := newScreen(w)
	if screen.pace = pace; pace == 0 {
		screen.say("Building the provider ...")
	}
	tool, err := cli.New(ctx, dir)
	if err != nil {
		return err
	}
	start := time.Now()
	d, err := newDemo(ctx, screen, box, tool, filepath.Join(dir, "work"))
	if err != nil {
		return err
	}
	if err := d.play(ctx, steps); err != nil {
		return err
	}
	if steps == 0 {
		d.farewell(time.Since(start))
	}
	return nil
}
