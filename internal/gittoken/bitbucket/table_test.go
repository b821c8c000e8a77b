// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/bitbucket"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func serveAPI(scopes ...string) func(*sandbox.Sandbox, inspect.Question) {
	return checktest.ServeBitbucket(sandbox.BitbucketToken{Scopes: scopes})
}

func TestDecisionTable(t *testing.T) { checktest.Run(t, bitbucket.Definition, table()) }

func table() []checktest.Row {
	const (
		read, write, admin, remove = "read:repository:bitbucket", "write:repository:bitbucket", "admin:repository:bitbucket", "delete:repository:bitbucket"
		lookUp                     = "read:project:bitbucket"
		json                       = "application/json"
	)
	q := checktest.BitbucketQuestion(checktest.BitbucketAPI, "")
	light := checktest.With(q, func(q *inspect.Question) { q.Thorough = false })
	withKey := func(key string) inspect.Question { return checktest.BitbucketQuestion(checktest.BitbucketAPI, key) }
	access := checktest.BitbucketQuestion(checktest.BitbucketAccess, "")
	older := []string{"repository", "repository:write", "repository:admin", "repository:delete"}
	git := checktest.Warning(inspect.AttributeUsername, "bitbucket_username_git", "x-bitbucket-api-token-auth", "x-token-auth")
	target := func(r inspect.Reply, scopes ...string) inspect.Facts {
		return checktest.With(checktest.BitbucketFacts("api_token", scopes...), func(f *inspect.Facts) { f.Target = inspect.TargetFacts{Reply: r} })
	}
	project := func(r inspect.Reply, scopes ...string) inspect.Facts {
		return checktest.With(checktest.BitbucketFacts("api_token", scopes...), func(f *inspect.Facts) { f.Target.Project = r })
	}
	rejected := inspect.Facts{
		Token:  inspect.TokenFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "Token is invalid, expired, or not supported for this endpoint.")},
		Target: inspect.TargetFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "Token is invalid, expired, or not supported for this endpoint.")},
	}
	lacks := checktest.Failed(gitapi.InsufficientScope, 403, "Your credentials lack one or more required privilege scopes (required: "+read+")")
	rows := []checktest.Row{
		{
			Name: "Bitbucket API token, all scopes, nothing is written", Question: light, Facts: checktest.BitbucketFacts("api_token", read, write, admin, remove),
			Serve: serveAPI(read, write, admin, remove), Verdict: inspect.Sufficient, Kind: inspect.KindAPI,
		},
		{
			Name: "Bitbucket API token, all scopes", Question: q, Facts: checktest.BitbucketFacts("api_token", read, write, admin, remove),
			Serve: serveAPI(read, write, admin, remove), Want: []checktest.Want{git}, Verdict: inspect.Sufficient, Kind: inspect.KindAPI,
		},
		{
			Name: "Bitbucket API token with the name for all", Question: checktest.With(q, func(q *inspect.Question) { q.Username = checktest.APITokenUser }),
			Facts: checktest.BitbucketFacts("api_token", read, write, admin, remove), Serve: serveAPI(read, write, admin, remove), Verdict: inspect.Sufficient, Kind: inspect.KindAPI,
		},
		{
			Name: "Bitbucket workspace access token, all scopes", Question: access, Facts: checktest.BitbucketFacts("workspace_access_token", older...),
			Serve: checktest.ServeBitbucketAccess("workspace", older...), Verdict: inspect.Sufficient, Kind: inspect.KindWorkspace,
		},
		{
			Name: "Bitbucket older scopes imply: write brings read", Question: access, Facts: checktest.BitbucketFacts("workspace_access_token", older[1:]...),
			Serve: checktest.ServeBitbucketAccess("workspace", older[1:]...), Verdict: inspect.Sufficient, Kind: inspect.KindWorkspace,
		},
		{
			Name: "Bitbucket project access token, all scopes", Question: access, Facts: checktest.BitbucketFacts("project_access_token", older...),
			Serve: checktest.ServeBitbucketAccess("project", older...), Verdict: inspect.Sufficient, Kind: inspect.KindProject,
		},
		{
			Name: "Bitbucket older scopes: admin brings neither read nor write", Question: access, Facts: checktest.BitbucketFacts("workspace_access_token", "repository:admin", "repository:delete"),
			Serve: checktest.ServeBitbucketAccess("workspace", "repository:admin", "repository:delete"), Verdict: inspect.Insufficient, Missing: []string{"repository", "repository:write"},
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_missing_scopes", "Missing: repository, repository:write (implies repository)\nGranted: repository:admin, repository:delete\n",
				"https://bitbucket.org/acme/workspace/settings/access-tokens")},
		},
		{
			Name: "Bitbucket API token: write does not bring read", Question: light, Facts: target(lacks, write, admin, remove),
			Serve: serveAPI(write, admin, remove), Verdict: inspect.Insufficient, Missing: []string{read},
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_missing_scopes", "Missing: "+read+"\n", "https://id.atlassian.com/manage-profile/security/api-tokens")},
		},
		{
			Name: "Bitbucket API token: admin does not bring write", Question: light, Facts: checktest.BitbucketFacts("api_token", read, admin, remove),
			Serve: serveAPI(read, admin, remove), Verdict: inspect.Insufficient, Missing: []string{write},
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_missing_scopes", "Missing: "+write+"\nGranted: "+read+", "+admin+", "+remove+"\n", "Generate a new token")},
		},
		{
			Name: "Bitbucket missing admin", Question: light, Facts: checktest.BitbucketFacts("api_token", read, write, remove), Serve: serveAPI(read, write, remove),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_missing_scopes", "Missing: "+admin+"\n", "create the GitOps repositories")},
			Verdict: inspect.Insufficient, Missing: []string{admin},
		},
		{
			Name: "Bitbucket missing delete", Question: light, Facts: checktest.BitbucketFacts("api_token", read, write, admin), Serve: serveAPI(read, write, admin),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "bitbucket_missing_delete_repository_bitbucket", "Missing: "+remove, "left behind")},
			Verdict: inspect.Sufficient, Missing: []string{remove},
		},
		{
			Name: "Bitbucket missing delete, older", Question: access, Facts: checktest.BitbucketFacts("workspace_access_token", older[:3]...), Serve: checktest.ServeBitbucketAccess("workspace", older[:3]...),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "bitbucket_missing_delete_repository_bitbucket", "Missing: repository:delete")},
			Verdict: inspect.Sufficient, Missing: []string{"repository:delete"},
		},
		{
			Name: "Bitbucket no scopes", Question: light, Facts: target(lacks), Serve: serveAPI(), Verdict: inspect.Insufficient, Missing: []string{read, write, admin, remove},
			Want: []checktest.Want{
				checktest.Error(inspect.AttributeToken, "bitbucket_no_scopes", "Bitbucket token has no scopes", "Granted: none"),
				checktest.Warning(inspect.AttributeToken, "bitbucket_missing_delete_repository_bitbucket"),
			},
		},
		{
			Name: "Bitbucket required_scopes in the other vocabulary", Question: light, Requirements: inspect.Requirements{Scopes: []string{"repository:write", "repository:delete"}},
			Facts: checktest.BitbucketFacts("api_token", read, write, admin), Serve: serveAPI(read, write, admin), Verdict: inspect.Insufficient, Missing: []string{"repository:delete"},
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_missing_scopes", "Missing: repository:delete\n", "required_scopes")},
		},
		{
			Name: "Bitbucket required_scopes in the newer vocabulary, older token", Question: access, Requirements: inspect.Requirements{Scopes: []string{read, write}},
			Facts: checktest.BitbucketFacts("workspace_access_token", "repository:write"), Serve: checktest.ServeBitbucketAccess("workspace", "repository:write"), Verdict: inspect.Sufficient,
		},
		{
			Name: "Bitbucket required_scopes leaves out what the refusal proves", Question: light, Requirements: inspect.Requirements{Scopes: []string{write}},
			Facts: target(lacks, write), Serve: serveAPI(write), Verdict: inspect.Insufficient, Missing: []string{read},
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_missing_scopes", "Missing: "+read, "(required: "+read+")")},
		},
		{
			Name: "Bitbucket tells no scopes", Question: light, Facts: checktest.With(checktest.BitbucketFacts(""), func(f *inspect.Facts) { f.Token.ScopesKnown = false }),
			Serve: func(s *sandbox.Sandbox, _ inspect.Question) {
				s.Bitbucket.Inject(sandbox.Fault{Status: 200, Body: `{"pagelen":1}`, ContentType: json})
			},
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "bitbucket_scopes_unknown", "no header")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Bitbucket repository access token", Question: access, Facts: checktest.BitbucketFacts("repo_access_token", older...), Serve: checktest.ServeBitbucketAccess("repository", older...),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "bitbucket_repository_token", "only one repository")}, Verdict: inspect.Insufficient, Kind: inspect.KindRepository,
		},
		{
			Name: "Bitbucket OAuth", Question: checktest.With(checktest.BitbucketQuestion("oauth-"+checktest.BitbucketAccess, ""), func(q *inspect.Question) { q.Username = checktest.AccessTokenUser }),
			Facts: checktest.BitbucketFacts("oauth2", older...), Serve: checktest.ServeBitbucketAccess("oauth", older...),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "bitbucket_oauth", "expires within hours", "stores the token permanently")}, Verdict: inspect.Unverifiable, Kind: inspect.KindOAuth,
		},
		{
			Name: "Bitbucket app password by its prefix", Question: checktest.BitbucketQuestion("ATBB"+strings.Repeat("a1B2", 8), ""),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "Devtron cannot use a Bitbucket app password", "since mid-2026", "API token")},
			Verdict: inspect.Insufficient, Kind: inspect.KindAppPassword,
		},
		{
			Name: "Bitbucket app password without a prefix", Question: checktest.BitbucketQuestion(strings.Repeat("a1B2", 5), ""), Facts: rejected, Serve: checktest.ServeBitbucketAccess("app-password"),
			// Other tokens, such as OAuth access tokens, may have the form of an app password too.
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "has the form of an app password", "since mid-2026", "read, write, admin, and delete")},
			Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket app password that still works", Question: light, Facts: checktest.BitbucketFacts("apppassword", older...), Verdict: inspect.Sufficient, Kind: inspect.KindAppPassword,
			Serve: func(s *sandbox.Sandbox, _ inspect.Question) {
				s.Bitbucket.Inject(sandbox.Fault{Status: 200, Body: `{"pagelen":1}`, ContentType: json, Header: map[string][]string{
					"X-Credential-Type": {"apppassword"}, "X-Oauth-Scopes": {strings.Join(older, ", ")},
				}})
			},
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "bitbucket_app_password", "after July 2026")},
		},
		{
			Name: "Bitbucket token of GitLab", Question: checktest.BitbucketQuestion(checktest.Personal, ""),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "GitLab token", `git_provider = "GITLAB"`)}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket 401", Question: q, Facts: rejected, Serve: checktest.ServeBitbucket(sandbox.BitbucketToken{Revoked: true}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "Bitbucket does not accept the token", "401 Token is invalid")}, Verdict: inspect.Insufficient, Kind: inspect.KindAPI,
		},
		{
			Name: "Bitbucket 401, expired", Question: light, Facts: rejected, Serve: checktest.ServeBitbucket(sandbox.BitbucketToken{Expires: time.Now().Add(-time.Hour)}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket API token with the user name", Question: checktest.With(q, func(q *inspect.Question) { q.Username = sandbox.Username }), Facts: rejected,
			Serve: serveAPI(read, write, admin, remove), Verdict: inspect.Insufficient,
			Want: []checktest.Want{
				checktest.Error(inspect.AttributeToken, "token_rejected"),
				checktest.Warning(inspect.AttributeUsername, "bitbucket_username", "e-mail address", `"acme-bot"`),
			},
		},
		{
			Name: "Bitbucket access token with an e-mail address", Question: checktest.With(access, func(q *inspect.Question) { q.Username = sandbox.BitbucketUsername }), Facts: rejected,
			Serve: checktest.ServeBitbucketAccess("workspace", older...), Verdict: inspect.Insufficient,
			Want: []checktest.Want{
				checktest.Error(inspect.AttributeToken, "token_rejected"),
				checktest.Warning(inspect.AttributeUsername, "bitbucket_username", `username = "x-token-auth"`),
			},
		},
		{
			Name: "Bitbucket without username", Question: checktest.With(q, func(q *inspect.Question) { q.Username = "" }), Verdict: inspect.Unverifiable, Kind: inspect.KindAPI,
			Want: []checktest.Want{checktest.Warning(inspect.AttributeUsername, "bitbucket_username_missing", "username and token together")},
		},
		{
			Name: "Bitbucket username with a colon", Question: checktest.With(q, func(q *inspect.Question) { q.Username = "a:b" }), Verdict: inspect.Insufficient,
			Want: []checktest.Want{checktest.Error(inspect.AttributeUsername, "bitbucket_username_invalid", "colon")},
		},
		{
			Name: "Bitbucket workspace 404", Question: checktest.With(light, func(q *inspect.Question) { q.Workspace = "nowhere" }),
			Facts: target(checktest.Failed(gitapi.NotFound, 404, "No workspace with identifier 'nowhere'."), read, write, admin, remove), Serve: serveAPI(read, write, admin, remove),
			Want: []checktest.Want{checktest.Error(inspect.AttributeWorkspace, "bitbucket_workspace_not_found", `"nowhere" was not found`, "No workspace with identifier")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket workspace 403", Question: light, Facts: target(checktest.Failed(gitapi.Forbidden, 403, "Not on the allowlist."), read, write, admin, remove),
			Serve: func(s *sandbox.Sandbox, q inspect.Question) {
				s.Bitbucket.Inject(sandbox.Fault{Status: 403, Body: `{"type":"error","error":{"message":"Not on the allowlist."}}`, ContentType: json, Header: map[string][]string{
					"X-Credential-Type": {"api_token"}, "X-Oauth-Scopes": {strings.Join([]string{read, write, admin, remove}, ", ")},
				}})
			},
			Want: []checktest.Want{checktest.Error(inspect.AttributeWorkspace, "bitbucket_workspace_forbidden", "403 Not on the allowlist")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket workspace that cannot stand in a URL", Question: checktest.With(light, func(q *inspect.Question) { q.Workspace = "acme/x" }),
			Facts: checktest.With(checktest.BitbucketFacts("api_token", read, write, admin, remove), func(f *inspect.Facts) { f.Target = inspect.TargetFacts{} }), Serve: serveAPI(read, write, admin, remove),
			Want: []checktest.Want{checktest.Error(inspect.AttributeWorkspace, "bitbucket_workspace_invalid", "slash")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket project, key in lower case", Question: checktest.With(withKey("git"), func(q *inspect.Question) { q.Thorough = false }),
			Facts: checktest.BitbucketFacts("api_token", read, write, admin, remove, lookUp), Serve: serveAPI(read, write, admin, remove, lookUp), Verdict: inspect.Sufficient,
		},
		{
			Name: "Bitbucket project 404", Question: checktest.With(withKey("other"), func(q *inspect.Question) { q.Thorough = false }),
			Facts: project(checktest.Failed(gitapi.NotFound, 404, "Project with key OTHER not found"), read, write, admin, remove, lookUp), Serve: serveAPI(read, write, admin, remove, lookUp),
			Want: []checktest.Want{checktest.Error(inspect.AttributeProjectKey, "bitbucket_project_not_found", `"OTHER"`, "takes the oldest project")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Bitbucket project that may not be looked up, nothing is written", Question: checktest.With(withKey("GIT"), func(q *inspect.Question) { q.Thorough = false }),
			Facts: project(lacks, read, write, admin, remove), Serve: serveAPI(read, write, admin, remove), Verdict: inspect.Unverifiable,
		},
		{
			Name: "Bitbucket project that may not be looked up", Question: withKey("GIT"), Facts: project(lacks, read, write, admin, remove), Serve: serveAPI(read, write, admin, remove),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeProjectKey, "bitbucket_project_unknown", lookUp), git}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Bitbucket project that may not be looked up, older", Question: checktest.BitbucketQuestion(checktest.BitbucketAccess, "GIT"), Requirements: inspect.Requirements{Scopes: []string{}},
			Facts: checktest.With(checktest.BitbucketFacts("workspace_access_token", "repository:write"), func(f *inspect.Facts) { f.Target.Project = lacks }),
			Serve: checktest.ServeBitbucketAccess("workspace", "repository:write"), Verdict: inspect.Unverifiable,
			Want: []checktest.Want{checktest.Warning(inspect.AttributeProjectKey, "bitbucket_project_unknown", "the scope project.")},
		},
		{
			Name: "Bitbucket project 5xx", Question: checktest.With(withKey("GIT"), func(q *inspect.Question) { q.Thorough = false }), Facts: project(checktest.Failed(gitapi.ServerError, 500, ""), read, write, admin, remove),
			Serve: func(s *sandbox.Sandbox, q inspect.Question) {
				serveAPI(read, write, admin, remove)(s, q)
				s.Bitbucket.Inject(sandbox.Fault{Path: "/2.0/workspaces/", Status: 500})
			},
			Want: []checktest.Want{checktest.Warning(inspect.AttributeHost, "server_error", "Checking the project")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Bitbucket host that is not Bitbucket Cloud", Question: checktest.With(q, func(q *inspect.Question) { q.Host = "https://bitbucket.example.com" }), Verdict: inspect.Insufficient,
			Want: []checktest.Want{checktest.Error(inspect.AttributeHost, "bitbucket_host", "https://bitbucket.org/")},
		},
	}
	return append(rows, checktest.UnreachableRows(bitbucket.Definition, q, "/2.0/", func(s *sandbox.Sandbox) *sandbox.Server { return s.Bitbucket.Server })...)
}
