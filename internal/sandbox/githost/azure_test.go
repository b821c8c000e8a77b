// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// gitQuestion is a request to a git host with Basic authentication, or as Bearer where the user says so.
type gitQuestion struct{ user, token, method, path, body string }

func (q gitQuestion) ask(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), q.method, url+q.path, strings.NewReader(q.body))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case q.user == "Bearer":
		req.Header.Set("Authorization", "Bearer "+q.token)
	case q.token != "":
		req.SetBasicAuth(q.user, q.token)
	}
	req.Header.Set("Accept", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(answer)
}

func TestAzureAnswersAboutTokensAndProjects(t *testing.T) {
	a := sandbox.ForTest(t).Azure
	a.AddProject(sandbox.AzureOrganization, "secret")
	a.AddProject("other", "gitops")
	add := func(x sandbox.AzureToken) string {
		x.Token = server.RandomText("", 84)
		a.AddToken(x)
		return x.Token
	}
	full := add(sandbox.AzureToken{})
	reader := add(sandbox.AzureToken{Scopes: []string{"vso.code", "vso.project"}})
	work := add(sandbox.AzureToken{Scopes: []string{"vso.work_write"}})
	blind := add(sandbox.AzureToken{CannotRead: true})
	member := add(sandbox.AzureToken{Projects: []string{"gitops"}})
	expired := add(sandbox.AzureToken{Expires: time.Now().Add(-time.Hour)})
	revoked := add(sandbox.AzureToken{Revoked: true})
	policy := add(sandbox.AzureToken{Forbidden: "VS403463: The conditional access policy defined by your Azure Active Directory administrator has failed."})
	limited := add(sandbox.AzureToken{RateLimited: true})

	const (
		connection   = "/acme/_apis/connectionData"
		project      = "/acme/_apis/projects/gitops?api-version=7.1"
		repositories = "/acme/gitops/_apis/git/repositories?api-version=7.1"
	)
	for _, c := range []struct {
		what, token, path string
		status            int
		body              string // a part of it, "" for an empty one
	}{
		{"the ready-made token", a.Token(), connection, 200, `"providerDisplayName":"acme-bot@example.com"`},
		{"the ready-made token", a.Token(), repositories, 200, `{"count":0,"value":[]}`},
		{"scopes of code are none of projects", a.Token(), project, 401, ""},
		{"full access", full, project, 200, `"name":"gitops"`},
		{"full access", full, "/ACME/GitOps/_apis/git/repositories", 200, `"count":0`},
		{"reading", reader, project, 200, `"state":"wellFormed"`},
		{"reading", reader, repositories, 200, `"count":0`},
		{"another scope", work, connection, 200, `"authenticatedUser"`},
		{"another scope", work, repositories, 401, ""},
		{"a released version of a preview", full, connection + "?api-version=7.1", 400, "VssInvalidPreviewVersionException"},
		{"a preview", full, connection + "?api-version=7.1-preview", 200, `"authorizedUser"`},
		{"no permission to read", blind, repositories, 200, `"count":0`},
		{"a project that the owner sees", member, project, 200, `"gitops"`},
		{"a project that the owner does not see", member, "/acme/secret/_apis/git/repositories", 404, "TF200016: The following project does not exist: secret."},
		{"the list without it", member, "/acme/_apis/projects", 200, `{"count":1,`},
		{"no such project", full, "/acme/_apis/projects/nope", 404, `"typeKey":"ProjectDoesNotExistWithNameException"`},
		{"no such repository", full, "/acme/gitops/_apis/git/repositories/nope", 404, "TF401019"},
		{"another organization", full, "/other/_apis/connectionData", 401, ""},
		{"no such organization", full, "/nope/_apis/connectionData", 404, "<html>"},
		{"an unknown token", "unknown", connection, 401, ""},
		{"no token", "", connection, 203, "Azure DevOps Services | Sign In"},
		{"revoked", revoked, connection, 401, ""},
		{"expired", expired, connection, 401, `"message":"Access Denied: The Personal Access Token used has expired."`},
		{"a policy", policy, repositories, 403, "VS403463"},
		{"over the limit", limited, connection, 429, "TF400733"},
		{"a web page", full, "/acme/gitops", 203, "<html>"},
	} {
		// Any user will do.
		for _, user := range []string{"", "anybody"} {
			resp, body := gitQuestion{user, c.token, "GET", c.path, ""}.ask(t, a.URL())
			if resp.StatusCode != c.status || !strings.Contains(body, c.body) || (c.body == "" && body != "") {
				t.Errorf("%s: GET %s: %d %q, want %d with %q", c.what, c.path, resp.StatusCode, body, c.status, c.body)
			}
			if retry := resp.Header.Get("Retry-After"); (c.status == 429) != (retry != "") {
				t.Errorf("%s: Retry-After %q", c.what, retry)
			}
		}
	}

	a.SetSignInPage(true)
	resp, body := gitQuestion{"", "unknown", "GET", connection, ""}.ask(t, a.URL())
	if resp.StatusCode != 203 || !strings.Contains(body, "Sign In") || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		t.Errorf("with the sign-in page on: %d %s", resp.StatusCode, body)
	}
	if resp, _ := (gitQuestion{"", a.Token(), "GET", connection, ""}).ask(t, a.URL()); resp.StatusCode != 200 {
		t.Errorf("a good token with the sign-in page on: %d", resp.StatusCode)
	}
}

