// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import "github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"

// scopes are those that Devtron's documentation requires: repositories read, write, admin, and
// delete. API tokens have the current names, access tokens and OAuth apps the legacy ones.
var scopes = []inspect.Scope{
	readScope,
	{
		Name: "write:repository:bitbucket", LegacyName: "repository:write", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error,
		Why: "commit and push to the GitOps repositories",
	},
	{
		Name: "admin:repository:bitbucket", LegacyName: "repository:admin", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error,
		Why: "create the GitOps repositories in the workspace",
	},
	{
		Name: "delete:repository:bitbucket", LegacyName: "repository:delete", Missing: inspect.Warning, MissingWithCustomRepository: inspect.Warning,
		Why: "delete the repository that Devtron's dry run creates; without this scope, it is left behind after every save",
	},
}

var readScope = inspect.Scope{
	Name: "read:repository:bitbucket", LegacyName: "repository", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error,
	Why: "find and clone the GitOps repositories",
}

// implied contains legacy scopes only: the scopes of API tokens do not imply each other (Atlassian,
// "API token permissions"). Of the legacy scopes, repository:write implies repository, and
// repository:admin implies neither (Atlassian, "Scopes for the Bitbucket Cloud REST API"). Each
// legacy scope also implies its current name, so that one list is compared.
var implied = map[string][]string{
	"repository":        {"read:repository:bitbucket"},
	"repository:write":  {"repository", "write:repository:bitbucket"},
	"repository:admin":  {"admin:repository:bitbucket"},
	"repository:delete": {"delete:repository:bitbucket"},
	"pullrequest":       {"repository"},
	"pullrequest:write": {"pullrequest", "repository:write"},
	"project":           {"repository"},
	"account:write":     {"account"},
}
