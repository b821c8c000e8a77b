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

func TestBitbucketReads(t *testing.T) {
	b := sandbox.ForTest(t).Bitbucket
	b.AddWorkspace("secret", "TOP")
	add := func(token sandbox.BitbucketToken) string {
		token.Token = server.RandomText("AT", 60)
		b.AddToken(token)
		return token.Token
	}
	all := []string{"read:user:bitbucket", "read:workspace:bitbucket", "read:project:bitbucket", "read:repository:bitbucket"}
	reader := add(sandbox.BitbucketToken{Scopes: all})
	admin := add(sandbox.BitbucketToken{Scopes: []string{"admin:repository:bitbucket"}})
	workspace := add(sandbox.BitbucketToken{Kind: "workspace", Scopes: []string{"repository:write", "account", "project"}})
	repository := add(sandbox.BitbucketToken{Kind: "repository", Scopes: []string{"repository:admin"}})
	oauth := add(sandbox.BitbucketToken{Kind: "oauth", Scopes: []string{"account", "project:admin"}})
	narrow := add(sandbox.BitbucketToken{Scopes: all, Projects: []string{"OTHER"}})
	appPassword := add(sandbox.BitbucketToken{Kind: "app-password", Scopes: []string{"repository:admin"}})
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
		name, user, token, path string // with user "Bearer", the token is a bearer token
		status                  int
		body                    string // a part of the body
		kind, accepted          string // headers
	}{
		{"predefined token", email, b.Token(), repositories, 200, `"values":[]`, "api_token", "read:repository:bitbucket"},
		{"long token", email, b.LongToken(), repositories, 200, `"values":[]`, "api_token", "read:repository:bitbucket"},
		{"static username for git", "x-bitbucket-api-token-auth", b.Token(), repositories, 200, `"size":0`, "api_token", "read:repository:bitbucket"},
		{"username instead of email address", sandbox.Username, b.Token(), repositories, 401, invalid, "", ""},
		{"API token as a bearer token", "Bearer", b.Token(), repositories, 401, invalid, "", ""},
		{"user", email, reader, "/2.0/user", 200, `"username":"acme-bot"`, "api_token", "read:user:bitbucket"},
		{"user without the scope", email, b.Token(), "/2.0/user", 403, `"required":["read:user:bitbucket"]`, "api_token", "read:user:bitbucket"},
		{"workspace", email, reader, "/2.0/workspaces/acme", 200, `"slug":"acme"`, "api_token", "read:workspace:bitbucket"},
		{"workspaces", email, reader, "/2.0/workspaces", 200, `"size":1`, "api_token", "read:workspace:bitbucket"},
		{"unknown workspace", email, reader, "/2.0/workspaces/nope", 404, "No workspace with identifier 'nope'.", "api_token", "read:workspace:bitbucket"},
		{"workspace of another user", email, reader, "/2.0/repositories/secret", 404, "No workspace with identifier 'secret'.", "api_token", "read:repository:bitbucket"},
		{"project", email, reader, project, 200, `"key":"GIT"`, "api_token", "read:project:bitbucket"},
		{"project key in lowercase", email, reader, "/2.0/workspaces/acme/projects/git", 404, `"type":"error"`, "api_token", "read:project:bitbucket"},
		{"hidden project", email, narrow, project, 404, `"type":"error"`, "api_token", "read:project:bitbucket"},
		{"admin does not include read", email, admin, repositories, 403, `"granted":["admin:repository:bitbucket"]`, "api_token", "read:repository:bitbucket"},
		{"write includes read", "Bearer", workspace, repositories, 200, `"size":0`, "workspace_access_token", "repository"},
		{"access token with its username", "x-token-auth", workspace, project, 200, `"GIT"`, "workspace_access_token", "project"},
		{"access token with another username", email, workspace, project, 401, invalid, "", ""},
		{"access tokens do not have a user", "Bearer", workspace, "/2.0/user", 403, "only accessible with", "workspace_access_token", "account"},
		{"classic admin does not include read", "Bearer", repository, repositories, 403, `"required":["repository"]`, "repo_access_token", "repository"},
		{"OAuth token", "Bearer", oauth, "/2.0/user", 200, `"type":"user"`, "oauth2", "account"},
		{"app password", sandbox.Username, appPassword, repositories, 401, bitbucket.AppPasswordText, "", ""},
		{"expired token", email, expired, repositories, 401, invalid, "", ""},
		{"revoked token", email, revoked, repositories, 401, invalid, "", ""},
		{"unknown token", email, "unknown", repositories, 401, invalid, "", ""},
		{"no token", "", "", repositories, 401, `"type":"error"`, "", ""},
		{"rate limit exceeded", email, limited, repositories, 429, "Rate limit for this resource has been exceeded", "api_token", "read:repository:bitbucket"},
		{"unknown route", email, reader, "/2.0/nope", 404, "There is no API hosted at this URL.", "api_token", ""},
		{"web page", email, reader, "/acme", 200, "<html>", "", ""},
	} {
		authenticate := basic(c.user, c.token)
		if c.user == "Bearer" {
			authenticate = bearer(c.token)
		}
		response, body := send(t, authenticate, "GET", b.URL()+c.path, "")
		if response.StatusCode != c.status || !strings.Contains(body, c.body) {
			t.Errorf("%s: GET %s: got %d %s, want %d with %s", c.name, c.path, response.StatusCode, body, c.status, c.body)
		}
		if kind, accepted := response.Header.Get("X-Credential-Type"), response.Header.Get("X-Accepted-Oauth-Scopes"); kind != c.kind || accepted != c.accepted {
			t.Errorf("%s: got credential type %q and accepted scopes %q", c.name, kind, accepted)
		}
	}
	response, _ := send(t, basic(email, reader), "GET", b.URL()+"/2.0/user", "")
	if got := response.Header.Get("X-Oauth-Scopes"); got != strings.Join(all, ", ") {
		t.Errorf("got scopes %q", got)
	}
}

