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
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	// atOnce is how many CLI runs there are at the same time.
	atOnce = 10
	// racePause is how long Devtron takes between reading its table and writing it; a real one has no lock there either.
	racePause = 200 * time.Millisecond
	rounds    = 3
)

// scenario is what runs at the same time do.
type scenario struct {
	name string
	// before is applied first, by each of the runs in turn, so that all of them know the rows.
	before func(box *sandbox.Sandbox, i int) []stage.Resource
	then   func(box *sandbox.Sandbox, i int) []stage.Resource
}

func nothing(*sandbox.Sandbox, int) []stage.Resource { return nil }

func github(box *sandbox.Sandbox, _ int) []stage.Resource { return stage.Resources(box)[:1] }

// half are GitHub, half are GitLab, and each wants to be the active one.
func half(box *sandbox.Sandbox, i int) []stage.Resource {
	r := stage.Resources(box)[i%2].With("active", "true")
	return []stage.Resource{r}
}

func standBy(box *sandbox.Sandbox, i int) []stage.Resource {
	r := stage.Resources(box)[i%2].With("active", fmt.Sprint(i%2 == 0))
	return []stage.Resource{r}
}

func custom(box *sandbox.Sandbox, _ int) []stage.Resource {
	return []stage.Resource{stage.Resources(box)[0].With("allow_custom_repository", "true")}
}

var scenarios = []scenario{
	{"refresh one configuration", github, github},
	{"change one configuration, in the same way", github, custom},
	{"create one configuration", nothing, github},
	{"create two, each to be the active one", nothing, half},
	{"activate one of two, five each", standBy, half},
}

// crowd is what a scenario led to, over all rounds.
type crowd struct {
	succeeded                  int
	duplicates, manyActive     int // rounds
	mended, mendedOf           int // applies afterwards, one at a time
	emptyPlans                 int
	leftDuplicates, leftActive int // rounds
	retired, toRetire          int // rounds in which there were superfluous rows
	// What must not be: a failure without a reason, a token in the output, fewer rows than there were.
	unexplained, seen, vanished int
}

func (c crowd) cells() string {
	return fmt.Sprintf("%d of %d | %d of %d | %d of %d | %d of %d | %d of %d | %d of %d | %d of %d | %d of %d | %d", c.succeeded, rounds*atOnce,
		c.duplicates, rounds, c.manyActive, rounds, c.mended, c.mendedOf, c.emptyPlans, c.mendedOf, c.leftDuplicates, rounds, c.leftActive, rounds, c.retired, c.toRetire, c.seen)
}

