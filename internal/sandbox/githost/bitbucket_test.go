// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

func TestBitbucketAnswersAboutTokensWorkspacesAndProjects(t *testing.T) {
	b := sandbox.ForTest(t).Bitbucket
	b.AddWorkspace("secret", "TOP")
	add := func(x sandbox.BitbucketToken) string {
		x.Token = server.RandomText("AT", 60)
		b.AddToken(x)
		return x.Token
	}
	all := []string{"read:user:bitbucket", "read:workspace:bitbucket", "read:project:bitbucket", "read:repository:bitbucket"}
	reader := add(sandbox.BitbucketToken{Scopes: all})
	admin := add(sandbox.BitbucketToken{Scopes: []string{"admin:repository:bitbucket"}})
	workspace := add(sandbox.BitbucketToken{Kind: "workspace", Scopes: []string{"repository:write", "account", "project"}})
	repository := add(sandbox.BitbucketToken{Kind: "repository", Scopes: []string{"repository:admin"}})
	oauth := add(sandbox.BitbucketToken{Kind: "oauth", Scopes: []string{"account", "project:admin"}})
	narrow := add(sandbox.BitbucketToken{Scopes: all, Projects: []string{"OTHER"}})
	old := add(sandbox.BitbucketToken{Kind: "app-password", Scopes: []string{"repository:admin"}})
	expired := add(sandbox.BitbucketToken{Expires: time.Now().Add(-time.Hour)})
	revoked := add(sandbox.BitbucketToken{Revoked: true})
	limited := add(sandbox.BitbucketToken{Scopes: all, RateLimited: true})

	const (
		email        = sandbox.BitbucketUsername
		repositories = "/2.0/repositories/acme"
		project      = "/2.0/workspaces/acme/projects/GIT"
		invalid      = "Token is invalid, expired, or not supported for this endpoint."
	)
	for _, c := range []struct {
		what, user, token, path string
		status                  int
		body                    string // a part of it
		kind, accepted          string // headers
	}{
		{"the ready-made token", email, b.Token(), repositories, 200, `"values":[]`, "api_token", "read:repository:bitbucket"},
		{"the long one", email, b.LongToken(), repositories, 200, `"values":[]`, "api_token", "read:repository:bitbucket"},
		{"git's static user", "x-bitbucket-api-token-auth", b.Token(), repositories, 200, `"size":0`, "api_token", "read:repository:bitbucket"},
		{"the user name is for git", sandbox.Username, b.Token(), repositories, 401, invalid, "", ""},
		{"an API token is no Bearer", "Bearer", b.Token(), repositories, 401, invalid, "", ""},
		{"the user", email, reader, "/2.0/user", 200, `"username":"acme-bot"`, "api_token", "read:user:bitbucket"},
		{"the user without the scope", email, b.Token(), "/2.0/user", 403, `"required":["read:user:bitbucket"]`, "api_token", "read:user:bitbucket"},
		{"the workspace", email, reader, "/2.0/workspaces/acme", 200, `"slug":"acme"`, "api_token", "read:workspace:bitbucket"},
		{"the workspaces", email, reader, "/2.0/workspaces", 200, `"size":1`, "api_token", "read:workspace:bitbucket"},
		{"no such workspace", email, reader, "/2.0/workspaces/nope", 404, "No workspace with identifier 'nope'.", "api_token", "read:workspace:bitbucket"},
		{"somebody else's workspace", email, reader, "/2.0/repositories/secret", 404, "No workspace with identifier 'secret'.", "api_token", "read:repository:bitbucket"},
		{"the project", email, reader, project, 200, `"key":"GIT"`, "api_token", "read:project:bitbucket"},
		{"the project in lower case", email, reader, "/2.0/workspaces/acme/projects/git", 404, `"type":"error"`, "api_token", "read:project:bitbucket"},
		{"a project that the owner does not see", email, narrow, project, 404, `"type":"error"`, "api_token", "read:project:bitbucket"},
		{"admin implies nothing", email, admin, repositories, 403, `"granted":["admin:repository:bitbucket"]`, "api_token", "read:repository:bitbucket"},
		{"write implies read", "Bearer", workspace, repositories, 200, `"size":0`, "workspace_access_token", "repository"},
		{"with its user", "x-token-auth", workspace, project, 200, `"GIT"`, "workspace_access_token", "project"},
		{"with another user", email, workspace, project, 401, invalid, "", ""},
		{"access tokens are nobody's", "Bearer", workspace, "/2.0/user", 403, "only accessible with", "workspace_access_token", "account"},
		{"classic admin implies nothing", "Bearer", repository, repositories, 403, `"required":["repository"]`, "repo_access_token", "repository"},
		{"OAuth", "Bearer", oauth, "/2.0/user", 200, `"type":"user"`, "oauth2", "account"},
		{"an app password", sandbox.Username, old, repositories, 401, bitbucket.AppPasswordText, "", ""},
		{"expired", email, expired, repositories, 401, invalid, "", ""},
		{"revoked", email, revoked, repositories, 401, invalid, "", ""},
		{"unknown", email, "unknown", repositories, 401, invalid, "", ""},
		{"nothing", "", "", repositories, 401, `"type":"error"`, "", ""},
		{"over the limit", email, limited, repositories, 429, "Rate limit for this resource has been exceeded", "api_token", "read:repository:bitbucket"},
		{"no such route", email, reader, "/2.0/nope", 404, "There is no API hosted at this URL.", "api_token", ""},
		{"a web page", email, reader, "/acme", 200, "<html>", "", ""},
	} {
		resp, body := gitQuestion{c.user, c.token, "GET", c.path, ""}.ask(t, b.URL())
		if resp.StatusCode != c.status || !strings.Contains(body, c.body) {
			t.Errorf("%s: GET %s: %d %s, want %d with %s", c.what, c.path, resp.StatusCode, body, c.status, c.body)
		}
		if kind, accepted := resp.Header.Get("X-Credential-Type"), resp.Header.Get("X-Accepted-Oauth-Scopes"); kind != c.kind || accepted != c.accepted {
			t.Errorf("%s: credential type %q, accepted scopes %q", c.what, kind, accepted)
		}
	}
	resp, _ := gitQuestion{email, reader, "GET", "/2.0/user", ""}.ask(t, b.URL())
	if got := resp.Header.Get("X-Oauth-Scopes"); got != strings.Join(all, ", ") {
		t.Errorf("scopes %q", got)
	}
}

