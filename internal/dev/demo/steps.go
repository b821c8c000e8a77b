// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func (d *demo) configuration(ctx context.Context) error {
	d.screen.say("%s %s with servers that run only on this machine:", d.tool.Product, d.tool.Version)
	d.screen.say("  Devtron %s  GitHub %s  GitLab %s", d.box.Devtron.URL(), d.box.GitHub.URL(), d.box.GitLab.URL())

	d.screen.title("Configure Devtron to keep its GitOps repositories on GitHub")
	if err := d.write("main.tf", d.mainConfiguration()); err != nil {
		return err
	}
	d.screen.file("main.tf", d.mainConfiguration())
	_, err := d.run("init", func() cli.Run { return d.folder.Init(ctx) }, false)
	return err
}

func (d *demo) refused(ctx context.Context) error {
	d.screen.title("A token without the required scopes is refused during plan")
	d.screen.say("This GitHub token has the scopes repo and delete_repo, but not admin:org.")
	d.screen.say("Devtron itself does not check scopes and would store it.")
	d.box.GitHub.AddToken(sandbox.GitHubToken{
		Token: weakGitHubToken, Login: sandbox.Username, Scopes: []string{"repo", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"},
	})
	if err := d.setToken("github_token", weakGitHubToken); err != nil {
		return err
	}
	return d.planRefused(ctx, "admin:org", "git_token_check")
}

func (d *demo) planned(ctx context.Context) error {
	d.screen.title("A token with all scopes passes")
	if err := d.setToken("github_token", d.box.GitHub.Token()); err != nil {
		return err
	}
	result, err := d.plan(ctx)
	if err != nil {
		return err
	}
	if !strings.Contains(result.Output, "1 to add") {
		return errors.New("the plan does not add the configuration")
	}
	return nil
}

func (d *demo) applied(ctx context.Context) error {
	d.screen.title("On apply, Devtron tests the token with a temporary repository, then saves it")
	if err := d.apply(ctx); err != nil {
		return err
	}
	d.showDevtron()
	return d.expect("GITHUB", true)
}

func (d *demo) unchanged(ctx context.Context) error {
	d.screen.title("The next plan is empty")
	d.box.Log.Reset()
	result, err := d.plan(ctx)
	if err != nil {
		return err
	}
	if result.Changes {
		return errors.New("the plan is not empty")
	}
	devtron, github := len(d.box.Log.To("devtron")), len(d.box.Log.To("github"))
	if devtron != 1 || github > 2 {
		return fmt.Errorf("an unchanged plan sent %d requests to Devtron and %d to GitHub", devtron, github)
	}
	d.screen.verified("It sent %d request to Devtron and %d to GitHub.", devtron, github)
	return nil
}

func (d *demo) drift(ctx context.Context) error {
	d.screen.title("A change outside of Terraform is detected and corrected")
	d.screen.say("Somebody opens Devtron in a browser, allows custom repositories, and saves.")
	row, _ := d.box.Devtron.Row("GITHUB")
	row.AllowCustomRepository = true
	d.box.Devtron.Put(row)

	result, err := d.plan(ctx)
	if err != nil {
		return err
	}
	if !result.Changes || !strings.Contains(result.Output, "allow_custom_repository") {
		return errors.New("the plan does not detect the change")
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	if row, _ = d.box.Devtron.Row("GITHUB"); row.AllowCustomRepository {
		return errors.New("the apply does not correct the change")
	}
	d.screen.verified("The setting is back. The token was not sent again: Devtron kept the stored one.")
	return nil
}

func (d *demo) standby(ctx context.Context) error {
	d.screen.title("Add a standby configuration for GitLab")
	d.screen.say("The provider checks GitLab tokens, too. This one has only the scope read_api.")
	if err := d.write("gitlab.tf", d.gitlabConfiguration()); err != nil {
		return err
	}
	d.screen.file("gitlab.tf", d.gitlabConfiguration())
	d.box.GitLab.AddToken(sandbox.GitLabToken{
		Token: weakGitLabToken, Username: sandbox.Username, Scopes: []string{"read_api"},
		Levels: map[int]int{sandbox.GroupID: 50},
	})
	if err := d.setToken("gitlab_token", weakGitLabToken); err != nil {
		return err
	}
	if err := d.planRefused(ctx, "api", "git_token_check"); err != nil {
		return err
	}

	d.screen.say("\nA token with the scope api passes:")
	if err := d.setToken("gitlab_token", d.box.GitLab.Token()); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	d.showDevtron()
	if err := d.expect("GITLAB", false); err != nil {
		return err
	}
	if err := d.expect("GITHUB", true); err != nil {
		return err
	}
	d.screen.verified("GitHub stays active. Without the provider, Devtron would have switched to GitLab:\n" +
		"its API activates every configuration that it creates.")
	return nil
}

func (d *demo) platform(ctx context.Context) error {
	d.screen.title("Everything else that the first deployment needs, in the same apply")
	if err := d.write("cluster-ca.pem", d.box.Cluster.CACertificate); err != nil {
		return err
	}
	if err := d.write("platform.tf", d.platformConfiguration()); err != nil {
		return err
	}
	d.screen.file("platform.tf", d.platformConfiguration())
	if err := d.setToken("cluster_token", d.box.Cluster.Token()); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	environments := d.box.Devtron.Environments.Named("payments-prod")
	if len(environments) != 1 || !slices.Contains(d.box.Cluster.Namespaces(), "payments") {
		return fmt.Errorf("Devtron has the environments %+v", environments)
	}
	d.screen.verified("Devtron deploys to the namespace payments of the new cluster from here on: create the first\n" +
		"application in its web page, or with its CLI.")
	return nil
}

func (d *demo) destroyed(ctx context.Context) error {
	d.screen.title("Destroy deletes what Devtron can delete, and deactivates GitOps configurations")
	if _, err := d.run("destroy", func() cli.Run { return d.folder.Destroy(ctx) }, false); err != nil {
		return err
	}
	d.showDevtron()
	if n := len(d.box.Devtron.Environments.Named("payments-prod")); n > 0 {
		return fmt.Errorf("Devtron still has %d environments", n)
	}
	if err := d.expect("GITHUB", false); err != nil {
		return err
	}
	return d.expect("GITLAB", false)
}
