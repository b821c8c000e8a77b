// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func githubAnswer(verdict string, missing ...string) answer {
	return answer{verdict: verdict, kind: "classic", owner: sandbox.Username, missing: missing}
}

func githubScopeCases() []checkCase {
	const lacks = "GitHub token lacks scopes that Devtron needs"
	const ok, repo, adminOrg, deleteRepo = "GitHub classic/gho_, header has all (after expansion)", "... missing `repo` (or only `public_repo`)",
		"... missing `admin:org`", "... missing `delete_repo`"
	oauth := githubAnswer("sufficient")
	oauth.kind = "oauth"
	withoutSwitch := githubAnswer("insufficient", "admin:org")
	withoutSwitch.problems = []expected{stops("token", lacks, "Missing: admin:org\n")}
	return []checkCase{
		{row: ok, name: "classic", serve: scopes(allScopes()...), data: githubAnswer("sufficient")},
		{row: ok, name: "OAuth app", token: oauthToken, serve: asOwner(sandbox.GitHubToken{Kind: "oauth", Scopes: allScopes()}), data: oauth},
		{row: ok, name: "generated before 2021", token: strings.Repeat("0a1b", 10), serve: scopes(allScopes()...), data: githubAnswer("sufficient")},
		{row: ok, name: "user name in another case", set: values{"username": "ACME-Bot"}, serve: scopes(allScopes()...), data: githubAnswer("sufficient")},
		{
			row: repo, name: "none", serve: scopes("admin:org", "delete_repo"), data: githubAnswer("insufficient", "repo"),
			want: []expected{stops("token", lacks, "Missing: repo\nGranted: admin:org, delete_repo\n", "/settings/tokens")},
		},
		{
			row: repo, name: "public_repo", serve: scopes("public_repo", "admin:org", "delete_repo"), data: githubAnswer("insufficient", "repo"),
			want: []expected{stops("token", lacks, "Missing: repo\n", "public_repo is not enough")},
		},
		{
			row: adminOrg, name: "without admin:org", serve: scopes("repo", "delete_repo"), data: githubAnswer("insufficient", "admin:org"),
			want: []expected{stops("token", lacks, "Missing: admin:org\nGranted: repo, delete_repo\n", "/settings/tokens")},
		},
		{
			row: adminOrg, name: "read:org is not enough", serve: scopes("repo", "delete_repo", "read:org"), data: githubAnswer("insufficient", "admin:org"),
			want: []expected{stops("token", lacks, "Missing: admin:org\nGranted: repo, delete_repo, read:org\n")},
		},
		{
			row: adminOrg, name: "with allow_custom_repository", set: values{"allow_custom_repository": true}, serve: scopes("repo", "delete_repo"),
			data: withoutSwitch, want: []expected{warns("token", "lacks the scope admin:org", "names its own GitOps repository")},
		},
		{
			row: adminOrg, name: "not required", set: values{"required_scopes": []string{"repo"}}, serve: scopes("repo"),
			// Without admin:org, the check requests the membership of the owner.
			data: githubAnswer("sufficient"),
		},
		{
			row: deleteRepo, name: "without delete_repo", serve: scopes("repo", "admin:org"), data: githubAnswer("sufficient", "delete_repo"),
			want: []expected{warns("token", "lacks the scope delete_repo", "left behind", "/settings/tokens")},
		},
		{
			row: "... header present and empty", name: "no scopes at all", serve: scopes(), data: githubAnswer("insufficient", "repo", "admin:org", "delete_repo"),
			want: []expected{
				stops("token", "GitHub token has no scopes", "Missing: repo, admin:org\nGranted: none\n"),
				warns("token", "lacks the scope delete_repo"),
			},
		},
	}
}

