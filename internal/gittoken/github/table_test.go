// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/github"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// serveMember adds the question's token as one of a member of an organization with a setting.
func serveMember(role string, o sandbox.GitHubOrg) func(*sandbox.Sandbox, inspect.Question) {
	return func(s *sandbox.Sandbox, q inspect.Question) {
		o.Login = checktest.Organization
		s.GitHub.AddOrg(o)
		t := sandbox.GitHubToken{Token: q.Token, Login: "somebody", Scopes: checktest.GitHubScopes()}
		if role != "" {
			t.Roles = map[string]string{checktest.Organization: role}
		}
		s.GitHub.AddToken(t)
	}
}

func TestDecisionTable(t *testing.T) { checktest.Run(t, github.Definition, table()) }

func table() []checktest.Row {
	q := checktest.GitHubQuestion(checktest.Classic)
	member := func(role string, members, can *bool) inspect.Facts {
		return checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) {
			f.Target.MembersCanCreatePrivate = members
			f.Membership = inspect.MembershipFacts{Reply: checktest.OK(), State: "active", Role: role, CanCreateRepository: can}
		})
	}
	orgFails := func(r inspect.Reply, change func(*inspect.Facts)) inspect.Facts {
		return checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) {
			f.Target = inspect.TargetFacts{Reply: r}
			if change != nil {
				change(f)
			}
		})
	}
	const policy = "`acme-gitops` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions."
	named := func(organization string) inspect.Question {
		return inspect.Question{Provider: inspect.GitHub, Organization: organization, Token: checktest.Classic, Thorough: true}
	}
	serveAccounts := func(s *sandbox.Sandbox, q inspect.Question) {
		s.GitHub.AddUser("octocat")
		// GitHub reports the account of an organization that it does not show to the token.
		s.GitHub.AddOrg(sandbox.GitHubOrg{Login: "hidden"})
		s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/hidden", Status: 404, Body: `{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}`, ContentType: "application/json"})
		checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()})(s, q)
	}
	rows := []checktest.Row{
		{
			Name: "empty at plan", Question: checktest.GitHubQuestion(""),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_empty", "The token is empty")}, Verdict: inspect.Insufficient,
		},
		{Name: "GitHub classic, header has all", Question: q, Facts: checktest.GitHubFacts(checktest.GitHubScopes()...), Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()}), Verdict: inspect.Sufficient, Kind: inspect.KindClassic},
		{
			Name: "GitHub OAuth, header has all", Question: checktest.GitHubQuestion("gho_" + checktest.Classic[4:]), Facts: checktest.GitHubFacts(checktest.GitHubScopes()...),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Kind: "oauth", Scopes: checktest.GitHubScopes()}), Verdict: inspect.Sufficient, Kind: inspect.KindOAuth,
		},
		{
			Name: "GitHub 40 hexadecimal digits, header has all", Question: checktest.GitHubQuestion(strings.Repeat("0a1b", 10)), Facts: checktest.GitHubFacts(checktest.GitHubScopes()...),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()}), Verdict: inspect.Sufficient, Kind: inspect.KindClassic,
		},
		{
			Name: "missing repo", Question: q, Facts: checktest.GitHubFacts("admin:org", "delete_repo"),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"admin:org", "delete_repo"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "github_missing_scopes", "GitHub token lacks scopes that Devtron needs", "Missing: repo\nGranted: admin:org, delete_repo\n", "/settings/tokens")},
			Verdict: inspect.Insufficient, Missing: []string{"repo"},
		},
		{
			Name: "missing repo, only public_repo", Question: q, Facts: checktest.GitHubFacts("public_repo", "admin:org", "delete_repo"),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"public_repo", "admin:org", "delete_repo"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "github_missing_scopes", "Missing: repo\n", "public_repo is not enough")},
			Verdict: inspect.Insufficient, Missing: []string{"repo"},
		},
		{
			Name: "missing admin:org", Question: q, Facts: checktest.GitHubFacts("repo", "delete_repo"),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"repo", "delete_repo"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "github_missing_scopes", "Missing: admin:org\nGranted: repo, delete_repo\n")},
			Verdict: inspect.Insufficient, Missing: []string{"admin:org"},
		},
		{
			Name: "missing admin:org with allow_custom_repository", Question: q, Requirements: inspect.Requirements{AllowCustomRepository: true}, Facts: checktest.GitHubFacts("repo", "delete_repo"),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"repo", "delete_repo"}}),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "github_missing_admin_org", "Missing: admin:org")},
			Verdict: inspect.Sufficient, Missing: []string{"admin:org"},
		},
		{
			Name: "missing delete_repo", Question: q, Facts: checktest.GitHubFacts("repo", "admin:org"),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"repo", "admin:org"}}),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "github_missing_delete_repo", "Missing: delete_repo", "left behind")},
			Verdict: inspect.Sufficient, Missing: []string{"delete_repo"},
		},
		{
			Name: "required_scopes replaces the list", Question: q, Requirements: inspect.Requirements{Scopes: []string{"public_repo", "workflow"}}, Facts: checktest.GitHubFacts("repo"),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"repo"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "github_missing_scopes", "Missing: workflow\nGranted: repo\n", "required_scopes")},
			Verdict: inspect.Insufficient, Missing: []string{"workflow"},
		},
		{
			Name: "required_scopes is empty", Question: q, Requirements: inspect.Requirements{Scopes: []string{}},
			Facts: checktest.With(checktest.GitHubFacts("gist"), func(f *inspect.Facts) {
				f.Membership.Reply = checktest.Failed(gitapi.Forbidden, 403, "You need at least read:org scope")
			}),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: []string{"gist"}, Roles: map[string]string{}}), Verdict: inspect.Unverifiable,
			Want: []checktest.Want{checktest.Warning(inspect.AttributeOrganization, "github_membership_unknown", "membership cannot be read")},
		},
		{
			Name: "header present and empty", Question: q, Serve: checktest.ServeGitHub(sandbox.GitHubToken{}),
			Facts: checktest.With(checktest.GitHubFacts(), func(f *inspect.Facts) {
				f.Membership.Reply = checktest.Failed(gitapi.Forbidden, 403, "You need at least read:org scope")
			}),
			Want: []checktest.Want{
				checktest.Error(inspect.AttributeToken, "github_no_scopes", "GitHub token has no scopes", "Missing: repo, admin:org\nGranted: none"),
				checktest.Warning(inspect.AttributeToken, "github_missing_delete_repo"),
			},
			Verdict: inspect.Insufficient, Missing: []string{"repo", "admin:org", "delete_repo"},
		},
		{
			Name: "github_pat_ (no header)", Question: checktest.GitHubQuestion(checktest.FineGrained),
			Facts: checktest.With(checktest.GitHubFacts(), func(f *inspect.Facts) { f.Token = inspect.TokenFacts{Reply: checktest.OK()} }),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Kind: "fine-grained"}),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "github_fine_grained", "fine-grained", "cannot be read", "Administration", "Contents", checktest.Organization,
				"Devtron checks it when the configuration is saved", `git_token_check = "off"`)},
			Verdict: inspect.Unverifiable, Kind: inspect.KindFineGrained,
		},
		{
			Name: "github_pat_ that cannot read its membership", Question: checktest.GitHubQuestion(checktest.FineGrained),
			Facts: checktest.With(checktest.GitHubFacts(), func(f *inspect.Facts) {
				f.Token, f.Target.MembersCanCreatePrivate = inspect.TokenFacts{Reply: checktest.OK()}, nil
				f.Membership.Reply = checktest.Failed(gitapi.Forbidden, 403, "Resource not accessible by personal access token")
			}),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Kind: "fine-grained", CannotReadMembership: true, Roles: map[string]string{checktest.Organization: "member"}}),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "github_fine_grained")},
			Verdict: inspect.Unverifiable, Kind: inspect.KindFineGrained,
		},
		{
			Name: "ghu_ (no header), expiry", Question: checktest.GitHubQuestion(checktest.AppUser), Requirements: inspect.Requirements{AllowCustomRepository: true},
			Facts: checktest.With(checktest.GitHubFacts(), func(f *inspect.Facts) {
				f.Token = inspect.TokenFacts{Reply: checktest.OK(), ExpiresAt: time.Now().Add(8 * time.Hour)}
			}),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Kind: "app-user", Expires: time.Now().Add(8 * time.Hour)}),
			Want: []checktest.Want{
				checktest.Warning(inspect.AttributeToken, "token_expires_soon", "in less than a day"),
				checktest.Warning(inspect.AttributeToken, "github_fine_grained", "eight hours", "allow_custom_repository = true skips its dry run"),
			},
			Verdict: inspect.Unverifiable, Kind: inspect.KindAppUser,
		},
		{
			Name: "ghs_", Question: checktest.GitHubQuestion(checktest.Installation),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitHub App installation token", "one hour", "Devtron cannot use it", "personal access token")},
			Verdict: inspect.Insufficient, Kind: inspect.KindAppInstallation,
		},
		{
			Name: "ghr_", Question: checktest.GitHubQuestion("ghr_" + checktest.Classic[4:]),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "refresh token")}, Verdict: inspect.Insufficient, Kind: inspect.KindAppRefresh,
		},
		{
			Name: "unknown non-token", Question: checktest.GitHubQuestion(checktest.Classic + "\n"),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "line break", "trimspace")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "token of GitLab", Question: checktest.GitHubQuestion("glpat-" + strings.Repeat("x", 20)),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "GitLab token", `git_provider = "GITLAB"`)}, Verdict: inspect.Insufficient,
		},
		{
			Name: "GitHub 401", Question: q, Facts: inspect.Facts{
				Token:  inspect.TokenFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "Bad credentials")},
				Target: inspect.TargetFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "Bad credentials")},
			},
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Revoked: true}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "wrong, expired or revoked", "401 Bad credentials", "/settings/tokens")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "GitHub expiry below 7 days", Question: q, Facts: checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) { f.Token.ExpiresAt = checktest.InDays(3) }),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes(), Expires: checktest.InDays(3)}),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "token_expires_soon", checktest.InDays(3).UTC().Format(time.DateOnly), "in 3 days")},
			Verdict: inspect.Sufficient,
		},
		{
			Name: "GitHub expiry of 8 days", Question: q, Facts: checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) { f.Token.ExpiresAt = checktest.InDays(8) }),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes(), Expires: checktest.InDays(8)}), Verdict: inspect.Sufficient,
		},
		{
			Name: "org 403 and X-GitHub-SSO", Question: q,
			Facts: orgFails(checktest.Failed(gitapi.Forbidden, 403, "Resource protected by organization SAML enforcement."), func(f *inspect.Facts) {
				f.Target.SSO, f.Target.SSOURL = true, "https://github.com/orgs/acme-gitops/sso?authorization_request=x"
			}),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes(), SSORequired: true}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "github_sso", "single sign-on", "/orgs/acme-gitops/sso?authorization_request=")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "org 403 policy text", Question: q, Facts: orgFails(checktest.Failed(gitapi.Forbidden, 403, policy), nil),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes(), Forbidden: policy}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_org_forbids", "GitHub says: "+policy)}, Verdict: inspect.Insufficient,
		},
		{
			Name: "org 403 IP allow list", Question: q, Facts: orgFails(checktest.Failed(gitapi.Forbidden, 403, "the organization has an IP allow list enabled"), nil),
			Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes(), Forbidden: "the organization has an IP allow list enabled"}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeOrganization, "github_ip_allow_list", "Devtron's address may be allowed")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "org 404, a user account", Question: named("octocat"), Serve: serveAccounts,
			Facts: orgFails(checktest.Failed(gitapi.NotFound, 404, "Not Found"), func(f *inspect.Facts) { f.Target.Account = inspect.AccountFacts{Reply: checktest.OK(), Type: "User"} }),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_org_is_user", "is a user account, not an organization")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "org 404, not found", Question: named("nobody"), Serve: serveAccounts,
			Facts: orgFails(checktest.Failed(gitapi.NotFound, 404, "Not Found"), func(f *inspect.Facts) { f.Target.Account.Reply = checktest.Failed(gitapi.NotFound, 404, "Not Found") }),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_org_not_found", "was not found", "member of it")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "org 404, not visible", Question: named("hidden"), Serve: serveAccounts,
			Facts: orgFails(checktest.Failed(gitapi.NotFound, 404, "Not Found"), func(f *inspect.Facts) {
				f.Target.Account = inspect.AccountFacts{Reply: checktest.OK(), Type: "Organization"}
			}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_org_not_visible", "not visible to the token")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "membership absent, members may not create", Question: q,
			Facts: checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) {
				f.Target.MembersCanCreatePrivate, f.Membership.Reply = new(false), checktest.Failed(gitapi.NotFound, 404, "Not Found")
			}),
			Serve: serveMember("", sandbox.GitHubOrg{MembersCanCreatePrivate: new(false)}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_cannot_create", "not a member")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "membership absent, not told whether members may create", Question: q,
			Facts: checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) {
				f.Target.MembersCanCreatePrivate, f.Membership.Reply = nil, checktest.Failed(gitapi.NotFound, 404, "Not Found")
			}),
			Serve: serveMember("", sandbox.GitHubOrg{}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeOrganization, "github_membership_unknown", "not a member")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "role=member, members may not create", Question: q, Facts: member("member", new(false), nil),
			Serve: serveMember("member", sandbox.GitHubOrg{MembersCanCreatePrivate: new(false)}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_cannot_create", "does not let members create private repositories", "/settings/member_privileges")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "role=member, not told whether members may create", Question: q, Facts: member("member", nil, nil), Serve: serveMember("member", sandbox.GitHubOrg{}),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeOrganization, "github_membership_unknown", "does not show")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "role=member, can_create_repository=false", Question: q, Facts: member("member", nil, new(false)),
			Serve: serveMember("member", sandbox.GitHubOrg{CanCreateRepository: map[string]*bool{"somebody": new(false)}}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeOrganization, "github_cannot_create", "can_create_repository is false")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "role=member, can_create_repository=true", Question: q, Facts: member("member", nil, new(true)),
			Serve: serveMember("member", sandbox.GitHubOrg{CanCreateRepository: map[string]*bool{"somebody": new(true)}}), Verdict: inspect.Sufficient,
		},
		{
			Name: "role=admin, members may not create", Question: q, Facts: member("admin", new(false), nil),
			Serve: serveMember("admin", sandbox.GitHubOrg{MembersCanCreatePrivate: new(false)}), Verdict: inspect.Sufficient,
		},
		{
			Name: "membership pending", Question: q,
			Facts: checktest.With(member("member", nil, nil), func(f *inspect.Facts) { f.Membership.State = "pending" }),
			Serve: serveMember("member", sandbox.GitHubOrg{Pending: []string{"somebody"}}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeOrganization, "github_membership_unknown", "has not accepted")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "username is not the owner", Question: q, Requirements: inspect.Requirements{Username: "octocat"}, Facts: checktest.GitHubFacts(checktest.GitHubScopes()...), Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()}),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeUsername, "username_mismatch", `"acme-bot"`, `"octocat"`)}, Verdict: inspect.Sufficient,
		},
		{
			Name: "username in another case", Question: q, Requirements: inspect.Requirements{Username: "ACME-Bot"}, Facts: checktest.GitHubFacts(checktest.GitHubScopes()...), Serve: checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()}), Verdict: inspect.Sufficient,
		},
		{
			Name: "organization that cannot stand in a URL", Question: inspect.Question{Provider: inspect.GitHub, Organization: "acme/../user", Token: checktest.Classic},
			Facts:   checktest.With(checktest.GitHubFacts(checktest.GitHubScopes()...), func(f *inspect.Facts) { f.Target = inspect.TargetFacts{} }),
			Serve:   checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeOrganization, "organization_invalid", "letters, digits, hyphens")},
			Verdict: inspect.Insufficient,
		},
	}
	return append(rows, checktest.UnreachableRows(github.Definition, checktest.GitHubQuestion(checktest.Classic), "/api/v3/", func(s *sandbox.Sandbox) *sandbox.Server { return s.GitHub.Server })...)
}
