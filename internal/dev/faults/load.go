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
	"strings"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	concurrentRuns = 10
	rounds         = 3
	// racePause is the pause of the sandbox between reading and writing its table. Devtron has no
	// lock there.
	racePause = 200 * time.Millisecond
)

// scenario is what the concurrent runs do. Each function returns the configuration of the i-th run.
type scenario struct {
	name          string
	before, after func(box *sandbox.Sandbox, i int) []stage.Resource
}

func nothing(*sandbox.Sandbox, int) []stage.Resource { return nil }

func github(box *sandbox.Sandbox, _ int) []stage.Resource { return stage.Resources(box)[:1] }

func custom(box *sandbox.Sandbox, _ int) []stage.Resource {
	return []stage.Resource{stage.Resources(box)[0].With("allow_custom_repository", "true")}
}

// bothActive configures GitHub in one half of the runs and GitLab in the other, both active.
func bothActive(box *sandbox.Sandbox, i int) []stage.Resource {
	return []stage.Resource{stage.Resources(box)[i%2].With("active", "true")}
}

func githubActive(box *sandbox.Sandbox, i int) []stage.Resource {
	return []stage.Resource{stage.Resources(box)[i%2].With("active", fmt.Sprint(i%2 == 0))}
}

var scenarios = []scenario{
	{"refresh a configuration", github, github},
	{"change a configuration in the same way", github, custom},
	{"create a configuration", nothing, github},
	{"create two, both active", nothing, bothActive},
	{"activate one of two, five runs each", githubActive, bothActive},
}

// loadResult adds up the rounds of a scenario.
type loadResult struct {
	succeeded                    int // runs
	duplicated, severalActive    int // rounds
	repaired                     int // applies afterwards with an empty plan after them
	stillDuplicated, stillNotOne int // rounds: a duplicate, not exactly one active
	bad                          int // a token was shown, a row vanished, or an error has no message
}

// measureLoad runs 10 CLIs at the same time against a Devtron without a lock.
func measureLoad(ctx context.Context, w io.Writer, o options) error {
	dir, err := os.MkdirTemp("", "devtron-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := cli.New(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "| 10 concurrent runs | succeeded | rounds with a duplicate | rounds with several active | repaired by one more apply | rounds left with a duplicate | rounds left without exactly one active |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
	bad := 0
	for n, s := range scenarios {
		var r loadResult
		for round := range rounds {
			if err := r.measure(ctx, tool, filepath.Join(dir, fmt.Sprintf("%d-%d", n, round)), s, o.verbose); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
		fmt.Fprintf(w, "| %s | %d of %d | %d of %d | %d of %d | %d of %d | %d of %d | %d of %d |\n", s.name,
			r.succeeded, rounds*concurrentRuns, r.duplicated, rounds, r.severalActive, rounds,
			r.repaired, 2*rounds, r.stillDuplicated, rounds, r.stillNotOne, rounds)
		bad += r.bad
	}
	if bad > 0 {
		return errors.New("a token was shown, a configuration vanished, or a run failed without an error message")
	}
	return nil
}

// client is one of the concurrent runs. It has its own folder and state, like a pipeline.
type client struct {
	*process
	output string
	err    error
}

func (c *client) apply(ctx context.Context) { c.output, c.err = c.run(ctx, "apply", "-auto-approve") }

func (c *client) write(resources []stage.Resource) error {
	declarations, values := "", ""
	var changed []stage.Resource
	for _, r := range resources {
		declarations += fmt.Sprintf("\nvariable \"token_%s\" {\n  sensitive = true\n}\n", r.Name)
		values += fmt.Sprintf("token_%s = %s\n", r.Name, r.Arguments["token"])
		changed = append(changed, r.With("token", "var.token_"+r.Name).With("adopt_existing", "true"))
	}
	if err := os.WriteFile(filepath.Join(c.folder.Dir, "tokens.auto.tfvars"), []byte(values), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.folder.Dir, "main.tf"), []byte(stage.Configuration("", changed...)+declarations), 0o600)
}

// measure makes one round.
func (r *loadResult) measure(ctx context.Context, tool *cli.CLI, dir string, s scenario, verbose bool) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	box, err := sandbox.Start(sandbox.Options{Race: racePause})
	if err != nil {
		return err
	}
	defer box.Close()
	clients, err := newClients(ctx, tool, dir, box, s)
	if err != nil {
		return err
	}

	rowsBefore := len(box.Devtron.Rows())
	var all sync.WaitGroup
	for i, c := range clients {
		if err := c.write(s.after(box, i)); err != nil {
			return err
		}
		all.Go(func() { c.apply(ctx) })
	}
	all.Wait()
	for _, c := range clients {
		r.succeeded += count(c.err == nil)
		r.inspect(c, box, verbose)
	}
	duplicated, active := inspectRows(box)
	r.duplicated += count(duplicated)
	r.severalActive += count(active > 1)
	r.bad += count(len(box.Devtron.Rows()) < rowsBefore)

	// One more apply of each configuration, one after another.
	for _, c := range clients[:2] {
		c.apply(ctx)
		r.inspect(c, box, verbose)
		_, err := c.run(ctx, "plan", "-detailed-exitcode")
		r.repaired += count(c.err == nil && exitCode(err) == 0)
	}
	duplicated, active = inspectRows(box)
	r.stillDuplicated += count(duplicated)
	r.stillNotOne += count(active != 1)
	return nil
}

// newClients prepares the concurrent runs: each has applied the first configuration of the
// scenario.
func newClients(ctx context.Context, tool *cli.CLI, dir string, box *sandbox.Sandbox, s scenario) ([]*client, error) {
	clients := make([]*client, concurrentRuns)
	for i := range clients {
		own := filepath.Join(dir, fmt.Sprint(i))
		if err := os.Mkdir(own, 0o755); err != nil {
			return nil, err
		}
		env, err := stage.Environment(box, own)
		if err != nil {
			return nil, err
		}
		folder, err := tool.Folder(ctx, own, env)
		if err != nil {
			return nil, err
		}
		c := &client{process: &process{folder: folder, tool: tool}}
		clients[i] = c
		if err := c.write(s.before(box, i)); err != nil {
			return nil, err
		}
		if init := folder.Init(ctx); init.Err != nil {
			return nil, failure("init failed", init.Output)
		}
		if c.apply(ctx); c.err != nil {
			return nil, failure("the first apply failed", withoutLog(c.output))
		}
	}
	return clients, nil
}

// inspect checks the output of a run.
func (r *loadResult) inspect(c *client, box *sandbox.Sandbox, verbose bool) {
	for _, secret := range stage.Secrets(box) {
		r.bad += count(strings.Contains(c.output, secret))
	}
	if c.err == nil {
		return
	}
	_, reason, found := strings.Cut(withoutLog(c.output), "Error: ")
	r.bad += count(!found)
	if verbose {
		fmt.Fprintln(os.Stderr, "failed:", reason)
	}
}

// inspectRows reports whether a git provider has two configurations, and counts the active ones.
func inspectRows(box *sandbox.Sandbox) (duplicated bool, active int) {
	rows := map[string]int{}
	for _, row := range box.Devtron.Rows() {
		rows[row.Provider]++
		duplicated = duplicated || rows[row.Provider] > 1
		active += count(row.Active)
	}
	return duplicated, active
}
