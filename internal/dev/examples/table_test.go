// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const resourceFolder = "resources/devtron_gitops_config"

// examples defines how each folder under examples/ is tested.
var examples = map[string]example{
	"provider": {
		variables: func(box *sandbox.Sandbox) map[string]string {
			return map[string]string{"devtron_api_token": box.Devtron.AdminToken(), "github_token": box.GitHub.Token()}
		},
		override: func(box *sandbox.Sandbox) string {
			return fmt.Sprintf("provider \"devtron\" {\n  url = %q\n}\n", box.Devtron.URL()) + override("github", box.GitHub.URL())
		},
		try: func(t *testing.T, f *folder) {
			applyAndSettle(t, f.Folder)
			expectActive(t, f.box, "GITHUB", true)
		},
	},
	resourceFolder: resourceExample(func(t *testing.T, f *folder) {
		applyAndSettle(t, f.Folder)
		expectActive(t, f.box, "GITHUB", true)
		expectActive(t, f.box, "GITLAB", false)
		must(t, "destroy", f.Destroy(t.Context()))
		expectActive(t, f.box, "GITHUB", false)

		importByCommand(t, f)
	}),
	"import":             {needs: from("1.5"), try: importByBlock},
	"import-by-identity": {needs: identities, try: importByBlock},
	"data-sources/devtron_gitops_config": {
		try: func(t *testing.T, f *folder) {
			putRows(f.box)
			run := applyAndSettle(t, f.Folder)
			expectWords(t, run.Output, `gitops_organization  = "`+sandbox.Organization+`"`, "gitlab_is_on_standby = true")
		},
	},
	"data-sources/devtron_gitops_configs": {
		try: func(t *testing.T, f *folder) {
			putRows(f.box)
			run := applyAndSettle(t, f.Folder)
			expectWords(t, run.Output, "gitops_is_configured = true", f.box.GitHub.URL(), f.box.GitLab.URL())
		},
	},
	"data-sources/devtron_git_token": {
		needs: from("1.5"),
		variables: func(box *sandbox.Sandbox) map[string]string {
			return map[string]string{"github_token": box.GitHub.Token()}
		},
		override: func(box *sandbox.Sandbox) string {
			return fmt.Sprintf("data \"devtron_git_token\" \"github\" {\n  host = %q\n}\n", box.GitHub.URL())
		},
		try: tryGitToken,
	},
	"list-resources/devtron_gitops_config": {needs: queries, try: tryQuery},
	"actions/devtron_gitops_validate": {
		needs: actions,
		variables: func(box *sandbox.Sandbox) map[string]string {
			return map[string]string{"github_token": box.GitHub.Token()}
		},
		try: tryAction,
	},
	"azure-devops": {
		variables: func(box *sandbox.Sandbox) map[string]string {
			return map[string]string{"azure_token": box.Azure.Token()}
		},
		public: true, // dev.azure.com
		try: func(t *testing.T, f *folder) {
			tryOnly(t, f, "AZURE_DEVOPS", "azure", "The scopes of an Azure DevOps token cannot be read")
		},
	},
	"bitbucket-cloud": {
		variables: func(box *sandbox.Sandbox) map[string]string {
			token := "ATCTT3xFfGN0" + strings.Repeat("a1B2", 20)
			box.Bitbucket.AddToken(sandbox.BitbucketToken{
				Token: token, Kind: "workspace", Scopes: []string{"repository", "repository:write", "repository:admin", "repository:delete"},
			})
			return map[string]string{"bitbucket_token": token}
		},
		public: true,
		try: func(t *testing.T, f *folder) {
			tryOnly(t, f, "BITBUCKET_CLOUD", "bitbucket", "Cannot verify that the Bitbucket project")
		},
	},
	moduleFolder: {needs: from("1.5"), without: moduleWithout, try: tryModule},
	"write-only-token": {
		needs: from("1.11"),
		variables: func(box *sandbox.Sandbox) map[string]string {
			return map[string]string{"github_token": box.GitHub.Token()}
		},
		override: func(box *sandbox.Sandbox) string { return override("github", box.GitHub.URL()) },
		try: func(t *testing.T, f *folder) {
			applyAndSettle(t, f.Folder)
			if row, _ := f.box.Devtron.Row("GITHUB"); row.Token != f.box.GitHub.Token() {
				t.Error("Devtron did not get the token")
			}
			state, err := os.ReadFile(filepath.Join(f.Dir, "terraform.tfstate"))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(state), f.box.GitHub.Token()) {
				t.Error("the state has the token")
			}
			must(t, "destroy", f.Destroy(t.Context()))
		},
	},
}