func githubTokenCases() []checkCase {
	const noHeader, installation, rejected, expiry = "`github_pat_`, ghu_ (no header)", "ghs_", "401 (either)", "expiry < 7 d (header / expires_at)"
	soon, later, evening := inDays(3), inDays(8), time.Now().Add(8*time.Hour).UTC().Truncate(time.Second)
	kind := func(kind, verdict string) answer {
		return answer{verdict: verdict, kind: kind, owner: sandbox.Username}
	}
	until := func(a answer, at time.Time) answer { a.expires = at.Format(time.RFC3339); return a }
	noOwner := func(a answer) answer { a.owner = ""; return a }
	return []checkCase{
		{row: "unknown / empty at plan", name: "unknown", set: values{"token": unknownForNow}},
		{row: "unknown / empty at plan", name: "empty", set: values{"token": ""}, want: []expected{stops("token", "The token is empty")}},
		{
			row: noHeader, name: "fine-grained", token: fineGrainedToken, serve: asOwner(sandbox.GitHubToken{Kind: "fine-grained", Expires: later}),
			data: until(kind("fine-grained", "unverifiable"), later),
			want: []expected{warns("token", "permissions of a fine-grained GitHub token cannot be read", "Administration", "Contents", sandbox.Organization, "Devtron checks it when the configuration is saved")},
		},
		{
			row: noHeader, name: "GitHub App user", token: "ghu_0123456789abcdefghijABCDEFGHIJ012345", serve: asOwner(sandbox.GitHubToken{Kind: "app-user", Expires: evening}),
			data: until(kind("app-user", "unverifiable"), evening),
			want: []expected{warns("token", "cannot be read", "eight hours"), warns("token", "expires on", "less than a day")},
		},
		{
			row: installation, name: "App installation", token: "ghs_0123456789abcdefghijABCDEFGHIJ012345", data: noOwner(kind("app-installation", "insufficient")),
			want: []expected{stops("token", "Devtron cannot use a GitHub App installation token", "one hour", "Use a personal access token")},
		},
		{
			row: installation, name: "ghr_", token: "ghr_0123456789abcdefghijABCDEFGHIJ012345", data: noOwner(kind("app-refresh", "insufficient")),
			want: []expected{stops("token", "Devtron cannot use", "refresh token", "/settings/tokens")},
		},
		{
			row: installation, name: "not a token", token: "what my colleague sent", data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "not a GitHub token", "contains a space", "not sent to any server")},
		},
		{
			row: installation, name: "token of GitLab", token: personalToken, data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "GitLab token", `git_provider = "GITLAB"`, "not sent to any server")},
		},
		{row: installation, name: "from a file, with its line break", token: classicToken + "\n", want: []expected{stops("token", "trimspace(file(")}},
		{
			row: rejected, name: "unknown token", serve: untouched, data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "GitHub does not accept the token", "wrong, expired or revoked", "Bad credentials", "/settings/tokens")},
		},
		{
			row: rejected, name: "revoked", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Revoked: true}), data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "GitHub does not accept the token", "wrong, expired or revoked")},
		},
		{
			row: rejected, name: "suspended account", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Suspended: true}), data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "The GitHub account of the token is suspended", "Sorry. Your account was suspended.")},
		},
		{
			row: noHeader, name: "classic, the header was removed", data: answer{verdict: "unverifiable", kind: "classic", owner: sandbox.Organization}, set: values{"username": sandbox.Organization},
			serve: func(box *sandbox.Sandbox, _ string) {
				box.GitHub.Inject(sandbox.Fault{Status: 200, Body: `{"login":"acme-gitops","members_can_create_private_repositories":true}`, ContentType: "application/json"})
			},
			want: []expected{warns("token", "The scopes of the GitHub token cannot be read", "X-OAuth-Scopes")},
		},
		{
			row: expiry, name: "in three days", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Expires: soon}), data: until(githubAnswer("sufficient"), soon),
			want: []expected{warns("token", "expires on "+soon.Format(time.DateOnly)+", in 3 days", "deployments stop")},
		},
		{row: expiry, name: "in eight days", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Expires: later}), data: until(githubAnswer("sufficient"), later)},
		{
			row: expiry, name: "past", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Expires: inDays(-3)}), data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "wrong, expired or revoked")},
		},
	}
}

