// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

func TestGitLabReads(t *testing.T) {
	g := sandbox.ForTest(t).GitLab
	add := func(token sandbox.GitLabToken) string {
		token.Token = server.RandomText("glpat-", 20)
		g.AddToken(token)
		return token.Token
	}
	g.AddGroup(sandbox.GitLabGroup{ID: 7, Name: "Secret Team", FullPath: "acme/secret-team", Hidden: true})
	token := g.Token()
	repository := add(sandbox.GitLabToken{Username: "puller", Scopes: []string{"read_repository"}})
	revoked := add(sandbox.GitLabToken{Revoked: true})
	expired := add(sandbox.GitLabToken{ExpiresAt: "2020-01-01"})
	limited := add(sandbox.GitLabToken{RateLimited: true})
	noSelf := add(sandbox.GitLabToken{NoSelf: true, Scopes: []string{"api"}})
	bot := add(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api"}, Levels: map[int]int{7: 40}})
	oauth := server.RandomText("", 64)
	g.AddToken(sandbox.GitLabToken{Token: oauth, Kind: "oauth", Scopes: []string{"api"}})

	for _, c := range []struct {
		token, path string
		status      int
		body        string // a part of the body
	}{
		{token, "/api/v4/personal_access_tokens/self", 200, `"scopes":["api"]`},
		{token, "/any/sub/path/api/v4/user", 200, `"username":"acme-bot"`},
		{repository, "/api/v4/personal_access_tokens/self", 200, `"scopes":["read_repository"]`},
		{repository, "/api/v4/user", 403, `"error":"insufficient_scope"`},
		{"glpat-unknown", "/api/v4/user", 401, `{"message":"401 Unauthorized"}`},
		{revoked, "/api/v4/user", 401, `invalid_token`},
		{expired, "/api/v4/user", 401, `expired`},
		{limited, "/api/v4/user", 429, "Retry later\n"},
		{noSelf, "/api/v4/personal_access_tokens/self", 404, `404 Not Found`},
		{oauth, "/api/v4/user", 401, `401 Unauthorized`},
		{"Bearer " + oauth, "/api/v4/personal_access_tokens/self", 400, `requires token type`},
		{"Bearer " + oauth, "/oauth/token/info", 200, `"scope":["api"]`},
		{token, "/api/v4/groups/61512475", 200, `"project_creation_level":"developer"`},
		{token, "/api/v4/groups/acme-gitops", 200, `"id":61512475`},
		{token, "/api/v4/groups/acme%2Fsecret-team", 404, `404 Group Not Found`},
		{bot, "/api/v4/groups/acme%2Fsecret-team", 200, `"id":7`},
		{bot, "/api/v4/groups?search=secret", 200, `"full_path":"acme/secret-team"`},
		{token, "/api/v4/groups?search=secret", 200, `[]`},
		{bot, "/api/v4/user", 200, `"bot":true`},
		{token, "/", 200, "<html>"},
	} {
		authenticate := private(c.token)
		if token, ok := strings.CutPrefix(c.token, "Bearer "); ok {
			authenticate = bearer(token)
		}
		response, body := send(t, authenticate, "GET", g.URL()+c.path, "")
		if response.StatusCode != c.status || !strings.Contains(body, c.body) {
			t.Errorf("GET %s: got %d %s, want %d with %s", c.path, response.StatusCode, body, c.status, c.body)
		}
	}
}

// Writes require scopes of the token and an access level of its owner.
func TestGitLabWrites(t *testing.T) {
	g := sandbox.ForTest(t).GitLab
	add := func(level int, scopes ...string) string {
		token := server.RandomText("glpat-", 20)
		g.AddToken(sandbox.GitLabToken{Token: token, Username: fmt.Sprint("level", level), Scopes: scopes, Levels: map[int]int{sandbox.GroupID: level}})
		return token
	}
	reader, reporter, maintainer := add(50, "read_api"), add(20, "api"), add(40, "api")
	create := fmt.Sprintf(`{"name":"sample","namespace_id":%d,"visibility":"private"}`, sandbox.GroupID)
	project := "/api/v4/projects/acme-gitops%2Fsample"
	commit := `{"branch":"main","commit_message":"first","actions":[{"action":"create","file_path":"README.md","content":"hello"}]}`
	for _, step := range []struct {
		name, token, method, path, body string
		status                          int
	}{
		{"read_api cannot create", reader, "POST", "/api/v4/projects", create, 403},
		{"Reporter cannot create", reporter, "POST", "/api/v4/projects", create, 400},
		{"Maintainer creates", maintainer, "POST", "/api/v4/projects", create, 201},
		{"duplicate name", maintainer, "POST", "/api/v4/projects", create, 400},
		{"read_api reads", reader, "GET", project, "", 200},
		{"Maintainer commits", maintainer, "POST", project + "/repository/commits", commit, 201},
		{"the file exists", maintainer, "HEAD", project + "/repository/files/README.md?ref=main", "", 200},
		{"Maintainer cannot delete", maintainer, "DELETE", project, "", 403},
		{"Owner deletes", g.Token(), "DELETE", project, "", 202},
		{"deleted project", g.Token(), "GET", project, "", 404},
	} {
		response, body := send(t, private(step.token), step.method, g.URL()+step.path, step.body)
		if response.StatusCode != step.status {
			t.Fatalf("%s: got status %d, want %d: %s", step.name, response.StatusCode, step.status, body)
		}
		if step.name == "read_api cannot create" {
			var failure struct{ Error, Scope string }
			if err := json.Unmarshal([]byte(body), &failure); err != nil || failure.Error != "insufficient_scope" || failure.Scope != "api" {
				t.Errorf("got %s, want insufficient_scope for api", body)
			}
		}
		if step.name == "read_api reads" {
			if names := g.Projects(sandbox.GroupID); len(names) != 1 || names[0] != "sample" {
				t.Errorf("got projects %v, want only sample", names)
			}
		}
	}
}
