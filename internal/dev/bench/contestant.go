// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	module = "github.com/devtron-labs/terraform-provider-devtron"
	// floorSource is the source of the provider that does nothing.
	floorSource = "devtron-labs/floor"
)

// releaseFlags build as a release is built, see .goreleaser.yml.
var releaseFlags = []string{"-trimpath", "-tags", "grpcnotrace", "-ldflags", "-s -w"}

// bench is what the parts work with.
type bench struct {
	options
	dir         string
	box         *sandbox.Sandbox
	real, floor *contestant
	table       table
}

// contestant is one of the two providers, with a CLI that finds it.
type contestant struct {
	tool   *cli.CLI
	source string
	dir    string
	env    map[string]string
	count  int // of folders
}

func newBench(ctx context.Context, dir string, o options) (*bench, error) {
	box, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		return nil, err
	}
	b := &bench{options: o, dir: dir, box: box}
	env, err := stage.Environment(box, dir)
	if err != nil {
		box.Close()
		return nil, err
	}
	program := cli.Provider()
	program.Flags = releaseFlags
	if b.real, err = newContestant(ctx, filepath.Join(dir, "real"), env, program); err == nil {
		b.floor, err = newContestant(ctx, filepath.Join(dir, "floor"), env,
			cli.Program{Source: floorSource, Package: module + "/internal/dev/bench/floor", Flags: releaseFlags})
	}
	if err != nil {
		box.Close()
		return nil, err
	}
	return b, nil
}

func (b *bench) close() { b.box.Close() }

func newContestant(ctx context.Context, dir string, env map[string]string, p cli.Program) (*contestant, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	tool, err := cli.NewFor(ctx, dir, p)
	if err != nil {
		return nil, err
	}
	return &contestant{tool: tool, source: p.Source, dir: dir, env: env}, nil
}

// folder makes a folder with a configuration and initializes it.
func (c *contestant) folder(ctx context.Context, text string) (*cli.Folder, error) {
	c.count++
	dir := filepath.Join(c.dir, fmt.Sprint("folder", c.count))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o600); err != nil {
		return nil, err
	}
	f, err := c.tool.Folder(ctx, dir, c.env)
	if err != nil {
		return nil, err
	}
	return f, succeeded("init", f.Init(ctx))
}

// configurations is a folder in which that many configurations of the sandbox are applied.
func (b *bench) configurations(ctx context.Context, n int) (*cli.Folder, error) {
	b.box.Devtron.Empty()
	f, err := b.real.folder(ctx, stage.Configuration("", stage.Resources(b.box)[:n]...))
	if err != nil {
		return nil, err
	}
	return f, succeeded("apply", f.Apply(ctx))
}

// nothings is a folder in which that many resources of the floor are applied.
func (b *bench) nothings(ctx context.Context, n int) (*cli.Folder, error) {
	f, err := b.floor.folder(ctx, stage.Preamble(floorSource, "")+
		fmt.Sprintf("\nresource \"floor_nothing\" \"x\" {\n  count = %d\n  id    = count.index\n}\n", n))
	if err != nil {
		return nil, err
	}
	return f, succeeded("apply", f.Apply(ctx))
}

// unchanged runs a plan that must be empty.
func unchanged(ctx context.Context, f *cli.Folder) error {
	_, err := unchangedCPU(ctx, f)
	return err
}

// unchangedCPU says how much time of a processor a plan took, those of the CLI and of its providers together, in seconds.
func unchangedCPU(ctx context.Context, f *cli.Folder) (float64, error) {
	cmd := exec.CommandContext(ctx, f.CLI, "plan", "-no-color", "-input=false", "-detailed-exitcode")
	cmd.Dir, cmd.Env = f.Dir, f.Env()
	if output, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("plan: %w (2: it is not empty)\n%s", err, output)
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), nil
}

func succeeded(command string, run cli.Run) error {
	if run.Err != nil {
		return fmt.Errorf("%s: %w\n%s", command, run.Err, run.Output)
	}
	return nil
}
