// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package azure checks tokens of Azure DevOps Services and Azure DevOps Server.
package azure

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// Definition is the git provider Azure DevOps. It has no default host, because the host contains
// the organization.
var Definition = inspect.Definition{
	Provider: inspect.AzureDevOps, Name: "Azure DevOps", CodePrefix: "azure",
	PublicNames: publicNames,
	TokenKinds:  kinds, Scopes: scopes, ImpliedScopes: implied,
	UsableToken:  "a personal access token",
	LongTokenFix: "Check that the value is one token and nothing else: a personal access token has 84 characters, an older one has 52.",
	Inspector:    inspector{},
}

type inspector struct{}

// Credential leaves the user name out, as Devtron does.
func (inspector) Credential(q inspect.Question) (header, value string) {
	return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(":"+q.Token))
}

// Accepted knows that the description of the organization may be refused where the repositories of
// the project are not.
func (inspector) Accepted(f inspect.Facts) bool {
	return !f.Unauthorized() || (f.Target.OK() && f.Token.Failure.Status == http.StatusUnauthorized)
}

func (inspector) NewClient(s *gitapi.Session) (inspect.Client, error) {
	// Microsoft's libraries send this header too. With it, Azure DevOps answers 401 instead of
	// redirecting to the sign-in page.
	header := http.Header{"X-Tfs-Fedauthredirect": {"Suppress"}}
	return &client{gitapi.REST{Session: s, Header: header}}, nil
}

func (inspector) TokenPage(_ *inspect.Report, web string) string {
	if web == "" || strings.HasSuffix(web, publicName) {
		web = "https://" + publicName + "/ORGANIZATION"
	}
	return web + "/_usersSettings/tokens"
}
