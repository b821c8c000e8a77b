// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// RealCLI is the CLI with the provider as a program of its own, built once.
func RealCLI(t *testing.T) *cli.CLI {
	t.Helper()
	return cli.ForTest(t)
}

// Workspace is a folder with a configuration in which the real CLI runs with the
// provider as its own process. Tests use it for what cannot be seen otherwise:
// warnings, processes, and every byte of output.
type Workspace struct {
	T      *testing.T
	Box    *sandbox.Sandbox
	Folder *cli.Folder
}

// NewWorkspace makes an initialised folder; env is added to the CLI's environment.
func NewWorkspace(t *testing.T, box *sandbox.Sandbox, config string, env ...string) *Workspace {
	t.Helper()
	variables := map[string]string{"DEVTRON_URL": box.Devtron.URL(), "DEVTRON_API_TOKEN": box.Devtron.AdminToken()}
	for i := 0; i < len(env); i += 2 {
		variables[env[i]] = env[i+1]
	}
	w := NewWorkspaceWith(t, variables, config)
	w.Box = box
	return w
}

// NewWorkspaceWith makes an initialised folder for a Devtron that the environment names.
func NewWorkspaceWith(t *testing.T, env map[string]string, config string) *Workspace {
	t.Helper()
	env["XDG_CACHE_HOME"] = t.TempDir() // see consent
	folder, err := RealCLI(t).Folder(t.Context(), t.TempDir(), env)
	if err != nil {
		t.Fatal(err)
	}
	w := &Workspace{T: t, Folder: folder}
	w.Write(config)
	w.Initialize()
	return w
}

// ForgetCache empties the user's cache folder, as on another machine.
func (w *Workspace) ForgetCache() {
	w.T.Helper()
	for _, variable := range w.Folder.Env() {
		if cache, found := strings.CutPrefix(variable, "XDG_CACHE_HOME="); found {
			if err := os.RemoveAll(cache); err != nil {
				w.T.Fatal(err)
			}
		}
	}
}

// Initialize runs "init", which a new module or provider Needs.
func (w *Workspace) Initialize() {
	w.T.Helper()
	if run := w.Folder.Init(w.T.Context()); run.Err != nil {
		w.T.Fatalf("init: %v\n%s", run.Err, run.Output)
	}
}

const RequiredProviders = "terraform {\n  required_providers {\n    devtron = {\n      source = \"devtron-labs/devtron\"\n    }\n  }\n}\n"

// Write replaces the configuration.
func (w *Workspace) Write(config string) {
	w.T.Helper()
	if err := os.WriteFile(filepath.Join(w.Folder.Dir, "main.tf"), []byte(RequiredProviders+config), 0o600); err != nil {
		w.T.Fatal(err)
	}
}

// Result is how a command ended.
type Result struct {
	T *testing.T
	cli.Run
	Diagnostics []cli.Diagnostic
}

// Plan runs "plan".
func (w *Workspace) Plan(options ...tfexec.PlanOption) Result {
	run, found := w.Folder.PlanJSON(w.T.Context(), options...)
	return Result{w.T, run, found}
}

// Apply runs "apply -auto-approve".
func (w *Workspace) Apply(options ...tfexec.ApplyOption) Result {
	run, found := w.Folder.ApplyJSON(w.T.Context(), options...)
	return Result{w.T, run, found}
}

// Destroy runs "destroy -auto-approve".
func (w *Workspace) Destroy() Result {
	run, found := w.Folder.DestroyJSON(w.T.Context())
	return Result{w.T, run, found}
}

// Ok fails the test if the command failed.
func (e Result) Ok() Result {
	e.T.Helper()
	if e.Err != nil {
		e.T.Fatalf("%v\n%s", e.Err, e.Output)
	}
	return e
}

// Fails fails the test unless the command failed with an error that Has all the words.
func (e Result) Fails(words ...string) Result {
	e.T.Helper()
	if e.Err == nil {
		e.T.Fatalf("succeeded, wanted an error with %q\n%s", words, e.Output)
	}
	return e.Says("error", words...)
}

// Warns fails the test unless there is a warning that Has all the words.
func (e Result) Warns(words ...string) Result {
	e.T.Helper()
	return e.Says("warning", words...)
}

// Announces is warns for what is said while a destroy is planned.
func (e Result) Announces(words ...string) Result {
	e.T.Helper()
	if !Has(e.T, DestroyWarnings) {
		return e
	}
	return e.Warns(words...)
}

