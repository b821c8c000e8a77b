// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	workspaceToken = "ATCTT3xFfGN0a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2=5A3C0F1D"
	apiToken       = "ATATT3xFfGF0a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2=5A3C0F1D"

	bitbucketRead, bitbucketWrite   = "read:repository:bitbucket", "write:repository:bitbucket"
	bitbucketAdmin, bitbucketDelete = "admin:repository:bitbucket", "delete:repository:bitbucket"
	bitbucketLacks                  = "Bitbucket token lacks scopes that Devtron needs"
	bitbucketProjects               = "read:project:bitbucket"
)

func olderScopes() []string {
	return []string{"repository", "repository:write", "repository:admin", "repository:delete"}
}

// bitbucketUser returns a user name that fits the token, so that the check does not report it.
func bitbucketUser(token string) string {
	if strings.HasPrefix(token, "ATATT") {
		return "x-bitbucket-api-token-auth"
	}
	return "x-token-auth"
}

func bitbucketAnswer(verdict, kind string, missing ...string) answer {
	return answer{verdict: verdict, kind: kind, missing: missing}
}

func withBitbucketToken(x sandbox.BitbucketToken) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		x := x // The cases run in parallel.
		x.Token = token
		box.Bitbucket.AddToken(x)
	}
}

// access adds an access token with scopes in the older vocabulary.
func access(kind string, scopes ...string) func(*sandbox.Sandbox, string) {
	return withBitbucketToken(sandbox.BitbucketToken{Kind: kind, Scopes: scopes})
}

func apiScopes(scopes ...string) func(*sandbox.Sandbox, string) {
	return withBitbucketToken(sandbox.BitbucketToken{Scopes: scopes})
}

func bitbucketScopeCases() []checkCase {
	const page = "https://bitbucket.org/acme/workspace/settings/access-tokens"
	return inSharedRow([]checkCase{
		{name: "Bitbucket workspace token, all scopes", serve: access("workspace", olderScopes()...), data: bitbucketAnswer("sufficient", "workspace")},
		{name: "Bitbucket older write implies read", serve: access("workspace", olderScopes()[1:]...), data: bitbucketAnswer("sufficient", "workspace")},
		{
			name: "Bitbucket older admin implies neither", serve: access("workspace", "repository:admin", "repository:delete"),
			data: bitbucketAnswer("insufficient", "workspace", "repository", "repository:write"),
			want: []expected{stops("token", bitbucketLacks, "Missing: repository, repository:write (implies repository)\nGranted: repository:admin, repository:delete\n", page)},
		},
		{
			name: "Bitbucket without older delete", serve: access("workspace", olderScopes()[:3]...), data: bitbucketAnswer("sufficient", "workspace", "repository:delete"),
			want: []expected{warns("token", "Bitbucket token lacks the scope repository:delete", "left behind", page)},
		},
		{name: "Bitbucket API token, all scopes", token: apiToken, serve: apiScopes(bitbucketRead, bitbucketWrite, bitbucketAdmin, bitbucketDelete), data: bitbucketAnswer("sufficient", "api-token")},
		{
			name: "Bitbucket API token, write does not imply read", token: apiToken, serve: apiScopes(bitbucketWrite, bitbucketAdmin, bitbucketDelete),
			data: bitbucketAnswer("insufficient", "api-token", bitbucketRead),
			want: []expected{stops("token", bitbucketLacks, "Missing: "+bitbucketRead+"\n", "https://id.atlassian.com/manage-profile/security/api-tokens")},
		},
		{
			name: "Bitbucket API token, admin does not imply write", token: apiToken, serve: apiScopes(bitbucketRead, bitbucketAdmin, bitbucketDelete),
			data: bitbucketAnswer("insufficient", "api-token", bitbucketWrite), want: []expected{stops("token", bitbucketLacks, "Missing: "+bitbucketWrite+"\n", "Generate a new token")},
		},
		{
			name: "Bitbucket API token without delete", token: apiToken, serve: apiScopes(bitbucketRead, bitbucketWrite, bitbucketAdmin),
			data: bitbucketAnswer("sufficient", "api-token", bitbucketDelete), want: []expected{warns("token", "lacks the scope "+bitbucketDelete, "left behind")},
		},
		{
			name: "Bitbucket API token without scopes", token: apiToken, serve: apiScopes(),
			data: bitbucketAnswer("insufficient", "api-token", bitbucketRead, bitbucketWrite, bitbucketAdmin, bitbucketDelete),
			want: []expected{stops("token", "Bitbucket token has no scopes", "Granted: none"), warns("token", "lacks the scope "+bitbucketDelete)},
		},
		{
			name: "Bitbucket required scopes in the other vocabulary", token: apiToken, set: values{"required_scopes": []string{"repository:write", "repository:delete"}},
			serve: apiScopes(bitbucketRead, bitbucketWrite, bitbucketAdmin), data: bitbucketAnswer("insufficient", "api-token", "repository:delete"),
			want: []expected{stops("token", bitbucketLacks, "Missing: repository:delete\n", "required_scopes")},
		},
		{
			name: "Bitbucket required scopes in the newer vocabulary", set: values{"required_scopes": []string{bitbucketRead, bitbucketWrite}},
			serve: access("workspace", "repository:write"), data: bitbucketAnswer("sufficient", "workspace"),
		},
		{
			name: "Bitbucket needs a scope that required_scopes omits", token: apiToken, set: values{"required_scopes": []string{bitbucketWrite}},
			serve: apiScopes(bitbucketWrite), data: bitbucketAnswer("insufficient", "api-token", bitbucketRead),
			want: []expected{stops("token", bitbucketLacks, "Missing: "+bitbucketRead, "(required: "+bitbucketRead+")")},
		},
		{
			name: "Bitbucket returns no scopes", data: bitbucketAnswer("unverifiable", ""),
			serve: func(box *sandbox.Sandbox, _ string) {
				box.Bitbucket.Inject(sandbox.Fault{Status: 200, Body: `{"pagelen":1}`, ContentType: "application/json"})
			},
			want: []expected{warns("token", "The scopes of the Bitbucket token cannot be read")},
		},
	})
}

