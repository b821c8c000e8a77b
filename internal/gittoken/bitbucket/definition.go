// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package bitbucket checks tokens of Bitbucket Cloud.
package bitbucket

import (
	"encoding/base64"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// Definition is the git provider Bitbucket Cloud.
var Definition = inspect.Definition{
	Provider: inspect.BitbucketCloud, Name: "Bitbucket", CodePrefix: "bitbucket",
	DefaultHost: webURL + "/", PublicNames: publicNames,
	TokenKinds: kinds, Scopes: scopes, ImpliedScopes: implied, FixedScopes: true,
	UsableToken: `a workspace access token with username = "` + accessTokenUser + `", or an API token`,
	LongTokenFix: `Bitbucket's API tokens have 192 characters. Use a workspace access token with username = "` + accessTokenUser +
		`" instead (Bitbucket Premium: the workspace's settings, Access tokens). Atlassian does not document how long these are.`,
	Inspector: inspector{},
}

type inspector struct{}

// These user names are the same for everybody. They tell Bitbucket which kind of token follows.
const (
	apiTokenUser    = "x-bitbucket-api-token-auth"
	accessTokenUser = "x-token-auth"
)

// Credential is the user name with the token, as Devtron sends them.
func (inspector) Credential(q inspect.Question) (header, value string) {
	if q.Username == "" || strings.Contains(q.Username, ":") {
		return "Authorization", ""
	}
	return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(q.Username+":"+q.Token))
}

func (inspector) Accepted(f inspect.Facts) bool { return !f.Unauthorized() }

func (inspector) NewClient(s *gitapi.Session) (inspect.Client, error) {
	return &client{gitapi.REST{Session: s}}, nil
}

func (inspector) TokenPage(r *inspect.Report, web string) string {
	ofWorkspace := r.Answer.Kind == inspect.KindWorkspace || strings.HasPrefix(r.Question.Token, accessTokenPrefix)
	if workspace := r.Question.Workspace; ofWorkspace && workspace != "" && inspect.SegmentFault(workspace) == "" {
		return web + "/" + workspace + "/workspace/settings/access-tokens"
	}
	return "https://id.atlassian.com/manage-profile/security/api-tokens"
}
