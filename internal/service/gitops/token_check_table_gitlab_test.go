// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func gitlabAnswer(verdict string, missing ...string) answer {
	return answer{verdict: verdict, kind: "personal", owner: sandbox.Username, missing: missing}
}

func gitlabTokenCases() []checkCase {
	const ok, noAPI, bot, unread = "GitLab PAT with `api`, active, group 200, level allowed by project_creation_level", "... without `api`",
		"... group/project bot token with `api`, no write_repository", `["granular"] or 403 insufficient_granular_scope`
	const noSelf, kinds, rejected, expiry = "self 404 (GitLab < 15.5) or 400", "gldt-, glcbt-, glrt-, ... ; OAuth", "401 (either)", "expiry < 7 d (header / expires_at)"
	const missingAPI = "Missing: api (implies read_user, read_api, read_repository, write_repository, read_registry, write_registry)\n"
	soon := inDays(3).Truncate(24 * time.Hour)
	as := func(verdict, kind, owner string) answer { return answer{verdict: verdict, kind: kind, owner: owner} }
	expiring, ofGroup := gitlabAnswer("sufficient"), as("sufficient", "group", "group_61512475_bot_7")
	expiring.expires, ofGroup.missing = soon.Format(time.RFC3339), []string{"write_repository"}
	refuseSelf := func(status int, body string) func(*sandbox.Sandbox, string) {
		return func(box *sandbox.Sandbox, token string) {
			inGroup(sandbox.GitLabToken{Scopes: []string{"api"}})(box, token)
			box.GitLab.Inject(sandbox.Fault{Path: "/api/v4/personal_access_tokens", Status: status, Body: body, ContentType: "application/json"})
		}
	}
	cases := []checkCase{
		{row: ok, name: "GitLab personal", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}}), data: gitlabAnswer("sufficient")},
		{row: ok, name: "GitLab custom prefix", token: "corp-0123456789abcdefghij", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}}), data: gitlabAnswer("sufficient")},
		{
			row: ok, name: "GitLab token of another user", set: values{"username": "octocat"}, serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}}), data: gitlabAnswer("sufficient"),
			want: []expected{warns("username", "not the owner of the token", `"acme-bot"`, `"octocat"`)},
		},
		{
			row: noAPI, name: "GitLab read_api", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"read_api", "write_repository"}}), data: gitlabAnswer("insufficient", "api"),
			want: []expected{stops("token", "GitLab token lacks scopes that Devtron needs", missingAPI, "Granted: read_api, write_repository\n", "/-/user_settings/personal_access_tokens")},
		},
		{
			row: noAPI, name: "GitLab read_repository, group refused", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"read_repository"}}),
			data: answer{verdict: "insufficient", missing: []string{"api"}}, want: []expected{stops("token", missingAPI, "Granted: read_repository\n")},
		},
		{
			row: noAPI, name: "GitLab not required", set: values{"required_scopes": []string{"read_api"}}, serve: inGroup(sandbox.GitLabToken{Scopes: []string{"read_api"}}),
			data: gitlabAnswer("sufficient"),
		},
		{
			row: bot, name: "GitLab group", serve: inGroup(sandbox.GitLabToken{Kind: "group", UserID: 7, Scopes: []string{"api"}}), data: ofGroup,
			set:  values{"username": "group_61512475_bot_7"},
			want: []expected{warns("token", "group access token lacks write_repository", "/groups/acme-gitops/-/settings/access_tokens")},
		},
		{
			row: bot, name: "GitLab project", serve: inGroup(sandbox.GitLabToken{Kind: "project", UserID: 7, Scopes: []string{"api", "write_repository"}}),
			set: values{"username": "project_61512475_bot_7"}, data: as("insufficient", "project", "project_61512475_bot_7"),
			want: []expected{stops("token", "project access token cannot create projects")},
		},
		{
			row: unread, name: "GitLab granular", serve: inGroup(sandbox.GitLabToken{Kind: "granular"}), data: as("unverifiable", "granular", sandbox.Username),
			want: []expected{warns("token", "permissions of a fine-grained GitLab token cannot be read")},
		},
		{
			row: unread, name: "GitLab 403", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, GranularEnforced: true}), data: gitlabAnswer("unverifiable"),
			want: []expected{warns("token", "cannot be read", "may require fine-grained tokens")},
		},
		{
			row: noSelf, name: "GitLab 404", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, NoSelf: true}), data: gitlabAnswer("unverifiable"),
			want: []expected{warns("token", "scopes of the GitLab token cannot be read", "15.5", "api or read_api")},
		},
		{
			row: noSelf, name: "GitLab 400", serve: refuseSelf(400, `{"message":"400 Bad request - This endpoint requires token type to be a personal access token"}`),
			data: gitlabAnswer("unverifiable"), want: []expected{warns("token", "cannot be read", "requires token type")},
		},
		{
			row: rejected, name: "GitLab unknown token", serve: untouched, data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "GitLab does not accept the token", "401 Unauthorized")},
		},
		{
			row: rejected, name: "GitLab revoked", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, Revoked: true}), data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "GitLab does not accept the token", "Token was revoked", "/-/user_settings/personal_access_tokens")},
		},
		{
			row: expiry, name: "GitLab in three days", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, ExpiresAt: soon.Format(time.DateOnly)}), data: expiring,
			want: []expected{warns("token", "expires on "+soon.Format(time.DateOnly))},
		},
		{
			row: expiry, name: "GitLab inactive", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, Inactive: true}), data: gitlabAnswer("insufficient"),
			want: []expected{stops("token", "The GitLab token is inactive")},
		},
		{
			row: kinds, name: "GitLab OAuth", token: strings.Repeat("0a1b", 16), serve: inGroup(sandbox.GitLabToken{Kind: "oauth", Scopes: []string{"api"}}),
			data: answer{verdict: "insufficient"}, want: []expected{stops("token", "GitLab does not accept the token", "has the form of an OAuth access token", "PRIVATE-TOKEN")},
		},
		{
			// An administrator of GitLab may have chosen this prefix, so the check has to send the
			// token.
			row: kinds, name: "GitLab token of GitHub", token: classicToken, serve: untouched, data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "GitLab does not accept the token", "looks like a GitHub token", `git_provider = "GITHUB"`)},
		},
		{row: ok, name: "GitLab prefix of GitHub", token: classicToken, serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}}), data: gitlabAnswer("sufficient")},
		{
			row: kinds, name: "GitLab token of GitHub at the public GitLab", token: classicToken, set: values{"host": "https://gitlab.com/"}, data: answer{verdict: "insufficient", kind: "classic"},
			want: []expected{stops("token", "This is a GitHub token", `git_provider = "GITHUB"`)},
		},
		{
			row: ok, name: "GitLab service account", token: personalToken, data: as("sufficient", "service-account", "service_account_group_345_1f"),
			serve: inGroup(sandbox.GitLabToken{Kind: "service", Username: "service_account_group_345_1f", Scopes: []string{"api"}}), set: values{"username": "service_account_group_345_1f"},
		},
		{
			row: ok, name: "GitLab person with the name of a bot", data: as("sufficient", "personal", "group_1_bot"),
			serve: inGroup(sandbox.GitLabToken{Username: "group_1_bot", Scopes: []string{"api"}}), set: values{"username": "group_1_bot"},
		},
		{
			row: rejected, name: "GitLab blocked account", serve: inGroup(sandbox.GitLabToken{Denied: "Your account has been blocked."}), data: answer{verdict: "insufficient"},
			want: []expected{stops("token", "GitLab denies access to the account of the token", "Your account has been blocked")},
		},
	}
	for prefix, kind := range map[string]string{
		"gldt-": "deploy", "glcbt-": "job", "glptt-": "trigger", "glrt-": "runner", "glrtr-": "runner",
		"glft-": "feed", "glimt-": "incoming-mail", "glffct-": "feature-flags", "glwt-": "workspace-agent", "glagent-": "agent", "glsoat-": "scim", "gloas-": "oauth-secret",
	} {
		cases = append(cases, checkCase{
			row: kinds, name: "GitLab " + prefix, token: prefix + "0123456789abcdefghij", data: answer{verdict: "insufficient", kind: kind},
			want: []expected{stops("token", "Devtron cannot use a GitLab", "begins with "+prefix)},
		})
	}
	return cases
}