func bitbucketTokenCases() []checkCase {
	older := olderScopes()
	refused := bitbucketAnswer("insufficient", "")
	rejects := stops("token", "Bitbucket does not accept the token", "401 Token is invalid")
	return inSharedRow([]checkCase{
		{name: "Bitbucket project token", serve: access("project", older...), data: bitbucketAnswer("sufficient", "project")},
		{
			name: "Bitbucket repository token", serve: access("repository", older...), data: bitbucketAnswer("insufficient", "repository"),
			want: []expected{stops("token", "repository access token cannot create repositories", "only one repository", "at most 158 bytes")},
		},
		{
			name: "Bitbucket OAuth", token: "oauth-0123456789abcdefghij", serve: access("oauth", older...), data: bitbucketAnswer("unverifiable", "oauth"),
			want: []expected{warns("token", "A Bitbucket OAuth access token expires within hours")},
		},
		{
			name: "Bitbucket app password by its prefix", token: "ATBB0123456789abcdefghijABCDEFGHIJ", data: bitbucketAnswer("insufficient", "app-password"),
			want: []expected{stops("token", "Devtron cannot use a Bitbucket app password", "since mid-2026", "API token")},
		},
		{
			name: "Bitbucket app password without a prefix", token: strings.Repeat("a1B2", 5), serve: access("app-password"), data: bitbucketAnswer("insufficient", ""),
			want: []expected{stops("token", "has the form of an app password", "since mid-2026", "read, write, admin, and delete", "at most 158 bytes")},
		},
		{
			name: "Bitbucket app password that still works", token: strings.Repeat("a1B2", 5), data: bitbucketAnswer("sufficient", "app-password"),
			serve: func(box *sandbox.Sandbox, _ string) {
				box.Bitbucket.Inject(sandbox.Fault{Status: 200, Body: `{"pagelen":1}`, ContentType: "application/json", Header: http.Header{
					"X-Credential-Type": {"apppassword"}, "X-Oauth-Scopes": {strings.Join(older, ", ")},
				}})
			},
			want: []expected{warns("token", "The token is a Bitbucket app password")},
		},
		{
			name: "Bitbucket token of GitLab", token: personalToken, data: refused,
			want: []expected{stops("token", "GitLab token, but the configuration is for Bitbucket", `git_provider = "GITLAB"`)},
		},
		{name: "Bitbucket unknown token", serve: untouched, data: refused, want: []expected{rejects}},
		{name: "Bitbucket revoked", serve: withBitbucketToken(sandbox.BitbucketToken{Kind: "workspace", Revoked: true}), data: refused, want: []expected{rejects}},
		{name: "Bitbucket expired", serve: withBitbucketToken(sandbox.BitbucketToken{Kind: "workspace", Expires: time.Now().Add(-time.Hour)}), data: refused, want: []expected{rejects}},
		{
			name: "Bitbucket API token with a user name", token: apiToken, set: values{"username": sandbox.Username}, serve: apiScopes(bitbucketRead),
			data: bitbucketAnswer("insufficient", "api-token"), want: []expected{rejects, warns("username", "not the e-mail address that goes with a Bitbucket API token", `"acme-bot"`)},
		},
		{
			name: "Bitbucket access token with an e-mail address", set: values{"username": sandbox.BitbucketUsername}, serve: access("workspace", older...),
			data: refused, want: []expected{rejects, warns("username", "not the one that goes with a Bitbucket access token", `username = "x-token-auth"`)},
		},
		{
			name: "Bitbucket API token with the e-mail address", token: apiToken, set: values{"username": sandbox.BitbucketUsername},
			serve: apiScopes(bitbucketRead, bitbucketWrite, bitbucketAdmin, bitbucketDelete), data: bitbucketAnswer("sufficient", "api-token"),
			want: []expected{warns("username", "git may not accept the e-mail address", "x-bitbucket-api-token-auth", "check the first deployment")},
		},
		{
			name: "Bitbucket user name with a colon", set: values{"username": "a:b"}, data: refused,
			want: []expected{stops("username", "This cannot be a Bitbucket user name", "colon")},
		},
	})
}

