// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitlab checks tokens of gitlab.com and self-managed GitLab.
package gitlab

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// Definition is the git provider GitLab.
var Definition = inspect.Definition{
	Provider: inspect.GitLab, Name: "GitLab", CodePrefix: "gitlab",
	DefaultHost: "https://gitlab.com/", PublicNames: []string{publicName},
	TokenKinds: kinds, CustomPrefixes: true, Scopes: scopes, ImpliedScopes: implied, FixedScopes: true,
	UsableToken:  "a personal access token",
	LongTokenFix: "Check that the value is one token and nothing else: personal and group access tokens are shorter.",
	Inspector:    inspector{},
}

type inspector struct{}

// Credential is the header that Devtron uses. GitLab accepts no OAuth access token in it.
func (inspector) Credential(q inspect.Question) (header, value string) {
	return "Private-Token", q.Token
}

// Accepted knows that GitLab before 15.5 may answer 401 to the request for the token's description,
// and still accept the token for the group.
func (inspector) Accepted(f inspect.Facts) bool {
	if f.Token.Failed(gitapi.Unauthorized) {
		return f.Target.OK() || f.Target.Failed(gitapi.NotFound, gitapi.Forbidden, gitapi.InsufficientScope, gitapi.InsufficientGranularScope)
	}
	return !f.Unauthorized()
}

func (inspector) TokenPage(r *inspect.Report, web string) string {
	group := r.Facts.Target.Name
	topLevel, _, _ := strings.Cut(group, "/")
	switch {
	case group == "":
	case r.Answer.Kind == inspect.KindGroup:
		return web + "/groups/" + group + "/-/settings/access_tokens"
	case r.Answer.Kind == inspect.KindServiceAccount:
		return web + "/groups/" + topLevel + "/-/settings/service_accounts"
	}
	return web + "/-/user_settings/personal_access_tokens"
}
