// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// demo is a running demo.
type demo struct {
	screen *screen
	box    *sandbox.Sandbox
	tool   *cli.CLI
	folder *cli.Folder

	lastPlan string // the output of the last plan up to planSummary
}

var planSummary = regexp.MustCompile(`(?m)^Plan: .*$`)

// newDemo creates dir for the configuration.
func newDemo(ctx context.Context, screen *screen, box *sandbox.Sandbox, tool *cli.CLI, dir string) (*demo, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	folder, err := tool.Folder(ctx, dir, map[string]string{
		"DEVTRON_URL":       box.Devtron.URL(),
		"DEVTRON_API_TOKEN": box.Devtron.AdminToken(),
	})
	if err != nil {
		return nil, err
	}
	return &demo{screen: screen, box: box, tool: tool, folder: folder}, nil
}

// play runs the first steps, or all of them (0). A recording does not show the first step, so that
// it starts with the refused plan.
func (d *demo) play(ctx context.Context, steps int) error {
	all := []func(context.Context) error{
		d.configuration, d.refused, d.planned, d.applied, d.unchanged, d.drift, d.standby, d.platform, d.destroyed,
	}
	if steps > 0 {
		all = all[:min(steps, len(all))]
	}
	for i, step := range all {
		visible := *d.screen
		if i == 0 && d.screen.pace > 0 {
			d.screen.w, d.screen.pace = io.Discard, 0
		}
		if err := step(ctx); err != nil {
			return err
		}
		d.screen.w, d.screen.pace = visible.w, visible.pace
		if i > 0 {
			d.screen.wait(0.7)
		}
	}
	return nil
}

// write writes a file into the folder in which the CLI runs.
func (d *demo) write(name, text string) error {
	return os.WriteFile(filepath.Join(d.folder.Dir, name), []byte(text), 0o600)
}

// run prints a command, runs it, and prints its output. The demo fails if the command does not end
// as wantError requires, or prints a token.
func (d *demo) run(line string, command func() cli.Run, wantError bool) (cli.Run, error) {
	d.screen.command(d.command() + " " + line)
	result := command()
	d.screen.output(d.withoutLastPlan(result.Output))
	for _, secret := range d.secrets() {
		if strings.Contains(result.Output, secret) {
			return result, fmt.Errorf("%q printed a token", line)
		}
	}
	switch {
	case result.Err != nil && !wantError:
		return result, fmt.Errorf("%q failed: %w", line, result.Err)
	case result.Err == nil && wantError:
		return result, fmt.Errorf("%q succeeded although the plan should have been refused", line)
	}
	return result, nil
}

// withoutLastPlan removes the plan from the output of an apply if the reader has just seen it.
func (d *demo) withoutLastPlan(output string) string {
	end := planSummary.FindStringIndex(output)
	if end == nil {
		return output
	}
	previous := d.lastPlan
	d.lastPlan = output[:end[1]]
	if rest := output[end[1]:]; d.lastPlan == previous && strings.TrimSpace(rest) != "" {
		return "(the plan from above)\n\n" + rest
	}
	return output
}

func (d *demo) plan(ctx context.Context) (cli.Run, error) {
	return d.run("plan", func() cli.Run { return d.folder.Plan(ctx) }, false)
}

// planRefused runs a plan that must fail with all of the words and without a write to Devtron.
func (d *demo) planRefused(ctx context.Context, words ...string) error {
	before := d.writes()
	result, err := d.run("plan", func() cli.Run { return d.folder.Plan(ctx) }, true)
	if err != nil {
		return err
	}
	for _, word := range words {
		if !strings.Contains(result.Output, word) {
			return fmt.Errorf("the error of the plan does not contain %q", word)
		}
	}
	if d.writes() != before {
		return errors.New("a plan wrote to Devtron")
	}
	d.screen.verified("The plan is refused, and nothing was written to Devtron.")
	return nil
}

func (d *demo) apply(ctx context.Context) error {
	_, err := d.run("apply", func() cli.Run { return d.folder.Apply(ctx) }, false)
	return err
}

// writes counts the requests that may have changed something in Devtron.
func (d *demo) writes() int {
	return d.box.Log.Count("devtron", "POST", "") + d.box.Log.Count("devtron", "PUT", "")
}

// expect fails unless Devtron has a configuration of the git provider with this state.
func (d *demo) expect(gitProvider string, active bool) error {
	row, ok := d.box.Devtron.Row(gitProvider)
	if !ok {
		return fmt.Errorf("Devtron has no configuration for %s", gitProvider)
	}
	if row.Active != active {
		return fmt.Errorf("%s: active is %t in Devtron, want %t", gitProvider, row.Active, active)
	}
	return nil
}

// showDevtron prints what Devtron shows at "Global Configurations > GitOps".
func (d *demo) showDevtron() {
	d.screen.say("\nGitOps configurations in Devtron:")
	for _, row := range d.box.Devtron.Rows() {
		state := "inactive"
		if row.Active {
			state = "active"
		}
		where := row.GitHubOrgID
		if row.GitLabGroupID != "" {
			where = "group " + row.GitLabGroupID
		}
		d.screen.say("  %-8s  %s, %s as %s", state, row.Provider, where, row.Username)
	}
}

// command is the name of the CLI's command.
func (d *demo) command() string {
	if d.tool.Product == "OpenTofu" {
		return "tofu"
	}
	return "terraform"
}

func (d *demo) secrets() []string {
	return []string{
		d.box.Devtron.AdminToken(), d.box.GitHub.Token(), d.box.GitLab.Token(), d.box.Cluster.Token(), weakGitHubToken, weakGitLabToken,
	}
}

func (d *demo) farewell(took time.Duration) {
	d.screen.say(`
That was the demo (%.0f seconds). To use the provider with your own Devtron:

  make install

  # A super-admin token from Global Configurations > Authorization > API tokens
  export DEVTRON_URL=https://devtron.example.com DEVTRON_API_TOKEN=...

  # In a folder with the main.tf of step 1; omit "host" for github.com
  %[2]s init && %[2]s plan`, took.Seconds(), d.command())
}
