// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// RealCLI returns the CLI, with the provider as a program, which is built once. It skips the test
// where no CLI is installed.
func RealCLI(t *testing.T) *cli.CLI {
	t.Helper()
	return cli.ForTest(t)
}

// Workspace is a folder with a configuration in which the real CLI runs, with the provider as a
// process of its own, see cli.Folder.Serve.
type Workspace struct {
	T      *testing.T
	Folder *cli.Folder
}

// Files of a workspace.
const (
	// VariablesFile has the values of variables, which may be secret.
	VariablesFile = "secrets.auto.tfvars"
	// PlanFile is the plan of SavePlan.
	PlanFile = "saved.tfplan"

	mainFile      = "main.tf"
	stateFile     = "terraform.tfstate"
	generatedFile = "generated.tf"
	queryFile     = "query.tfquery.hcl"
)

// RequiredProviders is the terraform block of a module. Write adds it to the configuration.
const RequiredProviders = "terraform {\n  required_providers {\n    devtron = {\n      source = \"devtron-labs/devtron\"\n    }\n  }\n}\n"

// NewWorkspace returns an initialized workspace whose environment configures the provider for a
// sandbox. Env has further environment variables: name, value, name, value.
func NewWorkspace(t *testing.T, box *sandbox.Sandbox, config string, env ...string) *Workspace {
	t.Helper()
	variables := map[string]string{"DEVTRON_URL": box.Devtron.URL(), "DEVTRON_API_TOKEN": box.Devtron.AdminToken()}
	for i := 0; i < len(env); i += 2 {
		variables[env[i]] = env[i+1]
	}
	return NewWorkspaceWith(t, variables, config)
}

// NewWorkspaceWith returns an initialized workspace with environment variables.
func NewWorkspaceWith(t *testing.T, env map[string]string, config string) *Workspace {
	t.Helper()
	// The provider may store files for the next run of the same user.
	env["XDG_CACHE_HOME"] = t.TempDir()
	// A command ends before a collection is worth its time: a sixth of what a plan takes.
	env["GOGC"] = "400"
	folder, err := RealCLI(t).Folder(t.Context(), t.TempDir(), env)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(folder.InitCopy(t.Context()), folder.Serve(t.Context())); err != nil {
		t.Fatal(err)
	}
	w := &Workspace{T: t, Folder: folder}
	w.Write(config)
	return w
}

// ForgetCache empties the user's cache folder, as if the next run were on another machine.
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

// separate matches what needs a process for each configuration and each run of the provider: one
// process has one configuration at a time, and removes ephemeral resources when it ends.
var separate = regexp.MustCompile(`(?m)^\s*(alias\s*=|ephemeral ")`)

// Write replaces the configuration.
func (w *Workspace) Write(config string) {
	w.T.Helper()
	if separate.MatchString(config) {
		w.Folder.Separate()
	}
	w.File(mainFile, RequiredProviders+config)
}

// SetVariable sets a variable and removes all others.
func (w *Workspace) SetVariable(name, value string) {
	w.T.Helper()
	w.File(VariablesFile, name+" = "+Quote(value)+"\n")
}

// UnsetVariables removes all variables.
func (w *Workspace) UnsetVariables() {
	w.T.Helper()
	w.RemoveFile(VariablesFile)
}

// State returns the state file.
func (w *Workspace) State() string {
	w.T.Helper()
	return w.ReadFile(stateFile)
}

// SetState replaces the state file.
func (w *Workspace) SetState(state string) {
	w.T.Helper()
	w.File(stateFile, state)
}

// File writes a file of the workspace.
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

// ReadFile returns a file of the workspace.
func (w *Workspace) ReadFile(name string) string {
	w.T.Helper()
	text, err := os.ReadFile(filepath.Join(w.Folder.Dir, name)) //nolint:gosec // G304: A file of the test.
	if err != nil {
		w.T.Fatal(err)
	}
	return string(text)
}

// RemoveFile removes a file of the workspace.
func (w *Workspace) RemoveFile(name string) {
	w.T.Helper()
	if err := os.Remove(filepath.Join(w.Folder.Dir, name)); err != nil {
		w.T.Fatal(err)
	}
}
