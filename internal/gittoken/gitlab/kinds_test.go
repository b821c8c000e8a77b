// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestKindsOfTokensThatLookAlike(t *testing.T) {
	api := []string{"api"}
	everywhere := map[int]int{sandbox.GroupID: 50}
	checktest.CheckKinds(t, map[string]checktest.Token{
		"human with the name of a group's bot": checktest.NewToken(checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Username: "group_1_bot", Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"human with the name of a project's bot": checktest.NewToken(
			checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Username: "project_1_bot_4ffca233d8298ea1", Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"human with the name of a service account": checktest.NewToken(checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Username: "service_account_1", Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		// GitLab marks service accounts as bots too. Their tokens are personal tokens, which may
		// push with api.
		"service account": checktest.NewToken(
			checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Kind: "service", Username: "service_account_group_345_4ffca233d8298ea1", Scopes: api}), inspect.KindServiceAccount, inspect.Sufficient, nil),
		"service account with a name of its own": checktest.NewToken(checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Kind: "service", Username: "deployer", Scopes: api}), "", inspect.Sufficient, nil),
		"service account named like a project's bot": checktest.NewToken(
			checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Kind: "service", Username: "project_1_bot_1f", Scopes: api, Levels: everywhere}), "", inspect.Sufficient, nil),
		"group's bot of older versions": checktest.NewToken(
			checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Kind: "group", Username: "group_61512475_bot2", Scopes: []string{"api", "write_repository"}}), inspect.KindGroup, inspect.Sufficient, nil),
		"project's bot": checktest.NewToken(
			checktest.GitLabQuestion(checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Kind: "project", Scopes: []string{"api", "write_repository"}}), inspect.KindProject, inspect.Insufficient, []string{"gitlab_project_token"}),
		"with the prefix of GitHub":          checktest.NewToken(checktest.GitLabQuestion(checktest.Classic, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"with the prefix of a GitHub App":    checktest.NewToken(checktest.GitLabQuestion("ghs_"+checktest.Personal[6:], "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"with the prefix of Bitbucket":       checktest.NewToken(checktest.GitLabQuestion("ATBB"+checktest.Personal[6:], "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"with a prefix of the instance":      checktest.NewToken(checktest.GitLabQuestion("acme-"+checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"with the mark of job tokens before": checktest.NewToken(checktest.GitLabQuestion("glcbt-"+checktest.Personal, "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"64 hexadecimal digits":              checktest.NewToken(checktest.GitLabQuestion(strings.Repeat("0a1b", 16), "61512475"), checktest.ServeGitLab(sandbox.GitLabToken{Scopes: api}), inspect.KindPersonal, inspect.Sufficient, nil),
		"really a token of GitHub":           checktest.NewToken(checktest.GitLabQuestion(checktest.Classic, "61512475"), func(*sandbox.Sandbox, inspect.Question) {}, "", inspect.Insufficient, []string{"token_rejected"}),
	})
}
