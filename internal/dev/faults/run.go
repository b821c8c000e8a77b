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

// outcome is the result of a run.
type outcome struct {
	run
	injected   int    // how often the fault occurred
	succeeded  bool   // the command succeeded in spite of it
	diverged   string // why one more apply does not repair everything
	duplicated bool   // a git provider had two configurations
	lost       string // the git provider of a configuration that the state lost
	leaked     bool   // some output or log contained a token
}

func (o outcome) good() bool { return o.diverged == "" && !o.duplicated && o.lost == "" && !o.leaked }

func (o outcome) String() string {
	text := fmt.Sprintf("injected %d times, succeeded: %t", o.injected, o.succeeded)
	for problem, applies := range map[string]bool{
		"DUPLICATED": o.duplicated, "TOKEN SHOWN": o.leaked, "LOST: " + o.lost: o.lost != "", "NOT CONVERGED: " + o.diverged: o.diverged != "",
	} {
		if applies {
			text += "; " + problem
		}
	}
	return text
}

// do makes one run. It returns an error if the run could not take place.
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
	end := r.fault.kind.start(w, r.fault, p)
	output, err := p.run(ctx, commandLine(r.command)...)
	o.injected, o.succeeded = end(), err == nil
	w.inspect(&o, output)
	if ctx.Err() != nil {
		return o, ctx.Err()
	}
	after, err := w.state()
	if err != nil {
		return o, err
	}
	o.lost = w.lost(before, after)

	output, err = p.run(ctx, commandLine("apply")...)
	w.inspect(&o, output)
	if err != nil {
		o.diverged = failure("one more apply failed", withoutLog(output)).Error()
		return o, nil //nolint:nilerr // the outcome contains it
	}
	o.diverged = w.difference(r.to)
	output, err = p.run(ctx, "plan", "-detailed-exitcode")
	w.inspect(&o, output)
	if code := exitCode(err); code != 0 && o.diverged == "" {
		o.diverged = failure(fmt.Sprintf("the next plan is not empty (%d)", code), withoutLog(output)).Error()
	}
	return o, nil
}

// inspect checks what must never happen.
func (w *worker) inspect(o *outcome, output string) {
	for _, secret := range w.secrets {
		o.leaked = o.leaked || strings.Contains(output, secret)
	}
	duplicated, _ := inspectRows(w.box)
	o.duplicated = o.duplicated || duplicated
}

// state returns the IDs in the state by git provider.
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

// lost returns the git provider of a configuration that is missing in the state after a run, although it
// is still active in Devtron.
func (w *worker) lost(before, after map[string]int) string {
	for gitProvider := range before {
		row, ok := w.box.Devtron.Row(gitProvider)
		if _, kept := after[gitProvider]; !kept && ok && row.Active {
			return gitProvider
		}
	}
	return ""
}

// difference returns a difference between the wanted configuration and Devtron or the state. Unlike a
// plan, it compares tokens.
func (w *worker) difference(wanted setup) string {
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
			return "Devtron has no configuration for " + r.Provider
		case ids[r.Provider] != row.ID:
			return fmt.Sprintf("%s: the ID is %d in the state and %d in Devtron", r.Provider, ids[r.Provider], row.ID)
		case row.Active != (r.Arguments["active"] != "false"):
			return fmt.Sprintf("%s: active is %t", r.Provider, row.Active)
		case row.Token != w.token(r, wanted):
			return r.Provider + ": Devtron has another token"
		case r.Provider == "GITHUB" && row.AllowCustomRepository != wanted.custom:
			return r.Provider + ": allow_custom_repository differs"
		}
	}
	for _, row := range w.box.Devtron.Rows() {
		if row.Active && !managed[row.Provider] {
			return row.Provider + " is active although it is not in the configuration"
		}
	}
	return ""
}

// logLine matches the start of a line of a log.
var logLine = regexp.MustCompile(`^\d{4}-\d\d-\d\dT[^ ]+ \[[A-Z]+\]`)

// withoutLog removes log lines from an output.
func withoutLog(output string) string {
	var kept []string
	for line := range strings.Lines(output) {
		if !logLine.MatchString(line) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
