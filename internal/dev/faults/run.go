// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// outcome is the result of a run.
type outcome struct {
	run
	injected   int    // how often the fault occurred
	succeeded  bool   // the command succeeded in spite of it
	diverged   string // why one more apply does not repair everything
	duplicated bool   // a git provider had two configurations
	imported   int    // objects that an import had to bring into the state
	lost       string // what the state lost: the git provider of a configuration, or an object
	leaked     bool   // some output or log contained a token
	// interrupted says that the configuration in use was inactive after the command, which failed,
	// until the apply after it, and ended that an apply succeeded without the wanted one, and no
	// other, in use.
	interrupted bool
	ended       string
}

func (o outcome) good() bool {
	return o.diverged == "" && !o.duplicated && o.lost == "" && !o.leaked && o.ended == ""
}

func (o outcome) String() string {
	text := fmt.Sprintf("injected %d times, succeeded: %t", o.injected, o.succeeded)
	for problem, applies := range map[string]bool{
		"DUPLICATED": o.duplicated, "TOKEN SHOWN": o.leaked, "LOST: " + o.lost: o.lost != "", "NOT CONVERGED: " + o.diverged: o.diverged != "",
		"INTERRUPTED": o.interrupted, "NOT IN USE: " + o.ended: o.ended != "",
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
	if r.step == taint {
		if tainted := w.folder.Taint(ctx, r.from.address()); tainted.Err != nil {
			return o, failure("taint failed", tainted.Output)
		}
	}
	if err := w.write(r.to, r.retries); err != nil {
		return o, err
	}

	p := &process{folder: w.folder, tool: w.tool}
	end := r.fault.kind.start(w, r.fault, p)
	output, err := p.run(ctx, r.commandLine()...)
	o.injected, o.succeeded = end(), err == nil
	w.inspect(&o, output)
	if ctx.Err() != nil {
		return o, ctx.Err()
	}
	after, err := w.state()
	if err != nil {
		return o, err
	}
	if !r.orphans() {
		o.lost = cmp.Or(w.lost(before, after), w.lostObject(before, after))
	}
	inUse, _ := w.box.Devtron.Row("GITHUB")
	o.interrupted = r.from.github && !inUse.Active && !r.deactivates()
	if r.command == "apply" && o.succeeded {
		o.ended = w.notInUse(r.to)
	}
	w.repair(ctx, &o, p)
	if r.onPlatform() && o.diverged == "" {
		o.diverged = w.destroyObjects(ctx)
	}
	return o, nil
}

// planAgain is in the output where the CLI planned, one at a time, a resource before the object
// whose place it takes. The provider refuses that once.
const planAgain = "The refused configuration belongs to this resource"

// planInParallel is in the output where the CLI planned, one at a time, to destroy a cluster before
// it has read the cluster's environments from the state.
const planInParallel = "plan without this option"

// repair applies once more, after which everything has to be as it is written.
func (w *worker) repair(ctx context.Context, o *outcome, p *process) {
	apply := append([]string{"apply", "-auto-approve"}, o.parallel()...)
	output, err := p.run(ctx, apply...)
	w.inspect(o, output)
	if err != nil && strings.Contains(output, planAgain) {
		output, err = p.run(ctx, apply...)
		w.inspect(o, output)
	}
	if err != nil && o.parallelism == 1 && strings.Contains(strings.Join(strings.Fields(output), " "), planInParallel) {
		apply = []string{"apply", "-auto-approve"}
		output, err = p.run(ctx, apply...)
		w.inspect(o, output)
	}
	if err != nil && strings.Contains(output, "already exists") {
		// Nobody could note the ID of an object that was created. The error tells a user to import
		// it.
		if o.imported, err = w.importObjects(ctx, o.to); err == nil {
			output, err = p.run(ctx, apply...)
			w.inspect(o, output)
		}
	}
	o.ended = cmp.Or(o.ended, w.notInUse(o.to))
	if err != nil {
		o.diverged = failure("one more apply failed", withoutLog(output)).Error()
		return
	}
	o.diverged = w.difference(o.to)
	output, err = p.run(ctx, "plan", "-detailed-exitcode")
	w.inspect(o, output)
	if code := exitCode(err); code != 0 && o.diverged == "" {
		o.diverged = failure(fmt.Sprintf("the next plan is not empty (%d)", code), withoutLog(output)).Error()
	}
}

// notInUse returns what is active instead of the wanted configuration alone.
func (w *worker) notInUse(wanted setup) string {
	var active []string
	for _, row := range w.box.Devtron.Rows() {
		if row.Active {
			active = append(active, row.Provider)
		}
	}
	for _, r := range w.resources(wanted) {
		if r.Arguments["active"] != "false" && !slices.Equal(active, []string{r.Provider}) {
			return fmt.Sprintf("%s is to be active, %v is", r.Provider, active)
		}
	}
	return ""
}

// inspect checks what must never happen.
func (w *worker) inspect(o *outcome, output string) {
	for _, secret := range w.secrets {
		o.leaked = o.leaked || strings.Contains(output, secret)
	}
	duplicated, _ := inspectRows(w.box)
	o.duplicated = o.duplicated || duplicated || w.duplicatedObject()
}

// state returns the IDs in the state by git provider, and by the name of an object.
func (w *worker) state() (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(w.folder.Dir, stateFile))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var state struct {
		Resources []struct {
			Type      string `json:"type"`
			Instances []struct {
				Attributes struct {
					ID          json.RawMessage `json:"id"`
					GitProvider string          `json:"git_provider"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, resource := range state.Resources {
		name, ours := strings.CutPrefix(resource.Type, "devtron_")
		for _, instance := range resource.Instances {
			if ours {
				ids[cmp.Or(instance.Attributes.GitProvider, name)] = strings.Trim(string(instance.Attributes.ID), `"`)
			}
		}
	}
	return ids, nil
}

// lost returns the git provider of a configuration that is missing in the state after a run,
// although it is still active in Devtron.
func (w *worker) lost(before, after map[string]string) string {
	for gitProvider := range before {
		row, ok := w.box.Devtron.Row(gitProvider)
		if _, kept := after[gitProvider]; !kept && ok && row.Active {
			return gitProvider
		}
	}
	return ""
}

// difference returns a difference between the wanted configuration and Devtron or the state. Unlike
// a plan, it compares tokens.
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
		case ids[r.Provider] != fmt.Sprint(row.ID):
			return fmt.Sprintf("%s: the ID is %q in the state and %d in Devtron", r.Provider, ids[r.Provider], row.ID)
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
	return wanted.platform.difference(w, ids)
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
