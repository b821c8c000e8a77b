// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func (s *story) configuration(ctx context.Context) error {
	s.screen.say("%s %s, and on this machine only:", s.tool.Product, s.tool.Version)
	s.screen.say("  Devtron %s  GitHub %s  GitLab %s", s.box.Devtron.URL(), s.box.GitHub.URL(), s.box.GitLab.URL())

	s.screen.title("A configuration: Devtron shall keep its GitOps repositories at GitHub")
	text := preamble + s.githubConfiguration()
	if err := s.write("main.tf", text); err != nil {
		return err
	}
	s.screen.file("main.tf", text)
	_, err := s.run("init", func() cli.Run { return s.folder.Init(ctx) }, false)
	return err
}

func (s *story) refused(ctx context.Context) error {
	s.screen.title("A token that cannot do the work is refused while planning")
	s.screen.say("Somebody made a GitHub token with the scopes repo and delete_repo. Devtron's documentation")
	s.screen.say("asks for admin:org as well, and Devtron itself does not look at scopes: it would store this.")
	s.box.GitHub.AddToken(sandbox.GitHubToken{
		Token: weakGitHubToken, Login: sandbox.Username, Scopes: []string{"repo", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"},
	})
	if err := s.giveToken("github_token", weakGitHubToken); err != nil {
		return err
	}
	return s.planRefused(ctx, "admin:org", "git_token_check")
}

func (s *story) planned(ctx context.Context) error {
	s.screen.title("With the scope added, the plan goes through")
	if err := s.giveToken("github_token", s.box.GitHub.Token()); err != nil {
		return err
	}
	result, err := s.plan(ctx)
	if err != nil {
		return err
	}
	if !strings.Contains(result.Output, "1 to add") {
		return errors.New("the plan does not add the configuration")
	}
	return nil
}

func (s *story) applied(ctx context.Context) error {
	s.screen.title("Apply: Devtron tries the token with a repository of its own, then saves")
	if _, err := s.apply(ctx); err != nil {
		return err
	}
	s.showDevtron()
	return s.expect("GITHUB", true)
}

func (s *story) unchanged(ctx context.Context) error {
	s.screen.title("A second plan is empty, and cheap")
	s.box.Log.Reset()
	result, err := s.plan(ctx)
	if err != nil {
		return err
	}
	if result.Changes {
		return errors.New("the second plan is not empty")
	}
	devtron, github := len(s.box.Log.To("devtron")), len(s.box.Log.To("github"))
	if devtron != 1 || github > 2 {
		return fmt.Errorf("an unchanged plan sent %d requests to Devtron and %d to GitHub", devtron, github)
	}
	s.screen.good("It sent %d request to Devtron and %d to GitHub.", devtron, github)
	return nil
}

func (s *story) drift(ctx context.Context) error {
	s.screen.title("A change behind Terraform's back is seen, and mended")
	s.screen.say("Somebody opens Devtron's web page, lets applications choose their own repository, and saves.")
	row, _ := s.box.Devtron.Row("GITHUB")
	row.AllowCustomRepository = true
	s.box.Devtron.Put(row)

	result, err := s.plan(ctx)
	if err != nil {
		return err
	}
	if !result.Changes || !strings.Contains(result.Output, "allow_custom_repository") {
		return errors.New("the change was not seen")
	}
	if _, err := s.apply(ctx); err != nil {
		return err
	}
	if row, _ = s.box.Devtron.Row("GITHUB"); row.AllowCustomRepository {
		return errors.New("the change was not mended")
	}
	s.screen.good("Mended. The token was not sent again: an empty one makes Devtron keep what it has.")
	return nil
}

func (s *story) standBy(ctx context.Context) error {
	s.screen.title("A GitLab configuration beside it, as a stand-by")
	s.screen.say("The same check for GitLab: this token may only read.")
	if err := s.write("gitlab.tf", s.gitlabConfiguration()); err != nil {
		return err
	}
	s.screen.file("gitlab.tf", s.gitlabConfiguration())
	s.box.GitLab.AddToken(sandbox.GitLabToken{
		Token: weakGitLabToken, Username: sandbox.Username, Scopes: []string{"read_api"},
		Levels: map[int]int{sandbox.GroupID: 50},
	})
	if err := s.giveToken("gitlab_token", weakGitLabToken); err != nil {
		return err
	}
	if err := s.planRefused(ctx, "api", "git_token_check"); err != nil {
		return err
	}

	s.screen.say("\nWith a token that has the scope api:")
	if err := s.giveToken("gitlab_token", s.box.GitLab.Token()); err != nil {
		return err
	}
	if _, err := s.apply(ctx); err != nil {
		return err
	}
	s.showDevtron()
	if err := s.expect("GITLAB", false); err != nil {
		return err
	}
	if err := s.expect("GITHUB", true); err != nil {
		return err
	}
	s.screen.good("GitHub is still in use. Devtron itself would have switched: its API activates what it creates.")
	return nil
}

func (s *story) destroyed(ctx context.Context) error {
	s.screen.title("Destroy: Devtron cannot delete a configuration, and the provider says so")
	if _, err := s.run("destroy", func() cli.Run { return s.folder.Destroy(ctx) }, false); err != nil {
		return err
	}
	s.showDevtron()
	if err := s.expect("GITHUB", false); err != nil {
		return err
	}
	return s.expect("GITLAB", false)
}