func (e Result) Says(severity string, words ...string) Result {
	e.T.Helper()
	if !e.Has(severity, words) {
		e.T.Fatalf("no %s Has all of %q, got:\n%s", severity, words, e.Listing())
	}
	return e
}

// Has reports whether one diagnostic of that severity Has all the words.
func (e Result) Has(severity string, words []string) bool {
	for _, d := range e.Diagnostics {
		if d.Severity == severity && HasAll(d.Summary+"\n"+d.Detail+"\n"+d.Snippet.Code, words) {
			return true
		}
	}
	return false
}

// Quiet fails the test if there is any diagnostic.
func (e Result) Quiet() Result {
	e.T.Helper()
	if len(e.Diagnostics) > 0 {
		e.T.Fatalf("unwanted diagnostics:\n%s", e.Listing())
	}
	return e
}

// Empty fails the test unless the plan succeeded without changes.
func (e Result) Empty() Result {
	e.T.Helper()
	if e.Ok(); e.Changes {
		e.T.Fatalf("the plan is not empty:\n%s", e.Output)
	}
	return e
}

func (e Result) Listing() string {
	var b strings.Builder
	for _, d := range e.Diagnostics {
		b.WriteString(d.Severity + ": " + d.Summary + "\n" + d.Detail + "\n  at " + d.Address + ": " + d.Snippet.Code + "\n\n")
	}
	return b.String()
}

func HasAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

const PlanFile = "saved.tfplan"

// SavePlan plans into a file, as a pipeline does that asks for an approval.
func (w *Workspace) SavePlan() Result {
	run, found := w.Folder.PlanJSON(w.T.Context(), tfexec.Out(PlanFile))
	return Result{w.T, run, found}.Ok()
}

// ApplySaved applies what savePlan planned.
func (w *Workspace) ApplySaved() Result {
	run, found := w.Folder.ApplyJSON(w.T.Context(), tfexec.DirOrPlan(PlanFile))
	return Result{w.T, run, found}
}

// AssertNowhere searches every file of the folder, saved plans and state
// included, and all output so far, for secrets that must not be there.
func (w *Workspace) AssertNowhere(secrets ...string) {
	w.T.Helper()
	run, _ := w.Folder.PlanJSON(w.T.Context(), tfexec.Out(PlanFile))
	texts := map[string]string{"plan output": run.Output}
	err := filepath.WalkDir(w.Folder.Dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "main.tf" || entry.Name() == VariablesFile || strings.Contains(path, ".terraform") {
			return err
		}
		data, err := os.ReadFile(path)
		texts[entry.Name()] = string(data)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	if plan, err := w.Folder.ShowPlan(w.T.Context(), PlanFile); err == nil {
		texts["plan as JSON"] = plan
	}
	for name, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				w.T.Errorf("a secret is in %s", name)
			}
		}
	}
}

func (w *Workspace) DestroyWith(refresh bool) Result {
	run, found := w.Folder.DestroyJSON(w.T.Context(), tfexec.Refresh(refresh))
	return Result{w.T, run, found}
}

// EphemeralVariable is in no plan and no state, as a secret store's value would be.
const EphemeralVariable = "variable \"secret\" {\n  type      = string\n  ephemeral = true\n}\n"

const VariablesFile = "secrets.auto.tfvars"

func (w *Workspace) SetVariable(name, value string) {
	w.T.Helper()
	w.File(VariablesFile, name+" = "+Quote(value)+"\n")
}

func (w *Workspace) UnsetVariables() {
	w.T.Helper()
	if err := os.Remove(filepath.Join(w.Folder.Dir, VariablesFile)); err != nil {
		w.T.Fatal(err)
	}
}

// Run starts the CLI by hand, for what terraform-exec has no method for.
func (w *Workspace) Run(args ...string) (string, error) {
	w.T.Helper()
	cmd := exec.CommandContext(w.T.Context(), RealCLI(w.T).Path, args...)
	cmd.Dir, cmd.Env = w.Folder.Dir, w.Folder.Env()
	output, err := cmd.CombinedOutput()
	return string(output), err
}

// File writes a file into the folder.
func (w *Workspace) File(name, text string) {
	w.T.Helper()
	path := filepath.Join(w.Folder.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.T.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.T.Fatal(err)
	}
}
