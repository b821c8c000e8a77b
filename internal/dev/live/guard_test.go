// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package live

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// variables describes a sandbox with the variables of the live tests.
func variables(box *sandbox.Sandbox, more ...string) func(string) string {
	v := map[string]string{
		"DEVTRON_URL": box.Devtron.URL(), "DEVTRON_API_TOKEN": box.Devtron.AdminToken(),
		"GITHUB_BASE_URL": box.GitHub.URL() + "/api/v3/", "GITHUB_TOKEN": box.GitHub.Token(),
		"GITHUB_ORGANIZATION": sandbox.Organization, "GITHUB_USERNAME": sandbox.Username,
		"GITLAB_BASE_URL": box.GitLab.URL(), "GITLAB_TOKEN": box.GitLab.Token(),
		"GITLAB_GROUP_ID": fmt.Sprint(sandbox.GroupID), "GITLAB_USERNAME": sandbox.Username,
	}
	for i := 0; i < len(more); i += 2 {
		v[more[i]] = more[i+1]
	}
	return func(name string) string { return v[name] }
}

func begin(t *testing.T, box *sandbox.Sandbox, more ...string) (*Guard, string, error) {
	t.Helper()
	e, err := FromEnvironment(variables(box, more...))
	if err != nil {
		t.Fatal(err)
	}
	var announced strings.Builder
	g, err := Begin(t.Context(), e, &announced)
	return g, announced.String(), err
}

func rows(box *sandbox.Sandbox) (github, gitlab sandbox.Row) {
	github = sandbox.Row{
		Provider: "GITHUB", Host: box.GitHub.URL(), GitHubOrgID: sandbox.Organization,
		Username: sandbox.Username, Token: box.GitHub.Token(),
	}
	gitlab = sandbox.Row{
		Provider: "GITLAB", Host: box.GitLab.URL(), GitLabGroupID: fmt.Sprint(sandbox.GroupID),
		Username: sandbox.Username, Token: box.GitLab.Token(), AllowCustomRepository: true,
	}
	return github, gitlab
}

func TestConfigurationsAreRestored(t *testing.T) {
	for name, configured := range map[string]struct{ github, gitlab, githubActive, gitlabActive bool }{
		"nothing":                  {},
		"one, active":              {github: true, githubActive: true},
		"one, inactive":            {github: true},
		"two, the first active":    {github: true, gitlab: true, githubActive: true},
		"two, the second active":   {github: true, gitlab: true, gitlabActive: true},
		"two, and none is active":  {github: true, gitlab: true},
		"the other one, as active": {gitlab: true, gitlabActive: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
			github, gitlab := rows(box)
			github.Active, gitlab.Active = configured.githubActive, configured.gitlabActive
			if configured.github {
				box.Devtron.Put(github)
			}
			if configured.gitlab {
				box.Devtron.Put(gitlab)
			}
			before := box.Devtron.Rows()
			g, announced, err := begin(t, box, Confirm, "yes")
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{box.GitHub.Token(), box.GitLab.Token(), box.Devtron.AdminToken()} {
				if strings.Contains(announced, secret) {
					t.Error("the announcement contains a token")
				}
			}

			// Tests may overwrite and create configurations, and leave any of them active.
			scramble(t, g, devtron.Config{
				// With Argo CD, Devtron checks GitLab even for this.
				Provider: "GITLAB", Host: gitlab.Host, GitLabGroupID: gitlab.GitLabGroupID, Username: "u", Token: gitlab.Token,
			})
			scramble(t, g, devtron.Config{Provider: "GITHUB", Host: "http://elsewhere", GitHubOrgID: "o", Username: "u", Token: "t", AllowCustomRepository: true})
			for range 2 { // the second time must change nothing
				if err := g.Restore(t.Context()); err != nil {
					t.Fatal(err)
				}
				now := box.Devtron.Rows()
				if !slices.Equal(now[:len(before)], before) {
					t.Errorf("before:\n%+v\nnow:\n%+v", before, now)
				}
				for _, created := range now[len(before):] {
					if created.Active {
						t.Errorf("still active: %+v", created)
					}
				}
			}
		})
	}
}

