// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// story is the demo while it is told.
type story struct {
	screen *screen
	box    *sandbox.Sandbox
	tool   *cli.CLI
	folder *cli.Folder

	lastPlan string // what a CLI said up to planSummary
}

var planSummary = regexp.MustCompile(`(?m)^Plan: .*$`)

// newStory begins a story in a folder that it makes.
func newStory(ctx context.Context, screen *screen, box *sandbox.Sandbox, tool *cli.CLI, dir string) (*story, error) {
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
	return &story{screen: screen, box: box, tool: tool, folder: folder}, nil
}

// tell runs the first steps of the story, or all of them (0).
func (s *story) tell(ctx context.Context, steps int) error {
	chapters := []func(context.Context) error{
		s.configuration,
		s.refused,
		s.planned,
		s.applied,
		s.unchanged,
		s.drift,
		s.standBy,
		s.destroyed,
	}
	if steps > 0 {
		chapters = chapters[:min(steps, len(chapters))]
	}
	for _, chapter := range chapters {
		if err := chapter(ctx); err != nil {
			return err
		}
		s.screen.wait(0.7)
	}
	return nil
}

// write puts a file into the folder in which the CLI runs.
func (s *story) write(name, text string) error {
	return os.WriteFile(filepath.Join(s.folder.Dir, name), []byte(text), 0o600)
}

// run shows a command, runs it and shows what it said. wantError says how it
// must end: the story is over when it ends otherwise, or says a token.
func (s *story) run(line string, command func() cli.Run, wantError bool) (cli.Run, error) {
	s.screen.command(s.command() + " " + line)
	result := command()
	s.screen.output(s.fresh(result.Output))
	for _, secret := range s.secrets() {
		if strings.Contains(result.Output, secret) {
			return result, fmt.Errorf("%q printed a token", line)
		}
	}
	switch {
	case result.Err != nil && !wantError:
		return result, fmt.Errorf("%q failed: %w", line, result.Err)
	case result.Err == nil && wantError:
		return result, fmt.Errorf("%q succeeded although it should have been refused", line)
	}
	return result, nil
}

// fresh leaves the plan out of an apply's output when it is the one that the
// reader has just seen.
func (s *story) fresh(output string) string {
	end := planSummary.FindStringIndex(output)
	if end == nil {
		return output
	}
	seen := s.lastPlan
	s.lastPlan = output[:end[1]]
	if rest := output[end[1]:]; s.lastPlan == seen && strings.TrimSpace(rest) != "" {
		return "(the plan from above)\n\n" + rest
	}
	return output
}

func (s *story) plan(ctx context.Context) (cli.Run, error) {
	return s.run("plan", func() cli.Run { return s.folder.Plan(ctx) }, false)
}

// planRefused runs a plan that has to fail, saying all of the words and with
// nothing written to Devtron.
func (s *story) planRefused(ctx context.Context, words ...string) error {
	before := s.writes()
	result, err := s.run("plan", func() cli.Run { return s.folder.Plan(ctx) }, true)
	if err != nil {
		return err
	}
	for _, word := range words {
		if !strings.Contains(result.Output, word) {
			return fmt.Errorf("the plan was refused, but without saying %q", word)
		}
	}
	if s.writes() != before {
		return fmt.Errorf("a plan wrote to Devtron")
	}
	s.screen.good("Refused while planning. Nothing was written to Devtron.")
	return nil
}

func (s *story) apply(ctx context.Context) (cli.Run, error) {
	return s.run("apply", func() cli.Run { return s.folder.Apply(ctx) }, false)
}

// writes counts the requests that may have changed something in Devtron.
func (s *story) writes() int {
	return s.box.Log.Count("devtron", "POST", "") + s.box.Log.Count("devtron", "PUT", "")
}

// expect fails unless Devtron has a row of this kind with this state.
func (s *story) expect(provider string, active bool) error {
	row, ok := s.box.Devtron.Row(provider)
	if !ok {
		return fmt.Errorf("devtron has no configuration for %s", provider)
	}
	if row.Active != active {
		return fmt.Errorf("%s: active is %t in Devtron, not %t", provider, row.Active, active)
	}
	return nil
}

// showDevtron prints what Devtron's page "Global Configurations > GitOps" would.
func (s *story) showDevtron() {
	s.screen.say("\nWhat Devtron has now:")
	for _, row := range s.box.Devtron.Rows() {
		mark := " "
		if row.Active {
			mark = "✓"
		}
		where := row.GitHubOrgID
		if row.GitLabGroupID != "" {
			where = "group " + row.GitLabGroupID
		}
		s.screen.say("  [%s] %-7s %s as %s", mark, row.Provider, where, row.Username)
	}
}

// command is what a user types for the CLI.
func (s *story) command() string {
	if s.tool.Product == "OpenTofu" {
		return "tofu"
	}
	return "terraform"
}

func (s *story) secrets() []string {
	return []string{
		s.box.Devtron.AdminToken(), s.box.GitHub.Token(), s.box.GitLab.Token(), weakGitHubToken, weakGitLabToken,
	}
}

func (s *story) farewell(took time.Duration) {
	s.screen.say("\nThat was all, in %.0f seconds: plan refused, plan, apply, empty plan, drift, stand-by, destroy.", took.Seconds())
	s.screen.say("\nWith a Devtron of yours: \"make install\", then in a folder with the main.tf of step 1 (for github.com without \"host\"):")
	s.screen.say("  export DEVTRON_URL=https://devtron.example.com")
	s.screen.say("  export DEVTRON_API_TOKEN=...   # Global Configurations > Authorization > API Tokens, with super-admin permission")
	s.screen.say("  %s init && %s plan", s.command(), s.command())
}
