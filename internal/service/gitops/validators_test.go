// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule/ruletest"
)

// The rules accept every name that a git host accepts, and refuse values that can never work.
func TestRulesOfOwnersHostsAndUsernames(t *testing.T) {
	rulesOf := func(attribute string) rule.Rules {
		for _, field := range ownerFields {
			if field.attribute == attribute {
				return field.validators()[0].(framework.StringValidator).Rules
			}
		}
		return map[string]rule.Rules{"host": gitHostRules, "username": rule.Text}[attribute]
	}
	for attribute, values := range map[string][]string{
		"organization":           {"acme", "acme-gitops", "acme_corp", "Acme.Inc", "ACME--old-", "1", "x-"},
		"group_id":               {"61512475", "acme", "acme/platform/gitops", "/acme/", "https://gitlab.com/acme", "acme gitops"},
		"azure_project":          {"GitOps", "My Project", "Проект – 設計", "a.b-c_d", "100%"},
		"bitbucket_workspace_id": {"acme", "acme_1-x", "{8d4b5f2e-0000-4000-8000-0123456789ab}"},
		"bitbucket_project_key":  {"GITOPS", "gitops_1"},
		"username":               {"acme-bot", "bot@example.com", "jane_doe_acme", "x-token-auth", "oauth2", "Jane Doe", "Жанна", "group_1_bot", `ACME\jane`, strings.Repeat("ä", 250)},
		"host": {
			"https://github.com", "https://github.com/", "http://git.example.com:8080", "https://[2001:db8::1]:8443/git", "https://10.0.0.1", "https://git.example.com/gitlab/",
			"https://dev.azure.com/My%20Organization", "HTTPS://Git.Example.com", "https://bücher.example",
		},
	} {
		for _, value := range values {
			ruletest.Expect(t, rulesOf(attribute), rule.Argument{Name: attribute}, value)
		}
		for value, word := range map[string]string{
			"": "is empty", " ": "white space only", "x ": "ends with a space", "\tx": "begins with a tab", "x\n": "ends with a line break", "\ufeffx": "byte order mark",
			"x\u2060": "U+2060", "a\nb": "a line break in the middle", "a\x00b": "U+0000",
		} {
			ruletest.Expect(t, rulesOf(attribute), rule.Argument{Name: attribute}, value, word)
		}
		if attribute != "host" {
			ruletest.Expect(t, rulesOf(attribute), rule.Argument{Name: attribute}, strings.Repeat("ä", 251), "too long", "251 characters", "at most 250")
		}
	}
	for _, attribute := range []string{"organization", "azure_project", "bitbucket_workspace_id", "bitbucket_project_key"} {
		ruletest.Expect(t, rulesOf(attribute), rule.Argument{Name: attribute}, "https://git.example.com/acme", "Slash in "+attribute, "name alone")
	}
	for _, value := range []string{"git.example.com", "git.example.com:8443/x", "https://u:p@git.example.com", "https://git.example.com/?a", "https://git.example.com/#a", "ssh://git.example.com", "https://"} {
		ruletest.Expect(t, rulesOf("host"), rule.Argument{Name: "host"}, value, "Invalid git host")
	}
}
