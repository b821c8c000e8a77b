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

func githubScopeRows() []checkRow {
	const lacks = "GitHub token lacks scopes that Devtron needs"
	const ok, repo, adminOrg, deleteRepo = "GitHub classic/gho_, header has all (after expansion)", "... missing `repo` (or only `public_repo`)",
		"... missing `admin:org`", "... missing `delete_repo`"
	oauth := githubAnswer("sufficient")
	oauth.kind = "oauth"
	withoutSwitch := githubAnswer("insufficient", "admin:org")
	withoutSwitch.problems = []expected{stops("token", lacks, "Missing: admin:org\n")}
	return []checkRow{
		{of: ok, name: "classic", serve: scopes(allScopes()...), data: githubAnswer("sufficient")},
		{of: ok, name: "OAuth app", token: oauthToken, serve: asOwner(sandbox.GitHubToken{Kind: "oauth", Scopes: allScopes()}), data: oauth},
		{of: ok, name: "made before 2021", token: strings.Repeat("0a1b", 10), serve: scopes(allScopes()...), data: githubAnswer("sufficient")},
		{of: ok, name: "user name in another case", set: values{"username": "ACME-Bot"}, serve: scopes(allScopes()...), data: githubAnswer("sufficient")},
		{
			of: repo, name: "none of it", serve: scopes("admin:org", "delete_repo"), data: githubAnswer("insufficient", "repo"),
			want: []expected{stops("token", lacks, "Missing: repo\nGranted: admin:org, delete_repo\n", "/settings/tokens")},
		},
		{
			of: repo, name: "public_repo", serve: scopes("public_repo", "admin:org", "delete_repo"), data: githubAnswer("insufficient", "repo"),
			want: []expected{stops("token", lacks, "Missing: repo\n", "public_repo is not enough")},
		},
		{
			of: adminOrg, name: "alone", serve: scopes("repo", "delete_repo"), data: githubAnswer("insufficient", "admin:org"),
			want: []expected{stops("token", lacks, "Missing: admin:org\nGranted: repo, delete_repo\n", "/settings/tokens")},
		},
		{
			of: adminOrg, name: "read:org is not enough", serve: scopes("repo", "delete_repo", "read:org"), data: githubAnswer("insufficient", "admin:org"),
			want: []expected{stops("token", lacks, "Missing: admin:org\nGranted: repo, delete_repo, read:org\n")},
		},
		{
			of: adminOrg, name: "with allow_custom_repository", set: values{"allow_custom_repository": true}, serve: scopes("repo", "delete_repo"),
			data: withoutSwitch, want: []expected{warns("token", "lacks the scope admin:org", "names its own GitOps repository")},
		},
		{
			of: adminOrg, name: "not required", set: values{"required_scopes": []string{"repo"}}, serve: scopes("repo"),
			// Without admin:org an owner's membership is asked for, and told.
			data: githubAnswer("sufficient"),
		},
		{
			of: deleteRepo, name: "alone", serve: scopes("repo", "admin:org"), data: githubAnswer("sufficient", "delete_repo"),
			want: []expected{warns("token", "lacks the scope delete_repo", "left behind", "/settings/tokens")},
		},
		{
			of: "... header present and empty", name: "no scopes at all", serve: scopes(), data: githubAnswer("insufficient", "repo", "admin:org", "delete_repo"),
			want: []expected{
				stops("token", "GitHub token has no scopes", "Missing: repo, admin:org\nGranted: none\n"),
				warns("token", "lacks the scope delete_repo"),
			},
		},
	}
}