// scramble creates or overwrites an active configuration.
func scramble(t *testing.T, g *Guard, row devtron.Config) {
	t.Helper()
	list, err := g.Client.ListGitOpsConfigs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	row.Active = true
	if i := slices.IndexFunc(list, func(c devtron.Config) bool { return c.Provider == row.Provider }); i >= 0 {
		row.ID = list[i].ID
		_, err = g.Client.UpdateGitOpsConfig(t.Context(), row)
	} else {
		_, err = g.Client.CreateGitOpsConfig(t.Context(), row)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestNothingChangesWithoutConfirmation(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*sandbox.Row)
		more   []string
		words  string
	}{
		"not confirmed": {func(*sandbox.Row) {}, nil, "set DEVTRON_LIVE_CONFIRM=yes"},
		"TLS certificates": {
			func(r *sandbox.Row) { r.EnableTLSVerification, r.CAData = true, "a CA" },
			[]string{Confirm, "yes"},
			"TLS certificates",
		},
		"a token that expired": {
			func(r *sandbox.Row) { r.Token = "ghp_expired" },
			[]string{Confirm, "yes"},
			"could not be restored",
		},
	} {
		t.Run(name, func(t *testing.T) {
			box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
			row, _ := rows(box)
			row.Active = true
			c.change(&row)
			box.Devtron.Put(row)
			_, announced, err := begin(t, box, c.more...)
			if err == nil || !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v", err)
			}
			if !strings.Contains(announced, "The GITHUB configuration (ID 1, active, user acme-bot) is overwritten") || !strings.Contains(announced, "A GITLAB configuration is created") {
				t.Errorf("it does not announce the changes:\n%s", announced)
			}
			if n := box.Log.Count("devtron", "PUT", "") + box.Log.Count("devtron", "POST", "/orchestrator/gitops/config"); n != 0 {
				t.Errorf("%d writes", n)
			}
		})
	}
}

func TestRepositoriesOfDryRunsAreDeleted(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	g, _, err := begin(t, box)
	if err != nil {
		t.Fatal(err)
	}
	// The dry run cannot delete the repository that it created.
	box.GitHub.Inject(sandbox.Fault{Method: "DELETE", Status: 500, Times: 1})
	github, _ := rows(box)
	if _, err := g.Client.CreateGitOpsConfig(t.Context(), devtron.Config{
		Provider: "GITHUB", Host: github.Host, GitHubOrgID: github.GitHubOrgID, Username: github.Username, Token: github.Token,
	}); err != nil {
		t.Fatal(err)
	}
	if left := box.GitHub.Repositories(sandbox.Organization); len(left) != 1 {
		t.Fatalf("remaining: %q", left)
	}
	var reported strings.Builder
	if err := g.End(t.Context(), &reported); err != nil {
		t.Fatal(err)
	}
	if left := box.GitHub.Repositories(sandbox.Organization); len(left) != 0 || !strings.Contains(reported.String(), "Deleted "+dryRunPrefix) {
		t.Errorf("remaining: %q\n%s", left, &reported)
	}
}

func TestEnvironment(t *testing.T) {
	for name, c := range map[string]struct {
		set   string
		kinds string
		words string
	}{
		"nothing":              {"", "", "DEVTRON_URL is not set"},
		"no git host":          {"DEVTRON_URL DEVTRON_API_TOKEN GITHUB_TOKEN", "", "no git host is configured"},
		"one":                  {"DEVTRON_URL DEVTRON_API_TOKEN GITHUB_TOKEN GITHUB_ORGANIZATION GITHUB_USERNAME", "GITHUB", ""},
		"another, and a token": {"DEVTRON_URL DEVTRON_API_TOKEN GITHUB_TOKEN GITLAB_TOKEN GITLAB_GROUP_ID GITLAB_USERNAME", "GITLAB", ""},
		"half of one":          {"DEVTRON_URL DEVTRON_API_TOKEN GITLAB_TOKEN GITLAB_GROUP_ID", "", "must be set together"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := FromEnvironment(func(variable string) string {
				if slices.Contains(strings.Fields(c.set), variable) {
					return "https://devtron.example.com"
				}
				return ""
			})
			if got := strings.Join(slices.Sorted(maps.Keys(e.Accounts)), " "); got != c.kinds {
				t.Errorf("got %q", got)
			}
			if (err == nil) != (c.words == "") || (err != nil && !strings.Contains(err.Error(), c.words)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestURLsOfAPIs(t *testing.T) {
	for _, c := range []struct {
		account Account
		want    string
	}{
		{Account{Provider: "GITHUB", Host: "https://github.com/"}, "https://api.github.com"},
		{Account{Provider: "GITHUB", Host: "https://github.example.com/"}, "https://github.example.com/api/v3"},
		{Account{Provider: "GITLAB", Host: "https://gitlab.com/"}, "https://gitlab.com/api/v4"},
		{Account{Provider: "GITLAB", Host: "https://example.com/gitlab"}, "https://example.com/gitlab/api/v4"},
	} {
		if got := c.account.api(); got != c.want {
			t.Errorf("%+v: %s", c.account, got)
		}
	}
}
