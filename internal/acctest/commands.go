// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os/exec"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

// Initialize runs "init", which a new module needs.
func (w *Workspace) Initialize() {
	w.T.Helper()
	if run := w.Folder.Init(w.T.Context()); run.Err != nil {
		w.T.Fatalf("init: %v\n%s", run.Err, run.Output)
	}
}

// Plan runs "plan".
func (w *Workspace) Plan(options ...tfexec.PlanOption) Result {
	run, diagnostics := w.Folder.PlanJSON(w.T.Context(), options...)
	return Result{w.T, run, diagnostics}
}

// Apply runs "apply -auto-approve".
func (w *Workspace) Apply(options ...tfexec.ApplyOption) Result {
	run, diagnostics := w.Folder.ApplyJSON(w.T.Context(), options...)
	return Result{w.T, run, diagnostics}
}

// Destroy runs "destroy -auto-approve".
func (w *Workspace) Destroy(options ...tfexec.DestroyOption) Result {
	run, diagnostics := w.Folder.DestroyJSON(w.T.Context(), options...)
	return Result{w.T, run, diagnostics}
}

// SavePlan plans into a file, as a pipeline with an approval step does.
func (w *Workspace) SavePlan() Result {
	w.T.Helper()
	return w.Plan(tfexec.Out(PlanFile)).Ok()
}

// ApplySaved applies the plan of SavePlan.
func (w *Workspace) ApplySaved() Result { return w.Apply(tfexec.DirOrPlan(PlanFile)) }

// Import runs "import ADDRESS ID".
func (w *Workspace) Import(address, id string) Result {
	return Result{T: w.T, Run: w.Folder.Import(w.T.Context(), address, id)}
}

// GenerateConfig plans a configuration of import blocks, and returns the configuration that the CLI
// generates for them. The workspace then consists of both. It needs ImportBlocks.
func (w *Workspace) GenerateConfig(imports string) string {
	w.T.Helper()
	w.Write(imports)
	w.Plan(tfexec.GenerateConfigOut(generatedFile)).Ok()
	return w.ReadFile(generatedFile)
}

// SetGenerated replaces the generated configuration, and removes the import blocks.
func (w *Workspace) SetGenerated(config string) {
	w.T.Helper()
	w.Write("")
	w.File(generatedFile, config)
}

// Query runs "query" for a list resource with lines inside of its block. With GenerateQueryConfig
// as an option, the workspace then has the configuration of what was found. It needs ListResources.
func (w *Workspace) Query(resourceType, lines string, options ...string) (output string, err error) {
	w.T.Helper()
	w.File(queryFile, "list "+Quote(resourceType)+" \"query\" {\n  provider = devtron\n  "+lines+"\n}\n")
	return w.Run(append([]string{"query", "-no-color"}, options...)...)
}

// GenerateQueryConfig is an option of Query.
const GenerateQueryConfig = "-generate-config-out=" + generatedFile

// Invoke runs an action. It needs Actions.
func (w *Workspace) Invoke(address string) (output string, err error) {
	w.T.Helper()
	return w.Run("apply", "-no-color", "-auto-approve", "-invoke="+address)
}

// Run runs any other command and returns its output.
func (w *Workspace) Run(args ...string) (output string, err error) {
	w.T.Helper()
	text, err := w.Command(args...).CombinedOutput()
	return string(text), err
}

// MustRun runs a command that has to succeed.
func (w *Workspace) MustRun(args ...string) {
	w.T.Helper()
	if output, err := w.Run(args...); err != nil {
		w.T.Fatalf("%v: %v\n%s", args, err, output)
	}
}

// Command returns a command of the CLI, for tests that control its process.
func (w *Workspace) Command(args ...string) *exec.Cmd {
	w.T.Helper()
	cmd := exec.CommandContext(w.T.Context(), RealCLI(w.T).Path, args...) //nolint:gosec // G204: The CLI that the developer selects.
	cmd.Dir, cmd.Env = w.Folder.Dir, w.Folder.Env()
	return cmd
}

// PlanText runs "plan" and returns its output as a user reads it.
func (w *Workspace) PlanText(options ...tfexec.PlanOption) cli.Run {
	return w.Folder.Plan(w.T.Context(), options...)
}
