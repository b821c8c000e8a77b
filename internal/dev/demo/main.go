// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command demo tells, on the screen, what the provider is for: it drives a real
// Terraform or OpenTofu against an embedded Devtron, GitHub and GitLab, and
// checks at every step that what it tells is true. Nothing leaves the machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	pace := flag.Duration("pace", 0, "for a recording: the `time` that a reader gets for each thing")
	steps := flag.Int("steps", 0, "how many steps of the story to tell (0: all)")
	flag.Parse()
	err := run(ctx, os.Stdout, *pace, *steps)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, pace time.Duration, steps int) error {
	screen := newScreen(w)
	screen.pace = pace
	fmt.Fprintln(w, screen.paint(bold, "terraform-provider-devtron: the demo"))

	box, err := sandbox.Start(sandbox.Options{ArgoCD: true})
	if err != nil {
		return err
	}
	defer box.Close()

	dir, err := os.MkdirTemp("", "devtron-demo")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	screen.say("Building the provider ...")
	tool, err := cli.New(ctx, dir)
	if err != nil {
		return err
	}
	began := time.Now()
	s, err := newStory(ctx, screen, box, tool, filepath.Join(dir, "work"))
	if err != nil {
		return err
	}
	if err := s.tell(ctx, steps); err != nil {
		return err
	}
	if steps == 0 {
		s.farewell(time.Since(began))
	}
	return nil
}