func githubKindRows() []checkRow {
	const noHeader, installation, rejected, expiry = "`github_pat_`, ghu_ (no header)", "ghs_", "401 (either)", "expiry < 7 d (header / expires_at)"
	soon, later, evening := inDays(3), inDays(8), time.Now().Add(8*time.Hour).UTC().Truncate(time.Second)
	kind := func(kind, verdict string) answer {
		return answer{verdict: verdict, kind: kind, owner: sandbox.Username}
	}
	until := func(a answer, at time.Time) answer { a.expires = at.Format(time.RFC3339); return a }
	noOwner := func(a answer) answer { a.owner = ""; return a }
	return []checkRow{
		{of: "unknown / empty at plan", name: "unknown", set: values{"token": unknownForNow}},
		{of: "unknown / empty at plan", name: "empty", set: values{"token": ""}, want: []expected{stops("token", "The token is empty")}},
		{
			of: noHeader, name: "fine-grained", token: fineGrainedToken, serve: asOwner(sandbox.GitHubToken{Kind: "fine-grained", Expires: later}),
			data: until(kind("fine-grained", "unverifiable"), later),
			want: []expected{warns("token", "permissions of a fine-grained GitHub token cannot be read", "Administration", "Contents", sandbox.Organization, "Devtron checks it when the configuration is saved")},
		},
		{
			of: noHeader, name: "GitHub App user", token: "ghu_0123456789abcdefghijABCDEFGHIJ012345", serve: asOwner(sandbox.GitHubToken{Kind: "app-user", Expires: evening}),
			data: until(kind("app-user", "unverifiable"), evening),
			want: []expected{warns("token", "cannot be read", "eight hours"), warns("token", "expires on", "less than a day")},
		},
		{
			of: installation, name: "App installation", token: "ghs_0123456789abcdefghijABCDEFGHIJ012345", data: noOwner(kind("app-installation", "insufficient")),
			want: []expected{stops("token", "Devtron cannot use a GitHub App installation token", "one hour", "Use a personal access token")},
		},
		{
			of: installation, name: "ghr_", token: "ghr_0123456789abcdefghijABCDEFGHIJ012345", data: noOwner(kind("app-refresh", "insufficient")),
			want: []expected{stops("token", "Devtron cannot use", "refresh token", "/settings/tokens")},
		},
		{
			of: installation, name: "not a token", token: "what my colleague sent", data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "not a GitHub token", "contains a space", "not sent to any server")},
		},
		{
			of: installation, name: "of GitLab", token: personalToken, data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "GitLab token", `git_provider = "GITLAB"`, "not sent to any server")},
		},
		{of: installation, name: "from a file, with its line break", token: classicToken + "\n", want: []expected{stops("token", "trimspace(file(")}},
		{
			of: rejected, name: "never made", serve: untouched, data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "GitHub does not accept the token", "wrong, expired or revoked", "Bad credentials", "/settings/tokens")},
		},
		{
			of: rejected, name: "revoked", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Revoked: true}), data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "GitHub does not accept the token", "wrong, expired or revoked")},
		},
		{
			of: rejected, name: "suspended account", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Suspended: true}), data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "The GitHub account of the token is suspended", "Sorry. Your account was suspended.")},
		},
		{
			of: noHeader, name: "classic, the header was removed", data: answer{verdict: "unverifiable", kind: "classic", owner: sandbox.Organization}, set: values{"username": sandbox.Organization},
			serve: func(box *sandbox.Sandbox, _ string) {
				box.GitHub.Inject(sandbox.Fault{Status: 200, Body: `{"login":"acme-gitops","members_can_create_private_repositories":true}`, ContentType: "application/json"})
			},
			want: []expected{warns("token", "The scopes of the GitHub token cannot be read", "X-OAuth-Scopes")},
		},
		{
			of: expiry, name: "in three days", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Expires: soon}), data: until(githubAnswer("sufficient"), soon),
			want: []expected{warns("token", "expires on "+soon.Format(time.DateOnly)+", in 3 days", "deployments stop")},
		},
		{of: expiry, name: "in eight days", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Expires: later}), data: until(githubAnswer("sufficient"), later)},
		{
			of: expiry, name: "past", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Expires: inDays(-3)}), data: noOwner(kind("classic", "insufficient")),
			want: []expected{stops("token", "wrong, expired or revoked")},
		},
	}
}

