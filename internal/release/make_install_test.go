// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/cli"
)

const installed = "0.0.9"

// TestMakeInstall has a CLI with no configuration at all find what "make
// install" built.
func TestMakeInstall(t *testing.T) {
	if os.Getenv("RELEASE_CHECK") == "" {
		t.Skip(`overwrites bin/: run "make release-check"`)
	}
	path, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	home, dir := t.TempDir(), t.TempDir()
	command(t, "make", "-C", root, "install", "VERSION="+installed, "PLUGINS="+filepath.Join(home, ".terraform.d", "plugins"))

	configuration := `
terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "` + installed + `"
    }
  }
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"HOME=" + home, "CHECKPOINT_DISABLE=1"}
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if name != "HOME" && name != "APPDATA" && !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "XDG_") {
			env = append(env, entry)
		}
	}
	run := func(args ...string) []byte {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), path, args...)
		cmd.Dir, cmd.Env = dir, env
		output, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, output)
		}
		return output
	}
	run("init", "-no-color", "-input=false")
	run("validate", "-no-color")

	var version struct {
		Selections map[string]string `json:"provider_selections"`
	}
	if err := json.Unmarshal(run("version", "-json"), &version); err != nil {
		t.Fatal(err)
	}
	for provider, selected := range version.Selections {
		if strings.HasSuffix(provider, "/devtron-labs/devtron") && selected == installed {
			t.Logf("%s took %s", filepath.Base(path), provider)
			return
		}
	}
	t.Errorf("it took %v", version.Selections)
}
