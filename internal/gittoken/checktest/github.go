// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Tokens of GitHub.
var (
	Classic      = "ghp_" + strings.Repeat("a1B2", 9)
	FineGrained  = "github_pat_" + strings.Repeat("a1B2", 20)
	Installation = "ghs_" + strings.Repeat("a1B2", 9)
	AppUser      = "ghu_" + strings.Repeat("a1B2", 9)
	// Installation2026 has the form of GitHub App installation tokens since 2026.
	Installation2026 = "ghs_123456_eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + strings.Repeat("a", 430) + ".c2ln"
)

// Organization is the sandbox's GitHub organization.
const Organization = sandbox.Organization

// GitHubScopes are the documented ones.
func GitHubScopes() []string { return []string{"repo", "admin:org", "delete_repo"} }

// GoodGitHub is about the sandbox's own token, as a refresh asks it.
func GoodGitHub(s *sandbox.Sandbox) inspect.Question {
	return inspect.Question{Provider: inspect.GitHub, Host: s.GitHub.URL(), Organization: Organization, Token: s.GitHub.Token()}
}

// GitHubQuestion is about a token that is about to be written.
func GitHubQuestion(token string) inspect.Question {
	return inspect.Question{Provider: inspect.GitHub, Organization: Organization, Token: token, Thorough: true}
}

// GitHubFacts are those of an owner of the organization whose token has the scopes.
func GitHubFacts(scopes ...string) inspect.Facts {
	return inspect.Facts{
		Token: inspect.TokenFacts{Reply: OK(), ScopesKnown: true, Scopes: scopes}, Owner: inspect.OwnerFacts{Reply: OK(), Login: "acme-bot"},
		Target: inspect.TargetFacts{Reply: OK(), Name: Organization, MembersCanCreatePrivate: new(true)},
	}
}

// ServeGitHub adds the question's token as one of an owner of the organization.
func ServeGitHub(x sandbox.GitHubToken) func(*sandbox.Sandbox, inspect.Question) {
	return func(s *sandbox.Sandbox, q inspect.Question) {
		x.Token = q.Token
		if x.Roles == nil {
			x.Roles = map[string]string{Organization: "admin"}
		}
		s.GitHub.AddToken(x)
	}
}
