// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// githubDescription is the part of GitHub's own OpenAPI description that the sandbox serves, without its prose.
const githubDescription = "testdata/github-openapi.json"

func openGitHubDescription(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(githubDescription)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// askGitHub sends a request with a token and returns status, header and body.
func askGitHub(t *testing.T, g *sandbox.GitHub, token, method, path, body string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequest(method, g.URL()+"/api/v3"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, answer
}

func TestGitHubBodiesAreValidAgainstItsOpenAPIDescription(t *testing.T) {
	doc := openGitHubDescription(t)
	s := sandbox.ForTest(t)
	g := s.GitHub
	yes, no := true, false
	g.AddOrg(sandbox.GitHubOrg{Login: "guarded", MembersCanCreatePrivate: &no, CanCreateRepository: map[string]*bool{sandbox.Username: &yes}})
	g.AddUser("octocat")
	token := g.Token()
	fine := sandbox.GitHubToken{Token: server.RandomText("github_pat_", 82), Kind: "fine-grained", Roles: map[string]string{"guarded": "member"}}
	app := sandbox.GitHubToken{Token: server.RandomText("ghs_", 36), Kind: "app-installation"}
	empty := sandbox.GitHubToken{Token: server.RandomText("ghp_", 36)}
	shut := sandbox.GitHubToken{Token: server.RandomText("ghp_", 36), Scopes: []string{"repo"}, SSORequired: true, Roles: map[string]string{sandbox.Organization: "admin"}}
	for _, extra := range []sandbox.GitHubToken{fine, app, empty, shut} {
		g.AddToken(extra)
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
		{fine.Token, "GET", "/orgs/guarded", "", "/orgs/{org}", 200},
		{token, "GET", "/orgs/nobody", "", "/orgs/{org}", 404},
		{token, "GET", "/users/octocat", "", "/users/{username}", 200},
		{token, "GET", "/users/acme-gitops", "", "/users/{username}", 200},
		{token, "GET", "/users/nobody", "", "/users/{username}", 404},
		{token, "GET", "/user/memberships/orgs/acme-gitops", "", "/user/memberships/orgs/{org}", 200},
		{fine.Token, "GET", "/user/memberships/orgs/guarded", "", "/user/memberships/orgs/{org}", 200},
		{empty.Token, "GET", "/user/memberships/orgs/guarded", "", "/user/memberships/orgs/{org}", 403},
		{token, "GET", "/user/memberships/orgs/guarded", "", "/user/memberships/orgs/{org}", 404},
		{token, "POST", "/orgs/acme-gitops/repos", `{"name":"one","private":true,"description":"first"}`, "/orgs/{org}/repos", 201},
		{token, "POST", "/orgs/acme-gitops/repos", `{"name":"one","private":true}`, "/orgs/{org}/repos", 422},
		{shut.Token, "POST", "/orgs/acme-gitops/repos", `{"name":"two","private":true}`, "/orgs/{org}/repos", 403},
		{token, "GET", "/repos/acme-gitops/one", "", "/repos/{owner}/{repo}", 200},
		{empty.Token, "GET", "/repos/acme-gitops/one", "", "/repos/{owner}/{repo}", 404},
		{shut.Token, "DELETE", "/repos/acme-gitops/one", "", "/repos/{owner}/{repo}", 403},
	} {
		t.Run(c.method+" "+c.path+" "+http.StatusText(c.status), func(t *testing.T) {
			resp, body := askGitHub(t, g, c.token, c.method, c.path, c.body)
			if resp.StatusCode != c.status {
				t.Fatalf("status %d, want %d: %s", resp.StatusCode, c.status, body)
			}
			operation := doc.Paths.Value(c.template).GetOperation(c.method)
			described := operation.Responses.Status(c.status)
			if described == nil {
				t.Fatalf("GitHub does not describe a %d here", c.status)
			}
			var value any
			if err := json.NewDecoder(bytes.NewReader(body)).Decode(&value); err != nil {
				t.Fatal(err)
			}
			schema := described.Value.Content.Get("application/json").Schema.Value
			if err := schema.VisitJSON(value, openapi3.EnableFormatValidation()); err != nil {
				t.Error(err)
			}
		})
	}
	if requests := len(s.Log.To("github")); requests != 23 {
		t.Errorf("%d requests reached GitHub, want 23", requests)
	}
}

func TestGitHubEnforcesScopesOnWrites(t *testing.T) {
	g := sandbox.ForTest(t).GitHub
	add := func(name string, scopes ...string) string {
		token := server.RandomText("ghp_", 36)
		g.AddToken(sandbox.GitHubToken{Token: token, Login: name, Scopes: scopes, Roles: map[string]string{sandbox.Organization: "admin"}})
		return token
	}
	public, repo, all := add("public", "public_repo"), add("repo", "repo"), add("all", "repo", "delete_repo")
	member := server.RandomText("ghp_", 36)
	g.AddToken(sandbox.GitHubToken{Token: member, Scopes: []string{"repo"}, CannotCreate: true, Roles: map[string]string{sandbox.Organization: "member"}})

	const create = `{"name":"sample","private":true}`
	file := "/repos/acme-gitops/sample/contents/dir/README.md"
	for _, step := range []struct {
		what, token, method, path, body string
		status                          int
	}{
		{"a private repository needs repo", public, "POST", "/orgs/acme-gitops/repos", create, 404},
		{"a user account is no organization", all, "POST", "/orgs/all/repos", create, 404},
		{"a member who may not create", member, "POST", "/orgs/acme-gitops/repos", create, 403},
		{"repo creates", repo, "POST", "/orgs/acme-gitops/repos", create, 201},
		{"no file yet", repo, "GET", file, "", 404},
		{"repo writes", repo, "PUT", file, `{"message":"first","content":"aGVsbG8="}`, 201},
		{"a change needs the blob", repo, "PUT", file, `{"message":"second","content":"aGVsbG8="}`, 409},
		{"repo reads", repo, "GET", file, "", 200},
		{"repo does not delete", repo, "DELETE", "/repos/acme-gitops/sample", "", 403},
		{"delete_repo deletes", all, "DELETE", "/repos/acme-gitops/sample", "", 204},
		{"it is gone", all, "GET", "/repos/acme-gitops/sample", "", 404},
	} {
		resp, body := askGitHub(t, g, step.token, step.method, step.path, step.body)
		if resp.StatusCode != step.status {
			t.Fatalf("%s: status %d, want %d: %s", step.what, resp.StatusCode, step.status, body)
		}
		if step.what == "repo does not delete" {
			if names := g.Repositories(sandbox.Organization); len(names) != 1 || names[0] != "sample" {
				t.Errorf("repositories %v, want sample alone", names)
			}
		}
	}
	if names := g.Repositories(sandbox.Organization); len(names) != 0 {
		t.Errorf("repositories %v are left", names)
	}
}

func TestGitHubLocksOutAfterRejectedTokens(t *testing.T) {
	g := sandbox.ForTest(t).GitHub
	g.SetLockout(2)
	for i, want := range []int{401, 401, 403} {
		if resp, _ := askGitHub(t, g, "ghp_wrong", "GET", "/user", ""); resp.StatusCode != want {
			t.Errorf("request %d: status %d, want %d", i+1, resp.StatusCode, want)
		}
	}
	if resp, _ := askGitHub(t, g, g.Token(), "GET", "/user", ""); resp.StatusCode != 403 {
		t.Errorf("a good token: status %d, want 403 as well", resp.StatusCode)
	}
}
