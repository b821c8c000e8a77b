// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

const installationUnusable = "it expires one hour after it is generated, and Devtron stores the token permanently"

// kinds are from GitHub's "About authentication to GitHub". Tokens from before 2021 have no prefix.
var kinds = []inspect.TokenKind{
	{Kind: inspect.KindFineGrained, Prefix: "github_pat_"},
	{Kind: inspect.KindClassic, Prefix: "ghp_"},
	{Kind: inspect.KindOAuth, Prefix: "gho_"},
	{Kind: inspect.KindAppUser, Prefix: "ghu_"},
	{Kind: inspect.KindAppInstallation, Prefix: "ghs_", Match: installation2026.MatchString, Unique: true, Unusable: installationUnusable},
	{Kind: inspect.KindAppInstallation, Prefix: "ghs_", Unusable: installationUnusable},
	{Kind: inspect.KindAppRefresh, Prefix: "ghr_", Unusable: "it only renews other tokens, and GitHub does not accept it for its API"},
}

// installation2026 is the form of GitHub App installation tokens since 2026: a JWT.
var installation2026 = pattern.New(`^ghs_[0-9]+_eyJ[0-9A-Za-z_-]*\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+$`)
