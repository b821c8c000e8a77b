// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// What was recorded used one GitHub organization, one GitLab group and these tokens.
const (
	recordedOrganization = "my-org"
	recordedGroup        = 98765
	recordedGitHubToken  = "ghp_secretToken123"
	recordedGitLabToken  = "glpat-secretToken456"
)

// behave makes both git hosts answer in one way below a path, as the stand-ins of the recording did: http://githost/m401/.
type behave func(s *Sandbox, path string)

func answering(status int, github, gitlab string) behave {
	return func(s *Sandbox, path string) {
		s.GitHub.Inject(Fault{Path: path, Status: status, Body: github, ContentType: "application/json"})
		s.GitLab.Inject(Fault{Path: path, Status: status, Body: gitlab, ContentType: "application/json"})
	}
}

func message(text string) string { return fmt.Sprintf(`{"message":%q}`, text) }

// behaviors are the stand-ins by the first segment of the path; ok and m404 need none, as the sandbox's own hosts know or do
// not know the organization and the group.
var behaviors = map[string]behave{
	"m401":       answering(401, message("Bad credentials"), message("401 Unauthorized")),
	"m403":       answering(403, message("Resource not accessible by personal access token"), message("403 Forbidden")),
	"m429":       answering(429, message("Too Many Requests"), message("Too Many Requests")),
	"m500":       answering(500, message("500 Internal Server Error"), message("500 Internal Server Error")),
	"mratelimit": answering(403, message("API rate limit exceeded"), message("API rate limit exceeded")),
	"mhtml": func(s *Sandbox, path string) {
		for _, server := range []*Server{s.GitHub.Server, s.GitLab.Server} {
			server.Inject(Fault{Path: path, Status: 200, Body: "<html><body>hello</body></html>", ContentType: "text/html"})
		}
	},
	"mnocreate": func(s *Sandbox, path string) {
		s.GitHub.Inject(Fault{
			Method: "POST", Path: path, Status: 403, Body: message("Must have admin rights to Repository."), ContentType: "application/json",
		})
		s.GitLab.Inject(Fault{
			Method: "POST", Path: path, Status: 403, Body: message("403 Forbidden - not allowed to create projects"),
			ContentType: "application/json",
		})
	},
	"mnever": func(s *Sandbox, path string) {
		for _, method := range []string{"GET", "DELETE"} {
			s.GitHub.Inject(Fault{Method: method, Path: path, Status: 404, Body: message("Not Found"), ContentType: "application/json"})
		}
	},
	"mnoclone": func(s *Sandbox, path string) {
		s.Devtron.SetDryRun(DryRun{CloneFails: true, Offline: true})
		s.GitHub.Inject(Fault{Method: "DELETE", Path: path, Status: 403, Body: message("no"), ContentType: "application/json"})
	},
}

// chapter is a run of recordings that followed each other, from an empty table. The git hosts know the organization and the
// group only where the recording had working ones.
type chapter struct {
	name     string
	known    bool
	noArgo   bool
	recorded []string
}

var chapters = []chapter{
	{name: "failing hosts", recorded: []string{
		"08-01-github-closed-port", "08-02-github-m401", "08-02-github-m403", "08-02-github-m404", "08-02-github-m429",
		"08-02-github-m500", "08-02-github-mhtml", "08-02-github-mratelimit", "08-03-gitlab-closed-port", "08-04-gitlab-m401",
		"08-04-gitlab-m403", "08-04-gitlab-m404", "08-04-gitlab-m429", "08-04-gitlab-m500", "08-04-gitlab-mhtml",
		"08-05-gitlab-group-name", "08-06-gitlab-no-group", "08-07-gitlab-bad-host", "08-08-github-bad-host",
		"08-09-github-empty-host", "08-10-github-host-with-api-v3", "08-12-validate-github-m401", "08-13-validate-gitlab-m401",
		"08-14-github-com-unreachable", "08-15-gitlab-com-unreachable", "11-20-argo-azure-closed-port",
		"11-21-argo-azure-401", "11-22-argo-bitbucket-unreachable",
	}},
	{name: "empty token", recorded: []string{"08-11-github-empty-token"}},
	{name: "hosts that fail halfway", known: true, recorded: []string{
		"08-02-github-mnocreate", "08-04-gitlab-mnocreate", "08-20-github-repo-never-visible",
	}},
	{name: "clone fails", known: true, recorded: []string{"08-21-github-clone-fails"}},
	{name: "registering in Argo CD", recorded: []string{
		"08-37-argo-gitlab-custom-repo-host-closed", "08-38-argo-gitlab-custom-repo-401", "08-38b-argo-gitlab-custom-repo-404",
	}},
	{name: "success", known: true, recorded: []string{
		"08-40-argo-github-dry-run-success", "08-41-list", "08-42-argo-gitlab-dry-run-success", "08-43-list",
		"08-44-argo-put-dry-run-success-empty-token", "08-45-argo-put-dry-run-fails", "08-46-list-unchanged",
		"08-47-argo-put-custom-repo", "08-48-validate-stored-success", "08-49-validate-unknown-id-empty-token",
		"08-50-put-nonexisting-id-dry-run-ok", "08-51-put-nonexisting-id-dry-run-fails", "08-52-argo-tls-ca",
		"08-53-post-duplicate-with-argo",
	}},
	{name: "TLS", known: true, recorded: []string{
		"08-54-tls-invalid-pem-dry-run", "08-55-tls-flags-absent-dry-run-ok", "08-56-tls-no-data-dry-run",
	}},
	{name: "reload", noArgo: true, recorded: []string{"08-62-gitlab-500-host-validation-skipped"}},
	{name: "others with a custom repository", recorded: []string{
		"11-23-argo-bitbucket-custom", "11-24-list", "11-25-argo-azure-custom", "11-26-list",
	}},
}

