// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

const (
	apiTokenPrefix    = "ATATT"
	accessTokenPrefix = "ATCTT"
	noAppPasswords    = "Bitbucket has not accepted app passwords since mid-2026"
)

// kinds are known from experience: Atlassian documents no prefixes. Access tokens of repositories,
// projects, and workspaces look alike.
var kinds = []inspect.TokenKind{
	{Kind: inspect.KindAPI, Prefix: apiTokenPrefix},
	{Prefix: accessTokenPrefix},
	{Kind: inspect.KindAppPassword, Prefix: "ATBB", Unusable: noAppPasswords},
}

// appPasswordForm is the form of app passwords without a prefix. Other tokens may have it too.
var appPasswordForm = pattern.New(`^[0-9A-Za-z]{20}$`)

// kindsByType are the kinds for the values of the header X-Credential-Type.
var kindsByType = map[string]string{
	"api_token": inspect.KindAPI, "repo_access_token": inspect.KindRepository, "project_access_token": inspect.KindProject,
	"workspace_access_token": inspect.KindWorkspace, "oauth2": inspect.KindOAuth, "apppassword": inspect.KindAppPassword,
}
