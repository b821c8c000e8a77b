// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

func TestAzureReads(t *testing.T) {
	a := sandbox.ForTest(t).Azure
	a.AddProject(sandbox.AzureOrganization, "secret")
	a.AddProject("other", "gitops")
	add := func(token sandbox.AzureToken) string {
		token.Token = server.RandomText("", 84)
		a.AddToken(token)
		return token.Token
	}
	full := add(sandbox.AzureToken{})
	reader := add(sandbox.AzureToken{Scopes: []string{"vso.code", "vso.project"}})
	otherScope := add(sandbox.AzureToken{Scopes: []string{"vso.work_write"}})
	cannotRead := add(sandbox.AzureToken{CannotRead: true})
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
		name, token, path string
		status            int
		body              string // a part of the body; "" means an empty body
	}{
		{"predefined token", a.Token(), connection, 200, `"providerDisplayName":"acme-bot@example.com"`},
		{"predefined token", a.Token(), repositories, 200, `{"count":0,"value":[]}`},
		{"the scope for code does not include projects", a.Token(), project, 401, ""},
		{"full access", full, project, 200, `"name":"gitops"`},
		{"full access", full, "/ACME/GitOps/_apis/git/repositories", 200, `"count":0`},
		{"read scopes", reader, project, 200, `"state":"wellFormed"`},
		{"read scopes", reader, repositories, 200, `"count":0`},
		{"another scope", otherScope, connection, 200, `"authenticatedUser"`},
		{"another scope", otherScope, repositories, 401, ""},
		{"a preview route without -preview", full, connection + "?api-version=7.1", 400, "VssInvalidPreviewVersionException"},
		{"a preview route", full, connection + "?api-version=7.1-preview", 200, `"authorizedUser"`},
		{"owner without permission to read", cannotRead, repositories, 200, `"count":0`},
		{"visible project", member, project, 200, `"gitops"`},
		{"hidden project", member, "/acme/secret/_apis/git/repositories", 404, "TF200016: The following project does not exist: secret."},
		{"list without the hidden project", member, "/acme/_apis/projects", 200, `{"count":1,`},
		{"unknown project", full, "/acme/_apis/projects/nope", 404, `"typeKey":"ProjectDoesNotExistWithNameException"`},
		{"unknown repository", full, "/acme/gitops/_apis/git/repositories/nope", 404, "TF401019"},
		{"other organization", full, "/other/_apis/connectionData", 401, ""},
		{"unknown organization", full, "/nope/_apis/connectionData", 404, "<html>"},
		{"unknown token", "unknown", connection, 401, ""},
		{"no token", "", connection, 203, "Azure DevOps Services | Sign In"},
		{"revoked token", revoked, connection, 401, ""},
		{"expired token", expired, connection, 401, `"message":"Access Denied: The Personal Access Token used has expired."`},
		{"organization policy", policy, repositories, 403, "VS403463"},
		{"rate limit exceeded", limited, connection, 429, "TF400733"},
		{"web page", full, "/acme/gitops", 203, "<html>"},
	} {
		// Azure DevOps ignores the username.
		for _, username := range []string{"", "anybody"} {
			response, body := send(t, basic(username, c.token), "GET", a.URL()+c.path, "")
			if response.StatusCode != c.status || !strings.Contains(body, c.body) || (c.body == "" && body != "") {
				t.Errorf("%s: GET %s: got %d %q, want %d with %q", c.name, c.path, response.StatusCode, body, c.status, c.body)
			}
			if retry := response.Header.Get("Retry-After"); (c.status == 429) != (retry != "") {
				t.Errorf("%s: got Retry-After %q", c.name, retry)
			}
		}
	}

	a.SetSignInPage(true)
	response, body := send(t, basic("", "unknown"), "GET", a.URL()+connection, "")
	if response.StatusCode != 203 || !strings.Contains(body, "Sign In") || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		t.Errorf("invalid token with the sign-in page: got %d %s", response.StatusCode, body)
	}
	if response, _ := send(t, basic("", a.Token()), "GET", a.URL()+connection, ""); response.StatusCode != 200 {
		t.Errorf("valid token with the sign-in page: got %d", response.StatusCode)
	}
}

// Writes require scopes of the token and permissions of its owner.
func TestAzureWrites(t *testing.T) {
	a := sandbox.ForTest(t).Azure
	add := func(token sandbox.AzureToken) string {
		token.Token = server.RandomText("", 84)
		a.AddToken(token)
		return token.Token
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
		name, token, method, path, body string
		status                          int
		want                            string
	}{
		{"read scope cannot create", read, "POST", repositories, `{"name":"sample"}`, 401, ""},
		{"write scope cannot create", write, "POST", repositories, `{"name":"sample"}`, 401, ""},
		{"missing permission to create", denied, "POST", repositories, `{"name":"sample"}`, 403, "TF401027: You need the Git 'CreateRepository' permission"},
		{"manage scope creates", a.Token(), "POST", repositories, `{"name":"sample"}`, 201, `"name":"sample"`},
		{"duplicate name", a.Token(), "POST", repositories, `{"name":"sample"}`, 409, "TF400948"},
		{"read scope reads", read, "GET", sample, "", 200, `"size":0`},
		{"no file yet", read, "GET", sample + "/items?path=README.md", "", 404, "VS403403"},
		{"read scope cannot push", read, "POST", sample + "/pushes", push, 401, ""},
		{"write scope pushes", write, "POST", sample + "/pushes", push, 201, `"commitId"`},
		{"outdated branch", write, "POST", sample + "/pushes", push, 409, "TF401028"},
		{"the file exists", read, "GET", sample + "/items?path=README.md", "", 200, `"path":"/README.md"`},
		{"the branch exists", read, "GET", sample + "/stats/branches?name=main", "", 200, `"commitId"`},
		{"write scope cannot delete", write, "DELETE", sample, "", 401, ""},
		{"missing permission to delete", denied, "DELETE", sample, "", 403, "DeleteRepository"},
		{"manage scope deletes", a.Token(), "DELETE", sample, "", 204, ""},
		{"deleted repository", a.Token(), "GET", sample, "", 404, "GitRepositoryNotFoundException"},
	} {
		response, body := send(t, basic("", step.token), step.method, a.URL()+step.path, step.body)
		if response.StatusCode != step.status || !strings.Contains(body, step.want) {
			t.Fatalf("%s: got %d %s, want %d with %s", step.name, response.StatusCode, body, step.status, step.want)
		}
		if names := a.Repositories(sandbox.AzureOrganization, sandbox.AzureProject); step.name == "read scope reads" && (len(names) != 1 || names[0] != "sample") {
			t.Errorf("got repositories %v, want only sample", names)
		}
	}
}
