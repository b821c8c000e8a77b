// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/live"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// These tests run against a sandbox and, by "make testacc-live", against a
// Devtron and git hosts that are in use: they see them through their APIs only.

func TestAccLifecycle(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind, config := account.Provider, in.args(account)
		w := in.workspace(config.at(addressOf(kind)))
		w.apply().ok()
		created := in.stored(kind)
		if owner := created.GitHubOrgID + created.GitLabGroupID; !created.Active || owner != account.Owner ||
			created.Username != account.Username || !gittoken.SameHost(created.Host, account.Host) || created.AllowCustomRepository {
			t.Errorf("Devtron has %+v", withoutToken(created))
		}
		if created.Token != account.Token {
			t.Error("Devtron has another token")
		}
		if state := stateOf(t, w); !strings.Contains(state, `"passed": true`) && !strings.Contains(state, `"skipped": true`) {
			t.Error("the state does not say how Devtron's dry run ended")
		}
		w.plan().empty()

		// A change, with the token that is there.
		w.write(config.with("allow_custom_repository", "true").at(addressOf(kind)))
		w.apply().ok()
		changed := created
		changed.AllowCustomRepository = true
		if now := in.stored(kind); now != changed {
			t.Errorf("Devtron has %+v, another token: %t", withoutToken(now), now.Token != changed.Token)
		}
		w.plan().empty()

		// A change behind Terraform's back.
		in.change(created)
		if e := w.plan().ok(); !e.Changes {
			t.Error("the drift is not seen")
		}
		w.apply().ok()
		if now := in.stored(kind); now != changed {
			t.Errorf("not mended: Devtron has %+v", withoutToken(now))
		}

		w.destroy().ok().announces("will be deactivated, not deleted", "stays stored in Devtron")
		if now := in.stored(kind); now.Active || now.ID != created.ID {
			t.Errorf("Devtron has %+v", withoutToken(now))
		}

		// What destroy leaves is adopted.
		w.apply().ok()
		if now := in.stored(kind); now != changed {
			t.Errorf("not adopted: Devtron has %+v", withoutToken(now))
		}
		w.plan().empty()
	})
}

func TestAccImport(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind := account.Provider
		in.workspace(in.args(account).at(addressOf(kind))).apply().ok()
		before := in.stored(kind)

		config := in.args(account).with("token", "", "adopt_existing", "").at(addressOf(kind))
		byKind := in.workspace(config)
		if run := byKind.folder.Import(t.Context(), addressOf(kind), kind); run.Err != nil {
			t.Fatal(run.Output)
		}
		byKind.plan().empty()
		if has(t, identity) {
			byIdentity := in.workspace(config + "import {\n  to = " + addressOf(kind) + "\n  identity = {\n    git_provider = " + quote(kind) + "\n  }\n}\n")
			byIdentity.apply().ok()
			byIdentity.plan().empty()
		}
		if now := in.stored(kind); now != before {
			t.Errorf("importing changed it: %+v", withoutToken(now))
		}
	})
}

func TestAccWriteOnlyToken(t *testing.T) {
	needs(t, writeOnly)
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind := account.Provider
		w := in.workspace(ephemeralVariable + in.args(account).with("token", "", "token_wo", "var.secret", "token_wo_version", "1").at(addressOf(kind)))
		w.setVariable("secret", account.Token)
		w.apply().ok()
		if in.stored(kind).Token != account.Token {
			t.Error("Devtron has another token")
		}
		w.plan().empty()
		w.assertNowhere(account.Token)
	})
}

func TestAccWrongTokenIsRefusedWhilePlanning(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		before, err := in.api.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wrong := map[string]string{"GITHUB": "ghp_" + strings.Repeat("0", 36), "GITLAB": "glpat-" + strings.Repeat("0", 20)}
		w := in.workspace(in.args(account).with("token", quote(wrong[account.Provider])).at(addressOf(account.Provider)))
		w.plan().fails("does not accept the token", "401")
		after, err := in.api.List(t.Context())
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
		return in.args(github).with("active", githubActive).at(addressOf("GITHUB")) + in.args(gitlab).with("active", gitlabActive).at(addressOf("GITLAB"))
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
	w.apply().ok()
	expect(true, false)
	w.plan().empty()

	w.write(both("false", "true"))
	w.apply().ok()
	expect(false, true)
	w.plan().empty()

	w.write(both("false", "false"))
	w.apply().ok()
	expect(false, false)
	w.plan().empty()
}

func TestAccDataSources(t *testing.T) {
	eachKind(t, func(t *testing.T, in *installation, account live.Account) {
		kind, owner := account.Provider, "organization"
		if kind == "GITLAB" {
			owner = "group_id"
		}
		in.workspace(in.args(account).at(addressOf(kind))).apply().ok()
		w := in.workspace(`
data "devtron_gitops_config" "active" {}
data "devtron_gitops_configs" "all" {}
data "devtron_git_token" "this" {
  git_provider = ` + quote(kind) + `
  host         = ` + quote(account.Host) + `
  ` + owner + ` = ` + quote(account.Owner) + `
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
		w.apply().ok()
		text, err := w.run("output", "-json")
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