func githubOrganizationCases() []checkCase {
	const sso, policy, noOrg = "org 403 + X-GitHub-SSO", "org 403 policy text", "org 404"
	const member = "membership absent, or role=member with members_can_create_private_repositories=false, or can_create_repository=false"
	const policyMessage = "`acme-gitops` forbids access via a personal access token (classic)."
	no := false
	named := func(organization string) values { return values{"organization": organization} }
	accounts := func(box *sandbox.Sandbox, token string) {
		box.GitHub.AddUser("octocat")
		// GitHub returns the account of an organization that it does not show to the token.
		box.GitHub.AddOrg(sandbox.GitHubOrg{Login: "hidden"})
		box.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/hidden", Status: 404, Body: `{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}`, ContentType: "application/json"})
		scopes(allScopes()...)(box, token)
	}
	return []checkCase{
		{
			row: sso, name: "with the link", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), SSORequired: true}), data: githubAnswer("insufficient"),
			want: []expected{stops("token", "not authorized for single sign-on", "/orgs/acme-gitops/sso?authorization_request=")},
		},
		{
			row: policy, name: "classic tokens forbidden", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Forbidden: policyMessage}), data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "denies access to the token", "GitHub says: "+policyMessage)},
		},
		{
			row: policy, name: "IP allow list", data: githubAnswer("unverifiable"),
			serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Forbidden: "Although you appear to have the correct authorization credentials, the `acme-gitops` organization has an IP allow list enabled"}),
			want:  []expected{warns("organization", "allows access from certain IP addresses only", "Devtron's address may be allowed")},
		},
		{
			row: noOrg, name: "a user account", set: named("octocat"), serve: accounts, data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "is a user account, not an organization")},
		},
		{
			row: noOrg, name: "unknown name", set: named("nobody"), serve: accounts, data: githubAnswer("insufficient"),
			want: []expected{stops("organization", `"nobody" was not found`)},
		},
		{
			row: noOrg, name: "not visible", set: named("hidden"), serve: accounts, data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "not visible to the token")},
		},
		{
			row: noOrg, name: "renamed", set: named("acme-old"), data: githubAnswer("sufficient"),
			serve: func(box *sandbox.Sandbox, token string) {
				box.GitHub.AddOrg(sandbox.GitHubOrg{Login: "acme-new", FormerLogin: "acme-old"})
				box.GitHub.AddToken(sandbox.GitHubToken{Token: token, Scopes: allScopes(), Roles: map[string]string{"acme-new": "admin"}})
			},
			want: []expected{warns("organization", "The GitHub organization was renamed to acme-new", `Set organization = "acme-new"`)},
		},
		{
			row: member, name: "no member, members cannot create", serve: asMember("", sandbox.GitHubOrg{MembersCanCreatePrivate: &no}), data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "cannot create repositories", "is not a member")},
		},
		{
			row: member, name: "no member, permissions of members not shown", serve: asMember("", sandbox.GitHubOrg{}), data: githubAnswer("unverifiable"),
			want: []expected{warns("organization", "Cannot verify that the token can create repositories", "is not a member")},
		},
		{
			row: member, name: "member, members cannot create", serve: asMember("member", sandbox.GitHubOrg{MembersCanCreatePrivate: &no}), data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "cannot create repositories", "does not let members create private repositories", "/settings/member_privileges")},
		},
		{
			row: member, name: "member, permissions of members not shown", serve: asMember("member", sandbox.GitHubOrg{}), data: githubAnswer("unverifiable"),
			want: []expected{warns("organization", "Cannot verify that the token can create repositories", "does not show")},
		},
		{
			row: member, name: "member who cannot create", serve: asMember("member", sandbox.GitHubOrg{CanCreateRepository: map[string]*bool{sandbox.Username: &no}}),
			data: githubAnswer("insufficient"), want: []expected{stops("organization", "can_create_repository is false")},
		},
		{row: member, name: "owner, members cannot create", serve: asMember("admin", sandbox.GitHubOrg{MembersCanCreatePrivate: &no}), data: githubAnswer("sufficient")},
		{
			row: member, name: "token of another user", set: values{"username": "octocat"}, serve: scopes(allScopes()...), data: githubAnswer("sufficient"),
			want: []expected{warns("username", "not the owner of the token", `"acme-bot"`, `"octocat"`)},
		},
	}
}