func bitbucketTargetCases() []checkCase {
	all := []string{bitbucketRead, bitbucketWrite, bitbucketAdmin, bitbucketDelete}
	blind, seeing := apiScopes(all...), apiScopes(append(all, bitbucketProjects)...)
	key := func(is string) values { return values{"bitbucket_project_key": is} }
	workspace := func(is string) values { return values{"bitbucket_workspace_id": is} }
	api := func(verdict string) answer { return bitbucketAnswer(verdict, "api-token") }
	return inSharedRow([]checkCase{
		{
			name: "Bitbucket no such workspace", token: apiToken, set: workspace("nowhere"), serve: blind, data: api("insufficient"),
			want: []expected{stops("bitbucket_workspace_id", `The Bitbucket workspace "nowhere" was not found`, "No workspace with identifier")},
		},
		{
			name: "Bitbucket workspace 403", token: apiToken, data: api("insufficient"),
			serve: func(box *sandbox.Sandbox, _ string) {
				box.Bitbucket.Inject(sandbox.Fault{
					Status: 403, Body: `{"type":"error","error":{"message":"Not on the allowlist."}}`, ContentType: "application/json",
					Header: http.Header{"X-Credential-Type": {"api_token"}, "X-Oauth-Scopes": {strings.Join(all, ", ")}},
				})
			},
			want: []expected{stops("bitbucket_workspace_id", "denies access to the token", "403 Not on the allowlist")},
		},
		{
			name: "Bitbucket workspace with an invalid name", token: apiToken, set: workspace(".."), serve: blind, data: api("insufficient"),
			want: []expected{stops("bitbucket_workspace_id", "This cannot be a Bitbucket workspace")},
		},
		{name: "Bitbucket project in lower case", token: apiToken, set: key("git"), serve: seeing, data: api("sufficient")},
		{
			name: "Bitbucket no such project", token: apiToken, set: key("other"), serve: seeing, data: api("insufficient"),
			want: []expected{stops("bitbucket_project_key", `has no project "OTHER"`, "takes the oldest project")},
		},
		{
			name: "Bitbucket project with an invalid key", token: apiToken, set: key(".."), serve: seeing, data: api("insufficient"),
			want: []expected{stops("bitbucket_project_key", "This cannot be the key of a Bitbucket project")},
		},
		{
			name: "Bitbucket project that cannot be read", token: apiToken, set: key("GIT"), serve: blind, data: api("unverifiable"),
			want: []expected{warns("bitbucket_project_key", `Cannot verify that the Bitbucket project "GIT" exists`, bitbucketProjects)},
		},
		{
			name: "Bitbucket project that cannot be read, older scopes", set: key("GIT"), serve: access("workspace", olderScopes()...), data: bitbucketAnswer("unverifiable", "workspace"),
			want: []expected{warns("bitbucket_project_key", "Cannot verify that the Bitbucket project", "the scope project.")},
		},
		{
			name: "Bitbucket project 5xx", token: apiToken, set: key("GIT"), data: api("unverifiable"),
			serve: func(box *sandbox.Sandbox, token string) {
				seeing(box, token)
				box.Bitbucket.Inject(sandbox.Fault{Path: "/2.0/workspaces/", Status: 500})
			},
			want: []expected{warns("host", "HTTP 500", "Checking the project")},
		},
	})
}
