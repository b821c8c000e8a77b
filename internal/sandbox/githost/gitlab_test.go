// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

func askGitLab(t *testing.T, g *sandbox.GitLab, token, method, path, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, g.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if bearer, ok := strings.CutPrefix(token, "Bearer "); ok {
		req.Header.Set("Authorization", "Bearer "+bearer)
	} else {
		req.Header.Set("PRIVATE-TOKEN", token)
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
	return resp, string(answer)
}

func TestGitLabAnswersAboutTokensAndGroups(t *testing.T) {
	g := sandbox.ForTest(t).GitLab
	add := func(x sandbox.GitLabToken) string {
		x.Token = server.RandomText("glpat-", 20)
		g.AddToken(x)
		return x.Token
	}
	g.AddGroup(sandbox.GitLabGroup{ID: 7, Name: "Secret Team", FullPath: "acme/secret-team", Hidden: true})
	good := g.Token()
	repository := add(sandbox.GitLabToken{Username: "puller", Scopes: []string{"read_repository"}})
	revoked := add(sandbox.GitLabToken{Revoked: true})
	expired := add(sandbox.GitLabToken{ExpiresAt: "2020-01-01"})
	limited := add(sandbox.GitLabToken{RateLimited: true})
	old := add(sandbox.GitLabToken{NoSelf: true, Scopes: []string{"api"}})
	bot := add(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api"}, Levels: map[int]int{7: 40}})
	oauth := server.RandomText("", 64)
	g.AddToken(sandbox.GitLabToken{Token: oauth, Kind: "oauth", Scopes: []string{"api"}})

	for _, c := range []struct {
		token, path string
		status      int
		body        string // a part of it
	}{
		{good, "/api/v4/personal_access_tokens/self", 200, `"scopes":["api"]`},
		{good, "/any/sub/path/api/v4/user", 200, `"username":"acme-bot"`},
		{repository, "/api/v4/personal_access_tokens/self", 200, `"scopes":["read_repository"]`},
		{repository, "/api/v4/user", 403, `"error":"insufficient_scope"`},
		{"glpat-unknown", "/api/v4/user", 401, `{"message":"401 Unauthorized"}`},
		{revoked, "/api/v4/user", 401, `invalid_token`},
		{expired, "/api/v4/user", 401, `expired`},
		{limited, "/api/v4/user", 429, "Retry later\n"},
		{old, "/api/v4/personal_access_tokens/self", 404, `404 Not Found`},
		{oauth, "/api/v4/user", 401, `401 Unauthorized`},
		{"Bearer " + oauth, "/api/v4/personal_access_tokens/self", 400, `requires token type`},
		{"Bearer " + oauth, "/oauth/token/info", 200, `"scope":["api"]`},
		{good, "/api/v4/groups/61512475", 200, `"project_creation_level":"developer"`},
		{good, "/api/v4/groups/acme-gitops", 200, `"id":61512475`},
		{good, "/api/v4/groups/acme%2Fsecret-team", 404, `404 Group Not Found`},
		{bot, "/api/v4/groups/acme%2Fsecret-team", 200, `"id":7`},
		{bot, "/api/v4/groups?search=secret", 200, `"full_path":"acme/secret-team"`},
		{good, "/api/v4/groups?search=secret", 200, `[]`},
		{bot, "/api/v4/user", 200, `"bot":true`},
		{good, "/", 200, "<html>"},
	} {
		resp, body := askGitLab(t, g, c.token, "GET", c.path, "")
		if resp.StatusCode != c.status || !strings.Contains(body, c.body) {
			t.Errorf("GET %s: %d %s, want %d with %s", c.path, resp.StatusCode, body, c.status, c.body)
		}
	}
}

func TestGitLabEnforcesScopesAndLevelsOnWrites(t *testing.T) {
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
		what, token, method, path, body string
		status                          int
	}{
		{"read_api does not create", reader, "POST", "/api/v4/projects", create, 403},
		{"a Reporter does not create", reporter, "POST", "/api/v4/projects", create, 400},
		{"a Maintainer creates", maintainer, "POST", "/api/v4/projects", create, 201},
		{"the name is taken", maintainer, "POST", "/api/v4/projects", create, 400},
		{"it is there", reader, "GET", project, "", 200},
		{"a Maintainer commits", maintainer, "POST", project + "/repository/commits", commit, 201},
		{"the file is there", maintainer, "HEAD", project + "/repository/files/README.md?ref=main", "", 200},
		{"a Maintainer does not delete", maintainer, "DELETE", project, "", 403},
		{"the Owner deletes", g.Token(), "DELETE", project, "", 202},
		{"it is gone", g.Token(), "GET", project, "", 404},
	} {
		resp, body := askGitLab(t, g, step.token, step.method, step.path, step.body)
		if resp.StatusCode != step.status {
			t.Fatalf("%s: status %d, want %d: %s", step.what, resp.StatusCode, step.status, body)
		}
		if strings.HasPrefix(step.what, "read_api") {
			var refusal struct{ Error, Scope string }
			if err := json.Unmarshal([]byte(body), &refusal); err != nil || refusal.Error != "insufficient_scope" || refusal.Scope != "api" {
				t.Errorf("refusal %s, want insufficient_scope for api", body)
			}
		}
		if step.what == "it is there" {
			if names := g.Projects(sandbox.GroupID); len(names) != 1 || names[0] != "sample" {
				t.Errorf("projects %v, want sample alone", names)
			}
		}
	}
}
