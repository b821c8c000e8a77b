// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// outcome is what became of a run.
type outcome struct {
	run
	injected   int    // how often the fault happened
	through    bool   // the command succeeded in spite of it
	diverged   string // why one more apply did not put things right
	duplicated bool   // a git provider had two rows
	lost       string // what the state does not have although Devtron does
	seen       bool   // a token was in some output or log
}

func (o outcome) good() bool { return o.diverged == "" && !o.duplicated && o.lost == "" && !o.seen }

func (o outcome) String() string {
	text := fmt.Sprintf("injected %d times, went through %t", o.injected, o.through)
	for what, wrong := range map[string]bool{
		"ROWS DUPLICATED": o.duplicated, "TOKEN SEEN": o.seen, "ROW LOST: " + o.lost: o.lost != "", "DID NOT CONVERGE: " + o.diverged: o.diverged != "",
	} {
		if wrong {
			text += "; " + what
		}
	}
	return text
}

// do makes one run. An error means that the run itself could not be made.
func (w *worker) do(ctx context.Context, r run) (outcome, error) {
	o := outcome{run: r}
	w.box.Devtron.SetArgoCD(r.argoCD)
	if err := w.start(ctx, r.from); err != nil {
		return o, err
	}
	before, err := w.state()
	if err != nil {
		return o, err
	}
	if err := w.write(r.to, r.retries); err != nil {
		return o, err
	}

	p := &process{folder: w.folder, tool: w.tool}
	end := r.fault.kind.begin(w, r.fault, p)
	output, err := p.run(ctx, commandLine(r.command)...)
	o.injected, o.through = end(), err == nil
	w.inspect(&o, output)
	if ctx.Err() != nil {
		return o, ctx.Err()
	}
	after, err := w.state()
	if err != nil {
		return o, err
	}
	o.lost = w.lost(before, after)

	// Terraform leaves its lock behind only where it was killed itself, which it is not here.
	output, err = p.run(ctx, commandLine("apply")...)
	w.inspect(&o, output)
	if err != nil {
		o.diverged = failure("one more apply failed", withoutLog(output)).Error()
		return o, nil //nolint:nilerr // it is what is counted
	}
	o.diverged = w.unlike(r.to)
	output, err = p.run(ctx, "plan", "-detailed-exitcode")
	w.inspect(&o, output)
	if code := exitCode(err); code != 0 && o.diverged == "" {
		o.diverged = failure(fmt.Sprintf("the plan after it is not empty (%d)", code), withoutLog(output)).Error()
	}
	return o, nil
}

// inspect looks at what must not be, whatever else is.
func (w *worker) inspect(o *outcome, output string) {
	for _, secret := range w.secrets {
		o.seen = o.seen || strings.Contains(output, secret)
	}
	kinds := map[string]int{}
	for _, row := range w.box.Devtron.Rows() {
		kinds[row.Provider]++
		o.duplicated = o.duplicated || kinds[row.Provider] > 1
	}
}

// state returns the ids that the state has, by git provider.
func (w *worker) state() (map[string]int, error) {
	text, err := os.ReadFile(filepath.Join(w.folder.Dir, stateFile))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var state struct {
		Resources []struct {
			Instances []struct {
				Attributes struct {
					ID          string `json:"id"`
					GitProvider string `json:"git_provider"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return nil, err
	}
	ids := map[string]int{}
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			ids[instance.Attributes.GitProvider], _ = strconv.Atoi(instance.Attributes.ID)
		}
	}
	return ids, nil
}

// lost names a row that was in the state before and is not any more, although nobody has taken it out of use.
func (w *worker) lost(before, after map[string]int) string {
	for kind := range before {
		row, ok := w.box.Devtron.Row(kind)
		if _, kept := after[kind]; !kept && ok && row.Active {
			return kind
		}
	}
	return ""
}

// unlike says in what Devtron and the state are not as the wish wants them, also in what no plan can see: the token.
func (w *worker) unlike(wanted wish) string {
	ids, err := w.state()
	if err != nil {
		return err.Error()
	}
	managed := map[string]bool{}
	for _, r := range w.resources(wanted) {
		managed[r.Provider] = true
		row, ok := w.box.Devtron.Row(r.Provider)
		switch {
		case !ok:
			return "Devtron has no row of " + r.Provider
		case ids[r.Provider] != row.ID:
			return fmt.Sprintf("the state has the id %d of %s, Devtron %d", ids[r.Provider], r.Provider, row.ID)
		case row.Active != (r.Arguments["active"] != "false"):
			return fmt.Sprintf("%s: active is %t", r.Provider, row.Active)
		case row.Token != w.token(r, wanted):
			return r.Provider + ": Devtron has another token"
		case r.Provider == "GITHUB" && row.AllowCustomRepository != wanted.custom:
			return r.Provider + ": allow_custom_repository is not as wanted"
		}
	}
	for _, row := range w.box.Devtron.Rows() {
		if row.Active && !managed[row.Provider] {
			return row.Provider + " is active, and nobody wants it"
		}
	}
	return ""
}

// logLine begins a line of a log.
var logLine = regexp.MustCompile(`^\d{4}-\d\d-\d\dT[^ ]+ \[[A-Z]+\]`)

// withoutLog leaves what was logged out of an output.
func withoutLog(output string) string {
	var kept []string
	for line := range strings.Lines(output) {
		if !logLine.MatchString(line) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
