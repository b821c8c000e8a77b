// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// realCLI is the CLI with the provider as a program of its own, built once.
func realCLI(t *testing.T) *cli.CLI {
	t.Helper()
	return cli.ForTest(t)
}

// workspace is a folder with a configuration in which the real CLI runs with the
// provider as its own process. Tests use it for what cannot be seen otherwise:
// warnings, processes, and every byte of output.
type workspace struct {
	t      *testing.T
	box    *sandbox.Sandbox
	folder *cli.Folder
}

// newWorkspace makes an initialised folder; env is added to the CLI's environment.
func newWorkspace(t *testing.T, box *sandbox.Sandbox, config string, env ...string) *workspace {
	t.Helper()
	variables := map[string]string{"DEVTRON_URL": box.Devtron.URL(), "DEVTRON_API_TOKEN": box.Devtron.AdminToken()}
	for i := 0; i < len(env); i += 2 {
		variables[env[i]] = env[i+1]
	}
	w := newWorkspaceWith(t, variables, config)
	w.box = box
	return w
}

// newWorkspaceWith makes an initialised folder for a Devtron that the environment names.
func newWorkspaceWith(t *testing.T, env map[string]string, config string) *workspace {
	t.Helper()
	env["XDG_CACHE_HOME"] = t.TempDir() // see consent
	folder, err := realCLI(t).Folder(t.Context(), t.TempDir(), env)
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{t: t, folder: folder}
	w.write(config)
	w.initialize()
	return w
}

// initialize runs "init", which a new module or provider needs.
func (w *workspace) initialize() {
	w.t.Helper()
	if run := w.folder.Init(w.t.Context()); run.Err != nil {
		w.t.Fatalf("init: %v\n%s", run.Err, run.Output)
	}
}

const requiredProviders = "terraform {\n  required_providers {\n    devtron = {\n      source = \"devtron-labs/devtron\"\n    }\n  }\n}\n"

// write replaces the configuration.
func (w *workspace) write(config string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder.Dir, "main.tf"), []byte(requiredProviders+config), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// ended is how a command ended.
type ended struct {
	t *testing.T
	cli.Run
	diagnostics []cli.Diagnostic
}

func (w *workspace) plan() ended {
	run, found := w.folder.PlanJSON(w.t.Context())
	return ended{w.t, run, found}
}

func (w *workspace) apply(options ...tfexec.ApplyOption) ended {
	run, found := w.folder.ApplyJSON(w.t.Context(), options...)
	return ended{w.t, run, found}
}

func (w *workspace) destroy() ended {
	run, found := w.folder.DestroyJSON(w.t.Context())
	return ended{w.t, run, found}
}

// ok fails the test if the command failed.
func (e ended) ok() ended {
	e.t.Helper()
	if e.Err != nil {
		e.t.Fatalf("%v\n%s", e.Err, e.Output)
	}
	return e
}

// fails fails the test unless the command failed with an error that has all the words.
func (e ended) fails(words ...string) ended {
	e.t.Helper()
	if e.Err == nil {
		e.t.Fatalf("succeeded, wanted an error with %q\n%s", words, e.Output)
	}
	return e.says("error", words...)
}

// warns fails the test unless there is a warning that has all the words.
func (e ended) warns(words ...string) ended {
	e.t.Helper()
	return e.says("warning", words...)
}

// announces is warns for what is said while a destroy is planned.
func (e ended) announces(words ...string) ended {
	e.t.Helper()
	if !has(e.t, destroyWarnings) {
		return e
	}
	return e.warns(words...)
}

func (e ended) says(severity string, words ...string) ended {
	e.t.Helper()
	if !e.has(severity, words) {
		e.t.Fatalf("no %s has all of %q, got:\n%s", severity, words, e.listing())
	}
	return e
}

// has reports whether one diagnostic of that severity has all the words.
func (e ended) has(severity string, words []string) bool {
	for _, d := range e.diagnostics {
		if d.Severity == severity && hasAll(d.Summary+"\n"+d.Detail+"\n"+d.Snippet.Code, words) {
			return true
		}
	}
	return false
}

// quiet fails the test if there is any diagnostic.
func (e ended) quiet() ended {
	e.t.Helper()
	if len(e.diagnostics) > 0 {
		e.t.Fatalf("unwanted diagnostics:\n%s", e.listing())
	}
	return e
}

// empty fails the test unless the plan succeeded without changes.
func (e ended) empty() ended {
	e.t.Helper()
	if e.ok(); e.Changes {
		e.t.Fatalf("the plan is not empty:\n%s", e.Output)
	}
	return e
}

func (e ended) listing() string {
	var b strings.Builder
	for _, d := range e.diagnostics {
		b.WriteString(d.Severity + ": " + d.Summary + "\n" + d.Detail + "\n  at " + d.Address + ": " + d.Snippet.Code + "\n\n")
	}
	return b.String()
}

func hasAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

const planFile = "saved.tfplan"

// savePlan plans into a file, as a pipeline does that asks for an approval.
func (w *workspace) savePlan() ended {
	run, found := w.folder.PlanJSON(w.t.Context(), tfexec.Out(planFile))
	return ended{w.t, run, found}.ok()
}

// applySaved applies what savePlan planned.
func (w *workspace) applySaved() ended {
	run, found := w.folder.ApplyJSON(w.t.Context(), tfexec.DirOrPlan(planFile))
	return ended{w.t, run, found}
}

// assertNowhere searches every file of the folder, saved plans and state
// included, and all output so far, for secrets that must not be there.
func (w *workspace) assertNowhere(secrets ...string) {
	w.t.Helper()
	run, _ := w.folder.PlanJSON(w.t.Context(), tfexec.Out(planFile))
	texts := map[string]string{"plan output": run.Output}
	err := filepath.WalkDir(w.folder.Dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "main.tf" || entry.Name() == variablesFile || strings.Contains(path, ".terraform") {
			return err
		}
		data, err := os.ReadFile(path)
		texts[entry.Name()] = string(data)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if plan, err := w.folder.ShowPlan(w.t.Context(), planFile); err == nil {
		texts["plan as JSON"] = plan
	}
	for name, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				w.t.Errorf("a secret is in %s", name)
			}
		}
	}
}

func (w *workspace) destroyWith(refresh bool) ended {
	run, found := w.folder.DestroyJSON(w.t.Context(), tfexec.Refresh(refresh))
	return ended{w.t, run, found}
}

// ephemeralVariable is in no plan and no state, as a secret store's value would be.
const ephemeralVariable = "variable \"secret\" {\n  type      = string\n  ephemeral = true\n}\n"

const variablesFile = "secrets.auto.tfvars"

func (w *workspace) setVariable(name, value string) {
	w.t.Helper()
	w.file(variablesFile, name+" = "+quote(value)+"\n")
}

func (w *workspace) unsetVariables() {
	w.t.Helper()
	if err := os.Remove(filepath.Join(w.folder.Dir, variablesFile)); err != nil {
		w.t.Fatal(err)
	}
}
