// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// bothStored is a sandbox with an active GitHub (id 1) and a stand-by GitLab (id 2).
func bothStored(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	box := sandbox.ForTest(t)
	row := acctest.GitHubRow(box)
	row.EnableTLSVerification, row.CAData, row.AllowCustomRepository = true, "a CA", true
	box.Devtron.Put(row)
	standBy := acctest.GitLabRow(box)
	standBy.Active = false
	box.Devtron.Put(standBy)
	return box
}

func TestDataSourceByKindByIDAndTheActiveOne(t *testing.T) {
	t.Parallel()
	box := bothStored(t)
	known := func(name, attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.devtron_gitops_config."+name, tfjsonpath.New(attribute), check)
	}
	acctest.Run(t, resource.TestStep{
		Config: acctest.ProviderBlock(box) + `
data "devtron_gitops_config" "active" {}
data "devtron_gitops_config" "kind" { git_provider = "GITLAB" }
data "devtron_gitops_config" "id" { id = "2" }
`,
		ConfigStateChecks: []statecheck.StateCheck{
			known("active", "id", knownvalue.StringExact("1")),
			known("active", "git_provider", knownvalue.StringExact("GITHUB")),
			known("active", "host", knownvalue.StringExact(box.GitHub.URL())),
			known("active", "organization", knownvalue.StringExact(sandbox.Organization)),
			known("active", "group_id", knownvalue.Null()),
			known("active", "username", knownvalue.StringExact(sandbox.Username)),
			known("active", "active", knownvalue.Bool(true)),
			known("active", "allow_custom_repository", knownvalue.Bool(true)),
			known("active", "token", knownvalue.Null()),
			known("active", "tls", knownvalue.ObjectExact(map[string]knownvalue.Check{
				"ca_certificate_present": knownvalue.Bool(true), "client_certificate_present": knownvalue.Bool(false), "client_key_present": knownvalue.Bool(false),
			})),
			known("kind", "id", knownvalue.StringExact("2")),
			known("kind", "active", knownvalue.Bool(false)),
			known("kind", "tls", knownvalue.Null()),
			known("id", "group_id", knownvalue.StringExact("61512475")),
		},
	})
	if n := box.Log.Count("devtron", "GET", configRoute+"/") + box.Log.Count("devtron", "GET", configRoute+"-by-provider"); n != 0 {
		t.Errorf("the routes that return tokens were asked %d times", n)
	}
}

func TestDataSourceAsksForTheTokenOnlyWhenTold(t *testing.T) {
	t.Parallel()
	box := bothStored(t)
	checks := []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.devtron_gitops_config.t", tfjsonpath.New("token"), knownvalue.StringExact(box.GitHub.Token())),
	}
	if acctest.Has(t, acctest.SensitiveValues) {
		checks = append(checks, statecheck.ExpectSensitiveValue("data.devtron_gitops_config.t", tfjsonpath.New("token")))
	}
	acctest.Run(t, resource.TestStep{
		Config:            acctest.ProviderBlock(box) + `data "devtron_gitops_config" "t" { include_token = true }`,
		ConfigStateChecks: checks,
	})
}

func TestDataSourceOfAll(t *testing.T) {
	t.Parallel()
	box := bothStored(t)
	at := func(path ...any) tfjsonpath.Path {
		p := tfjsonpath.New(path[0].(string))
		for _, step := range path[1:] {
			if index, ok := step.(int); ok {
				p = p.AtSliceIndex(index)
			} else {
				p = p.AtMapKey(step.(string))
			}
		}
		return p
	}
	const all = "data.devtron_gitops_configs.all"
	acctest.Run(t, resource.TestStep{
		Config: acctest.ProviderBlock(box) + `data "devtron_gitops_configs" "all" {}`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(all, at("configured"), knownvalue.Bool(true)),
			statecheck.ExpectKnownValue(all, at("allow_custom_repository"), knownvalue.Bool(true)),
			statecheck.ExpectKnownValue(all, at("configs"), knownvalue.ListSizeExact(2)),
			statecheck.ExpectKnownValue(all, at("configs", 0, "id"), knownvalue.StringExact("1")),
			statecheck.ExpectKnownValue(all, at("configs", 1, "git_provider"), knownvalue.StringExact("GITLAB")),
			statecheck.ExpectKnownValue(all, at("configs", 1, "active"), knownvalue.Bool(false)),
		},
	})
	box.Devtron.Empty()
	acctest.Run(t, resource.TestStep{
		Config: acctest.ProviderBlock(box) + `data "devtron_gitops_configs" "all" {}`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(all, at("configured"), knownvalue.Bool(false)),
			statecheck.ExpectKnownValue(all, at("configs"), knownvalue.ListSizeExact(0)),
		},
	})
}

func TestDataSourceOfWhatIsNotThereSaysWhatIs(t *testing.T) {
	t.Parallel()
	box := bothStored(t)
	for config, words := range map[string]string{
		`data "devtron_gitops_config" "t" { git_provider = "AZURE_DEVOPS" }`:                 "Devtron has no AZURE_DEVOPS configuration.",
		`data "devtron_gitops_config" "t" { id = "7" }`:                                      `Devtron has no GitOps configuration with id "7".`,
		`data "devtron_gitops_config" "t" { id = "seven" }`:                                  `Devtron has no GitOps configuration with id "seven".`,
		"data \"devtron_gitops_config\" \"t\" {\n id = \"1\"\n git_provider = \"GITHUB\"\n}": `Both id and git_provider are set. Keep one of them.`,
	} {
		acctest.Run(t, resource.TestStep{Config: acctest.ProviderBlock(box) + config, ExpectError: acctest.Wrapped(words)})
	}
}
