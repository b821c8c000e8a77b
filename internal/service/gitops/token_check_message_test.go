// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// The message says what is missing, for what, how to fix it, and how to disable the check.
func TestMessageAsDisplayed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	weaken(box, box.GitHub.Token())
	w := acctest.NewWorkspace(t, box, acctest.SensitiveVariable+githubArgs(box).With("token", "var.secret").At(github))
	w.SetVariable("secret", box.GitHub.Token())
	run := w.PlanText()
	if run.Err == nil {
		t.Fatalf("the plan succeeded:\n%s", run.Output)
	}
	if strings.Contains(run.Output, box.GitHub.Token()) {
		t.Error("the output contains the token")
	}
	// Terraform draws a frame around messages and breaks long lines.
	plain := strings.Join(strings.Fields(regexp.MustCompile(`(?m)^[│╷╵]`).ReplaceAllString(run.Output, "")), " ")
	from := strings.Index(plain, "Error: ")
	if from < 0 {
		t.Fatalf("the output contains no error:\n%s", run.Output)
	}
	got := regexp.MustCompile(`line \d+| \d+: `).ReplaceAllString(plain[from:], " N ")
	want := `Error: GitHub token lacks scopes that Devtron needs` +
		` with devtron_gitops_config.github,` +
		` on main.tf  N , in resource "devtron_gitops_config" "github": N token = var.secret` +
		` Missing: admin:org Granted: repo, delete_repo` +
		` admin:org: required by Devtron's documentation; optional if every application names its own GitOps repository.` +
		` Add the scope at ` + box.GitHub.URL() + `/settings/tokens, or set git_token_check = "warn" (or "off") to continue anyway.`
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	// Machine-readable output has the original lines.
	w.Plan().Fails("GitHub token lacks scopes that Devtron needs\nMissing: admin:org\nGranted: repo, delete_repo\n",
		"\nAdd the scope at "+box.GitHub.URL()+"/settings/tokens, or set git_token_check = \"warn\" (or \"off\")", "token = var.secret")
}
