// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var (
	bitbucketAPI    = "ATATT3xFfGF0" + strings.Repeat("a1B2", 20) + "=5A3C0F1D"
	bitbucketAccess = "ATCTT3xFfGN0" + strings.Repeat("a1B2", 20) + "=5A3C0F1D"
)

// bitbucketQuestion is asked with the user name that goes with the kind of token.
func bitbucketQuestion(token, projectKey string) Question {
	q := Question{
		Provider: BitbucketCloud, Workspace: sandbox.BitbucketWorkspace, ProjectKey: projectKey,
		Username: sandbox.BitbucketUsername, Token: token, Thorough: true,
	}
	if strings.HasPrefix(token, bitbucketAccessPrefix) {
		q.Username = bitbucketAnyAccessToken
	}
	return q
}

func asked(q Question, change func(*Question)) Question {
	change(&q)
	return q
}

func bitbucketFacts(kind string, scopes ...string) Facts {
	return Facts{Token: TokenFacts{Reply: ok(), ScopesKnown: true, Scopes: scopes, Type: kind}, Target: TargetFacts{Reply: ok(), Project: ok()}}
}

func serveBitbucket(x sandbox.BitbucketToken) func(*sandbox.Sandbox, Question) {
	return func(s *sandbox.Sandbox, q Question) {
		x.Token = q.Token
		s.Bitbucket.AddToken(x)
	}
}

func serveAPI(scopes ...string) func(*sandbox.Sandbox, Question) {
	return serveBitbucket(sandbox.BitbucketToken{Scopes: scopes})
}

func serveAccess(kind string, scopes ...string) func(*sandbox.Sandbox, Question) {
	return serveBitbucket(sandbox.BitbucketToken{Kind: kind, Scopes: scopes})
}