func gitlabGroupCases() []checkCase {
	const level, noMember, noGroup = "... level below creation level / noone", "... members/all 404 (group visible, token owner no member)", "group 404"
	api := sandbox.GitLabToken{Scopes: []string{"api"}}
	stranger := sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{}}
	admin, custom, bot := stranger, sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: 20}, CustomRole: "deployer"}, stranger
	admin.Admin = true
	bot.Kind, bot.UserID, bot.Scopes = "group", 7, []string{"api", "write_repository"}
	group := func(id string) values { return values{"group_id": id} }
	return []checkCase{
		{
			row: level, name: "GitLab Developer where Maintainers create", serve: withLevel(30, "maintainer"), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", "cannot create projects", "Developer (30)", "Maintainer (40)", "/groups/acme-gitops/-/group_members")},
		},
		{
			row: level, name: "GitLab Maintainer where Owners create", serve: withLevel(40, "owner"), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", "Maintainer (40)", "Owner (50)")},
		},
		{
			row: level, name: "GitLab Owner where administrators create", serve: withLevel(50, "administrator"), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", "an administrator of GitLab")},
		},
		{
			row: level, name: "GitLab noone", serve: withLevel(50, "noone"), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", "Nobody may create projects", "project_creation_level = noone")},
		},
		{
			row: level, name: "GitLab custom role", serve: inGroup(custom), data: gitlabAnswer("unverifiable"),
			want: []expected{warns("group_id", "Cannot verify that the token can create projects", `"deployer"`)},
		},
		{
			row: level, name: "GitLab enough, but no Owner", serve: withLevel(40, "developer"), data: gitlabAnswer("sufficient"),
			want: []expected{warns("group_id", "cannot delete projects", "left behind")},
		},
		{row: noMember, name: "GitLab administrator", serve: inGroup(admin), data: gitlabAnswer("sufficient")},
		{row: noMember, name: "GitLab no member", serve: inGroup(stranger), data: gitlabAnswer("insufficient"), want: []expected{stops("group_id", "not a member of the GitLab group")}},
		{
			row: noMember, name: "GitLab bot", serve: inGroup(bot), set: values{"username": "group_61512475_bot_7"},
			data: answer{verdict: "unverifiable", kind: "group", owner: "group_61512475_bot_7"}, want: []expected{warns("group_id", "Cannot verify what the token may do")},
		},
		{
			row: noGroup, name: "GitLab no such id", set: group("404"), serve: inGroup(api), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", `"404" was not found`, "does not show it")},
		},
		{
			row: noGroup, name: "GitLab by name", set: group("Platform Team"), data: gitlabAnswer("insufficient"),
			serve: inGroup(api, sandbox.GitLabGroup{ID: 123, Name: "Platform Team", FullPath: "acme/platform"}),
			want:  []expected{stops("group_id", "group_id is not numeric", `Set group_id = "123"`)},
		},
		{
			row: noGroup, name: "GitLab by path", set: group("acme-gitops"), serve: inGroup(api), data: gitlabAnswer("sufficient"),
			want: []expected{warns("group_id", "group_id should be numeric", `Set group_id = "61512475"`)},
		},
		{
			row: noGroup, name: "GitLab by another path", set: group("acme-gitops"), data: gitlabAnswer("insufficient"),
			serve: inGroup(api, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: "Acme GitOps", FullPath: "acme-gitops"}),
			want:  []expected{stops("group_id", "group_id is not numeric", `Set group_id = "61512475"`)},
		},
		{
			row: noGroup, name: "GitLab hidden", set: group("9"), serve: inGroup(api, sandbox.GitLabGroup{ID: 9, Name: "secret", Hidden: true}), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", `"9" was not found`)},
		},
		{
			row: noGroup, name: "GitLab archived", serve: inGroup(api, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: sandbox.Organization, Archived: true}), data: gitlabAnswer("insufficient"),
			want: []expected{stops("group_id", "is archived")},
		},
		{
			row: noGroup, name: "GitLab about to be deleted", data: gitlabAnswer("insufficient"),
			serve: inGroup(api, sandbox.GitLabGroup{ID: sandbox.GroupID, Name: sandbox.Organization, MarkedForDeletionOn: "2030-01-02"}),
			want:  []expected{stops("group_id", "marked for deletion", "2030-01-02")},
		},
	}
}
