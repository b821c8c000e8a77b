// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package examples applies every folder under examples/ with a real CLI.
package examples

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	// The tests build the provider. Without this import "go test" would reuse results of an older
	// one.
	_ "github.com/devtron-labs/terraform-provider-devtron/internal/provider"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const root = "../../../examples"

// tool is set by useCLI.
var tool *cli.CLI

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

// useCLI begins each test of this package. It skips the test where no CLI is installed.
func useCLI(t *testing.T) {
	t.Helper()
	tool = cli.ForTest(t)
}

// example defines how one folder is tested.
type example struct {
	needs     since                                        // the oldest CLI versions that support it
	variables func(box *sandbox.Sandbox) map[string]string // what a user fills in
	override  func(box *sandbox.Sandbox) string            // configuration that directs it to the sandbox
	without   func() []string                              // files to leave out
	public    bool                                         // public names of git hosts resolve to the sandbox
	try       func(t *testing.T, f *folder)
}

// since names the oldest versions that support a feature: "" is any version, never is none.
type since struct{ terraform, openTofu string }

const never = "99"

// from is for features that Terraform and OpenTofu introduced in the same version.
func from(version string) since { return since{version, version} }

func (s since) reached() bool {
	oldest := s.terraform
	if tool.Product == "OpenTofu" {
		oldest = s.openTofu
	}
	return oldest == "" || tool.AtLeast(oldest)
}

// skipBelow skips a test where the CLI is too old.
func (s since) skipBelow(t *testing.T) {
	t.Helper()
	if s.reached() {
		return
	}
	this := tool.Product + " " + tool.Version
	switch never {
	case s.openTofu:
		t.Skipf("needs Terraform %s (OpenTofu does not support it), this is %s", s.terraform, this)
	case s.terraform:
		t.Skipf("needs OpenTofu %s (Terraform does not support it), this is %s", s.openTofu, this)
	}
	t.Skipf("needs Terraform %s or OpenTofu %s, this is %s", s.terraform, s.openTofu, this)
}

func TestEveryExampleIsApplied(t *testing.T) {
	useCLI(t)
	folders := exampleFolders(t)
	for _, name := range slices.Sorted(maps.Keys(examples)) {
		if !slices.Contains(folders, name) {
			t.Errorf("examples/%s is in the table of this test, but does not exist", name)
		}
	}
	for _, name := range folders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, ok := examples[name]
			if !ok {
				t.Fatalf("examples/%s has no entry in the table of this test", name)
			}
			e.needs.skipBelow(t)
			e.try(t, open(t, name, e))
		})
	}
}

// exampleFolders lists the folders with a configuration, relative to root.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".tf" {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if folder = filepath.ToSlash(folder); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) == 0 {
		t.Fatal("there are no examples")
	}
	return folders
}

// folder is a copy of an example with a sandbox of its own.
type folder struct {
	*cli.Folder
	box    *sandbox.Sandbox
	public bool
}

func open(t *testing.T, name string, e example) *folder {
	t.Helper()
	f := &folder{box: sandbox.ForTest(t), public: e.public}
	f.Folder = f.copy(t, name, e)
	return f
}

// copy returns another folder, with a state of its own, that uses the same sandbox.
func (f *folder) copy(t *testing.T, name string, e example) *cli.Folder {
	t.Helper()
	dir := t.TempDir()
	var without []string
	if e.without != nil {
		without = e.without()
	}
	copyConfiguration(t, filepath.Join(root, filepath.FromSlash(name)), dir, without)
	if e.override != nil {
		write(t, dir, "sandbox_override.tf", e.override(f.box))
	}
	if e.variables != nil {
		var text strings.Builder
		for name, value := range e.variables(f.box) {
			fmt.Fprintf(&text, "%s = %q\n", name, value)
		}
		write(t, dir, "terraform.tfvars", text.String())
	}
	result := f.at(t, dir)
	must(t, "init", result.Init(t.Context()))
	return result
}

// at returns a folder for dir whose commands use the sandbox.
func (f *folder) at(t *testing.T, dir string) *cli.Folder {
	t.Helper()
	environment := map[string]string{
		"DEVTRON_URL":       f.box.Devtron.URL(),
		"DEVTRON_API_TOKEN": f.box.Devtron.AdminToken(),
	}
	if f.public {
		authority := t.TempDir()
		write(t, authority, "ca.pem", f.box.Proxy.CACertificate())
		environment["HTTPS_PROXY"] = f.box.Proxy.URL()
		environment["SSL_CERT_FILE"] = filepath.Join(authority, "ca.pem")
		environment["SSL_CERT_DIR"] = t.TempDir()
	}
	result, err := tool.Folder(t.Context(), dir, environment)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// copyConfiguration copies the files that a CLI reads, including those in subfolders.
func copyConfiguration(t *testing.T, source, target string, without []string) {
	t.Helper()
	err := filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		extension := filepath.Ext(path)
		if err != nil || entry.IsDir() || extension != ".tf" && extension != ".hcl" || slices.Contains(without, entry.Name()) {
			return err
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		write(t, target, name, string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// must fails the test when a command failed.
func must(t *testing.T, command string, run cli.Run) cli.Run {
	t.Helper()
	if run.Err != nil {
		t.Fatalf("%s: %v\n%s", command, run.Err, run.Output)
	}
	return run
}

// applyAndSettle applies a configuration and expects an empty plan afterwards.
func applyAndSettle(t *testing.T, f *cli.Folder) cli.Run {
	t.Helper()
	run := must(t, "apply", f.Apply(t.Context()))
	if plan := must(t, "plan", f.Plan(t.Context())); plan.Changes {
		t.Fatalf("the plan after the apply is not empty:\n%s", plan.Output)
	}
	return run
}
