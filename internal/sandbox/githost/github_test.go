// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// openGitHubDescription loads the part of GitHub's OpenAPI description that the sandbox implements.
func openGitHubDescription(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("testdata/github-openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestGitHubResponsesSatisfyOpenAPIDescription(t *testing.T) {
	doc := openGitHubDescription(t)
	s := sandbox.ForTest(t)
	g := s.GitHub
	yes, no := true, false
	g.AddOrg(sandbox.GitHubOrg{Login: "guarded", MembersCanCreatePrivate: &no, CanCreateRepository: map[string]*bool{sandbox.Username: &yes}})
	g.AddUser("octocat")
	token := g.Token()
	fineGrained := sandbox.GitHubToken{Token: server.RandomText("github_pat_", 82), Kind: "fine-grained", Roles: map[string]string{"guarded": "member"}}
	app := sandbox.GitHubToken{Token: server.RandomText("ghs_", 36), Kind: "app-installation"}
	noScopes := sandbox.GitHubToken{Token: server.RandomText("ghp_", 36)}
	sso := sandbox.GitHubToken{Token: server.RandomText("ghp_", 36), Scopes: []string{"repo"}, SSORequired: true, Roles: map[string]string{sandbox.Organization: "admin"}}
	for _, other := range []sandbox.GitHubToken{fineGrained, app, noScopes, sso} {
		g.AddToken(other)
	}

	for _, c := range []struct {
		token, method, path, body string
		template                  string
		status                    int
	}{
		{token, "GET", "/", "", "/", 200},
		{token, "GET", "/user", "", "/user", 200},
		{"", "GET", "/user", "", "/user", 401},
		{"ghp_unknown", "GET", "/user", "", "/user", 401},
		{app.Token, "GET", "/user", "", "/user", 403},
		{token, "GET", "/meta", "", "/meta", 200},
		{token, "GET", "/rate_limit", "", "/rate_limit", 404},
		{token, "GET", "/orgs/acme-gitops", "", "/orgs/{org}", 200},
		{fineGrained.Token, "GET", "/orgs/guarded", "", "/orgs/{org}", 200},
		{token, "GET", "/orgs/nobody", "", "/orgs/{org}", 404},
		{token, "GET", "/users/octocat", "", "/users/{username}", 200},
		{token, "GET", "/users/acme-gitops", "", "/users/{username}", 200},
		{token, "GET", "/users/nobody", "", "/users/{username}", 404},
		{token, "GET", "/user/memberships/orgs/acme-gitops", "", "/user/memberships/orgs/{org}", 200},
		{fineGrained.Token, "GET", "/user/memberships/orgs/guarded", "", "/user/memberships/orgs/{org}", 200},
		{noScopes.Token, "GET", "/user/memberships/orgs/guarded", "", "/user/memberships/orgs/{org}", 403},
		{token, "GET", "/user/memberships/orgs/guarded", "", "/user/memberships/orgs/{org}", 404},
		{token, "POST", "/orgs/acme-gitops/repos", `{"name":"one","private":true,"description":"first"}`, "/orgs/{org}/repos", 201},
		{token, "POST", "/orgs/acme-gitops/repos", `{"name":"one","private":true}`, "/orgs/{org}/repos", 422},
		{sso.Token, "POST", "/orgs/acme-gitops/repos", `{"name":"two","private":true}`, "/orgs/{org}/repos", 403},
		{token, "GET", "/repos/acme-gitops/one", "", "/repos/{owner}/{repo}", 200},
		{noScopes.Token, "GET", "/repos/acme-gitops/one", "", "/repos/{owner}/{repo}", 404},
		{sso.Token, "DELETE", "/repos/acme-gitops/one", "", "/repos/{owner}/{repo}", 403},
	} {
		t.Run(c.method+" "+c.path+" "+http.StatusText(c.status), func(t *testing.T) {
			response, body := send(t, bearer(c.token), c.method, g.URL()+"/api/v3"+c.path, c.body)
			if response.StatusCode != c.status {
				t.Fatalf("got status %d, want %d: %s", response.StatusCode, c.status, body)
			}
			operation := doc.Paths.Value(c.template).GetOperation(c.method)
			expected := operation.Responses.Status(c.status)
			if expected == nil {
				t.Fatalf("the description does not contain a response with status %d", c.status)
			}
			var value any
			if err := json.Unmarshal([]byte(body), &value); err != nil {
				t.Fatal(err)
			}
			schema := expected.Value.Content.Get("application/json").Schema.Value
			if err := schema.VisitJSON(value, openapi3.EnableFormatValidation()); err != nil {
				t.Error(err)
			}
		})
	}
	if requests := len(s.Log.To("github")); requests != 23 {
		t.Errorf("got %d requests, want 23", requests)
	}
}

// Writes require scopes of the token and permissions of its owner.
func TestGitHubWrites(t *testing.T) {
	g := sandbox.ForTest(t).GitHub
	add := func(login string, scopes ...string) string {
		token := server.RandomText("ghp_", 36)
		g.AddToken(sandbox.GitHubToken{Token: token, Login: login, Scopes: scopes, Roles: map[string]string{sandbox.Organization: "admin"}})
		return token
	}
	public, repo, all := add("public", "public_repo"), add("repo", "repo"), add("all", "repo", "delete_repo")
	member := server.RandomText("ghp_", 36)
	g.AddToken(sandbox.GitHubToken{Token: member, Scopes: []string{"repo"}, CannotCreate: true, Roles: map[string]string{sandbox.Organization: "member"}})

	const create = `{"name":"sample","private":true}`
	file := "/repos/acme-gitops/sample/contents/dir/README.md"
	for _, step := range []struct {
		name, token, method, path, body string
		status                          int
	}{
		{"public_repo cannot create private repositories", public, "POST", "/orgs/acme-gitops/repos", create, 404},
		{"user account instead of organization", all, "POST", "/orgs/all/repos", create, 404},
		{"member without permission to create", member, "POST", "/orgs/acme-gitops/repos", create, 403},
		{"repo creates", repo, "POST", "/orgs/acme-gitops/repos", create, 201},
		{"no file yet", repo, "GET", file, "", 404},
		{"repo writes", repo, "PUT", file, `{"message":"first","content":"aGVsbG8="}`, 201},
		{"change without the blob ID", repo, "PUT", file, `{"message":"second","content":"aGVsbG8="}`, 409},
		{"repo reads", repo, "GET", file, "", 200},
		{"repo cannot delete", repo, "DELETE", "/repos/acme-gitops/sample", "", 403},
		{"delete_repo deletes", all, "DELETE", "/repos/acme-gitops/sample", "", 204},
		{"deleted repository", all, "GET", "/repos/acme-gitops/sample", "", 404},
	} {
		response, body := send(t, bearer(step.token), step.method, g.URL()+"/api/v3"+step.path, step.body)
		if response.StatusCode != step.status {
			t.Fatalf("%s: got status %d, want %d: %s", step.name, response.StatusCode, step.status, body)
		}
		if step.name == "repo cannot delete" {
			if names := g.Repositories(sandbox.Organization); len(names) != 1 || names[0] != "sample" {
				t.Errorf("got repositories %v, want only sample", names)
			}
		}
	}
	if names := g.Repositories(sandbox.Organization); len(names) != 0 {
		t.Errorf("got repositories %v, want none", names)
	}
}

func TestGitHubLockout(t *testing.T) {
	g := sandbox.ForTest(t).GitHub
	g.SetLockout(2)
	for i, want := range []int{401, 401, 403} {
		if response, _ := send(t, bearer("ghp_wrong"), "GET", g.URL()+"/api/v3/user", ""); response.StatusCode != want {
			t.Errorf("request %d: got status %d, want %d", i+1, response.StatusCode, want)
		}
	}
	if response, _ := send(t, bearer(g.Token()), "GET", g.URL()+"/api/v3/user", ""); response.StatusCode != 403 {
		t.Errorf("valid token: got status %d, want 403", response.StatusCode)
	}
}