// measureLoad lets 10 CLI runs loose on one Devtron that has no lock, and looks at what holds while they run and how it ends.
func measureLoad(ctx context.Context, out io.Writer, o options) error {
	dir, err := os.MkdirTemp("", "devtron-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tool, err := cli.New(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "| 10 runs at once | succeeded | rounds with two rows of a provider | rounds with two active | one more apply each, in turn | plan empty after it | "+
		"rounds left with two rows | rounds left without exactly one active | put right by importing superfluous rows and removing them | tokens seen |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|")
	bad := 0
	for n, s := range scenarios {
		var total crowd
		for round := range rounds {
			if err := gather(ctx, tool, filepath.Join(dir, fmt.Sprintf("load-%d-%d", n, round)), s, &total, o.verbose); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
		fmt.Fprintf(out, "| %s | %s |\n", s.name, total.cells())
		bad += total.seen + total.unexplained + total.vanished
	}
	if bad > 0 {
		return errors.New("a token was seen, a row vanished, or a run failed without saying why")
	}
	return nil
}

// visitor is one of the runs, with a folder and a state of its own, as several pipelines have.
type visitor struct {
	*process
	output string
	err    error
}

func (v *visitor) write(resources []stage.Resource, box *sandbox.Sandbox) error {
	text, values := "", ""
	resources = slices.Clone(resources)
	for i, r := range resources {
		text += fmt.Sprintf("\nvariable \"token_%s\" {\n  sensitive = true\n}\n", r.Name)
		values += fmt.Sprintf("token_%s = %s\n", r.Name, r.Arguments["token"])
		resources[i] = r.With("token", "var.token_"+r.Name).With("adopt_existing", "true")
	}
	if err := os.WriteFile(filepath.Join(v.folder.Dir, "tokens.auto.tfvars"), []byte(values), 0o600); err != nil {
		return err
	}
	provider := fmt.Sprintf("  url = %q\n", box.Devtron.URL())
	return os.WriteFile(filepath.Join(v.folder.Dir, "main.tf"), []byte(stage.Configuration(provider, resources...)+text), 0o600)
}

// gather makes one round of a scenario.
func gather(ctx context.Context, tool *cli.CLI, dir string, s scenario, total *crowd, verbose bool) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	box, err := sandbox.Start(sandbox.Options{Race: racePause})
	if err != nil {
		return err
	}
	defer box.Close()
	env, err := stage.Environment(box, dir)
	if err != nil {
		return err
	}
	visitors := make([]*visitor, atOnce)
	for i := range visitors {
		place := filepath.Join(dir, fmt.Sprint(i))
		if err := os.Mkdir(place, 0o755); err != nil {
			return err
		}
		folder, err := tool.Folder(ctx, place, env)
		if err != nil {
			return err
		}
		v := &visitor{process: &process{folder: folder, tool: tool}}
		visitors[i] = v
		if err := v.write(s.before(box, i), box); err != nil {
			return err
		}
		if init := folder.Init(ctx); init.Err != nil {
			return failure("init failed", init.Output)
		}
		if len(s.before(box, i)) > 0 {
			if v.output, err = v.run(ctx, commandLine("apply")...); err != nil {
				return failure("the apply that it begins with failed", withoutLog(v.output))
			}
		}
	}

	rowsBefore := len(box.Devtron.Rows())
	var all sync.WaitGroup
	for i, v := range visitors {
		if err := v.write(s.then(box, i), box); err != nil {
			return err
		}
		all.Go(func() { v.output, v.err = v.run(ctx, commandLine("apply")...) })
	}
	all.Wait()
	for _, v := range visitors {
		total.judge(v, box, verbose)
	}
	duplicated, active := table(box)
	count(&total.duplicates, duplicated)
	count(&total.manyActive, active > 1)
	if len(box.Devtron.Rows()) < rowsBefore {
		total.vanished++
	}

	// Devtron is as slow as before, but now nobody else writes. One run of each configuration is the last word.
	for _, v := range visitors[:2] {
		if v.output, v.err = v.run(ctx, commandLine("apply")...); v.err == nil {
			total.mended++
		} else if verbose {
			fmt.Fprintln(os.Stderr, withoutLog(v.output))
		}
		total.mendedOf++
		v.look(total, box)
		output, err := v.run(ctx, "plan", "-detailed-exitcode")
		if exitCode(err) == 0 {
			total.emptyPlans++
		} else if verbose {
			fmt.Fprintln(os.Stderr, withoutLog(output))
		}
	}
	duplicated, active = table(box)
	count(&total.leftDuplicates, duplicated)
	count(&total.leftActive, active != 1)
	return total.retire(ctx, visitors[0], visitors[1], s.then(box, 1), box)
}

func count(n *int, happened bool) {
	if happened {
		*n++
	}
}

// judge looks at how one of the runs ended.
func (c *crowd) judge(v *visitor, box *sandbox.Sandbox, verbose bool) {
	v.look(c, box)
	if v.err == nil {
		c.succeeded++
		return
	}
	said := withoutLog(v.output)
	if !strings.Contains(said, "Error: ") {
		c.unexplained++
	}
	if verbose {
		_, reason, _ := strings.Cut(said, "Error: ")
		reason, _, _ = strings.Cut(reason, "\n")
		fmt.Fprintln(os.Stderr, "refused:", reason)
	}
}

func (v *visitor) look(c *crowd, box *sandbox.Sandbox) {
	for _, secret := range stage.Secrets(box) {
		if strings.Contains(v.output, secret) {
			c.seen++
		}
	}
}

// table says whether a git provider has two rows, and how many rows are active.
func table(box *sandbox.Sandbox) (duplicated bool, active int) {
	kinds := map[string]int{}
	for _, row := range box.Devtron.Rows() {
		kinds[row.Provider]++
		duplicated = duplicated || kinds[row.Provider] > 1
		if row.Active {
			active++
		}
	}
	return duplicated, active
}
