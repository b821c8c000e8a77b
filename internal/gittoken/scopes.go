// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import "slices"

// Scope is one row of the documented table of required scopes, from which the documentation is generated too.
type Scope struct {
	Name string
	// Why says what Devtron uses the scope for.
	Why string
	// Missing is how serious it is that a token lacks the scope.
	Missing Severity
	// MissingWithCustomRepository is the same where allow_custom_repository is true.
	MissingWithCustomRepository Severity
	// ImpliedBy names the documented scope that brings this one along; "" = none does.
	ImpliedBy string
}

// documented are the scopes that Devtron's own documentation asks for (user guide, "GitOps"). What its code calls is
// less: no request needs admin:org, and of GitLab's seven api alone is enough for a personal token.
var documented = map[Provider][]Scope{
	GitHub: {
		{
			Name: "repo", Missing: Error, MissingWithCustomRepository: Error,
			Why: "create the private GitOps repositories in the organization and push to them",
		},
		{
			Name: "admin:org", Missing: Error, MissingWithCustomRepository: Warning,
			Why: "asked for by Devtron's documentation; may be left out where every application names its own GitOps repository",
		},
		{
			Name: "delete_repo", Missing: Warning, MissingWithCustomRepository: Warning,
			Why: "delete the repository that Devtron's dry run creates; without it one is left behind by every save",
		},
	},
	GitLab: {
		{
			Name: "api", Missing: Error, MissingWithCustomRepository: Error,
			Why: "find the group, create and delete projects, commit files",
		},
		{Name: "read_user", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "read the token owner's profile"},
		{Name: "read_api", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "read groups and projects"},
		{Name: "read_repository", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "clone the GitOps repositories"},
		{Name: "write_repository", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "push to the GitOps repositories"},
		{Name: "read_registry", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "asked for by Devtron's documentation: read container images"},
		{Name: "write_registry", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "asked for by Devtron's documentation: write container images"},
	},
}

// DocumentedScopes lists the scopes that are demanded where required_scopes does not say otherwise, in the order of
// Devtron's documentation. It is nil for providers that are not checked.
func DocumentedScopes(p Provider) []Scope { return slices.Clone(documented[p]) }

// implied lists what else a scope grants. GitHub leaves implied scopes out of its header, so they have to be added
// before anything is compared. Sources: GitHub "Scopes for OAuth apps"; GitLab "Access token scopes" and the abilities
// in its lib/gitlab/auth.rb.
var implied = map[Provider]map[string][]string{
	GitHub: {
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
	},
	GitLab: {
		"api":              {"read_user", "read_api", "read_repository", "write_repository", "read_registry", "write_registry"},
		"read_api":         {"read_user", "read_repository", "read_registry"},
		"write_repository": {"read_repository"},
	},
}

// expand returns the granted scopes and everything they imply.
func expand(p Provider, granted []string) map[string]bool {
	all := map[string]bool{}
	var add func(scope string)
	add = func(scope string) {
		if all[scope] {
			return
		}
		all[scope] = true
		for _, child := range implied[p][scope] {
			add(child)
		}
	}
	for _, scope := range granted {
		add(scope)
	}
	return all
}