// TestDryRun replays what was recorded with Argo CD installed. The sandbox's own GitHub and GitLab take the place of the git
// hosts of the recording. The replies are the same apart from the host.
func TestDryRun(t *testing.T) {
	byName := dryRunRecordings(t)
	for _, c := range chapters {
		t.Run(c.name, func(t *testing.T) {
			s := ForTest(t, Options{ArgoCD: !c.noArgo})
			s.Devtron.SetDryRun(DryRun{Offline: true})
			s.know(c.known)
			for _, name := range c.recorded {
				s.replay(t, byName[name])
			}
		})
	}
}

// dryRunRecordings are the recordings that need a git host.
func dryRunRecordings(t *testing.T) map[string]recording {
	t.Helper()
	found := recorded(t, "08-dry-run")
	for name, r := range recorded(t, "11-azure-bitbucket") {
		found[name] = r
	}
	maps.DeleteFunc(found, func(_ string, r recording) bool { return !strings.HasSuffix(r.Needs, "see TestDryRun") })
	return found
}

// know tells the git hosts the tokens of the recording, and the organization and the group where they are to be known.
func (s *Sandbox) know(places bool) {
	github := GitHubToken{Token: recordedGitHubToken, Login: "octo-user", Scopes: []string{"repo", "admin:org", "delete_repo"}}
	gitlab := GitLabToken{Token: recordedGitLabToken, UserID: 7, Username: "tanuki", Scopes: []string{"api"}}
	if places {
		s.GitHub.AddOrg(GitHubOrg{Login: recordedOrganization})
		github.Roles = map[string]string{recordedOrganization: "admin"}
		s.GitLab.AddGroup(GitLabGroup{ID: recordedGroup, Name: "my-group", Path: "my-group", FullPath: "my-group"})
		gitlab.Levels = map[int]int{recordedGroup: 50}
	}
	s.GitHub.AddToken(github)
	s.GitLab.AddToken(gitlab)
}

// replay sends the recorded request to a host that behaves as the stand-in did, and compares the answer.
func (s *Sandbox) replay(t *testing.T, r recording) {
	t.Helper()
	body := ""
	if r.Body != nil {
		body = *r.Body
	}
	if _, after, ok := strings.Cut(body, "http://githost/"); ok {
		segment, _, _ := strings.Cut(after, "/")
		// A web page is what the stand-in for Azure answered, and what the sandbox's GitHub has there by itself.
		if behave, ok := behaviors[segment]; ok && !strings.Contains(body, "AZURE_DEVOPS") {
			behave(s, "/"+segment+"/")
		}
	}
	host := s.GitHub.URL()
	if strings.Contains(body, `"GITLAB"`) {
		host = s.GitLab.URL()
	}
	status, answer := ask(t, s.Devtron, r.Method, r.Path, strings.ReplaceAll(body, "http://githost", host))
	s.GitHub.ClearFaults()
	s.GitLab.ClearFaults()

	answer = strings.NewReplacer(
		s.GitHub.URL(), "http://githost", s.GitLab.URL(), "http://githost", "127.0.0.53:53", "<resolver>", "/devtron/tls/ca.crt", "<server-file>",
	).Replace(answer)
	if status != r.Status || timeless(answer) != timeless(r.Reply) {
		t.Errorf("%s:\n got %d %s\nwant %d %s", r.Name, status, timeless(answer), r.Status, timeless(r.Reply))
	}
}

// failedInserts are recordings of which the first three fail, so that the id of the fourth shows what they used up.
var failedInserts = []string{
	"08-37-argo-gitlab-custom-repo-host-closed", "08-38-argo-gitlab-custom-repo-401", "08-38b-argo-gitlab-custom-repo-404",
	"08-38c-argo-gitlab-custom-repo-ok", "08-39-argo-gitlab-put-custom-repo-401", "08-39b-list",
}

func TestDryRunFailedInsertsUseUpIDs(t *testing.T) {
	byName := dryRunRecordings(t)
	s := ForTest(t, Options{ArgoCD: true})
	s.know(false)
	for _, name := range failedInserts {
		s.know(strings.HasPrefix(name, "08-38c"))
		s.replay(t, byName[name])
	}
}

// Each recording that needs a git host is replayed by one of the tests above.
func TestDryRunReplaysAllThatNeedAGitHost(t *testing.T) {
	covered := failedInserts
	for _, c := range chapters {
		covered = append(covered, c.recorded...)
	}
	for name := range dryRunRecordings(t) {
		if !slices.Contains(covered, name) {
			t.Errorf("%s is not replayed", name)
		}
	}
}