// resourceExample is the folder of the resource.
func resourceExample(try func(*testing.T, *folder)) example {
	return example{
		variables: func(box *sandbox.Sandbox) map[string]string {
			return map[string]string{"github_token": box.GitHub.Token(), "gitlab_token": box.GitLab.Token()}
		},
		override: func(box *sandbox.Sandbox) string {
			return override("github", box.GitHub.URL()) + override("gitlab", box.GitLab.URL())
		},
		try: try,
	}
}

// tryOnly applies and destroys the only configuration of an example. The plan that creates it warns
// of what the token check cannot determine; later plans do not.
func tryOnly(t *testing.T, f *folder, provider, host, unknown string) {
	t.Helper()
	expectWords(t, must(t, "plan", f.Plan(t.Context())).Output, "1 to add", unknown)
	if f.box.Log.Count(host, "GET", "/") == 0 {
		t.Errorf("no request was sent to %s", provider)
	}
	applyAndSettle(t, f.Folder)
	if again := must(t, "plan", f.Plan(t.Context())); strings.Contains(again.Output, unknown) {
		t.Errorf("there is a warning although nothing is written:\n%s", again.Output)
	}
	expectActive(t, f.box, provider, true)
	must(t, "destroy", f.Destroy(t.Context()))
	expectActive(t, f.box, provider, false)
}

// importByBlock generates the configuration of an import block and imports with it.
func importByBlock(t *testing.T, f *folder) {
	t.Helper()
	putRows(f.box)
	plan := must(t, "plan", shell(t, f.Folder, "terraform plan -generate-config-out=generated.tf"))
	expectWords(t, plan.Output, "1 to import, 0 to add, 0 to change, 0 to destroy")
	run := applyAndSettle(t, f.Folder)
	expectWords(t, run.Output, "1 imported, 0 added, 0 changed, 0 destroyed")
}

// importByCommand runs the commands in import.sh exactly as written.
func importByCommand(t *testing.T, f *folder) {
	putRows(f.box)
	script, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(resourceFolder), "import.sh"))
	if err != nil {
		t.Fatal(err)
	}
	fresh := f.copy(t, resourceFolder, resourceExample(nil))
	commands := regexp.MustCompile(`(?m)^terraform import (\S+) (\S+)`).FindAllStringSubmatch(string(script), -1)
	if len(commands) != 2 {
		t.Fatalf("import.sh has %d import commands, want 2", len(commands))
	}
	for _, command := range commands {
		must(t, command[0], fresh.Import(t.Context(), command[1], command[2]))
	}
	run := applyAndSettle(t, fresh)
	expectWords(t, run.Output, "0 added, 2 changed, 0 destroyed")
}

func tryGitToken(t *testing.T, f *folder) {
	warning := "does_not_expire_soon"
	if run := applyAndSettle(t, f.Folder); strings.Contains(run.Output, warning) {
		t.Errorf("warned of a token that never expires:\n%s", run.Output)
	}

	good := sandbox.GitHubToken{
		Token: f.box.GitHub.Token(), Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"},
	}
	soon := good
	soon.Expires = time.Now().Add(20 * 24 * time.Hour)
	f.box.GitHub.AddToken(soon)
	run := must(t, "plan", f.Plan(t.Context()))
	expectWords(t, run.Output, "Warning: Check block assertion failed", warning, soon.Expires.UTC().Format("2006-01-02"))

	weak := good
	weak.Scopes = []string{"repo"}
	f.box.GitHub.AddToken(weak)
	run = f.Plan(t.Context())
	if run.Err == nil {
		t.Fatalf("the precondition let a token without scopes pass:\n%s", run.Output)
	}
	expectWords(t, run.Output, "Resource precondition failed", "admin:org")
}

// putRows gives Devtron an active configuration for GitHub and a standby one for GitLab.
func putRows(box *sandbox.Sandbox) {
	box.Devtron.Empty()
	box.Devtron.Put(sandbox.Row{
		Provider: "GITHUB", Host: box.GitHub.URL(), GitHubOrgID: sandbox.Organization,
		Username: sandbox.Username, Token: box.GitHub.Token(), Active: true,
	})
	box.Devtron.Put(sandbox.Row{
		Provider: "GITLAB", Host: box.GitLab.URL(), GitLabGroupID: fmt.Sprint(sandbox.GroupID),
		Username: sandbox.Username, Token: box.GitLab.Token(),
	})
}

func override(resource, host string) string {
	return fmt.Sprintf("resource \"devtron_gitops_config\" %q {\n  host = %q\n}\n", resource, host)
}

func expectActive(t *testing.T, box *sandbox.Sandbox, provider string, active bool) {
	t.Helper()
	if row, ok := box.Devtron.Row(provider); !ok || row.Active != active {
		t.Errorf("Devtron has %s: %t, active: %t; want active: %t", provider, ok, row.Active, active)
	}
}

func expectWords(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("the output lacks %q:\n%s", word, text)
		}
	}
}