// Writes require scopes of the token and permissions of its owner.
func TestBitbucketWrites(t *testing.T) {
	b := sandbox.ForTest(t).Bitbucket
	add := func(token sandbox.BitbucketToken) string {
		token.Token = server.RandomText("AT", 60)
		b.AddToken(token)
		return token.Token
	}
	read := add(sandbox.BitbucketToken{Scopes: []string{"read:repository:bitbucket"}})
	denied := add(sandbox.BitbucketToken{CannotCreate: true, Scopes: []string{"admin:repository:bitbucket"}})
	const sample = "/2.0/repositories/acme/sample"
	for _, step := range []struct {
		name, token, method, path, body string
		status                          int
		required                        string
	}{
		{"read scope cannot create", read, "POST", sample, `{}`, 403, "admin:repository:bitbucket"},
		{"missing permission to create", denied, "POST", sample, `{}`, 403, ""},
		{"unknown project", b.Token(), "POST", sample, `{"project":{"key":"git"}}`, 400, ""},
		{"oldest project by default", b.Token(), "POST", sample, `{"scm":"git"}`, 200, ""},
		{"duplicate name", b.Token(), "POST", sample, `{"scm":"git"}`, 400, ""},
		{"read scope reads", read, "GET", sample, "", 200, ""},
		{"read scope cannot commit", read, "POST", sample + "/src", "", 403, "write:repository:bitbucket"},
		{"read scope cannot delete", read, "DELETE", sample, "", 403, "delete:repository:bitbucket"},
		{"no commit yet", b.Token(), "GET", sample + "/commits/master", "", 404, ""},
		{"delete scope deletes", b.Token(), "DELETE", sample, "", 204, ""},
		{"deleted repository", b.Token(), "GET", sample, "", 404, ""},
	} {
		response, body := send(t, basic(sandbox.BitbucketUsername, step.token), step.method, b.URL()+step.path, step.body)
		if response.StatusCode != step.status {
			t.Fatalf("%s: got status %d, want %d: %s", step.name, response.StatusCode, step.status, body)
		}
		if step.required != "" {
			var failure struct {
				Error struct{ Detail struct{ Required []string } }
			}
			if err := json.Unmarshal([]byte(body), &failure); err != nil || len(failure.Error.Detail.Required) != 1 || failure.Error.Detail.Required[0] != step.required {
				t.Errorf("%s: got %s, want the required scope %s", step.name, body, step.required)
			}
		}
		if step.name == "read scope reads" {
			if slugs := b.Repositories(sandbox.BitbucketWorkspace); len(slugs) != 1 || slugs[0] != "sample" || !strings.Contains(body, `"key":"GIT"`) {
				t.Errorf("got repositories %v and response %s", slugs, body)
			}
		}
	}
}
