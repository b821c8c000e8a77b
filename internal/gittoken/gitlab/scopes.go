// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import "github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"

// scopes are those that Devtron's documentation requires. For a personal token, api alone is
// enough.
var scopes = []inspect.Scope{
	{
		Name: "api", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error,
		Why: "find the group, create and delete projects, commit files",
	},
	{Name: "read_user", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "api", Why: "read the token owner's profile"},
	{Name: "read_api", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "api", Why: "read groups and projects"},
	{Name: "read_repository", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "api", Why: "clone the GitOps repositories"},
	{Name: "write_repository", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "api", Why: "push to the GitOps repositories"},
	{Name: "read_registry", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "api", Why: "required by Devtron's documentation: read container images"},
	{Name: "write_registry", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "api", Why: "required by Devtron's documentation: write container images"},
}

// implied is from GitLab's "Access token scopes" and from the abilities in its lib/gitlab/auth.rb.
var implied = map[string][]string{
	"api":              {"read_user", "read_api", "read_repository", "write_repository", "read_registry", "write_registry"},
	"read_api":         {"read_user", "read_repository", "read_registry"},
	"write_repository": {"read_repository"},
}
