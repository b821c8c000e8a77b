// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package examples applies every folder under examples/ with a real CLI.
package examples

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const root = "../../examples"

var tool *cli.CLI

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "devtron-examples")
	if err == nil {
		tool, err = cli.New(context.Background(), dir)
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// example is how one folder is tried out.
type example struct {
	needs     string                                       // the oldest CLI version that can do it; "" = any
	variables func(box *sandbox.Sandbox) map[string]string // what a user fills in
	override  func(box *sandbox.Sandbox) string            // what points it at the sandbox
	without   string                                       // a file that belongs to another step
	try       func(t *testing.T, f *folder)
}

func TestEveryExampleIsApplied(t *testing.T) {
	folders := exampleFolders(t)
	for _, name := range slices.Sorted(maps.Keys(examples)) {
		if !slices.Contains(folders, name) {
			t.Errorf("examples/%s is tested, but does not exist", name)
		}
	}
	for _, name := range folders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, ok := examples[name]
			if !ok {
				t.Fatalf("examples/%s has no entry in the table of this test", name)
			}
			if e.needs != "" && !tool.AtLeast(e.needs) {
				t.Skipf("needs a CLI of version %s, this is %s %s", e.needs, tool.Product, tool.Version)
			}
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

// folder is a copy of an example that talks to a sandbox of its own.
type folder struct {
	*cli.Folder
	box *sandbox.Sandbox
}

func open(t *testing.T, name string, e example) *folder {
	t.Helper()
	f := &folder{box: sandbox.ForTest(t)}
	f.Folder = f.copy(t, name, e)
	return f
}

// copy makes a fresh folder, with a state of its own, that talks to the same sandbox.
func (f *folder) copy(t *testing.T, name string, e example) *cli.Folder {
	t.Helper()
	dir := t.TempDir()
	source := filepath.Join(root, filepath.FromSlash(name))
	entries, err := os.ReadDir(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == ".tf" && entry.Name() != e.without {
			text, err := os.ReadFile(filepath.Join(source, entry.Name()))
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, entry.Name(), string(text))
		}
	}
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
	result, err := tool.Folder(t.Context(), dir, map[string]string{
		"DEVTRON_URL":       f.box.Devtron.URL(),
		"DEVTRON_API_TOKEN": f.box.Devtron.AdminToken(),
	})
	if err != nil {
		t.Fatal(err)
	}
	must(t, "init", result.Init(t.Context()))
	return result
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
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

// applyAndSettle applies a configuration and expects the plan after it to be empty.
func applyAndSettle(t *testing.T, f *cli.Folder) cli.Run {
	t.Helper()
	run := must(t, "apply", f.Apply(t.Context()))
	if plan := must(t, "plan", f.Plan(t.Context())); plan.Changes {
		t.Fatalf("the plan after the apply is not empty:\n%s", plan.Output)
	}
	return run
}
