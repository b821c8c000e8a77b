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

// sandboxWithStandby has an active configuration of GitHub (id 1) and a standby configuration of
// GitLab (id 2).
func sandboxWithStandby(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	box := sandbox.ForTest(t)
	row := githubRow(box)
	row.EnableTLSVerification, row.CAData, row.AllowCustomRepository = true, "a CA", true
	box.Devtron.Put(row)
	standby := gitlabRow(box)
	standby.Active = false
	box.Devtron.Put(standby)
	return box
}

func TestDataSourceByGitProviderByIDAndActive(t *testing.T) {
	t.Parallel()
	box := sandboxWithStandby(t)
	attribute := func(name, attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.devtron_gitops_config."+name, tfjsonpath.New(attribute), check)
	}
	acctest.Run(t, resource.TestStep{
		Config: acctest.ProviderBlock(box) + `
data "devtron_gitops_config" "active" {}
data "devtron_gitops_config" "provider" { git_provider = "GITLAB" }
data "devtron_gitops_config" "id" { id = "2" }
`,
		ConfigStateChecks: []statecheck.StateCheck{
			attribute("active", "id", knownvalue.StringExact("1")),
			attribute("active", "git_provider", knownvalue.StringExact("GITHUB")),
			attribute("active", "host", knownvalue.StringExact(box.GitHub.URL())),
			attribute("active", "organization", knownvalue.StringExact(sandbox.Organization)),
			attribute("active", "group_id", knownvalue.Null()),
			attribute("active", "username", knownvalue.StringExact(sandbox.Username)),
			attribute("active", "active", knownvalue.Bool(true)),
			attribute("active", "allow_custom_repository", knownvalue.Bool(true)),
			attribute("active", "token", knownvalue.Null()),
			attribute("active", "tls", knownvalue.ObjectExact(map[string]knownvalue.Check{
				"ca_certificate_present": knownvalue.Bool(true), "client_certificate_present": knownvalue.Bool(false), "client_key_present": knownvalue.Bool(false),
			})),
			attribute("provider", "id", knownvalue.StringExact("2")),
			attribute("provider", "active", knownvalue.Bool(false)),
			attribute("provider", "tls", knownvalue.Null()),
			attribute("id", "group_id", knownvalue.StringExact("61512475")),
		},
	})
	if n := box.Log.Count("devtron", "GET", configRoute+"/") + box.Log.Count("devtron", "GET", configRoute+"-by-provider"); n != 0 {
		t.Errorf("sent %d requests to the routes that return tokens", n)
	}
}

func TestDataSourceIncludesTokenOnRequest(t *testing.T) {
	t.Parallel()
	box := sandboxWithStandby(t)
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

func TestConfigsDataSource(t *testing.T) {
	t.Parallel()
	box := sandboxWithStandby(t)
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

func TestDataSourceOfMissingConfigListsExistingOnes(t *testing.T) {
	t.Parallel()
	box := sandboxWithStandby(t)
	for config, words := range map[string]string{
		`data "devtron_gitops_config" "t" { git_provider = "AZURE_DEVOPS" }`:                 "Devtron has no AZURE_DEVOPS configuration.",
		`data "devtron_gitops_config" "t" { id = "7" }`:                                      `Devtron has no GitOps configuration with id "7".`,
		`data "devtron_gitops_config" "t" { id = "seven" }`:                                  `Devtron has no GitOps configuration with id "seven".`,
		"data \"devtron_gitops_config\" \"t\" {\n id = \"1\"\n git_provider = \"GITHUB\"\n}": `Both id and git_provider are set. Keep one of them.`,
	} {
		acctest.Run(t, resource.TestStep{Config: acctest.ProviderBlock(box) + config, ExpectError: acctest.Wrapped(words)})
	}
}
