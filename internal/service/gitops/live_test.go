// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/live"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// These tests run against the sandbox and, with "make testacc-live", against a real Devtron and
// real git hosts. They use only their APIs.

func TestAccLifecycle(t *testing.T) {
	forEachGitProvider(t, func(t *testing.T, in *installation, account live.Account) {
		gitProvider, config := account.Provider, in.args(account)
		w := in.workspace(config.At(addressOf(gitProvider)))
		w.Apply().Ok()
		created := in.stored(gitProvider)
		if owner := created.GitHubOrgID + created.GitLabGroupID; !created.Active || owner != account.Owner ||
			created.Username != account.Username || !weburl.Same(created.Host, account.Host) || created.AllowCustomRepository {
			t.Errorf("Devtron has %+v", withoutToken(created))
		}
		if created.Token != account.Token {
			t.Error("Devtron stores another token")
		}
		if state := w.State(); !strings.Contains(state, `"passed": true`) && !strings.Contains(state, `"skipped": true`) {
			t.Error("the state does not contain the result of Devtron's dry run")
		}
		w.Plan().Empty()

		// A change that keeps the stored token.
		w.Write(config.With("allow_custom_repository", "true").At(addressOf(gitProvider)))
		w.Apply().Ok()
		changed := created
		changed.AllowCustomRepository = true
		if now := in.stored(gitProvider); now != changed {
			t.Errorf("Devtron has %+v, another token: %t", withoutToken(now), now.Token != changed.Token)
		}
		w.Plan().Empty()

		// A change outside of Terraform.
		in.change(created)
		if e := w.Plan().Ok(); !e.Changes {
			t.Error("the plan does not show the drift")
		}
		w.Apply().Ok()
		if now := in.stored(gitProvider); now != changed {
			t.Errorf("the apply did not correct the drift: %+v", withoutToken(now))
		}

		w.Destroy().Ok().WarnsOfDestroy("will be deactivated, not deleted", "stays stored in Devtron")
		if now := in.stored(gitProvider); now.Active || now.ID != created.ID {
			t.Errorf("Devtron has %+v", withoutToken(now))
		}

		// The next apply adopts the configuration that the destroy has deactivated.
		w.Apply().Ok()
		if now := in.stored(gitProvider); now != changed {
			t.Errorf("not adopted: Devtron has %+v", withoutToken(now))
		}
		w.Plan().Empty()
	})
}

func TestAccImport(t *testing.T) {
	forEachGitProvider(t, func(t *testing.T, in *installation, account live.Account) {
		gitProvider := account.Provider
		in.workspace(in.args(account).At(addressOf(gitProvider))).Apply().Ok()
		before := in.stored(gitProvider)

		config := in.args(account).With("token", "", "adopt_existing", "").At(addressOf(gitProvider))
		byGitProvider := in.workspace(config)
		byGitProvider.Import(addressOf(gitProvider), gitProvider).Ok()
		byGitProvider.Plan().Empty()
		if acctest.Has(t, acctest.Identity) {
			byIdentity := in.workspace(config + acctest.IdentityBlock(addressOf(gitProvider), acctest.Args{"git_provider": acctest.Quote(gitProvider)}))
			byIdentity.Apply().Ok()
			byIdentity.Plan().Empty()
		}
		if now := in.stored(gitProvider); now != before {
			t.Errorf("the import changed the configuration: %+v", withoutToken(now))
		}
	})
}

func TestAccWriteOnlyToken(t *testing.T) {
	acctest.Needs(t, acctest.WriteOnly)
	forEachGitProvider(t, func(t *testing.T, in *installation, account live.Account) {
		gitProvider := account.Provider
		w := in.workspace(acctest.EphemeralVariable + in.args(account).With("token", "", "token_wo", "var.secret", "token_wo_version", "1").At(addressOf(gitProvider)))
		w.SetVariable("secret", account.Token)
		w.Apply().Ok()
		if in.stored(gitProvider).Token != account.Token {
			t.Error("Devtron stores another token")
		}
		w.Plan().Empty()
		w.AssertNoSecrets(account.Token)
	})
}

