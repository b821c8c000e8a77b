// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var (
	classic      = "ghp_" + strings.Repeat("a1B2", 9)
	fineGrained  = "github_pat_" + strings.Repeat("a1B2", 20)
	installation = "ghs_" + strings.Repeat("a1B2", 9)
	appUser      = "ghu_" + strings.Repeat("a1B2", 9)
	// installation2026 has the format of GitHub App installation tokens since 2026.
	installation2026 = "ghs_123456_eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + strings.Repeat("a", 430) + ".c2ln"
)

const org = sandbox.Organization

func githubQuestion(token string) Question {
	return Question{Provider: GitHub, Organization: org, Token: token, Thorough: true}
}

// githubFacts are those of an owner of the organization whose token has the scopes.
func githubFacts(scopes ...string) Facts {
	return Facts{
		Token: TokenFacts{Reply: ok(), ScopesKnown: true, Scopes: scopes}, Owner: OwnerFacts{Reply: ok(), Login: "acme-bot"},
		Target: TargetFacts{Reply: ok(), Name: org, MembersCanCreatePrivate: ptr(true)},
	}
}

func with(f Facts, change func(*Facts)) Facts {
	change(&f)
	return f
}

// serveGitHub adds the question's token as the owner of the organization has it.
func serveGitHub(x sandbox.GitHubToken) func(*sandbox.Sandbox, Question) {
	return func(s *sandbox.Sandbox, q Question) {
		x.Token = q.Token
		if x.Roles == nil {
			x.Roles = map[string]string{org: "admin"}
		}
		s.GitHub.AddToken(x)
	}
}

// serveMember adds the question's token as a member has it, in an organization with the setting.
func serveMember(role string, o sandbox.GitHubOrg) func(*sandbox.Sandbox, Question) {
	return func(s *sandbox.Sandbox, q Question) {
		o.Login = org
		s.GitHub.AddOrg(o)
		t := sandbox.GitHubToken{Token: q.Token, Login: "somebody", Scopes: all()}
		if role != "" {
			t.Roles = map[string]string{org: role}
		}
		s.GitHub.AddToken(t)
	}
}

func all() []string { return []string{"repo", "admin:org", "delete_repo"} }

