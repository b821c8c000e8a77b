// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// testInstalled installs the archive as a user of a mirror does, into a folder
// that has seen nothing else, and applies with it.
func (s snapshot) testInstalled(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	tool, err := cli.NewFromArchive(t.Context(), t.TempDir(), s.archive())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	configuration := fmt.Sprintf(`
terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = %q
    }
  }
}

provider "devtron" {}

variable "token" {
  type      = string
  sensitive = true
}

resource "devtron_gitops_config" "github" {
  git_provider = "GITHUB"
  host         = %q
  organization = %q
  username     = %q
  token        = var.token
}
`, s.version, box.GitHub.URL(), sandbox.Organization, sandbox.Username)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	folder, err := tool.Folder(t.Context(), dir, map[string]string{
		"DEVTRON_URL": box.Devtron.URL(), "DEVTRON_API_TOKEN": box.Devtron.AdminToken(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if run := folder.Init(t.Context()); run.Err != nil {
		t.Fatalf("init: %v\n%s", run.Err, run.Output)
	}
	token := tfexec.Var("token=" + box.GitHub.Token())
	if run := folder.Plan(t.Context(), token); run.Err != nil || !run.Changes {
		t.Fatalf("plan: %v\n%s", run.Err, run.Output)
	}
	if run := folder.Apply(t.Context(), token); run.Err != nil {
		t.Fatalf("apply: %v\n%s", run.Err, run.Output)
	}
	if row, ok := box.Devtron.Row("GITHUB"); !ok || !row.Active {
		t.Errorf("Devtron has %+v", row)
	}
	t.Logf("%s %s installed and applied it", tool.Product, tool.Version)

	agent := box.Log.To("devtron")[0].Header.Get("User-Agent")
	if !strings.HasPrefix(agent, project+"/"+s.version+" ") {
		t.Errorf("the binary takes itself for %q", agent)
	}
}