func TestAccInvalidTokenFailsPlan(t *testing.T) {
	forEachGitProvider(t, func(t *testing.T, in *installation, account live.Account) {
		before, err := in.api.ListGitOpsConfigs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wrong := map[string]string{"GITHUB": "ghp_" + strings.Repeat("0", 36), "GITLAB": "glpat-" + strings.Repeat("0", 20)}
		w := in.workspace(in.args(account).With("token", acctest.Quote(wrong[account.Provider])).At(addressOf(account.Provider)))
		w.Plan().Fails("does not accept the token", "401")
		after, err := in.api.ListGitOpsConfigs(t.Context())
		if err != nil || len(after) != len(before) {
			t.Errorf("%v: the plan changed the list of configurations", err)
		}
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("the plan changed %+v to %+v", before[i], after[i])
			}
		}
	})
}

func TestAccStandby(t *testing.T) {
	in := newInstallation(t)
	github, gitlab := in.account("GITHUB"), in.account("GITLAB")
	both := func(githubActive, gitlabActive string) string {
		return in.args(github).With("active", githubActive).At(addressOf("GITHUB")) + in.args(gitlab).With("active", gitlabActive).At(addressOf("GITLAB"))
	}
	expect := func(githubActive, gitlabActive bool) {
		t.Helper()
		atGitHub, atGitLab := in.stored("GITHUB"), in.stored("GITLAB")
		if atGitHub.Active != githubActive || atGitLab.Active != gitlabActive {
			t.Errorf("active: GITHUB %t, GITLAB %t", atGitHub.Active, atGitLab.Active)
		}
		if atGitHub.Token != github.Token || atGitLab.Token != gitlab.Token {
			t.Error("a token changed")
		}
	}
	w := in.workspace(both("true", "false"))
	w.Apply().Ok()
	expect(true, false)
	w.Plan().Empty()

	w.Write(both("false", "true"))
	w.Apply().Ok()
	expect(false, true)
	w.Plan().Empty()

	w.Write(both("false", "false"))
	w.Apply().Ok()
	expect(false, false)
	w.Plan().Empty()
}

func TestAccDataSources(t *testing.T) {
	forEachGitProvider(t, func(t *testing.T, in *installation, account live.Account) {
		gitProvider, owner := account.Provider, "organization"
		if gitProvider == "GITLAB" {
			owner = "group_id"
		}
		in.workspace(in.args(account).At(addressOf(gitProvider))).Apply().Ok()
		w := in.workspace(`
data "devtron_gitops_config" "active" {}
data "devtron_gitops_configs" "all" {}
data "devtron_git_token" "this" {
  git_provider = ` + acctest.Quote(gitProvider) + `
  host         = ` + acctest.Quote(account.Host) + `
  ` + owner + ` = ` + acctest.Quote(account.Owner) + `
  token        = ` + tokenOf(account) + `
}
output "active" {
  value = data.devtron_gitops_config.active.git_provider
}
output "all" {
  value = join(" ", data.devtron_gitops_configs.all.configs[*].git_provider)
}
output "verdict" {
  value = data.devtron_git_token.this.verdict
}
`)
		w.Apply().Ok()
		text, err := w.Run("output", "-json")
		var outputs map[string]struct{ Value string }
		if err != nil || json.Unmarshal([]byte(text), &outputs) != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if outputs["active"].Value != gitProvider || !strings.Contains(outputs["all"].Value, gitProvider) {
			t.Errorf("the data sources say %+v", outputs)
		}
		// The permissions of a fine-grained token cannot be read.
		if verdict := outputs["verdict"].Value; verdict != "sufficient" && verdict != "unverifiable" {
			t.Errorf("the verdict is %q", verdict)
		}
	})
}
