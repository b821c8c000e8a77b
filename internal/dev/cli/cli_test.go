// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeCLI writes a shell script that takes the place of a CLI.
func fakeCLI(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fake")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEnvironmentSelectsCLI(t *testing.T) {
	chosen := fakeCLI(t, "exit 0")
	t.Setenv("TF_CLI", "")
	t.Setenv(pathVariable, chosen)
	if got, err := Find(); err != nil || got != chosen {
		t.Errorf("got %q, %v", got, err)
	}
	t.Setenv("TF_CLI", "no-such-cli")
	if _, err := Find(); err == nil || !strings.Contains(err.Error(), "TF_CLI=no-such-cli") {
		t.Errorf("got %v", err)
	}
}

func TestMissingCLISkipsTests(t *testing.T) {
	t.Setenv("TF_CLI", "")
	t.Setenv(pathVariable, "")
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(); !errors.Is(err, ErrNotInstalled) {
		t.Fatalf("got %v", err)
	}
	t.Run("inner", func(t *testing.T) {
		defer func() {
			if !t.Skipped() {
				t.Error("the test is not skipped")
			}
		}()
		Require(t)
	})
}

func TestCLIIsIdentified(t *testing.T) {
	for output, want := range map[string][2]string{
		"Terraform v1.11.4\non linux_amd64": {"Terraform", "1.11.4"},
		"OpenTofu v1.12.6\non linux_amd64":  {"OpenTofu", "1.12.6"},
	} {
		product, version, err := identify(t.Context(), fakeCLI(t, "echo '"+output+"'"))
		if err != nil || product != want[0] || version != want[1] {
			t.Errorf("%q: got %q %q, %v", output, product, version, err)
		}
	}
	for _, output := range []string{"hello", "Vault v1.20.0"} {
		if _, _, err := identify(t.Context(), fakeCLI(t, "echo "+output)); err == nil {
			t.Errorf("%q passes for a CLI", output)
		}
	}
}

func TestCommandsIgnoreSettingsOfTheUser(t *testing.T) {
	t.Setenv("TF_CLI_ARGS_plan", "-destroy")
	t.Setenv("TF_VAR_github_token", "mine")
	t.Setenv("TF_DATA_DIR", "elsewhere")
	t.Setenv("DEVTRON_URL", "https://production.example.com")
	dir := t.TempDir()
	c := &CLI{Path: fakeCLI(t, `env > "`+dir+`/seen"; echo "Terraform v1.11.4"`), config: "ours.tfrc"}
	f, err := c.Folder(t.Context(), dir, map[string]string{"DEVTRON_API_TOKEN": "given"})
	if err != nil {
		t.Fatal(err)
	}
	f.Plan(t.Context())
	seen, err := os.ReadFile(filepath.Join(dir, "seen"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"-destroy", "TF_VAR_", "elsewhere", "production"} {
		if strings.Contains(string(seen), line) {
			t.Errorf("the command sees %q", line)
		}
	}
	for _, line := range []string{"TF_CLI_CONFIG_FILE=ours.tfrc\n", "DEVTRON_API_TOKEN=given\n", "CHECKPOINT_DISABLE=1\n", "PATH="} {
		if !strings.Contains(string(seen), line) {
			t.Errorf("the command does not see %q", line)
		}
	}
}

func TestAtLeast(t *testing.T) {
	for have, want := range map[string]bool{"1.10.5": false, "1.11.0-beta1": true, "1.11.0": true, "1.12.6": true, "nonsense": false} {
		if got := (&CLI{Version: have}).AtLeast("1.11"); got != want {
			t.Errorf("%s: %t", have, got)
		}
	}
}
