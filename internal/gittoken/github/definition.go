// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package github checks tokens of GitHub and GitHub Enterprise.
package github

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// Definition is the git provider GitHub.
var Definition = inspect.Definition{
	Provider: inspect.GitHub, Name: "GitHub", CodePrefix: "github",
	DefaultHost: "https://github.com/", PublicNames: []string{publicName, "www." + publicName, "api." + publicName, residencySuffix},
	TokenKinds: kinds, Scopes: scopes, ImpliedScopes: implied,
	UsableToken:  "a personal access token",
	LongTokenFix: "Check that the value is one token and nothing else: a classic personal access token has 40 characters, a fine-grained one has 93.",
	Inspector:    inspector{},
}

type inspector struct{}

func (inspector) Credential(q inspect.Question) (header, value string) {
	return "Authorization", "Bearer " + q.Token
}

func (inspector) Accepted(f inspect.Facts) bool { return !f.Unauthorized() }

func (inspector) TokenPage(r *inspect.Report, web string) string {
	if r.Answer.Kind == inspect.KindFineGrained {
		return web + "/settings/personal-access-tokens"
	}
	return web + "/settings/tokens"
}
