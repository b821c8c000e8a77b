// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Personal is a token of GitLab.
var Personal = "glpat-" + strings.Repeat("a1B2", 5)

// GoodGitLab is about the sandbox's own token, as a refresh asks it.
func GoodGitLab(s *sandbox.Sandbox) inspect.Question {
	return inspect.Question{Provider: inspect.GitLab, Host: s.GitLab.URL(), GroupID: "61512475", Token: s.GitLab.Token()}
}

// GitLabQuestion is about a token that is about to be written.
func GitLabQuestion(token, group string) inspect.Question {
	return inspect.Question{Provider: inspect.GitLab, GroupID: group, Token: token, Thorough: true}
}

// GitLabFacts are those of an Owner of the group whose personal token has the scopes.
func GitLabFacts(scopes ...string) inspect.Facts {
	return inspect.Facts{
		Token:  inspect.TokenFacts{Reply: OK(), ScopesKnown: true, Scopes: scopes},
		Owner:  inspect.OwnerFacts{Reply: OK(), ID: 7, Login: "acme-bot", Bot: new(false), Admin: new(false)},
		Target: inspect.TargetFacts{Reply: OK(), ID: sandbox.GroupID, Name: Organization, CreationLevel: "developer"}, Membership: inspect.MembershipFacts{Reply: OK(), AccessLevel: 50},
	}
}

// ServeGitLab adds the question's token as one of an Owner of the group, and groups.
func ServeGitLab(x sandbox.GitLabToken, groups ...sandbox.GitLabGroup) func(*sandbox.Sandbox, inspect.Question) {
	return func(s *sandbox.Sandbox, q inspect.Question) {
		x.Token = q.Token
		if x.Levels == nil {
			x.Levels = map[int]int{sandbox.GroupID: 50}
		}
		s.GitLab.AddToken(x)
		for _, g := range groups {
			s.GitLab.AddGroup(g)
		}
	}
}