func githubRows() []row {
	q := githubQuestion(classic)
	member := func(role string, members, can *bool) Facts {
		return with(githubFacts(all()...), func(f *Facts) {
			f.Target.MembersCanCreatePrivate = members
			f.Membership = MembershipFacts{Reply: ok(), State: "active", Role: role, CanCreateRepository: can}
		})
	}
	orgFails := func(r Reply, change func(*Facts)) Facts {
		return with(githubFacts(all()...), func(f *Facts) {
			f.Target = TargetFacts{Reply: r}
			if change != nil {
				change(f)
			}
		})
	}
	const policy = "`acme-gitops` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions."
	named := func(organization string) Question {
		return Question{Provider: GitHub, Organization: organization, Token: classic, Thorough: true}
	}
	serveAccounts := func(s *sandbox.Sandbox, q Question) {
		s.GitHub.AddUser("octocat")
		// GitHub tells the account of an organization that it does not show to the token.
		s.GitHub.AddOrg(sandbox.GitHubOrg{Login: "hidden"})
		s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/hidden", Status: 404, Body: `{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}`, ContentType: "application/json"})
		serveGitHub(sandbox.GitHubToken{Scopes: all()})(s, q)
	}
	rows := []row{
		{
			name: "empty at plan", q: githubQuestion(""),
			want: []want{problem(Error, AttributeToken, "token_empty", "The token is empty")}, verdict: Insufficient,
		},
		{name: "GitHub classic, header has all", q: q, facts: githubFacts(all()...), serve: serveGitHub(sandbox.GitHubToken{Scopes: all()}), verdict: Sufficient, kind: KindClassic},
		{
			name: "GitHub OAuth, header has all", q: githubQuestion("gho_" + classic[4:]), facts: githubFacts(all()...),
			serve: serveGitHub(sandbox.GitHubToken{Kind: "oauth", Scopes: all()}), verdict: Sufficient, kind: KindOAuth,
		},
		{
			name: "GitHub 40 hexadecimal digits, header has all", q: githubQuestion(strings.Repeat("0a1b", 10)), facts: githubFacts(all()...),
			serve: serveGitHub(sandbox.GitHubToken{Scopes: all()}), verdict: Sufficient, kind: KindClassic,
		},
		{
			name: "missing repo", q: q, facts: githubFacts("admin:org", "delete_repo"),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: []string{"admin:org", "delete_repo"}}),
			want:    []want{problem(Error, AttributeToken, "github_missing_scopes", "GitHub token lacks scopes that Devtron needs", "Missing: repo\nGranted: admin:org, delete_repo\n", "/settings/tokens")},
			verdict: Insufficient, missing: []string{"repo"},
		},
		{
			name: "missing repo, only public_repo", q: q, facts: githubFacts("public_repo", "admin:org", "delete_repo"),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: []string{"public_repo", "admin:org", "delete_repo"}}),
			want:    []want{problem(Error, AttributeToken, "github_missing_scopes", "Missing: repo\n", "public_repo is not enough")},
			verdict: Insufficient, missing: []string{"repo"},
		},
		{
			name: "missing admin:org", q: q, facts: githubFacts("repo", "delete_repo"),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: []string{"repo", "delete_repo"}}),
			want:    []want{problem(Error, AttributeToken, "github_missing_scopes", "Missing: admin:org\nGranted: repo, delete_repo\n")},
			verdict: Insufficient, missing: []string{"admin:org"},
		},
		{
			name: "missing admin:org with allow_custom_repository", q: q, r: Requirements{AllowCustomRepository: true}, facts: githubFacts("repo", "delete_repo"),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: []string{"repo", "delete_repo"}}),
			want:    []want{problem(Warning, AttributeToken, "github_missing_admin_org", "Missing: admin:org")},
			verdict: Sufficient, missing: []string{"admin:org"},
		},
		{
			name: "missing delete_repo", q: q, facts: githubFacts("repo", "admin:org"),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: []string{"repo", "admin:org"}}),
			want:    []want{problem(Warning, AttributeToken, "github_missing_delete_repo", "Missing: delete_repo", "left behind")},
			verdict: Sufficient, missing: []string{"delete_repo"},
		},
		{
			name: "required_scopes replaces the list", q: q, r: Requirements{Scopes: []string{"public_repo", "workflow"}}, facts: githubFacts("repo"),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: []string{"repo"}}),
			want:    []want{problem(Error, AttributeToken, "github_missing_scopes", "Missing: workflow\nGranted: repo\n", "required_scopes")},
			verdict: Insufficient, missing: []string{"workflow"},
		},
		{
			name: "required_scopes is empty", q: q, r: Requirements{Scopes: []string{}},
			facts: with(githubFacts("gist"), func(f *Facts) { f.Membership.Reply = failed(FailForbidden, 403, "You need at least read:org scope") }),
			serve: serveGitHub(sandbox.GitHubToken{Scopes: []string{"gist"}, Roles: map[string]string{}}), verdict: Unverifiable,
			want: []want{problem(Warning, AttributeOrganization, "github_membership_unknown", "membership cannot be read")},
		},
		{
			name: "header present and empty", q: q, serve: serveGitHub(sandbox.GitHubToken{}),
			facts: with(githubFacts(), func(f *Facts) { f.Membership.Reply = failed(FailForbidden, 403, "You need at least read:org scope") }),
			want: []want{
				problem(Error, AttributeToken, "github_no_scopes", "GitHub token has no scopes", "Missing: repo, admin:org\nGranted: none"),
				problem(Warning, AttributeToken, "github_missing_delete_repo"),
			},
			verdict: Insufficient, missing: []string{"repo", "admin:org", "delete_repo"},
		},
		{
			name: "github_pat_ (no header)", q: githubQuestion(fineGrained),
			facts: with(githubFacts(), func(f *Facts) { f.Token = TokenFacts{Reply: ok()} }),
			serve: serveGitHub(sandbox.GitHubToken{Kind: "fine-grained"}),
			want: []want{problem(Warning, AttributeToken, "github_fine_grained", "fine-grained", "cannot be read", "Administration", "Contents", org,
				"Devtron checks it when the configuration is saved", `git_token_check = "off"`)},
			verdict: Unverifiable, kind: KindFineGrained,
		},
		{
			name: "github_pat_ that cannot read its membership", q: githubQuestion(fineGrained),
			facts: with(githubFacts(), func(f *Facts) {
				f.Token, f.Target.MembersCanCreatePrivate = TokenFacts{Reply: ok()}, nil
				f.Membership.Reply = failed(FailForbidden, 403, "Resource not accessible by personal access token")
			}),
			serve:   serveGitHub(sandbox.GitHubToken{Kind: "fine-grained", CannotReadMembership: true, Roles: map[string]string{org: "member"}}),
			want:    []want{problem(Warning, AttributeToken, "github_fine_grained")},
			verdict: Unverifiable, kind: KindFineGrained,
		},
		{
			name: "ghu_ (no header), expiry", q: githubQuestion(appUser), r: Requirements{AllowCustomRepository: true},
			facts: with(githubFacts(), func(f *Facts) { f.Token = TokenFacts{Reply: ok(), ExpiresAt: time.Now().Add(8 * time.Hour)} }),
			serve: serveGitHub(sandbox.GitHubToken{Kind: "app-user", Expires: time.Now().Add(8 * time.Hour)}),
			want: []want{
				problem(Warning, AttributeToken, "token_expires_soon", "in less than a day"),
				problem(Warning, AttributeToken, "github_fine_grained", "eight hours", "allow_custom_repository = true skips its dry run"),
			},
			verdict: Unverifiable, kind: KindAppUser,
		},
		{
			name: "ghs_", q: githubQuestion(installation),
			want:    []want{problem(Error, AttributeToken, "kind_unusable", "GitHub App installation token", "one hour", "Devtron cannot use it", "personal access token")},
			verdict: Insufficient, kind: KindAppInstallation,
		},
		{
			name: "ghr_", q: githubQuestion("ghr_" + classic[4:]),
			want: []want{problem(Error, AttributeToken, "kind_unusable", "refresh token")}, verdict: Insufficient, kind: KindAppRefresh,
		},
		{
			name: "unknown non-token", q: githubQuestion(classic + "\n"),
			want: []want{problem(Error, AttributeToken, "not_a_token", "line break", "trimspace")}, verdict: Insufficient,
		},
		{
			name: "token of GitLab", q: githubQuestion("glpat-" + strings.Repeat("x", 20)),
			want: []want{problem(Error, AttributeToken, "wrong_provider_token", "GitLab token", `git_provider = "GITLAB"`)}, verdict: Insufficient,
		},
		{
			name: "GitHub 401", q: q, facts: Facts{
				Token:  TokenFacts{Reply: failed(FailUnauthorized, 401, "Bad credentials")},
				Target: TargetFacts{Reply: failed(FailUnauthorized, 401, "Bad credentials")},
			},
			serve: serveGitHub(sandbox.GitHubToken{Revoked: true}),
			want:  []want{problem(Error, AttributeToken, "token_rejected", "wrong, expired or revoked", "401 Bad credentials", "/settings/tokens")}, verdict: Insufficient,
		},
		{
			name: "GitHub expiry below 7 days", q: q, facts: with(githubFacts(all()...), func(f *Facts) { f.Token.ExpiresAt = inDays(3) }),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: all(), Expires: inDays(3)}),
			want:    []want{problem(Warning, AttributeToken, "token_expires_soon", inDays(3).UTC().Format(time.DateOnly), "in 3 days")},
			verdict: Sufficient,
		},
		{
			name: "GitHub expiry of 8 days", q: q, facts: with(githubFacts(all()...), func(f *Facts) { f.Token.ExpiresAt = inDays(8) }),
			serve: serveGitHub(sandbox.GitHubToken{Scopes: all(), Expires: inDays(8)}), verdict: Sufficient,
		},
		{
			name: "org 403 and X-GitHub-SSO", q: q,
			facts: orgFails(failed(FailForbidden, 403, "Resource protected by organization SAML enforcement."), func(f *Facts) {
				f.Target.SSO, f.Target.SSOURL = true, "https://github.com/orgs/acme-gitops/sso?authorization_request=x"
			}),
			serve: serveGitHub(sandbox.GitHubToken{Scopes: all(), SSORequired: true}),
			want:  []want{problem(Error, AttributeToken, "github_sso", "single sign-on", "/orgs/acme-gitops/sso?authorization_request=")}, verdict: Insufficient,
		},
		{
			name: "org 403 policy text", q: q, facts: orgFails(failed(FailForbidden, 403, policy), nil),
			serve: serveGitHub(sandbox.GitHubToken{Scopes: all(), Forbidden: policy}),
			want:  []want{problem(Error, AttributeOrganization, "github_org_forbids", "GitHub says: "+policy)}, verdict: Insufficient,
		},
		{
			name: "org 403 IP allow list", q: q, facts: orgFails(failed(FailForbidden, 403, "the organization has an IP allow list enabled"), nil),
			serve: serveGitHub(sandbox.GitHubToken{Scopes: all(), Forbidden: "the organization has an IP allow list enabled"}),
			want:  []want{problem(Warning, AttributeOrganization, "github_ip_allow_list", "Devtron's address may be allowed")}, verdict: Unverifiable,
		},
		{
			name: "org 404, a user account", q: named("octocat"), serve: serveAccounts,
			facts: orgFails(failed(FailNotFound, 404, "Not Found"), func(f *Facts) { f.Target.Account = AccountFacts{Reply: ok(), Type: "User"} }),
			want:  []want{problem(Error, AttributeOrganization, "github_org_is_user", "is a user account, not an organization")}, verdict: Insufficient,
		},
		{
			name: "org 404, not found", q: named("nobody"), serve: serveAccounts,
			facts: orgFails(failed(FailNotFound, 404, "Not Found"), func(f *Facts) { f.Target.Account.Reply = failed(FailNotFound, 404, "Not Found") }),
			want:  []want{problem(Error, AttributeOrganization, "github_org_not_found", "was not found", "member of it")}, verdict: Insufficient,
		},
		{
			name: "org 404, not visible", q: named("hidden"), serve: serveAccounts,
			facts: orgFails(failed(FailNotFound, 404, "Not Found"), func(f *Facts) { f.Target.Account = AccountFacts{Reply: ok(), Type: "Organization"} }),
			want:  []want{problem(Error, AttributeOrganization, "github_org_not_visible", "not visible to the token")}, verdict: Insufficient,
		},
		{
			name: "membership absent, members may not create", q: q,
			facts: with(githubFacts(all()...), func(f *Facts) {
				f.Target.MembersCanCreatePrivate, f.Membership.Reply = ptr(false), failed(FailNotFound, 404, "Not Found")
			}),
			serve: serveMember("", sandbox.GitHubOrg{MembersCanCreatePrivate: ptr(false)}),
			want:  []want{problem(Error, AttributeOrganization, "github_cannot_create", "not a member")}, verdict: Insufficient,
		},
		{
			name: "membership absent, not told whether members may create", q: q,
			facts: with(githubFacts(all()...), func(f *Facts) {
				f.Target.MembersCanCreatePrivate, f.Membership.Reply = nil, failed(FailNotFound, 404, "Not Found")
			}),
			serve: serveMember("", sandbox.GitHubOrg{}),
			want:  []want{problem(Warning, AttributeOrganization, "github_membership_unknown", "not a member")}, verdict: Unverifiable,
		},
		{
			name: "role=member, members may not create", q: q, facts: member("member", ptr(false), nil),
			serve: serveMember("member", sandbox.GitHubOrg{MembersCanCreatePrivate: ptr(false)}),
			want:  []want{problem(Error, AttributeOrganization, "github_cannot_create", "does not let members create private repositories", "/settings/member_privileges")}, verdict: Insufficient,
		},
		{
			name: "role=member, not told whether members may create", q: q, facts: member("member", nil, nil), serve: serveMember("member", sandbox.GitHubOrg{}),
			want: []want{problem(Warning, AttributeOrganization, "github_membership_unknown", "does not show")}, verdict: Unverifiable,
		},
		{
			name: "role=member, can_create_repository=false", q: q, facts: member("member", nil, ptr(false)),
			serve: serveMember("member", sandbox.GitHubOrg{CanCreateRepository: map[string]*bool{"somebody": ptr(false)}}),
			want:  []want{problem(Error, AttributeOrganization, "github_cannot_create", "can_create_repository is false")}, verdict: Insufficient,
		},
		{
			name: "role=member, can_create_repository=true", q: q, facts: member("member", nil, ptr(true)),
			serve: serveMember("member", sandbox.GitHubOrg{CanCreateRepository: map[string]*bool{"somebody": ptr(true)}}), verdict: Sufficient,
		},
		{
			name: "role=admin, members may not create", q: q, facts: member("admin", ptr(false), nil),
			serve: serveMember("admin", sandbox.GitHubOrg{MembersCanCreatePrivate: ptr(false)}), verdict: Sufficient,
		},
		{
			name: "membership pending", q: q,
			facts: with(member("member", nil, nil), func(f *Facts) { f.Membership.State = "pending" }),
			serve: serveMember("member", sandbox.GitHubOrg{Pending: []string{"somebody"}}),
			want:  []want{problem(Warning, AttributeOrganization, "github_membership_unknown", "has not accepted")}, verdict: Unverifiable,
		},
		{
			name: "username is not the owner", q: q, r: Requirements{Username: "octocat"}, facts: githubFacts(all()...), serve: serveGitHub(sandbox.GitHubToken{Scopes: all()}),
			want: []want{problem(Warning, AttributeUsername, "username_mismatch", `"acme-bot"`, `"octocat"`)}, verdict: Sufficient,
		},
		{
			name: "username in another case", q: q, r: Requirements{Username: "ACME-Bot"}, facts: githubFacts(all()...), serve: serveGitHub(sandbox.GitHubToken{Scopes: all()}), verdict: Sufficient,
		},
		{
			name: "organization that cannot stand in a URL", q: Question{Provider: GitHub, Organization: "acme/../user", Token: classic},
			facts:   with(githubFacts(all()...), func(f *Facts) { f.Target = TargetFacts{} }),
			serve:   serveGitHub(sandbox.GitHubToken{Scopes: all()}),
			want:    []want{problem(Error, AttributeOrganization, "organization_invalid", "letters, digits, hyphens")},
			verdict: Insufficient,
		},
	}
	return append(rows, unreachableRows(githubQuestion(classic), "/api/v3/", func(s *sandbox.Sandbox) *sandbox.Server { return s.GitHub.Server })...)
}
