// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var personal = "glpat-" + strings.Repeat("a1B2", 5)

func gitlabQuestion(token, group string) Question {
	return Question{Provider: GitLab, GroupID: group, Token: token, Thorough: true}
}

// gitlabFacts are those of an Owner of the group whose personal token has the scopes.
func gitlabFacts(scopes ...string) Facts {
	return Facts{
		Token:  TokenFacts{Reply: ok(), ScopesKnown: true, Scopes: scopes},
		Owner:  OwnerFacts{Reply: ok(), ID: 7, Login: "acme-bot", Bot: ptr(false), Admin: ptr(false)},
		Target: TargetFacts{Reply: ok(), ID: sandbox.GroupID, Name: org, CreationLevel: "developer"}, Membership: MembershipFacts{Reply: ok(), AccessLevel: 50},
	}
}

func serveGitLab(x sandbox.GitLabToken, groups ...sandbox.GitLabGroup) func(*sandbox.Sandbox, Question) {
	return func(s *sandbox.Sandbox, q Question) {
		x.Token = q.Token
		if x.Levels == nil {
			x.Levels = map[int]int{sandbox.GroupID: 50}
		}
		s.GitLab.AddToken(x)
		for _, g := range groups {
			s.GitLab.AddGroup(g)
		}
	}
}

// level serves a token whose owner has the level in the group with the setting.
func level(l int, creation string) func(*sandbox.Sandbox, Question) {
	return serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: l}},
		sandbox.GitLabGroup{ID: sandbox.GroupID, Name: org, ProjectCreationLevel: creation})
}

func levelFacts(l int, creation string) Facts {
	return with(gitlabFacts("api"), func(f *Facts) { f.Membership.AccessLevel, f.Target.CreationLevel = l, creation })
}

