// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// expectDiagnostic fails the test unless a diagnostic has the severity and contains all the words.
func expectDiagnostic(t *testing.T, diags diag.Diagnostics, severity diag.Severity, words ...string) {
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
	t.Errorf("no diagnostic contains all of %q: %v", words, diags)
}

// A CLI plans again when it applies, so a test with a CLI cannot produce this conflict.
func TestConflictErrorShowsImportBlock(t *testing.T) {
	existing := devtron.Config{ID: 7, Provider: "GITHUB", Host: "https://git.example.com", GitHubOrgID: "acme", Active: true}
	err := &configs.ConflictError{Existing: configs.Existing{
		Status: configs.Different, Config: existing, Differences: []configs.Difference{{Field: "gitHubOrgId", Old: "acme", New: "other"}},
	}}
	expectDiagnostic(t, (&area{}).diagnose("It could not be written", "", err), diag.SeverityError,
		"appeared since the plan", "id 7", "Nothing was written", `organization: Devtron has "acme", this resource says "other"`, `id = "GITHUB"`)
}

func TestRepositoryLeftWarning(t *testing.T) {
	expectDiagnostic(t, warningDiagnostics([]configs.Warning{{Code: configs.RepositoryLeft}}), diag.SeverityWarning, "left a repository behind", "devtron-sample-repo-dryrun-")
}

// An action has no timeouts, and a read of a resource has one of its own.
func TestTimeoutAdviceFitsTheOperation(t *testing.T) {
	action := validateAction{}
	action.Area = &area{Data: &framework.Data{}}
	get, post := &devtron.Error{Kind: devtron.Timeout, Method: "GET"}, &devtron.Error{Kind: devtron.Timeout, Method: "POST"}
	for name, c := range map[string]struct {
		explain func(*devtron.Error) (path.Path, string, string)
		failure *devtron.Error
		want    string
	}{
		"read":   {action.Area.explain, get, `{ read = "5m" }`},
		"write":  {action.Area.explain, post, `{ create = "20m", update = "20m" }`},
		"action": {action.explain, post, "within 10 minutes"},
	} {
		if _, reason, advice := c.explain(c.failure); reason != "the request timed out" || !strings.Contains(advice, c.want) || name == "action" && strings.Contains(advice, "timeouts") {
			t.Errorf("%s: %s, %s", name, reason, advice)
		}
	}
}
