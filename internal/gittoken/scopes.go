// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/http"
	"slices"
	"strings"
)

// Scope is one row of the documented table of required scopes, from which the documentation is generated too.
type Scope struct {
	Name string
	// Older is the same scope in an older vocabulary that some tokens have their scopes in; "" = there is one vocabulary.
	Older string
	// Why says what Devtron uses the scope for.
	Why string
	// Missing is how serious it is that a token lacks the scope.
	Missing Severity
	// MissingWithCustomRepository is the same where allow_custom_repository is true.
	MissingWithCustomRepository Severity
	// ImpliedBy names the documented scope that brings this one along; "" = none does.
	ImpliedBy string
}

// DocumentedScopes lists the scopes that are demanded where required_scopes does not say otherwise, in the order of
// Devtron's documentation (user guide, "GitOps"). What Devtron's code calls needs less.
func DocumentedScopes(p Provider) []Scope { return slices.Clone(gitProviders[p].scopes) }

// isDocumented tells whether a list holds just the documented scopes, in either vocabulary, in any order, and any number of times.
func isDocumented(p Provider, list []string) bool {
	documented := gitProviders[p].scopes
	listed := map[string]bool{}
	for _, name := range list {
		i := slices.IndexFunc(documented, func(s Scope) bool { return name == s.Name || name == s.Older })
		if name == "" || i < 0 {
			return false
		}
		listed[documented[i].Name] = true
	}
	return list != nil && len(listed) == len(documented)
}

// expand returns the granted scopes and everything they imply.
func expand(p Provider, granted []string) map[string]bool {
	all := map[string]bool{}
	var add func(scope string)
	add = func(scope string) {
		if all[scope] {
			return
		}
		all[scope] = true
		for _, child := range gitProviders[p].implied[scope] {
			add(child)
		}
	}
	for _, scope := range granted {
		add(scope)
	}
	return all
}

// scopesHeader reads the X-OAuth-Scopes of GitHub and Bitbucket. Present and empty means: no scopes. Absent means: a kind
// of token that has none to tell.
func scopesHeader(header http.Header, m masker) (scopes []string, known bool) {
	values, present := header["X-Oauth-Scopes"]
	for _, scope := range strings.Split(strings.Join(values, ","), ",") {
		if scope = strings.TrimSpace(m.clean(scope)); scope != "" {
			scopes = append(scopes, scope)
		}
	}
	return scopes, present
}
