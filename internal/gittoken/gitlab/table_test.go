// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitlab"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// level adds a token whose owner has an access level in a group with a project_creation_level.
func level(l int, creation string) func(*sandbox.Sandbox, inspect.Question) {
	return checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: l}},
		sandbox.GitLabGroup{ID: sandbox.GroupID, Name: checktest.Organization, ProjectCreationLevel: creation})
}

func levelFacts(l int, creation string) inspect.Facts {
	return checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Membership.AccessLevel, f.Target.CreationLevel = l, creation })
}

func TestDecisionTable(t *testing.T) { checktest.Run(t, gitlab.Definition, table()) }

func table() []checktest.Row {
	q := checktest.GitLabQuestion(checktest.Personal, "61512475")
	const missingAPI = "Missing: api (implies read_user, read_api, read_repository, write_repository, read_registry, write_registry)\n"
	bot := func(kind string, scopes ...string) inspect.Facts {
		return checktest.With(checktest.GitLabFacts(scopes...), func(f *inspect.Facts) { f.Owner.Bot, f.Owner.Login = new(true), kind+"_61512475_bot_1f" })
	}
	noGroup := func(ids ...int) inspect.Facts {
		return checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) {
			f.Target, f.Membership = inspect.TargetFacts{Reply: checktest.Failed(gitapi.NotFound, 404, "404 Not Found"), NumericIDs: ids}, inspect.MembershipFacts{}
		})
	}
	notMember := func(change func(*inspect.Facts)) inspect.Facts {
		return checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) {
			f.Membership = inspect.MembershipFacts{Reply: checktest.Failed(gitapi.NotFound, 404, "404 Not Found")}
			change(f)
		})
	}
	noSelf := func(r inspect.Reply) inspect.Facts {
		return checktest.With(checktest.GitLabFacts(), func(f *inspect.Facts) { f.Token = inspect.TokenFacts{Reply: r} })
	}
	rows := []checktest.Row{
		{Name: "GitLab PAT with api", Question: q, Facts: checktest.GitLabFacts("api"), Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}), Verdict: inspect.Sufficient, Kind: inspect.KindPersonal},
		{
			Name: "GitLab PAT with a prefix of its own", Question: checktest.GitLabQuestion("corp-"+checktest.Personal[6:], "61512475"), Facts: checktest.GitLabFacts("api"),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}), Verdict: inspect.Sufficient, Kind: inspect.KindPersonal,
		},
		{
			Name: "without api", Question: q, Facts: checktest.With(checktest.GitLabFacts("read_api", "write_repository"), func(f *inspect.Facts) {}),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"read_api", "write_repository"}}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "gitlab_missing_scopes", "GitLab token lacks scopes that Devtron needs",
				missingAPI, "Granted: read_api, write_repository\n", "/-/user_settings/personal_access_tokens")},
			Verdict: inspect.Insufficient, Missing: []string{"api"},
		},
		{
			Name: "without api, group refused", Question: q, Facts: checktest.With(checktest.GitLabFacts("read_repository"), func(f *inspect.Facts) {
				f.Owner = inspect.OwnerFacts{Reply: checktest.Failed(gitapi.InsufficientScope, 403, "higher privileges"), ID: 7}
				f.Target, f.Membership = inspect.TargetFacts{Reply: checktest.Failed(gitapi.InsufficientScope, 403, "higher privileges")}, inspect.MembershipFacts{}
			}),
			Serve:   checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"read_repository"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "gitlab_missing_scopes", missingAPI, "Granted: read_repository\n")},
			Verdict: inspect.Insufficient, Missing: []string{"api"},
		},
		{
			Name: "required_scopes of GitLab", Question: q, Requirements: inspect.Requirements{Scopes: []string{"read_registry", "sudo"}}, Facts: checktest.GitLabFacts("api"),
			Serve:   checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "gitlab_missing_scopes", "Missing: sudo\n")},
			Verdict: inspect.Insufficient, Missing: []string{"sudo"},
		},
		{
			Name: "group bot token with api, no write_repository", Question: q, Facts: bot("group", "api"),
			Serve:   checktest.ServeGitLab(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api"}}),
			Want:    []checktest.Want{checktest.Warning(inspect.AttributeToken, "gitlab_bot_write_repository", "Missing: write_repository", "/groups/acme-gitops/-/settings/access_tokens")},
			Verdict: inspect.Sufficient, Kind: inspect.KindGroup, Missing: []string{"write_repository"},
		},
		{
			Name: "group bot token with api and write_repository", Question: q, Facts: bot("group", "api", "write_repository"),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api", "write_repository"}}), Verdict: inspect.Sufficient, Kind: inspect.KindGroup,
		},
		{
			Name: "project bot token", Question: q, Facts: checktest.With(bot("project", "api", "write_repository"), func(f *inspect.Facts) {
				f.Membership = inspect.MembershipFacts{Reply: checktest.Failed(gitapi.NotFound, 404, "404 Not found")}
			}),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Kind: "project", Scopes: []string{"api", "write_repository"}}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "gitlab_project_token", "cannot create projects")}, Verdict: inspect.Insufficient, Kind: inspect.KindProject,
		},
		{
			Name: "level below creation level", Question: q, Facts: levelFacts(30, "maintainer"), Serve: level(30, "maintainer"),
			Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_level_too_low", "Developer (30)", "Maintainer (40)", "/groups/acme-gitops/-/group_members")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "level below creation level owner", Question: q, Facts: levelFacts(40, "owner"), Serve: level(40, "owner"),
			Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_level_too_low", "Maintainer (40)", "Owner (50)")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "creation level administrator", Question: q, Facts: levelFacts(50, "administrator"), Serve: level(50, "administrator"),
			Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_level_too_low", "an administrator of GitLab")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "creation level noone", Question: q, Facts: levelFacts(50, "noone"), Serve: level(50, "noone"),
			Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_creation_forbidden", "Nobody may create projects")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "creation level of the future", Question: q, Facts: levelFacts(50, "planner"), Serve: level(50, "planner"),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeGroupID, "gitlab_creation_level_unknown", `"planner"`)}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "level below creation level with a custom role", Question: q, Facts: checktest.With(levelFacts(20, "developer"), func(f *inspect.Facts) { f.Membership.CustomRole = "deployer" }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: 20}, CustomRole: "deployer"}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeGroupID, "gitlab_custom_role", `"deployer"`)}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "level below Owner", Question: q, Facts: levelFacts(40, "developer"), Serve: level(40, "developer"),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeGroupID, "gitlab_not_owner", "cannot delete projects", "left behind", "Nothing else fails")}, Verdict: inspect.Sufficient,
		},
		{
			Name: "members/all 404, administrator", Question: q, Facts: notMember(func(f *inspect.Facts) { f.Owner.Admin = new(true) }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Admin: true, Levels: map[int]int{}}), Verdict: inspect.Sufficient,
		},
		{
			Name: "members/all 404", Question: q, Facts: notMember(func(*inspect.Facts) {}), Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{}}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_not_member", "not a member of")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "members/all 404, bot", Question: q, Facts: notMember(func(f *inspect.Facts) {
				f.Owner.Bot, f.Owner.Login, f.Token.Scopes = new(true), "group_61512475_bot_1f", []string{"api", "write_repository"}
			}),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Kind: "group", Scopes: []string{"api", "write_repository"}, Levels: map[int]int{}}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeGroupID, "gitlab_membership_unknown")}, Verdict: inspect.Unverifiable, Kind: inspect.KindGroup,
		},
		{
			Name: "granular", Question: q, Facts: checktest.With(checktest.GitLabFacts(), func(f *inspect.Facts) {
				f.Token = inspect.TokenFacts{Reply: checktest.OK(), Granular: true, Scopes: []string{"granular"}}
			}),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Kind: "granular"}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeToken, "gitlab_granular", "fine-grained", "cannot be read")}, Verdict: inspect.Unverifiable, Kind: inspect.KindGranular,
		},
		{
			Name: "403 insufficient_granular_scope", Question: q, Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) {
				f.Target, f.Membership = inspect.TargetFacts{Reply: checktest.Failed(gitapi.InsufficientGranularScope, 403, "lacks the required permissions")}, inspect.MembershipFacts{}
			}),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, GranularEnforced: true}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeToken, "gitlab_granular", "lacks the required permissions", "may require fine-grained tokens")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "group 404", Question: checktest.GitLabQuestion(checktest.Personal, "404"), Facts: noGroup(), Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_found", `"404" was not found`, "does not show it")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "group 404, a name", Question: checktest.GitLabQuestion(checktest.Personal, "Platform Team"), Facts: noGroup(123),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: 123, Name: "Platform Team", FullPath: "acme/platform"}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", "group_id is not numeric", `Set group_id = "123"`)}, Verdict: inspect.Insufficient,
		},
		{
			Name: "group given by path", Question: checktest.GitLabQuestion(checktest.Personal, "acme/platform"), Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Target.ID = 123 }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{123: 50}}, sandbox.GitLabGroup{ID: 123, Name: "Platform Team", FullPath: "acme/platform"}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", "group_id is not numeric", `Set group_id = "123"`)}, Verdict: inspect.Insufficient,
		},
		{
			Name: "group hidden from the token", Question: checktest.GitLabQuestion(checktest.Personal, "9"), Facts: noGroup(),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: 9, Name: "secret", Hidden: true}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_found")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "group archived", Question: q, Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Target.Archived = true }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: checktest.Organization, Archived: true}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_archived", "archived")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "group marked for deletion", Question: q, Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Target.DeletionDate = "2030-01-02" }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: checktest.Organization, MarkedForDeletionOn: "2030-01-02"}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_deleted", "2030-01-02")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "self 404", Question: q, Facts: noSelf(checktest.Failed(gitapi.NotFound, 404, "404 Not Found")), Serve: checktest.ServeGitLab(sandbox.GitLabToken{NoSelf: true, Scopes: []string{"api"}}),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "gitlab_scopes_unknown", "15.5", "api or read_api")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "self 400", Question: q, Facts: noSelf(checktest.Failed(gitapi.UnexpectedStatus, 400, "requires token type")),
			Serve: func(s *sandbox.Sandbox, q inspect.Question) {
				checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}})(s, q)
				s.GitLab.Inject(sandbox.Fault{Path: "/api/v4/personal_access_tokens", Status: 400, Body: `{"message":"400 Bad request - requires token type"}`, ContentType: "application/json"})
			},
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "gitlab_scopes_unknown", "400", "requires token type")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "self 401, group 200", Question: q, Facts: noSelf(checktest.Failed(gitapi.Unauthorized, 401, "401 Unauthorized")),
			Serve: func(s *sandbox.Sandbox, q inspect.Question) {
				checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}})(s, q)
				s.GitLab.Inject(sandbox.Fault{Path: "/api/v4/personal_access_tokens", Status: 401, Body: `{"message":"401 Unauthorized"}`, ContentType: "application/json"})
			},
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "gitlab_scopes_unknown")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "GitLab 401", Question: q, Facts: inspect.Facts{
				Token:  inspect.TokenFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "Token was revoked. You have to re-authorize from the user.")},
				Target: inspect.TargetFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "Token was revoked. You have to re-authorize from the user.")},
			},
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Revoked: true}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "401 Token was revoked", "/-/user_settings/personal_access_tokens")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "active=false", Question: q, Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Token.Inactive = true }), Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Inactive: true}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_inactive", "inactive")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "GitLab expiry below 7 days", Question: q, Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Token.ExpiresAt = checktest.InDays(2) }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, ExpiresAt: checktest.InDays(2).UTC().Format(time.DateOnly)}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeToken, "token_expires_soon", checktest.InDays(2).UTC().Format(time.DateOnly))}, Verdict: inspect.Sufficient,
		},
		{
			Name: "OAuth", Question: checktest.GitLabQuestion(strings.Repeat("0a1b", 16), "61512475"), Facts: inspect.Facts{
				Token:  inspect.TokenFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "401 Unauthorized")},
				Target: inspect.TargetFacts{Reply: checktest.Failed(gitapi.Unauthorized, 401, "401 Unauthorized")},
			},
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Kind: "oauth", Scopes: []string{"api"}}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "has the form of an OAuth access token", "PRIVATE-TOKEN")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "token of GitHub at the public GitLab", Question: checktest.With(checktest.GitLabQuestion(checktest.Classic, "61512475"), func(q *inspect.Question) { q.Host = "https://gitlab.com" }),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "GitHub token", `git_provider = "GITHUB"`)},
			Verdict: inspect.Insufficient, Kind: inspect.KindClassic,
		},
		{
			Name: "App token of GitHub of 2026", Question: checktest.GitLabQuestion(checktest.Installation2026, "61512475"),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "GitHub token", "In addition, the token has")},
			Verdict: inspect.Insufficient, Kind: inspect.KindAppInstallation,
		},
		{
			Name: "group_id with a trailing slash", Question: checktest.GitLabQuestion(checktest.Personal, "acme/"), Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Target.ID = 7 }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{7: 50}}, sandbox.GitLabGroup{ID: 7, Name: "acme"}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`)}, Verdict: inspect.Insufficient,
		},
		{
			Name: "group_id without a name in it", Question: checktest.GitLabQuestion(checktest.Personal, "//"), Facts: checktest.With(checktest.GitLabFacts("api"), func(f *inspect.Facts) { f.Target, f.Membership = inspect.TargetFacts{}, inspect.MembershipFacts{} }),
			Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}), Want: []checktest.Want{checktest.Error(inspect.AttributeGroupID, "group_invalid", "no name")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "username is not the owner in GitLab", Question: q, Requirements: inspect.Requirements{Username: "root"}, Facts: checktest.GitLabFacts("api"), Serve: checktest.ServeGitLab(sandbox.GitLabToken{Scopes: []string{"api"}}),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeUsername, "username_mismatch", `"acme-bot"`)}, Verdict: inspect.Sufficient,
		},
		{Name: "provider that is not checked", Question: inspect.Question{Provider: "GITEA", Host: "https://gitea.com", Token: "secret"}, Verdict: inspect.Unverifiable},
	}
	for prefix, kind := range map[string]string{"gldt-": inspect.KindDeploy, "glcbt-": inspect.KindJob, "glptt-": inspect.KindTrigger, "glrt-": inspect.KindRunner, "glrtr-": inspect.KindRunner, "glft-": inspect.KindFeed, "glagent-": inspect.KindAgent, "glsoat-": inspect.KindSCIM, "gloas-": inspect.KindOAuthSecret} {
		rows = append(rows, checktest.Row{
			Name: prefix, Question: checktest.GitLabQuestion(prefix+strings.Repeat("x", 20), "61512475"), Kind: kind, Verdict: inspect.Insufficient,
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "Devtron cannot use", prefix)},
		})
	}
	return append(rows, checktest.UnreachableRows(gitlab.Definition, q, "/api/v4/", func(s *sandbox.Sandbox) *sandbox.Server { return s.GitLab.Server })...)
}