func TestBitbucketEnforcesScopesOnWrites(t *testing.T) {
	b := sandbox.ForTest(t).Bitbucket
	add := func(x sandbox.BitbucketToken) string {
		x.Token = server.RandomText("AT", 60)
		b.AddToken(x)
		return x.Token
	}
	read := add(sandbox.BitbucketToken{Scopes: []string{"read:repository:bitbucket"}})
	denied := add(sandbox.BitbucketToken{CannotCreate: true, Scopes: []string{"admin:repository:bitbucket"}})
	const sample = "/2.0/repositories/acme/sample"
	for _, step := range []struct {
		what, token, method, path, body string
		status                          int
		required                        string
	}{
		{"read does not create", read, "POST", sample, `{}`, 403, "admin:repository:bitbucket"},
		{"the owner may not create", denied, "POST", sample, `{}`, 403, ""},
		{"no such project", b.Token(), "POST", sample, `{"project":{"key":"git"}}`, 400, ""},
		{"the workspace's oldest project", b.Token(), "POST", sample, `{"scm":"git"}`, 200, ""},
		{"the name is taken", b.Token(), "POST", sample, `{"scm":"git"}`, 400, ""},
		{"read reads", read, "GET", sample, "", 200, ""},
		{"read does not commit", read, "POST", sample + "/src", "", 403, "write:repository:bitbucket"},
		{"read does not delete", read, "DELETE", sample, "", 403, "delete:repository:bitbucket"},
		{"there is no commit", b.Token(), "GET", sample + "/commits/master", "", 404, ""},
		{"delete deletes", b.Token(), "DELETE", sample, "", 204, ""},
		{"it is gone", b.Token(), "GET", sample, "", 404, ""},
	} {
		resp, body := gitQuestion{sandbox.BitbucketUsername, step.token, step.method, step.path, step.body}.ask(t, b.URL())
		if resp.StatusCode != step.status {
			t.Fatalf("%s: status %d, want %d: %s", step.what, resp.StatusCode, step.status, body)
		}
		if step.required != "" {
			var refusal struct {
				Error struct{ Detail struct{ Required []string } }
			}
			if err := json.Unmarshal([]byte(body), &refusal); err != nil || len(refusal.Error.Detail.Required) != 1 || refusal.Error.Detail.Required[0] != step.required {
				t.Errorf("%s: %s, want %s required", step.what, body, step.required)
			}
		}
		if step.what == "read reads" {
			if slugs := b.Repositories(sandbox.BitbucketWorkspace); len(slugs) != 1 || slugs[0] != "sample" || !strings.Contains(body, `"key":"GIT"`) {
				t.Errorf("repositories %v, answer %s", slugs, body)
			}
		}
	}
}
