// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// says fails the test unless one of the diagnostics is of that severity and has all the words.
func says(t *testing.T, diags diag.Diagnostics, severity diag.Severity, words ...string) {
	t.Helper()
	for _, d := range diags {
		text, all := d.Summary()+"\n"+d.Detail(), d.Severity() == severity
		for _, word := range words {
			all = all && strings.Contains(text, word)
		}
		if all {
			return
		}
	}
	t.Errorf("none has all of %q: %v", words, diags)
}

// A row that appears between plan and apply cannot be staged with a CLI, which plans once more when it applies.
func TestARowThatAppearedIsShownWithItsImport(t *testing.T) {
	row := devtron.Config{ID: 7, Provider: "GITHUB", Host: "https://git.example.com", GitHubOrgID: "acme", Active: true}
	err := &configs.ConflictError{Existing: configs.Existing{
		Status: configs.Different, Config: row, Differences: []configs.Difference{{Field: "gitHubOrgId", Old: "acme", New: "other"}},
	}}
	says(t, (&area{}).diagnose("It could not be written", "", err), diag.SeverityError,
		"appeared since the plan", "id 7", "Nothing was written", `organization: Devtron has "acme", this resource says "other"`, `id = "GITHUB"`)
}

func TestARepositoryThatTheDryRunLeftIsTold(t *testing.T) {
	says(t, warningDiagnostics([]configs.Warning{{Code: configs.RepositoryLeft}}), diag.SeverityWarning, "left a repository behind", "devtron-sample-repo-dryrun-")
}
