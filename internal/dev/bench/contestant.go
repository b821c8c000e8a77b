// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
)

const packages = "github.com/devtron-labs/terraform-provider-devtron/internal/dev/bench"

var floorProgram = cli.Program{Source: "devtron-labs/floor", Package: packages + "/floor"}

// The contestants. The floor and the empty provider are one program.
const (
	provider = iota
	floor
	empty
	contestants
)

// contestant is a provider with a CLI that finds it.
type contestant struct {
	program cli.Program
	tool    *cli.CLI
	// layouts are tool and others, for which the linker has arranged the functions in other ways.
	// Where the functions of P-521 are, with which each process makes its key, changes a plan by up
	// to 7 percent.
	layouts []*cli.CLI
	dir     string
	// env overrides the environment of the folders. An empty variable counts as none.
	env map[string]string
}

// newContestant builds a provider, arranged in some ways.
func newContestant(ctx context.Context, dir string, p cli.Program, layouts int) (*contestant, error) {
	c := &contestant{program: p, dir: dir}
	for layout := range layouts {
		p.Layout = layout
		folder := filepath.Join(dir, fmt.Sprint("layout", layout))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, err
		}
		tool, err := cli.NewFor(ctx, folder, p)
		if err != nil {
			return nil, err
		}
		c.layouts = append(c.layouts, tool)
	}
	c.tool = c.layouts[0]
	return c, nil
}

// without returns a contestant that does not see a variable.
func (c *contestant) without(variable string) *contestant {
	other := *c
	other.env = map[string]string{variable: ""}
	return &other
}

// folder creates a folder with a configuration and initializes it.
func (c *contestant) folder(ctx context.Context, env map[string]string, configuration string) (*cli.Folder, error) {
	return c.folderFor(ctx, c.tool, env, configuration)
}

func (c *contestant) folderFor(ctx context.Context, tool *cli.CLI, env map[string]string, configuration string) (*cli.Folder, error) {
	dir, err := os.MkdirTemp(c.dir, "folder")
	if err != nil {
		return nil, err
	}
	if err := configure(dir, configuration); err != nil {
		return nil, err
	}
	env = maps.Clone(env)
	maps.Copy(env, c.env)
	f, err := tool.Folder(ctx, dir, env)
	if err != nil {
		return nil, err
	}
	return f, failed("init", f.Init(ctx))
}

// copyOf returns a folder with the configuration and the state of another one.
func (c *contestant) copyOf(ctx context.Context, tool *cli.CLI, f *cli.Folder, env map[string]string) (*cli.Folder, error) {
	configuration, err := os.ReadFile(filepath.Join(f.Dir, "main.tf"))
	if err != nil {
		return nil, err
	}
	state, err := os.ReadFile(filepath.Join(f.Dir, "terraform.tfstate"))
	if err != nil {
		return nil, err
	}
	copied, err := c.folderFor(ctx, tool, env, string(configuration))
	if err != nil {
		return nil, err
	}
	return copied, os.WriteFile(filepath.Join(copied.Dir, "terraform.tfstate"), state, 0o600)
}

// configure writes the configuration of a folder.
func configure(dir, configuration string) error {
	return os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600)
}

// nothings returns a configuration with n resources of the floor.
func nothings(n int) string {
	return stage.Preamble(floorProgram.Source, "") + fmt.Sprintf("\nresource \"floor_nothing\" \"x\" {\n  count = %d\n  id    = count.index\n}\n", n)
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
