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

const packages = "github.com/devtron-labs/terraform-provider-devtron/internal/dev/bench"

var floor = cli.Program{Source: "devtron-labs/floor", Package: packages + "/floor"}

// bench is the state that the parts share.
type bench struct {
	options
	dir             string
	box             *sandbox.Sandbox
	provider, floor *contestant
	table           table
}

// contestant is one of the two providers with a CLI that finds it.
type contestant struct {
	tool    *cli.CLI
	source  string
	dir     string
	env     map[string]string
	folders int
}

func newBench(ctx context.Context, dir string, o options) (*bench, error) {
	box, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		return nil, err
	}
	b := &bench{options: o, dir: dir, box: box}
	env, err := stage.Environment(box, dir)
	if err == nil {
		b.provider, err = newContestant(ctx, filepath.Join(dir, "provider"), env, cli.Provider)
	}
	if err == nil {
		b.floor, err = newContestant(ctx, filepath.Join(dir, "floor"), env, floor)
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

// folder creates a folder with a configuration and initializes it.
func (c *contestant) folder(ctx context.Context, configuration string) (*cli.Folder, error) {
	c.folders++
	dir := filepath.Join(c.dir, fmt.Sprint("folder", c.folders))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		return nil, err
	}
	f, err := c.tool.Folder(ctx, dir, c.env)
	if err != nil {
		return nil, err
	}
	return f, failed("init", f.Init(ctx))
}

// configurations returns a folder in which n GitOps configurations are applied.
func (b *bench) configurations(ctx context.Context, c *contestant, n int) (*cli.Folder, error) {
	b.box.Devtron.Empty()
	f, err := c.folder(ctx, stage.Configuration("", stage.Resources(b.box)[:n]...))
	if err != nil {
		return nil, err
	}
	return f, failed("apply", f.Apply(ctx))
}

// nothings returns a folder in which n resources of the floor are applied.
func (b *bench) nothings(ctx context.Context, c *contestant, n int) (*cli.Folder, error) {
	f, err := c.folder(ctx, stage.Preamble(c.source, "")+
		fmt.Sprintf("\nresource \"floor_nothing\" \"x\" {\n  count = %d\n  id    = count.index\n}\n", n))
	if err != nil {
		return nil, err
	}
	return f, failed("apply", f.Apply(ctx))
}

// planUnchanged runs a plan, which must be empty, and returns the CPU time of the CLI and its
// providers in seconds.
func planUnchanged(ctx context.Context, f *cli.Folder) (float64, error) {
	cmd := exec.CommandContext(ctx, f.CLI, "plan", "-no-color", "-input=false", "-detailed-exitcode")
	cmd.Dir, cmd.Env = f.Dir, f.Env()
	if output, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("plan: %w (2: it has changes)\n%s", err, output)
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), nil
}

// failed returns the error of a command with its output.
func failed(command string, run cli.Run) error {
	if run.Err != nil {
		return fmt.Errorf("%s: %w\n%s", command, run.Err, run.Output)
	}
	return nil
}
