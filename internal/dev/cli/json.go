// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// Diagnostic is an error or a warning from the machine-readable output of a CLI, the only output in
// which a test can tell warnings apart.
type Diagnostic struct {
	Severity string `json:"severity"` // "error" or "warning"
	Summary  string `json:"summary"`
	Detail   string `json:"detail"`
	Address  string `json:"address"`
	Snippet  struct {
		// Code is the line of the configuration that the diagnostic refers to.
		Code string `json:"code"`
	} `json:"snippet"`
}

// PlanJSON runs "plan -json".
func (f *Folder) PlanJSON(ctx context.Context, options ...tfexec.PlanOption) (Run, []Diagnostic) {
	return f.runJSON(func(w io.Writer) (bool, error) { return f.tf.PlanJSON(ctx, w, attached(f, options)...) })
}

// ApplyJSON runs "apply -auto-approve -json".
func (f *Folder) ApplyJSON(ctx context.Context, options ...tfexec.ApplyOption) (Run, []Diagnostic) {
	return f.runJSON(func(w io.Writer) (bool, error) { return false, f.tf.ApplyJSON(ctx, w, attached(f, options)...) })
}

// DestroyJSON runs "destroy -auto-approve -json".
func (f *Folder) DestroyJSON(ctx context.Context, options ...tfexec.DestroyOption) (Run, []Diagnostic) {
	return f.runJSON(func(w io.Writer) (bool, error) { return false, f.tf.DestroyJSON(ctx, w, attached(f, options)...) })
}

func (f *Folder) runJSON(command func(io.Writer) (bool, error)) (Run, []Diagnostic) {
	run := f.run(func() (bool, error) { return command(&f.stdout) })
	var diagnostics []Diagnostic
	lines := bufio.NewScanner(strings.NewReader(run.Output))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var message struct {
			Type       string     `json:"type"`
			Diagnostic Diagnostic `json:"diagnostic"`
		}
		if json.Unmarshal(lines.Bytes(), &message) == nil && message.Type == "diagnostic" {
			diagnostics = append(diagnostics, message.Diagnostic)
		}
	}
	return run, diagnostics
}

// ShowPlan runs "show -json" on a saved plan and returns the JSON.
func (f *Folder) ShowPlan(ctx context.Context, file string) (string, error) {
	plan, err := f.tf.ShowPlanFile(ctx, file)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(plan)
	return string(text), err
}