func githubOrganizationRows() []checkRow {
	const sso, policy, noOrg = "org 403 + X-GitHub-SSO", "org 403 policy text", "org 404"
	const member = "membership absent, or role=member with members_can_create_private_repositories=false, or can_create_repository=false"
	const said = "`acme-gitops` forbids access via a personal access token (classic)."
	no := false
	named := func(organization string) values { return values{"organization": organization} }
	accounts := func(box *sandbox.Sandbox, token string) {
		box.GitHub.AddUser("octocat")
		// GitHub tells the account of an organization that it does not show to the token.
		box.GitHub.AddOrg(sandbox.GitHubOrg{Login: "hidden"})
		box.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/hidden", Status: 404, Body: `{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}`, ContentType: "application/json"})
		scopes(allScopes()...)(box, token)
	}
	return []checkRow{
		{
			of: sso, name: "with the link", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), SSORequired: true}), data: githubAnswer("insufficient"),
			want: []expected{stops("token", "not authorized for single sign-on", "/orgs/acme-gitops/sso?authorization_request=")},
		},
		{
			of: policy, name: "classic tokens forbidden", serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Forbidden: said}), data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "denies access to the token", "GitHub says: "+said)},
		},
		{
			of: policy, name: "IP allow list", data: githubAnswer("unverifiable"),
			serve: asOwner(sandbox.GitHubToken{Scopes: allScopes(), Forbidden: "Although you appear to have the correct authorization credentials, the `acme-gitops` organization has an IP allow list enabled"}),
			want:  []expected{warns("organization", "allows access from certain IP addresses only", "Devtron's address may be allowed")},
		},
		{
			of: noOrg, name: "a user account", set: named("octocat"), serve: accounts, data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "is a user account, not an organization")},
		},
		{
			of: noOrg, name: "nothing of this name", set: named("nobody"), serve: accounts, data: githubAnswer("insufficient"),
			want: []expected{stops("organization", `"nobody" was not found`)},
		},
		{
			of: noOrg, name: "not visible", set: named("hidden"), serve: accounts, data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "not visible to the token")},
		},
		{
			of: noOrg, name: "renamed", set: named("acme-old"), data: githubAnswer("sufficient"),
			serve: func(box *sandbox.Sandbox, token string) {
				box.GitHub.AddOrg(sandbox.GitHubOrg{Login: "acme-new", FormerLogin: "acme-old"})
				box.GitHub.AddToken(sandbox.GitHubToken{Token: token, Scopes: allScopes(), Roles: map[string]string{"acme-new": "admin"}})
			},
			want: []expected{warns("organization", "The GitHub organization was renamed to acme-new", `Set organization = "acme-new"`)},
		},
		{
			of: member, name: "no member, and members may not", serve: asMember("", sandbox.GitHubOrg{MembersCanCreatePrivate: &no}), data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "cannot create repositories", "is not a member")},
		},
		{
			of: member, name: "no member, not told what members may", serve: asMember("", sandbox.GitHubOrg{}), data: githubAnswer("unverifiable"),
			want: []expected{warns("organization", "Cannot verify that the token can create repositories", "is not a member")},
		},
		{
			of: member, name: "member, and members may not", serve: asMember("member", sandbox.GitHubOrg{MembersCanCreatePrivate: &no}), data: githubAnswer("insufficient"),
			want: []expected{stops("organization", "cannot create repositories", "does not let members create private repositories", "/settings/member_privileges")},
		},
		{
			of: member, name: "member, not told what members may", serve: asMember("member", sandbox.GitHubOrg{}), data: githubAnswer("unverifiable"),
			want: []expected{warns("organization", "Cannot verify that the token can create repositories", "does not show")},
		},
		{
			of: member, name: "member who may not", serve: asMember("member", sandbox.GitHubOrg{CanCreateRepository: map[string]*bool{sandbox.Username: &no}}),
			data: githubAnswer("insufficient"), want: []expected{stops("organization", "can_create_repository is false")},
		},
		{of: member, name: "owner where members may not", serve: asMember("admin", sandbox.GitHubOrg{MembersCanCreatePrivate: &no}), data: githubAnswer("sufficient")},
		{
			of: member, name: "somebody else's token", set: values{"username": "octocat"}, serve: scopes(allScopes()...), data: githubAnswer("sufficient"),
			want: []expected{warns("username", "not the owner of the token", `"acme-bot"`, `"octocat"`)},
		},
	}
}