func gitlabRows() []row {
	q := gitlabQuestion(personal, "61512475")
	const missingAPI = "Missing: api (implies read_user, read_api, read_repository, write_repository, read_registry, write_registry)\n"
	bot := func(kind string, scopes ...string) Facts {
		return with(gitlabFacts(scopes...), func(f *Facts) { f.Owner.Bot, f.Owner.Login = ptr(true), kind+"_61512475_bot_1f" })
	}
	noGroup := func(ids ...int) Facts {
		return with(gitlabFacts("api"), func(f *Facts) {
			f.Target, f.Membership = TargetFacts{Reply: failed(FailNotFound, 404, "404 Not Found"), NumericIDs: ids}, MembershipFacts{}
		})
	}
	notMember := func(change func(*Facts)) Facts {
		return with(gitlabFacts("api"), func(f *Facts) {
			f.Membership = MembershipFacts{Reply: failed(FailNotFound, 404, "404 Not Found")}
			change(f)
		})
	}
	noSelf := func(r Reply) Facts {
		return with(gitlabFacts(), func(f *Facts) { f.Token = TokenFacts{Reply: r} })
	}
	rows := []row{
		{name: "GitLab PAT with api", q: q, facts: gitlabFacts("api"), serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}), verdict: Sufficient, kind: KindPersonal},
		{
			name: "GitLab PAT with a prefix of its own", q: gitlabQuestion("corp-"+personal[6:], "61512475"), facts: gitlabFacts("api"),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}), verdict: Sufficient, kind: KindPersonal,
		},
		{
			name: "without api", q: q, facts: with(gitlabFacts("read_api", "write_repository"), func(f *Facts) {}),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"read_api", "write_repository"}}),
			want: []want{problem(Error, AttributeToken, "gitlab_missing_scopes", "GitLab token lacks scopes that Devtron needs",
				missingAPI, "Granted: read_api, write_repository\n", "/-/user_settings/personal_access_tokens")},
			verdict: Insufficient, missing: []string{"api"},
		},
		{
			name: "without api, group refused", q: q, facts: with(gitlabFacts("read_repository"), func(f *Facts) {
				f.Owner = OwnerFacts{Reply: failed(FailScope, 403, "higher privileges"), ID: 7}
				f.Target, f.Membership = TargetFacts{Reply: failed(FailScope, 403, "higher privileges")}, MembershipFacts{}
			}),
			serve:   serveGitLab(sandbox.GitLabToken{Scopes: []string{"read_repository"}}),
			want:    []want{problem(Error, AttributeToken, "gitlab_missing_scopes", missingAPI, "Granted: read_repository\n")},
			verdict: Insufficient, missing: []string{"api"},
		},
		{
			name: "required_scopes of GitLab", q: q, r: Requirements{Scopes: []string{"read_registry", "sudo"}}, facts: gitlabFacts("api"),
			serve:   serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}),
			want:    []want{problem(Error, AttributeToken, "gitlab_missing_scopes", "Missing: sudo\n")},
			verdict: Insufficient, missing: []string{"sudo"},
		},
		{
			name: "group bot token with api, no write_repository", q: q, facts: bot("group", "api"),
			serve:   serveGitLab(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api"}}),
			want:    []want{problem(Warning, AttributeToken, "gitlab_bot_write_repository", "Missing: write_repository", "/groups/acme-gitops/-/settings/access_tokens")},
			verdict: Sufficient, kind: KindGroup, missing: []string{"write_repository"},
		},
		{
			name: "group bot token with api and write_repository", q: q, facts: bot("group", "api", "write_repository"),
			serve: serveGitLab(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api", "write_repository"}}), verdict: Sufficient, kind: KindGroup,
		},
		{
			name: "project bot token", q: q, facts: with(bot("project", "api", "write_repository"), func(f *Facts) {
				f.Membership = MembershipFacts{Reply: failed(FailNotFound, 404, "404 Not found")}
			}),
			serve: serveGitLab(sandbox.GitLabToken{Kind: "project", Scopes: []string{"api", "write_repository"}}),
			want:  []want{problem(Error, AttributeToken, "gitlab_project_token", "cannot create projects")}, verdict: Insufficient, kind: KindProject,
		},
		{
			name: "level below creation level", q: q, facts: levelFacts(30, "maintainer"), serve: level(30, "maintainer"),
			want: []want{problem(Error, AttributeGroupID, "gitlab_level_too_low", "Developer (30)", "Maintainer (40)", "/groups/acme-gitops/-/group_members")}, verdict: Insufficient,
		},
		{
			name: "level below creation level owner", q: q, facts: levelFacts(40, "owner"), serve: level(40, "owner"),
			want: []want{problem(Error, AttributeGroupID, "gitlab_level_too_low", "Maintainer (40)", "Owner (50)")}, verdict: Insufficient,
		},
		{
			name: "creation level administrator", q: q, facts: levelFacts(50, "administrator"), serve: level(50, "administrator"),
			want: []want{problem(Error, AttributeGroupID, "gitlab_level_too_low", "an administrator of GitLab")}, verdict: Insufficient,
		},
		{
			name: "creation level noone", q: q, facts: levelFacts(50, "noone"), serve: level(50, "noone"),
			want: []want{problem(Error, AttributeGroupID, "gitlab_creation_forbidden", "Nobody may create projects")}, verdict: Insufficient,
		},
		{
			name: "creation level of the future", q: q, facts: levelFacts(50, "planner"), serve: level(50, "planner"),
			want: []want{problem(Warning, AttributeGroupID, "gitlab_creation_level_unknown", `"planner"`)}, verdict: Unverifiable,
		},
		{
			name: "level below creation level with a custom role", q: q, facts: with(levelFacts(20, "developer"), func(f *Facts) { f.Membership.CustomRole = "deployer" }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: 20}, CustomRole: "deployer"}),
			want:  []want{problem(Warning, AttributeGroupID, "gitlab_custom_role", `"deployer"`)}, verdict: Unverifiable,
		},
		{
			name: "level below Owner", q: q, facts: levelFacts(40, "developer"), serve: level(40, "developer"),
			want: []want{problem(Warning, AttributeGroupID, "gitlab_not_owner", "cannot delete projects", "left behind", "Nothing else fails")}, verdict: Sufficient,
		},
		{
			name: "members/all 404, administrator", q: q, facts: notMember(func(f *Facts) { f.Owner.Admin = ptr(true) }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Admin: true, Levels: map[int]int{}}), verdict: Sufficient,
		},
		{
			name: "members/all 404", q: q, facts: notMember(func(*Facts) {}), serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{}}),
			want: []want{problem(Error, AttributeGroupID, "gitlab_not_member", "not a member of")}, verdict: Insufficient,
		},
		{
			name: "members/all 404, bot", q: q, facts: notMember(func(f *Facts) {
				f.Owner.Bot, f.Owner.Login, f.Token.Scopes = ptr(true), "group_61512475_bot_1f", []string{"api", "write_repository"}
			}),
			serve: serveGitLab(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api", "write_repository"}, Levels: map[int]int{}}),
			want:  []want{problem(Warning, AttributeGroupID, "gitlab_membership_unknown")}, verdict: Unverifiable, kind: KindGroup,
		},
		{
			name: "granular", q: q, facts: with(gitlabFacts(), func(f *Facts) { f.Token = TokenFacts{Reply: ok(), Granular: true, Scopes: []string{"granular"}} }),
			serve: serveGitLab(sandbox.GitLabToken{Kind: "granular"}),
			want:  []want{problem(Warning, AttributeToken, "gitlab_granular", "fine-grained", "cannot be read")}, verdict: Unverifiable, kind: KindGranular,
		},
		{
			name: "403 insufficient_granular_scope", q: q, facts: with(gitlabFacts("api"), func(f *Facts) {
				f.Target, f.Membership = TargetFacts{Reply: failed(FailGranular, 403, "lacks the required permissions")}, MembershipFacts{}
			}),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, GranularEnforced: true}),
			want:  []want{problem(Warning, AttributeToken, "gitlab_granular", "lacks the required permissions", "may require fine-grained tokens")}, verdict: Unverifiable,
		},
		{
			name: "group 404", q: gitlabQuestion(personal, "404"), facts: noGroup(), serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}),
			want: []want{problem(Error, AttributeGroupID, "gitlab_group_not_found", `"404" was not found`, "does not show it")}, verdict: Insufficient,
		},
		{
			name: "group 404, a name", q: gitlabQuestion(personal, "Platform Team"), facts: noGroup(123),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: 123, Name: "Platform Team", FullPath: "acme/platform"}),
			want:  []want{problem(Error, AttributeGroupID, "gitlab_group_not_numeric", "group_id is not numeric", `Set group_id = "123"`)}, verdict: Insufficient,
		},
		{
			name: "group given by path", q: gitlabQuestion(personal, "acme/platform"), facts: with(gitlabFacts("api"), func(f *Facts) { f.Target.ID = 123 }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{123: 50}}, sandbox.GitLabGroup{ID: 123, Name: "Platform Team", FullPath: "acme/platform"}),
			want:  []want{problem(Error, AttributeGroupID, "gitlab_group_not_numeric", "group_id is not numeric", `Set group_id = "123"`)}, verdict: Insufficient,
		},
		{
			name: "group hidden from the token", q: gitlabQuestion(personal, "9"), facts: noGroup(),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: 9, Name: "secret", Hidden: true}),
			want:  []want{problem(Error, AttributeGroupID, "gitlab_group_not_found")}, verdict: Insufficient,
		},
		{
			name: "group archived", q: q, facts: with(gitlabFacts("api"), func(f *Facts) { f.Target.Archived = true }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: org, Archived: true}),
			want:  []want{problem(Error, AttributeGroupID, "gitlab_group_archived", "archived")}, verdict: Insufficient,
		},
		{
			name: "group marked for deletion", q: q, facts: with(gitlabFacts("api"), func(f *Facts) { f.Target.DeletionDate = "2030-01-02" }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: org, MarkedForDeletionOn: "2030-01-02"}),
			want:  []want{problem(Error, AttributeGroupID, "gitlab_group_deleted", "2030-01-02")}, verdict: Insufficient,
		},
		{
			name: "self 404", q: q, facts: noSelf(failed(FailNotFound, 404, "404 Not Found")), serve: serveGitLab(sandbox.GitLabToken{NoSelf: true, Scopes: []string{"api"}}),
			want: []want{problem(Warning, AttributeToken, "gitlab_scopes_unknown", "15.5", "api or read_api")}, verdict: Unverifiable,
		},
		{
			name: "self 400", q: q, facts: noSelf(failed(FailStatus, 400, "requires token type")),
			serve: func(s *sandbox.Sandbox, q Question) {
				serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}})(s, q)
				s.GitLab.Inject(sandbox.Fault{Path: "/api/v4/personal_access_tokens", Status: 400, Body: `{"message":"400 Bad request - requires token type"}`, ContentType: "application/json"})
			},
			want: []want{problem(Warning, AttributeToken, "gitlab_scopes_unknown", "400", "requires token type")}, verdict: Unverifiable,
		},
		{
			name: "self 401, group 200", q: q, facts: noSelf(failed(FailUnauthorized, 401, "401 Unauthorized")),
			serve: func(s *sandbox.Sandbox, q Question) {
				serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}})(s, q)
				s.GitLab.Inject(sandbox.Fault{Path: "/api/v4/personal_access_tokens", Status: 401, Body: `{"message":"401 Unauthorized"}`, ContentType: "application/json"})
			},
			want: []want{problem(Warning, AttributeToken, "gitlab_scopes_unknown")}, verdict: Unverifiable,
		},
		{
			name: "GitLab 401", q: q, facts: Facts{
				Token:  TokenFacts{Reply: failed(FailUnauthorized, 401, "Token was revoked. You have to re-authorize from the user.")},
				Target: TargetFacts{Reply: failed(FailUnauthorized, 401, "Token was revoked. You have to re-authorize from the user.")},
			},
			serve: serveGitLab(sandbox.GitLabToken{Revoked: true}),
			want:  []want{problem(Error, AttributeToken, "token_rejected", "401 Token was revoked", "/-/user_settings/personal_access_tokens")}, verdict: Insufficient,
		},
		{
			name: "active=false", q: q, facts: with(gitlabFacts("api"), func(f *Facts) { f.Token.Inactive = true }), serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Inactive: true}),
			want: []want{problem(Error, AttributeToken, "token_inactive", "inactive")}, verdict: Insufficient,
		},
		{
			name: "GitLab expiry below 7 days", q: q, facts: with(gitlabFacts("api"), func(f *Facts) { f.Token.ExpiresAt = inDays(2) }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, ExpiresAt: inDays(2).UTC().Format(time.DateOnly)}),
			want:  []want{problem(Warning, AttributeToken, "token_expires_soon", inDays(2).UTC().Format(time.DateOnly))}, verdict: Sufficient,
		},
		{
			name: "OAuth", q: gitlabQuestion(strings.Repeat("0a1b", 16), "61512475"), facts: Facts{
				Token:  TokenFacts{Reply: failed(FailUnauthorized, 401, "401 Unauthorized")},
				Target: TargetFacts{Reply: failed(FailUnauthorized, 401, "401 Unauthorized")},
			},
			serve: serveGitLab(sandbox.GitLabToken{Kind: "oauth", Scopes: []string{"api"}}),
			want:  []want{problem(Error, AttributeToken, "token_rejected", "has the form of an OAuth access token", "PRIVATE-TOKEN")}, verdict: Insufficient,
		},
		{
			name: "token of GitHub at the public GitLab", q: asked(gitlabQuestion(classic, "61512475"), func(q *Question) { q.Host = "https://gitlab.com" }),
			want:    []want{problem(Error, AttributeToken, "wrong_provider_token", "GitHub token", `git_provider = "GITHUB"`)},
			verdict: Insufficient, kind: KindClassic,
		},
		{
			name: "App token of GitHub of 2026", q: gitlabQuestion(installation2026, "61512475"),
			want:    []want{problem(Error, AttributeToken, "wrong_provider_token", "GitHub token", "In addition, the token has")},
			verdict: Insufficient, kind: KindAppInstallation,
		},
		{
			name: "group_id with a slash at its end", q: gitlabQuestion(personal, "acme/"), facts: with(gitlabFacts("api"), func(f *Facts) { f.Target.ID = 7 }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{7: 50}}, sandbox.GitLabGroup{ID: 7, Name: "acme"}),
			want:  []want{problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`)}, verdict: Insufficient,
		},
		{
			name: "group_id without a name in it", q: gitlabQuestion(personal, "//"), facts: with(gitlabFacts("api"), func(f *Facts) { f.Target, f.Membership = TargetFacts{}, MembershipFacts{} }),
			serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}), want: []want{problem(Error, AttributeGroupID, "group_invalid", "no name")}, verdict: Insufficient,
		},
		{
			name: "username is not the owner in GitLab", q: q, r: Requirements{Username: "root"}, facts: gitlabFacts("api"), serve: serveGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}),
			want: []want{problem(Warning, AttributeUsername, "username_mismatch", `"acme-bot"`)}, verdict: Sufficient,
		},
		{name: "provider that is not checked", q: Question{Provider: "GITEA", Host: "https://gitea.com", Token: "secret"}, verdict: Unverifiable},
	}
	for prefix, kind := range map[string]string{"gldt-": KindDeploy, "glcbt-": KindJob, "glptt-": KindTrigger, "glrt-": KindRunner, "glrtr-": KindRunner, "glft-": KindFeed, "glagent-": KindAgent, "glsoat-": KindSCIM, "gloas-": KindOAuthSecret} {
		rows = append(rows, row{
			name: prefix, q: gitlabQuestion(prefix+strings.Repeat("x", 20), "61512475"), kind: kind, verdict: Insufficient,
			want: []want{problem(Error, AttributeToken, "kind_unusable", "Devtron cannot use", prefix)},
		})
	}
	return append(rows, unreachableRows(q, "/api/v4/", func(s *sandbox.Sandbox) *sandbox.Server { return s.GitLab.Server })...)
}
