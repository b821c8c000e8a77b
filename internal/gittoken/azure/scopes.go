// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import "github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"

// scopes are those that Devtron's documentation requires: "Code", read, write, and manage. Azure
// DevOps does not expose the scopes of a token. Only a token that cannot read is noticed.
var scopes = []inspect.Scope{
	{
		Name: "vso.code", Missing: inspect.Error, MissingWithCustomRepository: inspect.Error, ImpliedBy: "vso.code_manage",
		Why: "Code (Read): find and clone the GitOps repositories",
	},
	{
		Name: "vso.code_write", Missing: inspect.Warning, MissingWithCustomRepository: inspect.Warning, ImpliedBy: "vso.code_manage",
		Why: "Code (Read & write): push to the GitOps repositories; cannot be checked before the apply",
	},
	{
		Name: "vso.code_manage", Missing: inspect.Warning, MissingWithCustomRepository: inspect.Warning,
		Why: "Code (Read, write, & manage): create and delete repositories; cannot be checked before the apply",
	},
}

// implied is from Microsoft's list of scopes for the Azure DevOps REST API.
var implied = map[string][]string{
	"vso.code_full":   {"vso.code_manage"},
	"vso.code_manage": {"vso.code_write"},
	"vso.code_write":  {"vso.code"},
}
