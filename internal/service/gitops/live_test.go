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

// These tests run against a sandbox and, by "make testacc-live", against a
// Devtron and git hosts that are in use: they see them through their APIs only.

func TestAccLifecycle(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind, config := account.Provider, in.args(account)
		w := in.workspace(config.At(addressOf(kind)))
		w.Apply().Ok()
		created := in.stored(kind)
		if owner := created.GitHubOrgID + created.GitLabGroupID; !created.Active || owner != account.Owner ||
			created.Username != account.Username || !weburl.Same(created.Host, account.Host) || created.AllowCustomRepository {
			t.Errorf("Devtron has %+v", withoutToken(created))
		}
		if created.Token != account.Token {
			t.Error("Devtron has another token")
		}
		if state := stateOf(t, w); !strings.Contains(state, `"passed": true`) && !strings.Contains(state, `"skipped": true`) {
			t.Error("the state does not say how Devtron's dry run ended")
		}
		w.Plan().Empty()

		// A change, with the token that is there.
		w.Write(config.With("allow_custom_repository", "true").At(addressOf(kind)))
		w.Apply().Ok()
		changed := created
		changed.AllowCustomRepository = true
		if now := in.stored(kind); now != changed {
			t.Errorf("Devtron has %+v, another token: %t", withoutToken(now), now.Token != changed.Token)
		}
		w.Plan().Empty()

		// A change behind Terraform's back.
		in.change(created)
		if e := w.Plan().Ok(); !e.Changes {
			t.Error("the drift is not seen")
		}
		w.Apply().Ok()
		if now := in.stored(kind); now != changed {
			t.Errorf("not mended: Devtron has %+v", withoutToken(now))
		}

		w.Destroy().Ok().Announces("will be deactivated, not deleted", "stays stored in Devtron")
		if now := in.stored(kind); now.Active || now.ID != created.ID {
			t.Errorf("Devtron has %+v", withoutToken(now))
		}

		// What destroy leaves is adopted.
		w.Apply().Ok()
		if now := in.stored(kind); now != changed {
			t.Errorf("not adopted: Devtron has %+v", withoutToken(now))
		}
		w.Plan().Empty()
	})
}

func TestAccImport(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind := account.Provider
		in.workspace(in.args(account).At(addressOf(kind))).Apply().Ok()
		before := in.stored(kind)

		config := in.args(account).With("token", "", "adopt_existing", "").At(addressOf(kind))
		byKind := in.workspace(config)
		if run := byKind.Folder.Import(t.Context(), addressOf(kind), kind); run.Err != nil {
			t.Fatal(run.Output)
		}
		byKind.Plan().Empty()
		if acctest.Has(t, acctest.Identity) {
			byIdentity := in.workspace(config + "import {\n  to = " + addressOf(kind) + "\n  identity = {\n    git_provider = " + acctest.Quote(kind) + "\n  }\n}\n")
			byIdentity.Apply().Ok()
			byIdentity.Plan().Empty()
		}
		if now := in.stored(kind); now != before {
			t.Errorf("importing changed it: %+v", withoutToken(now))
		}
	})
}

func TestAccWriteOnlyToken(t *testing.T) {
	acctest.Needs(t, acctest.WriteOnly)
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind := account.Provider
		w := in.workspace(acctest.EphemeralVariable + in.args(account).With("token", "", "token_wo", "var.secret", "token_wo_version", "1").At(addressOf(kind)))
		w.SetVariable("secret", account.Token)
		w.Apply().Ok()
		if in.stored(kind).Token != account.Token {
			t.Error("Devtron has another token")
		}
		w.Plan().Empty()
		w.AssertNowhere(account.Token)
	})
}

func TestAccWrongTokenIsRefusedWhilePlanning(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		before, err := in.api.ListGitOpsConfigs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wrong := map[string]string{"GITHUB": "ghp_" + strings.Repeat("0", 36), "GITLAB": "glpat-" + strings.Repeat("0", 20)}
		w := in.workspace(in.args(account).With("token", acctest.Quote(wrong[account.Provider])).At(addressOf(account.Provider)))
		w.Plan().Fails("does not accept the token", "401")
		after, err := in.api.ListGitOpsConfigs(t.Context())
		if err != nil || len(after) != len(before) {
			t.Errorf("%v: planning changed something", err)
		}
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("planning changed %+v to %+v", before[i], after[i])
			}
		}
	})
}

func TestAccStandBy(t *testing.T) {
	in := newInstallation(t)
	github, gitlab := in.account("GITHUB"), in.account("GITLAB")
	both := func(githubActive, gitlabActive string) string {
		return in.args(github).With("active", githubActive).At(addressOf("GITHUB")) + in.args(gitlab).With("active", gitlabActive).At(addressOf("GITLAB"))
	}
	expect := func(githubActive, gitlabActive bool) {
		t.Helper()
		atGitHub, atGitLab := in.stored("GITHUB"), in.stored("GITLAB")
		if atGitHub.Active != githubActive || atGitLab.Active != gitlabActive {
			t.Errorf("active are GITHUB: %t, GITLAB: %t", atGitHub.Active, atGitLab.Active)
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
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind, owner := account.Provider, "organization"
		if kind == "GITLAB" {
			owner = "group_id"
		}
		in.workspace(in.args(account).At(addressOf(kind))).Apply().Ok()
		w := in.workspace(`
data "devtron_gitops_config" "active" {}
data "devtron_gitops_configs" "all" {}
data "devtron_git_token" "this" {
  git_provider = ` + acctest.Quote(kind) + `
  host         = ` + acctest.Quote(account.Host) + `
  ` + owner + ` = ` + acctest.Quote(account.Owner) + `
  token        = ` + tokenOf(account) + `
}
output "active" {
  value = data.devtron_gitops_config.active.git_provider
}
output "known" {
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
		if outputs["active"].Value != kind || !strings.Contains(outputs["known"].Value, kind) {
			t.Errorf("the data sources say %+v", outputs)
		}
		// What a fine-grained token may do cannot be known.
		if verdict := outputs["verdict"].Value; verdict != "sufficient" && verdict != "unverifiable" {
			t.Errorf("the token is %q", verdict)
		}
	})
}
