// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import "github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"

// scopes are those that Devtron's documentation requires. No request that Devtron sends needs
// admin:org.
var scopes = []inspect.Scope{
	{
		Name: "repo", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error,
		Why: "create the private GitOps repositories in the organization and push to them",
	},
	{
		Name: "admin:org", Missing: inspect.Error, MissingWithCustomRepository: inspect.Warning,
		Why: "required by Devtron's documentation; optional if every application names its own GitOps repository",
	},
	{
		Name: "delete_repo", Missing: inspect.Warning, MissingWithCustomRepository: inspect.Warning,
		Why: "delete the repository that Devtron's dry run creates; without this scope, it is left behind after every save",
	},
}

// implied is from GitHub's "Scopes for OAuth apps". GitHub's header does not list implied scopes.
var implied = map[string][]string{
	"repo":                  {"repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"},
	"user":                  {"read:user", "user:email", "user:follow"},
	"admin:org":             {"write:org", "read:org", "manage_runners:org"},
	"write:org":             {"read:org"},
	"admin:repo_hook":       {"write:repo_hook", "read:repo_hook"},
	"write:repo_hook":       {"read:repo_hook"},
	"admin:public_key":      {"write:public_key", "read:public_key"},
	"write:public_key":      {"read:public_key"},
	"admin:gpg_key":         {"write:gpg_key", "read:gpg_key"},
	"write:gpg_key":         {"read:gpg_key"},
	"admin:ssh_signing_key": {"write:ssh_signing_key", "read:ssh_signing_key"},
	"write:ssh_signing_key": {"read:ssh_signing_key"},
	"project":               {"read:project"},
	"admin:enterprise":      {"manage_runners:enterprise", "manage_billing:enterprise", "read:enterprise"},
	"write:packages":        {"read:packages"},
	"write:discussion":      {"read:discussion"},
	"audit_log":             {"read:audit_log"},
	"codespace":             {"codespace:secrets"},
	"copilot":               {"manage_billing:copilot"},
}
