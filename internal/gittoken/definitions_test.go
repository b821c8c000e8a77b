// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"testing"
)

func TestDocumentedScopesMatchTheImpliedOnes(t *testing.T) {
	for p, definition := range definitions {
		names := map[string]bool{}
		for _, scope := range DocumentedScopes(p) {
			if scope.Why == "" || scope.Missing == 0 || scope.MissingWithCustomRepository == 0 || names[scope.Name] {
				t.Errorf("%s: %+v is incomplete or listed twice", p, scope)
			}
			names[scope.Name] = true
			if scope.LegacyName != "" && !definition.Expand([]string{scope.LegacyName})[scope.Name] {
				t.Errorf("%s: %s does not imply its current name", p, scope.LegacyName)
			}
			if scope.ImpliedBy != "" && !definition.Expand([]string{scope.ImpliedBy})[scope.Name] {
				t.Errorf("%s: %s is not implied by %s", p, scope.Name, scope.ImpliedBy)
			}
		}
	}
	DocumentedScopes(GitHub)[0].Name = "changed"
	if DocumentedScopes(GitHub)[0].Name != "repo" {
		t.Error("callers can change the table")
	}
	if DocumentedScopes("GITEA") != nil {
		t.Error("a provider that is not checked has scopes")
	}
}

func TestExpandAddsWhatIsImplied(t *testing.T) {
	for _, c := range []struct {
		p       Provider
		granted string
		has     string
		not     string
	}{
		{GitHub, "admin:org", "write:org read:org manage_runners:org", "repo delete_repo"},
		{GitHub, "repo", "public_repo repo:status security_events", "delete_repo workflow admin:org"},
		{GitHub, "admin:enterprise site_admin", "read:enterprise", "repo admin:org"},
		{GitLab, "api", "read_user read_api read_repository write_repository read_registry write_registry", "sudo admin_mode"},
		{GitLab, "write_registry", "write_registry", "read_registry"},
		{GitLab, "write_repository", "read_repository", "api read_api"},
		{GitLab, "sudo admin_mode", "sudo", "api"},
		{AzureDevOps, "vso.code_manage", "vso.code_write vso.code", "vso.project"},
		{AzureDevOps, "vso.code", "vso.code", "vso.code_write"},
		{BitbucketCloud, "repository:write", "repository read:repository:bitbucket write:repository:bitbucket", "repository:admin admin:repository:bitbucket"},
		{BitbucketCloud, "repository:admin", "admin:repository:bitbucket", "repository repository:write repository:delete read:repository:bitbucket"},
		{BitbucketCloud, "repository:delete", "delete:repository:bitbucket", "repository repository:write repository:admin"},
		{BitbucketCloud, "admin:repository:bitbucket", "admin:repository:bitbucket", "repository:admin read:repository:bitbucket write:repository:bitbucket"},
		{BitbucketCloud, "write:repository:bitbucket", "write:repository:bitbucket", "repository:write repository read:repository:bitbucket"},
	} {
		all := definitions[c.p].Expand(strings.Fields(c.granted))
		for _, scope := range strings.Fields(c.has) {
			if !all[scope] {
				t.Errorf("%s does not imply %s", c.granted, scope)
			}
		}
		for _, scope := range strings.Fields(c.not) {
			if all[scope] {
				t.Errorf("%s implies %s", c.granted, scope)
			}
		}
	}
}

func TestNoPrefixBeginsAnother(t *testing.T) {
	var all []string
	for _, definition := range definitions {
		for _, kind := range definition.TokenKinds {
			if kind.Match == nil {
				all = append(all, kind.Prefix)
			}
		}
	}
	for i, a := range all {
		for j, b := range all {
			if i != j && strings.HasPrefix(a, b) {
				t.Errorf("what begins with %s begins with %s", a, b)
			}
		}
	}
}

func TestOnlyExactlyTheDocumentedScopesAreDocumented(t *testing.T) {
	for _, list := range [][]string{{"repo", "admin:org"}, {"repo", "admin:org", "delete_repo", "gist"}, {}, nil, {"repo", "repo", "repo"}} {
		if definitions[GitHub].IsDocumented(list) {
			t.Errorf("%q is taken for the documented list", list)
		}
	}
	if !definitions[GitHub].IsDocumented([]string{"delete_repo", "repo", "admin:org", "repo"}) {
		t.Error("the documented list is not recognized")
	}
}

func TestEveryProviderIsDefinedUnderItsOwnName(t *testing.T) {
	for p, definition := range definitions {
		if definition.Provider != p || definition.Name == "" || definition.CodePrefix == "" || definition.UsableToken == "" || definition.LongTokenFix == "" {
			t.Errorf("%s: %+v", p, definition)
		}
	}
	if len(recognitionOrder) != len(definitions) {
		t.Errorf("%d of %d providers are searched for a kind", len(recognitionOrder), len(definitions))
	}
}
