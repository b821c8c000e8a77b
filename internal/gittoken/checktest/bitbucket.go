// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Tokens of Bitbucket Cloud.
var (
	BitbucketAPI    = "ATATT3xFfGF0" + strings.Repeat("a1B2", 20) + "=5A3C0F1D"
	BitbucketAccess = "ATCTT3xFfGN0" + strings.Repeat("a1B2", 20) + "=5A3C0F1D"
)

// The user names of Bitbucket Cloud that are the same for everybody.
const (
	APITokenUser    = "x-bitbucket-api-token-auth"
	AccessTokenUser = "x-token-auth"
)

// GoodBitbucket is about the sandbox's own token, as a refresh asks it.
func GoodBitbucket(s *sandbox.Sandbox) inspect.Question {
	return inspect.Question{
		Provider: inspect.BitbucketCloud, Workspace: sandbox.BitbucketWorkspace, ProjectKey: sandbox.BitbucketProjectKey,
		Username: sandbox.BitbucketUsername, Token: s.Bitbucket.Token(),
	}
}

// BitbucketQuestion is about a token that is about to be written, with the user name for its kind.
func BitbucketQuestion(token, projectKey string) inspect.Question {
	q := inspect.Question{
		Provider: inspect.BitbucketCloud, Workspace: sandbox.BitbucketWorkspace, ProjectKey: projectKey,
		Username: sandbox.BitbucketUsername, Token: token, Thorough: true,
	}
	if strings.HasPrefix(token, "ATCTT") {
		q.Username = AccessTokenUser
	}
	return q
}

// BitbucketFacts are those of a token that has the scopes.
func BitbucketFacts(kind string, scopes ...string) inspect.Facts {
	return inspect.Facts{
		Token: inspect.TokenFacts{Reply: OK(), ScopesKnown: true, Scopes: scopes, Type: kind}, Target: inspect.TargetFacts{Reply: OK(), Project: OK()},
	}
}

// ServeBitbucket adds the question's token.
func ServeBitbucket(x sandbox.BitbucketToken) func(*sandbox.Sandbox, inspect.Question) {
	return func(s *sandbox.Sandbox, q inspect.Question) {
		x.Token = q.Token
		s.Bitbucket.AddToken(x)
	}
}

// ServeBitbucketAccess adds the question's token as one of the kind.
func ServeBitbucketAccess(kind string, scopes ...string) func(*sandbox.Sandbox, inspect.Question) {
	return ServeBitbucket(sandbox.BitbucketToken{Kind: kind, Scopes: scopes})
}