func TestAzureEnforcesScopesOnWrites(t *testing.T) {
	a := sandbox.ForTest(t).Azure
	add := func(x sandbox.AzureToken) string {
		x.Token = server.RandomText("", 84)
		a.AddToken(x)
		return x.Token
	}
	read, write := add(sandbox.AzureToken{Scopes: []string{"vso.code"}}), add(sandbox.AzureToken{Scopes: []string{"vso.code_write"}})
	denied := add(sandbox.AzureToken{CannotCreate: true, CannotDelete: true})
	const (
		repositories = "/acme/gitops/_apis/git/repositories"
		sample       = repositories + "/sample"
		push         = `{"refUpdates":[{"name":"refs/heads/main","oldObjectId":"` + githost.NoObject + `"}],` +
			`"commits":[{"comment":"first","changes":[{"changeType":"add","item":{"path":"/README.md"}}]}]}`
	)
	for _, step := range []struct {
		what, token, method, path, body string
		status                          int
		answer                          string
	}{
		{"read does not create", read, "POST", repositories, `{"name":"sample"}`, 401, ""},
		{"write does not create", write, "POST", repositories, `{"name":"sample"}`, 401, ""},
		{"permission to create", denied, "POST", repositories, `{"name":"sample"}`, 403, "TF401027: You need the Git 'CreateRepository' permission"},
		{"manage creates", a.Token(), "POST", repositories, `{"name":"sample"}`, 201, `"name":"sample"`},
		{"the name is taken", a.Token(), "POST", repositories, `{"name":"sample"}`, 409, "TF400948"},
		{"read reads", read, "GET", sample, "", 200, `"size":0`},
		{"there is no file", read, "GET", sample + "/items?path=README.md", "", 404, "VS403403"},
		{"read does not push", read, "POST", sample + "/pushes", push, 401, ""},
		{"write pushes", write, "POST", sample + "/pushes", push, 201, `"commitId"`},
		{"the branch has moved", write, "POST", sample + "/pushes", push, 409, "TF401028"},
		{"the file is there", read, "GET", sample + "/items?path=README.md", "", 200, `"path":"/README.md"`},
		{"the branch is there", read, "GET", sample + "/stats/branches?name=main", "", 200, `"commitId"`},
		{"write does not delete", write, "DELETE", sample, "", 401, ""},
		{"permission to delete", denied, "DELETE", sample, "", 403, "DeleteRepository"},
		{"manage deletes", a.Token(), "DELETE", sample, "", 204, ""},
		{"it is gone", a.Token(), "GET", sample, "", 404, "GitRepositoryNotFoundException"},
	} {
		resp, body := gitQuestion{"", step.token, step.method, step.path, step.body}.ask(t, a.URL())
		if resp.StatusCode != step.status || !strings.Contains(body, step.answer) {
			t.Fatalf("%s: %d %s, want %d with %s", step.what, resp.StatusCode, body, step.status, step.answer)
		}
		if names := a.Repositories(sandbox.AzureOrganization, sandbox.AzureProject); step.what == "read reads" && (len(names) != 1 || names[0] != "sample") {
			t.Errorf("repositories %v, want sample alone", names)
		}
	}
}