func bitbucketRows() []row {
	const (
		read, write, admin, remove = "read:repository:bitbucket", "write:repository:bitbucket", "admin:repository:bitbucket", "delete:repository:bitbucket"
		lookUp                     = "read:project:bitbucket"
		json                       = "application/json"
	)
	q := bitbucketQuestion(bitbucketAPI, "")
	light := asked(q, func(q *Question) { q.Thorough = false })
	withKey := func(key string) Question { return bitbucketQuestion(bitbucketAPI, key) }
	access := bitbucketQuestion(bitbucketAccess, "")
	older := []string{"repository", "repository:write", "repository:admin", "repository:delete"}
	git := problem(Warning, AttributeUsername, "bitbucket_username_git", "x-bitbucket-api-token-auth", "x-token-auth")
	target := func(r Reply, scopes ...string) Facts {
		return with(bitbucketFacts("api_token", scopes...), func(f *Facts) { f.Target = TargetFacts{Reply: r} })
	}
	project := func(r Reply, scopes ...string) Facts {
		return with(bitbucketFacts("api_token", scopes...), func(f *Facts) { f.Target.Project = r })
	}
	rejected := Facts{
		Token:  TokenFacts{Reply: failed(FailUnauthorized, 401, "Token is invalid, expired, or not supported for this endpoint.")},
		Target: TargetFacts{Reply: failed(FailUnauthorized, 401, "Token is invalid, expired, or not supported for this endpoint.")},
	}
	lacks := failed(FailScope, 403, "Your credentials lack one or more required privilege scopes (required: "+read+")")
	rows := []row{
		{
			name: "Bitbucket API token, all scopes, nothing is written", q: light, facts: bitbucketFacts("api_token", read, write, admin, remove),
			serve: serveAPI(read, write, admin, remove), verdict: Sufficient, kind: KindAPI,
		},
		{
			name: "Bitbucket API token, all scopes", q: q, facts: bitbucketFacts("api_token", read, write, admin, remove),
			serve: serveAPI(read, write, admin, remove), want: []want{git}, verdict: Sufficient, kind: KindAPI,
		},
		{
			name: "Bitbucket API token with the name for all", q: asked(q, func(q *Question) { q.Username = bitbucketAnyAPIToken }),
			facts: bitbucketFacts("api_token", read, write, admin, remove), serve: serveAPI(read, write, admin, remove), verdict: Sufficient, kind: KindAPI,
		},
		{
			name: "Bitbucket workspace access token, all scopes", q: access, facts: bitbucketFacts("workspace_access_token", older...),
			serve: serveAccess("workspace", older...), verdict: Sufficient, kind: KindWorkspace,
		},
		{
			name: "Bitbucket older scopes imply: write brings read", q: access, facts: bitbucketFacts("workspace_access_token", older[1:]...),
			serve: serveAccess("workspace", older[1:]...), verdict: Sufficient, kind: KindWorkspace,
		},
		{
			name: "Bitbucket project access token, all scopes", q: access, facts: bitbucketFacts("project_access_token", older...),
			serve: serveAccess("project", older...), verdict: Sufficient, kind: KindProject,
		},
		{
			name: "Bitbucket older scopes: admin brings neither read nor write", q: access, facts: bitbucketFacts("workspace_access_token", "repository:admin", "repository:delete"),
			serve: serveAccess("workspace", "repository:admin", "repository:delete"), verdict: Insufficient, missing: []string{"repository", "repository:write"},
			want: []want{problem(Error, AttributeToken, "bitbucket_missing_scopes", "Missing: repository, repository:write (implies repository)\nGranted: repository:admin, repository:delete\n",
				"https://bitbucket.org/acme/workspace/settings/access-tokens")},
		},
		{
			name: "Bitbucket API token: write does not bring read", q: light, facts: target(lacks, write, admin, remove),
			serve: serveAPI(write, admin, remove), verdict: Insufficient, missing: []string{read},
			want: []want{problem(Error, AttributeToken, "bitbucket_missing_scopes", "Missing: "+read+"\n", "https://id.atlassian.com/manage-profile/security/api-tokens")},
		},
		{
			name: "Bitbucket API token: admin does not bring write", q: light, facts: bitbucketFacts("api_token", read, admin, remove),
			serve: serveAPI(read, admin, remove), verdict: Insufficient, missing: []string{write},
			want: []want{problem(Error, AttributeToken, "bitbucket_missing_scopes", "Missing: "+write+"\nGranted: "+read+", "+admin+", "+remove+"\n", "Generate a new token")},
		},
		{
			name: "Bitbucket missing admin", q: light, facts: bitbucketFacts("api_token", read, write, remove), serve: serveAPI(read, write, remove),
			want:    []want{problem(Error, AttributeToken, "bitbucket_missing_scopes", "Missing: "+admin+"\n", "create the GitOps repositories")},
			verdict: Insufficient, missing: []string{admin},
		},
		{
			name: "Bitbucket missing delete", q: light, facts: bitbucketFacts("api_token", read, write, admin), serve: serveAPI(read, write, admin),
			want:    []want{problem(Warning, AttributeToken, "bitbucket_missing_delete_repository_bitbucket", "Missing: "+remove, "left behind")},
			verdict: Sufficient, missing: []string{remove},
		},
		{
			name: "Bitbucket missing delete, older", q: access, facts: bitbucketFacts("workspace_access_token", older[:3]...), serve: serveAccess("workspace", older[:3]...),
			want:    []want{problem(Warning, AttributeToken, "bitbucket_missing_delete_repository_bitbucket", "Missing: repository:delete")},
			verdict: Sufficient, missing: []string{"repository:delete"},
		},
		{
			name: "Bitbucket no scopes", q: light, facts: target(lacks), serve: serveAPI(), verdict: Insufficient, missing: []string{read, write, admin, remove},
			want: []want{
				problem(Error, AttributeToken, "bitbucket_no_scopes", "Bitbucket token has no scopes", "Granted: none"),
				problem(Warning, AttributeToken, "bitbucket_missing_delete_repository_bitbucket"),
			},
		},
		{
			name: "Bitbucket required_scopes in the other vocabulary", q: light, r: Requirements{Scopes: []string{"repository:write", "repository:delete"}},
			facts: bitbucketFacts("api_token", read, write, admin), serve: serveAPI(read, write, admin), verdict: Insufficient, missing: []string{"repository:delete"},
			want: []want{problem(Error, AttributeToken, "bitbucket_missing_scopes", "Missing: repository:delete\n", "required_scopes")},
		},
		{
			name: "Bitbucket required_scopes in the newer vocabulary, older token", q: access, r: Requirements{Scopes: []string{read, write}},
			facts: bitbucketFacts("workspace_access_token", "repository:write"), serve: serveAccess("workspace", "repository:write"), verdict: Sufficient,
		},
		{
			name: "Bitbucket required_scopes leaves out what the refusal proves", q: light, r: Requirements{Scopes: []string{write}},
			facts: target(lacks, write), serve: serveAPI(write), verdict: Insufficient, missing: []string{read},
			want: []want{problem(Error, AttributeToken, "bitbucket_missing_scopes", "Missing: "+read, "(required: "+read+")")},
		},
		{
			name: "Bitbucket tells no scopes", q: light, facts: with(bitbucketFacts(""), func(f *Facts) { f.Token.ScopesKnown = false }),
			serve: func(s *sandbox.Sandbox, _ Question) {
				s.Bitbucket.Inject(sandbox.Fault{Status: 200, Body: `{"pagelen":1}`, ContentType: json})
			},
			want: []want{problem(Warning, AttributeToken, "bitbucket_scopes_unknown", "no header")}, verdict: Unverifiable,
		},
		{
			name: "Bitbucket repository access token", q: access, facts: bitbucketFacts("repo_access_token", older...), serve: serveAccess("repository", older...),
			want: []want{problem(Error, AttributeToken, "bitbucket_repository_token", "only one repository")}, verdict: Insufficient, kind: KindRepository,
		},
		{
			name: "Bitbucket OAuth", q: asked(bitbucketQuestion("oauth-"+bitbucketAccess, ""), func(q *Question) { q.Username = bitbucketAnyAccessToken }),
			facts: bitbucketFacts("oauth2", older...), serve: serveAccess("oauth", older...),
			want: []want{problem(Warning, AttributeToken, "bitbucket_oauth", "Devtron cannot use it")}, verdict: Unverifiable, kind: KindOAuth,
		},
		{
			name: "Bitbucket app password by its prefix", q: bitbucketQuestion("ATBB"+strings.Repeat("a1B2", 8), ""),
			want:    []want{problem(Error, AttributeToken, "kind_unusable", "Devtron cannot use a Bitbucket app password", "since mid-2026", "API token")},
			verdict: Insufficient, kind: KindAppPassword,
		},
		{
			name: "Bitbucket app password without a prefix", q: bitbucketQuestion(strings.Repeat("a1B2", 5), ""), facts: rejected, serve: serveAccess("app-password"),
			// OAuth access tokens and others may have the form of an app password as well.
			want:    []want{problem(Error, AttributeToken, "token_rejected", "has the form of an app password", "since mid-2026", "read, write, admin, and delete")},
			verdict: Insufficient,
		},
		{
			name: "Bitbucket app password that still works", q: light, facts: bitbucketFacts("apppassword", older...), verdict: Sufficient, kind: KindAppPassword,
			serve: func(s *sandbox.Sandbox, _ Question) {
				s.Bitbucket.Inject(sandbox.Fault{Status: 200, Body: `{"pagelen":1}`, ContentType: json, Header: map[string][]string{
					"X-Credential-Type": {"apppassword"}, "X-Oauth-Scopes": {strings.Join(older, ", ")},
				}})
			},
			want: []want{problem(Warning, AttributeToken, "bitbucket_app_password", "after July 2026")},
		},
		{
			name: "Bitbucket token of GitLab", q: bitbucketQuestion(personal, ""),
			want: []want{problem(Error, AttributeToken, "wrong_provider_token", "GitLab token", `git_provider = "GITLAB"`)}, verdict: Insufficient,
		},
		{
			name: "Bitbucket 401", q: q, facts: rejected, serve: serveBitbucket(sandbox.BitbucketToken{Revoked: true}),
			want: []want{problem(Error, AttributeToken, "token_rejected", "Bitbucket does not accept the token", "401 Token is invalid")}, verdict: Insufficient, kind: KindAPI,
		},
		{
			name: "Bitbucket 401, expired", q: light, facts: rejected, serve: serveBitbucket(sandbox.BitbucketToken{Expires: time.Now().Add(-time.Hour)}),
			want: []want{problem(Error, AttributeToken, "token_rejected")}, verdict: Insufficient,
		},
		{
			name: "Bitbucket API token with the user name", q: asked(q, func(q *Question) { q.Username = sandbox.Username }), facts: rejected,
			serve: serveAPI(read, write, admin, remove), verdict: Insufficient,
			want: []want{
				problem(Error, AttributeToken, "token_rejected"),
				problem(Warning, AttributeUsername, "bitbucket_username", "e-mail address", `"acme-bot"`),
			},
		},
		{
			name: "Bitbucket access token with an e-mail address", q: asked(access, func(q *Question) { q.Username = sandbox.BitbucketUsername }), facts: rejected,
			serve: serveAccess("workspace", older...), verdict: Insufficient,
			want: []want{
				problem(Error, AttributeToken, "token_rejected"),
				problem(Warning, AttributeUsername, "bitbucket_username", `username = "x-token-auth"`),
			},
		},
		{
			name: "Bitbucket without username", q: asked(q, func(q *Question) { q.Username = "" }), verdict: Unverifiable, kind: KindAPI,
			want: []want{problem(Warning, AttributeUsername, "bitbucket_username_missing", "username and token together")},
		},
		{
			name: "Bitbucket username with a colon", q: asked(q, func(q *Question) { q.Username = "a:b" }), verdict: Insufficient,
			want: []want{problem(Error, AttributeUsername, "bitbucket_username_invalid", "colon")},
		},
		{
			name: "Bitbucket workspace 404", q: asked(light, func(q *Question) { q.Workspace = "nowhere" }),
			facts: target(failed(FailNotFound, 404, "No workspace with identifier 'nowhere'."), read, write, admin, remove), serve: serveAPI(read, write, admin, remove),
			want: []want{problem(Error, AttributeWorkspace, "bitbucket_workspace_not_found", `"nowhere" was not found`, "No workspace with identifier")}, verdict: Insufficient,
		},
		{
			name: "Bitbucket workspace 403", q: light, facts: target(failed(FailForbidden, 403, "Not on the allowlist."), read, write, admin, remove),
			serve: func(s *sandbox.Sandbox, q Question) {
				s.Bitbucket.Inject(sandbox.Fault{Status: 403, Body: `{"type":"error","error":{"message":"Not on the allowlist."}}`, ContentType: json, Header: map[string][]string{
					"X-Credential-Type": {"api_token"}, "X-Oauth-Scopes": {strings.Join([]string{read, write, admin, remove}, ", ")},
				}})
			},
			want: []want{problem(Error, AttributeWorkspace, "bitbucket_workspace_forbidden", "403 Not on the allowlist")}, verdict: Insufficient,
		},
		{
			name: "Bitbucket workspace that cannot stand in a URL", q: asked(light, func(q *Question) { q.Workspace = "acme/x" }),
			facts: with(bitbucketFacts("api_token", read, write, admin, remove), func(f *Facts) { f.Target = TargetFacts{} }), serve: serveAPI(read, write, admin, remove),
			want: []want{problem(Error, AttributeWorkspace, "bitbucket_workspace_invalid", "slash")}, verdict: Insufficient,
		},
		{
			name: "Bitbucket project, key in lower case", q: asked(withKey("git"), func(q *Question) { q.Thorough = false }),
			facts: bitbucketFacts("api_token", read, write, admin, remove, lookUp), serve: serveAPI(read, write, admin, remove, lookUp), verdict: Sufficient,
		},
		{
			name: "Bitbucket project 404", q: asked(withKey("other"), func(q *Question) { q.Thorough = false }),
			facts: project(failed(FailNotFound, 404, "Project with key OTHER not found"), read, write, admin, remove, lookUp), serve: serveAPI(read, write, admin, remove, lookUp),
			want: []want{problem(Error, AttributeProjectKey, "bitbucket_project_not_found", `"OTHER"`, "takes the oldest project")}, verdict: Insufficient,
		},
		{
			name: "Bitbucket project that may not be looked up, nothing is written", q: asked(withKey("GIT"), func(q *Question) { q.Thorough = false }),
			facts: project(lacks, read, write, admin, remove), serve: serveAPI(read, write, admin, remove), verdict: Unverifiable,
		},
		{
			name: "Bitbucket project that may not be looked up", q: withKey("GIT"), facts: project(lacks, read, write, admin, remove), serve: serveAPI(read, write, admin, remove),
			want: []want{problem(Warning, AttributeProjectKey, "bitbucket_project_unknown", lookUp), git}, verdict: Unverifiable,
		},
		{
			name: "Bitbucket project that may not be looked up, older", q: bitbucketQuestion(bitbucketAccess, "GIT"), r: Requirements{Scopes: []string{}},
			facts: with(bitbucketFacts("workspace_access_token", "repository:write"), func(f *Facts) { f.Target.Project = lacks }),
			serve: serveAccess("workspace", "repository:write"), verdict: Unverifiable,
			want: []want{problem(Warning, AttributeProjectKey, "bitbucket_project_unknown", "the scope project.")},
		},
		{
			name: "Bitbucket project 5xx", q: asked(withKey("GIT"), func(q *Question) { q.Thorough = false }), facts: project(failed(FailServer, 500, ""), read, write, admin, remove),
			serve: func(s *sandbox.Sandbox, q Question) {
				serveAPI(read, write, admin, remove)(s, q)
				s.Bitbucket.Inject(sandbox.Fault{Path: "/2.0/workspaces/", Status: 500})
			},
			want: []want{problem(Warning, AttributeHost, "server_error", "about the project")}, verdict: Unverifiable,
		},
		{
			name: "Bitbucket host that is not Bitbucket Cloud", q: asked(q, func(q *Question) { q.Host = "https://bitbucket.example.com" }), verdict: Insufficient,
			want: []want{problem(Error, AttributeHost, "bitbucket_host", "https://bitbucket.org/")},
		},
	}
	return append(rows, unreachableRows(q, "/2.0/", func(s *sandbox.Sandbox) *sandbox.Server { return s.Bitbucket.Server })...)
}
