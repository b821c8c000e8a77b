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

// The organization, the group, and the tokens in the recordings.
const (
	recordedOrganization = "my-org"
	recordedGroup        = 98765
	recordedGitHubToken  = "ghp_secretToken123"
	recordedGitLabToken  = "glpat-secretToken456"
)

// hostBehavior makes both git hosts respond in the same way below a path, like a stub in the
// recordings, such as http://githost/m401/.
type hostBehavior func(s *Sandbox, path string)

func respond(status int, github, gitlab string) hostBehavior {
	return func(s *Sandbox, path string) {
		s.GitHub.Inject(Fault{Path: path, Status: status, Body: github, ContentType: "application/json"})
		s.GitLab.Inject(Fault{Path: path, Status: status, Body: gitlab, ContentType: "application/json"})
	}
}

func message(text string) string { return fmt.Sprintf(`{"message":%q}`, text) }

// hostBehaviors contains the stubs of the recordings by the first segment of their path. The stubs
// ok and m404 do not need a fault, because the git hosts of the sandbox respond like them.
var hostBehaviors = map[string]hostBehavior{
	"m401":       respond(401, message("Bad credentials"), message("401 Unauthorized")),
	"m403":       respond(403, message("Resource not accessible by personal access token"), message("403 Forbidden")),
	"m429":       respond(429, message("Too Many Requests"), message("Too Many Requests")),
	"m500":       respond(500, message("500 Internal Server Error"), message("500 Internal Server Error")),
	"mratelimit": respond(403, message("API rate limit exceeded"), message("API rate limit exceeded")),
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

// replayGroup is a series of recordings that starts without configurations.
type replayGroup struct {
	name       string
	known      bool // the git hosts have the organization and the group
	noArgoCD   bool
	recordings []string
}

var replayGroups = []replayGroup{
	{name: "failing hosts", recordings: []string{
		"08-01-github-closed-port", "08-02-github-m401", "08-02-github-m403", "08-02-github-m404", "08-02-github-m429",
		"08-02-github-m500", "08-02-github-mhtml", "08-02-github-mratelimit", "08-03-gitlab-closed-port", "08-04-gitlab-m401",
		"08-04-gitlab-m403", "08-04-gitlab-m404", "08-04-gitlab-m429", "08-04-gitlab-m500", "08-04-gitlab-mhtml",
		"08-05-gitlab-group-name", "08-06-gitlab-no-group", "08-07-gitlab-bad-host", "08-08-github-bad-host",
		"08-09-github-empty-host", "08-10-github-host-with-api-v3", "08-12-validate-github-m401", "08-13-validate-gitlab-m401",
		"08-14-github-com-unreachable", "08-15-gitlab-com-unreachable", "11-20-argo-azure-closed-port",
		"11-21-argo-azure-401", "11-22-argo-bitbucket-unreachable",
	}},
	{name: "empty token", recordings: []string{"08-11-github-empty-token"}},
	{name: "hosts that fail after the connection", known: true, recordings: []string{
		"08-02-github-mnocreate", "08-04-gitlab-mnocreate", "08-20-github-repo-never-visible",
	}},
	{name: "clone fails", known: true, recordings: []string{"08-21-github-clone-fails"}},
	{name: "registration in Argo CD", recordings: []string{
		"08-37-argo-gitlab-custom-repo-host-closed", "08-38-argo-gitlab-custom-repo-401", "08-38b-argo-gitlab-custom-repo-404",
	}},
	{name: "success", known: true, recordings: []string{
		"08-40-argo-github-dry-run-success", "08-41-list", "08-42-argo-gitlab-dry-run-success", "08-43-list",
		"08-44-argo-put-dry-run-success-empty-token", "08-45-argo-put-dry-run-fails", "08-46-list-unchanged",
		"08-47-argo-put-custom-repo", "08-48-validate-stored-success", "08-49-validate-unknown-id-empty-token",
		"08-50-put-nonexisting-id-dry-run-ok", "08-51-put-nonexisting-id-dry-run-fails", "08-52-argo-tls-ca",
		"08-53-post-duplicate-with-argo",
	}},
	{name: "TLS", known: true, recordings: []string{
		"08-54-tls-invalid-pem-dry-run", "08-55-tls-flags-absent-dry-run-ok", "08-56-tls-no-data-dry-run",
	}},
	{name: "reload", noArgoCD: true, recordings: []string{"08-62-gitlab-500-host-validation-skipped"}},
	{name: "custom repositories", recordings: []string{
		"11-23-argo-bitbucket-custom", "11-24-list", "11-25-argo-azure-custom", "11-26-list",
	}},
}

// TestDryRun replays the recordings with Argo CD. The git hosts of the sandbox replace those of the
// recordings. The replies are identical except for the host.
func TestDryRun(t *testing.T) {
	byName := dryRunRecordings(t)
	for _, group := range replayGroups {
		t.Run(group.name, func(t *testing.T) {
			s := ForTest(t, Options{ArgoCD: !group.noArgoCD})
			s.Devtron.SetDryRun(DryRun{Offline: true})
			s.addRecordedTokens(group.known)
			for _, name := range group.recordings {
				s.replay(t, byName[name])
			}
		})
	}
}

// dryRunRecordings returns the recordings that need a git host, by name.
func dryRunRecordings(t *testing.T) map[string]recording {
	t.Helper()
	found := recorded(t, "08-dry-run")
	for name, r := range recorded(t, "11-azure-bitbucket") {
		found[name] = r
	}
	maps.DeleteFunc(found, func(_ string, r recording) bool { return !strings.HasSuffix(r.Needs, "see TestDryRun") })
	return found
}

// addRecordedTokens adds the tokens of the recordings to the git hosts. If known is true, it also
// adds the organization and the group.
func (s *Sandbox) addRecordedTokens(known bool) {
	github := GitHubToken{Token: recordedGitHubToken, Login: "octo-user", Scopes: []string{"repo", "admin:org", "delete_repo"}}
	gitlab := GitLabToken{Token: recordedGitLabToken, UserID: 7, Username: "tanuki", Scopes: []string{"api"}}
	if known {
		s.GitHub.AddOrg(GitHubOrg{Login: recordedOrganization})
		github.Roles = map[string]string{recordedOrganization: "admin"}
		s.GitLab.AddGroup(GitLabGroup{ID: recordedGroup, Name: "my-group", Path: "my-group", FullPath: "my-group"})
		gitlab.Levels = map[int]int{recordedGroup: 50}
	}
	s.GitHub.AddToken(github)
	s.GitLab.AddToken(gitlab)
}

// replay sends the request of a recording to a git host that responds like the recorded stub, and
// compares the reply.
func (s *Sandbox) replay(t *testing.T, r recording) {
	t.Helper()
	body := ""
	if r.Body != nil {
		body = *r.Body
	}
	if _, after, ok := strings.Cut(body, "http://githost/"); ok {
		segment, _, _ := strings.Cut(after, "/")
		// The stub for Azure DevOps responded with a web page, like the GitHub of the sandbox
		// without a fault.
		if inject, ok := hostBehaviors[segment]; ok && !strings.Contains(body, "AZURE_DEVOPS") {
			inject(s, "/"+segment+"/")
		}
	}
	host := s.GitHub.URL()
	if strings.Contains(body, `"GITLAB"`) {
		host = s.GitLab.URL()
	}
	status, reply := send(t, s.Devtron, r.Method, r.Path, strings.ReplaceAll(body, "http://githost", host))
	s.GitHub.ClearFaults()
	s.GitLab.ClearFaults()

	reply = strings.NewReplacer(
		s.GitHub.URL(), "http://githost", s.GitLab.URL(), "http://githost", "127.0.0.53:53", "<resolver>", "/devtron/tls/ca.crt", "<server-file>",
	).Replace(reply)
	if status != r.Status || normalize(reply) != normalize(r.Reply) {
		t.Errorf("%s:\n got %d %s\nwant %d %s", r.Name, status, normalize(reply), r.Status, normalize(r.Reply))
	}
}

// failedInserts are recordings whose first three inserts fail. The ID of the fourth shows that they
// used up IDs.
var failedInserts = []string{
	"08-37-argo-gitlab-custom-repo-host-closed", "08-38-argo-gitlab-custom-repo-401", "08-38b-argo-gitlab-custom-repo-404",
	"08-38c-argo-gitlab-custom-repo-ok", "08-39-argo-gitlab-put-custom-repo-401", "08-39b-list",
}

func TestDryRunFailedInsertsUseUpIDs(t *testing.T) {
	byName := dryRunRecordings(t)
	s := ForTest(t, Options{ArgoCD: true})
	s.addRecordedTokens(false)
	for _, name := range failedInserts {
		s.addRecordedTokens(strings.HasPrefix(name, "08-38c"))
		s.replay(t, byName[name])
	}
}

// The tests above replay all recordings that need a git host.
func TestAllDryRunRecordingsAreReplayed(t *testing.T) {
	covered := failedInserts
	for _, group := range replayGroups {
		covered = append(covered, group.recordings...)
	}
	for name := range dryRunRecordings(t) {
		if !slices.Contains(covered, name) {
			t.Errorf("%s is not replayed", name)
		}
	}
}
