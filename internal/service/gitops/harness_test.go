// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Addresses of the resources in the tests.
const (
	github    = "devtron_gitops_config.github"
	gitlab    = "devtron_gitops_config.gitlab"
	azure     = "devtron_gitops_config.azure"
	bitbucket = "devtron_gitops_config.bitbucket"
)

// configRoute is the route of the API for the list and for writes.
const configRoute = "/orchestrator/gitops/config"

// emptyState is a state without resources.
const emptyState = `{"version":4,"serial":1,"lineage":"x","outputs":{},"resources":[]}`

// githubArgs are arguments that the GitHub of the sandbox accepts. The functions below do the same
// for the other git providers.
func githubArgs(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"git_provider": `"GITHUB"`,
		"host":         acctest.Quote(box.GitHub.URL()),
		"organization": acctest.Quote(sandbox.Organization),
		"username":     acctest.Quote(sandbox.Username),
		"token":        acctest.Quote(box.GitHub.Token()),
	}
}

func gitlabArgs(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"git_provider": `"GITLAB"`,
		"host":         acctest.Quote(box.GitLab.URL()),
		"group_id":     acctest.Quote(fmt.Sprint(sandbox.GroupID)),
		"username":     acctest.Quote(sandbox.Username),
		"token":        acctest.Quote(box.GitLab.Token()),
	}
}

func azureArgs(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"git_provider":  `"AZURE_DEVOPS"`,
		"host":          acctest.Quote(box.Azure.URL() + "/" + sandbox.AzureOrganization),
		"azure_project": acctest.Quote(sandbox.AzureProject),
		"username":      acctest.Quote(sandbox.Username),
		"token":         acctest.Quote(box.Azure.Token()),
	}
}

// bitbucketArgs have no host: Bitbucket Cloud has only one, which publicHosts redirects to the
// sandbox.
func bitbucketArgs(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"git_provider":           `"BITBUCKET_CLOUD"`,
		"bitbucket_workspace_id": acctest.Quote(sandbox.BitbucketWorkspace),
		"bitbucket_project_key":  acctest.Quote(strings.ToLower(sandbox.BitbucketProjectKey)),
		"username":               acctest.Quote(sandbox.BitbucketUsername),
		"token":                  acctest.Quote(box.Bitbucket.Token()),
	}
}

// publicHosts is the environment in which the public names of the git hosts lead to the sandbox.
func publicHosts(t *testing.T, box *sandbox.Sandbox) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte(box.Proxy.CACertificate()), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"HTTPS_PROXY", box.Proxy.URL(), "SSL_CERT_FILE", file, "SSL_CERT_DIR", t.TempDir()}
}

// githubRow is the configuration of githubArgs as Devtron stores it.
func githubRow(box *sandbox.Sandbox) sandbox.Row {
	return sandbox.Row{
		Provider: "GITHUB", Username: sandbox.Username, Token: box.GitHub.Token(), GitHubOrgID: sandbox.Organization,
		Host: box.GitHub.URL(), Active: true,
	}
}

// gitlabRow is the configuration of gitlabArgs as Devtron stores it.
func gitlabRow(box *sandbox.Sandbox) sandbox.Row {
	return sandbox.Row{
		Provider: "GITLAB", Username: sandbox.Username, Token: box.GitLab.Token(), GitLabGroupID: fmt.Sprint(sandbox.GroupID),
		Host: box.GitLab.URL(), Active: true,
	}
}

// githubWithStandby is an active configuration of GitHub and a standby configuration of GitLab.
func githubWithStandby(box *sandbox.Sandbox) string {
	return githubArgs(box).At(github) + gitlabArgs(box).With("active", "false").At(gitlab)
}

// checkActive returns an error unless Devtron has two configurations and only that of the git
// provider is active.
func checkActive(box *sandbox.Sandbox, gitProvider string) error {
	rows := box.Devtron.Rows()
	gitProviders := map[string]bool{}
	for _, row := range rows {
		gitProviders[row.Provider] = true
		if row.Active != (row.Provider == gitProvider) {
			return fmt.Errorf("active are not %s alone: %+v", gitProvider, rows)
		}
	}
	if len(rows) != 2 || len(gitProviders) != 2 {
		return fmt.Errorf("want two configurations, Devtron has %+v", rows)
	}
	return nil
}

// addGitHubToken generates another token that Devtron can use.
func addGitHubToken(box *sandbox.Sandbox, token string) string {
	box.GitHub.AddToken(sandbox.GitHubToken{
		Token: token, Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"},
	})
	return token
}

// revokeGitHubToken revokes the token of githubArgs.
func revokeGitHubToken(box *sandbox.Sandbox) {
	box.GitHub.AddToken(sandbox.GitHubToken{Token: box.GitHub.Token(), Login: sandbox.Username, Revoked: true})
}

// sentTokens returns the tokens of all writes in the log.
func sentTokens(t *testing.T, box *sandbox.Sandbox) []string {
	t.Helper()
	var tokens []string
	for _, request := range box.Log.To("devtron") {
		if request.Method != "PUT" && request.Method != "POST" {
			continue
		}
		var body struct{ Token string }
		if err := json.Unmarshal(request.Body, &body); err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, body.Token)
	}
	return tokens
}

// expectSent compares the tokens of all writes in the log, and empties it.
func expectSent(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	if got := sentTokens(t, box); !slices.Equal(got, want) {
		t.Fatalf("the writes sent the tokens %q, want %q", got, want)
	}
	box.Log.Reset()
}
