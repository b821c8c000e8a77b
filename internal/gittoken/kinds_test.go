// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestAKindIsToldByWhatNoOtherKindHas asks hosts about tokens that look like those of another kind.
func TestAKindIsToldByWhatNoOtherKindHas(t *testing.T) {
	api := []string{"api"}
	everywhere := map[int]int{sandbox.GroupID: 50}
	fault := func(server func(*sandbox.Sandbox) *sandbox.Server, path string, f sandbox.Fault) func(*sandbox.Sandbox, Question) {
		return func(s *sandbox.Sandbox, q Question) {
			serveGitHub(sandbox.GitHubToken{Scopes: all()})(s, q)
			f.Path = path
			server(s).Inject(f)
		}
	}
	scopes := http.Header{"X-Oauth-Scopes": {"repo, admin:org, delete_repo"}}
	ofApp := http.Header{"X-Oauth-Scopes": {"repo, admin:org, delete_repo"}, "X-Oauth-Client-Id": {"178c6fc778ccc68e1d6a"}}
	user := `{"login":"acme-bot","id":1}`
	for name, x := range map[string]struct {
		q       Question
		serve   func(*sandbox.Sandbox, Question)
		kind    string
		verdict Verdict
		codes   []string
	}{
		"GitLab human with the name of a group's bot": {gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Username: "group_1_bot", Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab human with the name of a project's bot": {
			gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Username: "project_1_bot_4ffca233d8298ea1", Scopes: api}), KindPersonal, Sufficient, nil,
		},
		"GitLab human with the name of a service account": {gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Username: "service_account_1", Scopes: api}), KindPersonal, Sufficient, nil},
		// The flag "bot" is set for service accounts too; their tokens are personal ones, and api lets these push.
		"GitLab service account": {
			gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Kind: "service", Username: "service_account_group_345_4ffca233d8298ea1", Scopes: api}), KindServiceAccount, Sufficient, nil,
		},
		"GitLab service account with a name of its own": {gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Kind: "service", Username: "deployer", Scopes: api}), "", Sufficient, nil},
		"GitLab service account named like a project's bot": {
			gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Kind: "service", Username: "project_1_bot_1f", Scopes: api, Levels: everywhere}), "", Sufficient, nil,
		},
		"GitLab group's bot of older versions": {
			gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Kind: "group", Username: "group_61512475_bot2", Scopes: []string{"api", "write_repository"}}), KindGroup, Sufficient, nil,
		},
		"GitLab project's bot": {
			gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Kind: "project", Scopes: []string{"api", "write_repository"}}), KindProject, Insufficient, []string{"gitlab_project_token"},
		},
		"GitLab with the prefix of GitHub":          {gitlabQuestion(classic, "61512475"), serveGitLab(sandbox.GitLabToken{Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab with the prefix of a GitHub App":    {gitlabQuestion("ghs_"+personal[6:], "61512475"), serveGitLab(sandbox.GitLabToken{Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab with the prefix of Bitbucket":       {gitlabQuestion("ATBB"+personal[6:], "61512475"), serveGitLab(sandbox.GitLabToken{Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab with a prefix of the instance":      {gitlabQuestion("acme-"+personal, "61512475"), serveGitLab(sandbox.GitLabToken{Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab with the mark of job tokens before": {gitlabQuestion("glcbt-"+personal, "61512475"), serveGitLab(sandbox.GitLabToken{Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab, 64 hexadecimal digits":             {gitlabQuestion(strings.Repeat("0a1b", 16), "61512475"), serveGitLab(sandbox.GitLabToken{Scopes: api}), KindPersonal, Sufficient, nil},
		"GitLab, really a token of GitHub":          {gitlabQuestion(classic, "61512475"), func(*sandbox.Sandbox, Question) {}, "", Insufficient, []string{"token_rejected"}},
		"GitHub, 40 digits of a classic token": {
			githubQuestion(strings.Repeat("0a1b", 10)), fault(ofGitHub, "/api/v3/user", sandbox.Fault{Status: 200, ContentType: "application/json", Body: user, Header: scopes}), KindClassic, Sufficient, nil,
		},
		"GitHub, 40 digits of an OAuth app": {
			githubQuestion(strings.Repeat("0a1b", 10)), fault(ofGitHub, "/api/v3/user", sandbox.Fault{Status: 200, ContentType: "application/json", Body: user, Header: ofApp}), KindOAuth, Sufficient, nil,
		},
		"GitHub, the scopes are removed on the way": {
			githubQuestion(classic), func(s *sandbox.Sandbox, _ Question) {
				s.GitHub.Inject(sandbox.Fault{Status: 200, ContentType: "application/json", Body: `{"login":"acme-gitops","members_can_create_private_repositories":true}`})
			}, KindClassic, Unverifiable, []string{"github_scopes_unknown"},
		},
		"Azure, an older token":      {asked(azureQuestion(sandbox.AzureProject), func(q *Question) { q.Token = strings.Repeat("abc7", 13) }), serveAzure(sandbox.AzureToken{}), KindPersonal, Unverifiable, []string{"azure_scopes_unknown"}},
		"Azure, a token of any form": {asked(azureQuestion(sandbox.AzureProject), func(q *Question) { q.Token = "any-form" }), serveAzure(sandbox.AzureToken{}), "", Unverifiable, []string{"azure_scopes_unknown"}},
		"Azure, JWT of Azure itself": {
			asked(azureQuestion(sandbox.AzureProject), func(q *Question) { q.Token = jwt(`{"iss":"app.vstoken.visualstudio.com"}`) }), serveAzure(sandbox.AzureToken{}), "", Unverifiable, []string{"azure_scopes_unknown"},
		},
		"Azure, begins like an app password": {
			asked(azureQuestion(sandbox.AzureProject), func(q *Question) { q.Token = "ATBB" + azurePAT[4:] }), serveAzure(sandbox.AzureToken{}), KindPersonal, Unverifiable, []string{"azure_scopes_unknown"},
		},
		"Bitbucket, 20 characters of an OAuth token": {
			asked(bitbucketQuestion(strings.Repeat("a1B2", 5), ""), func(q *Question) { q.Username = bitbucketAnyAccessToken }),
			serveAccess("oauth", "repository:write", "repository:admin", "repository:delete"), KindOAuth, Unverifiable, []string{"bitbucket_oauth"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			x.q.Host = sandboxHost(s, x.q.Provider)
			x.serve(s, x.q)
			a := sandboxChecker(s, x.q).Check(t.Context(), x.q, Requirements{})
			if a.Kind != x.kind || a.Verdict != x.verdict || len(a.Problems) != len(x.codes) {
				t.Errorf("kind %q, verdict %s, problems %+v", a.Kind, a.Verdict, a.Problems)
			}
			for _, code := range x.codes {
				wantCode(t, a, code)
			}
		})
	}
}

// TestAGitLabOfOnesOwnIsAskedAboutAnyPrefix holds what a rejection then says of the prefix.
func TestAGitLabOfOnesOwnIsAskedAboutAnyPrefix(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitLab(s)
	q.Token = classic
	p := wantCode(t, checkOnce(q), "token_rejected")
	if !strings.Contains(p.Detail, "looks like a GitHub token") || !strings.Contains(p.Detail, `git_provider = "GITHUB"`) {
		t.Error(p.Detail)
	}
	s.Log.Reset()
	q.Host = "https://gitlab.com"
	wantCode(t, checkOnce(q), "wrong_provider_token")
	if n := len(s.Log.All()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestAnAccountThatTheHostShutsOutIsNamed(t *testing.T) {
	s := sandbox.ForTest(t)
	for name, x := range map[string]struct {
		q     Question
		serve func(*sandbox.Sandbox, Question)
		code  string
		words string
	}{
		"GitHub":              {githubQuestion(classic), serveGitHub(sandbox.GitHubToken{Scopes: all(), Suspended: true}), "github_account_suspended", "Sorry. Your account was suspended."},
		"GitLab, blocked":     {gitlabQuestion(personal, "61512475"), serveGitLab(sandbox.GitLabToken{Denied: "Your account has been blocked."}), "gitlab_account_denied", "has been blocked"},
		"GitLab, deactivated": {gitlabQuestion(personal, "7"), serveGitLab(sandbox.GitLabToken{Denied: "Your account has been deactivated by your administrator."}), "gitlab_account_denied", "deactivated"},
		"GitLab, terms":       {gitlabQuestion(personal, "7"), serveGitLab(sandbox.GitLabToken{Denied: "You (@acme-bot) must accept the Terms of Service in order to perform this action."}), "gitlab_account_denied", "Terms of Service"},
	} {
		for _, thorough := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				x.q.Host, x.q.Thorough = sandboxHost(s, x.q.Provider), thorough
				x.serve(s, x.q)
				a := checkOnce(x.q)
				if len(a.Problems) != 1 || a.Verdict != Insufficient {
					t.Fatalf("%+v", a)
				}
				problem(Error, AttributeToken, x.code, x.words).check(t, a.Problems[0])
			})
		}
	}
}

// TestOnlyGitHubCanSayThatAnAccountIsSuspended holds the finding to GitHub's form.
func TestOnlyGitHubCanSayThatAnAccountIsSuspended(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Status: 403, ContentType: "application/json", Body: `{"message":"Your account was suspended. Contact the network team."}`})
	if a := checkOnce(goodGitHub(s)); a.Verdict != Unverifiable || len(a.Problems) != 1 {
		t.Errorf("%+v", a)
	}
}

func TestARenamedOrganizationIsNamed(t *testing.T) {
	for name, role := range map[string]string{"owner": "admin", "member": "member"} {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			s.GitHub.AddOrg(sandbox.GitHubOrg{Login: "acme-new", FormerLogin: "acme-old"})
			q := asked(goodGitHub(s), func(q *Question) { q.Organization, q.Thorough = "Acme-Old", true })
			s.GitHub.AddToken(sandbox.GitHubToken{Token: q.Token, Scopes: all(), Roles: map[string]string{"acme-new": role}})
			a := checkOnce(q)
			p := wantCode(t, a, "github_org_renamed")
			problem(Warning, AttributeOrganization, "github_org_renamed", "renamed to acme-new", `Write organization = "acme-new"`).check(t, p)
			if a.Verdict == Insufficient || (a.Verdict == Sufficient) != (role == "admin") {
				t.Errorf("%+v", a)
			}
			if n := s.Log.Count("github", "", "/api/v3/user/memberships/orgs/acme-new"); (n == 1) != (role == "member") {
				t.Errorf("the membership was asked for %d times", n)
			}
		})
	}
	s := sandbox.ForTest(t)
	if a := checkOnce(asked(goodGitHub(s), func(q *Question) { q.Organization = strings.ToUpper(org) })); len(a.Problems) != 0 {
		t.Errorf("the name in another case: %+v", a)
	}
}
