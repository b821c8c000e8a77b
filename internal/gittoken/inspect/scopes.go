// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"net/http"
	"slices"
	"strings"
)

// Scope is one of the scopes that Devtron's documentation requires. The documentation of this
// provider is generated from it too.
type Scope struct {
	Name string
	// LegacyName is the same scope in an older vocabulary that some tokens use. Empty: there is one
	// vocabulary.
	LegacyName string
	// Why says what Devtron uses the scope for.
	Why string
	// Missing is the severity of a token that lacks the scope.
	Missing Severity
	// MissingWithCustomRepository is the same where allow_custom_repository is true.
	MissingWithCustomRepository Severity
	// ImpliedBy names the documented scope that grants this one too. Empty: none does.
	ImpliedBy string
}

// IsDocumented reports whether a list contains exactly the documented scopes, in either vocabulary,
// in any order, and any number of times.
func (d Definition) IsDocumented(list []string) bool {
	listed := map[string]bool{}
	for _, name := range list {
		i := slices.IndexFunc(d.Scopes, func(s Scope) bool { return name == s.Name || name == s.LegacyName })
		if name == "" || i < 0 {
			return false
		}
		listed[d.Scopes[i].Name] = true
	}
	return list != nil && len(listed) == len(d.Scopes)
}

// Expand returns the granted scopes and all that they imply.
func (d Definition) Expand(granted []string) map[string]bool {
	all := map[string]bool{}
	var add func(scope string)
	add = func(scope string) {
		if all[scope] {
			return
		}
		all[scope] = true
		for _, implied := range d.ImpliedScopes[scope] {
			add(implied)
		}
	}
	for _, scope := range granted {
		add(scope)
	}
	return all
}

// currentName returns the current name of a scope's legacy name. Empty: it is not documented.
func (d Definition) currentName(legacy string) string {
	for _, scope := range d.Scopes {
		if scope.LegacyName == legacy {
			return scope.Name
		}
	}
	return ""
}

// ScopesHeader reads the header X-OAuth-Scopes of GitHub and Bitbucket. An empty header means that
// the token has no scopes; a missing one means that the token is of a kind without scopes.
func ScopesHeader(header http.Header, clean func(string) string) (scopes []string, known bool) {
	values, present := header["X-Oauth-Scopes"]
	for _, scope := range strings.Split(strings.Join(values, ","), ",") {
		if scope = strings.TrimSpace(clean(scope)); scope != "" {
			scopes = append(scopes, scope)
		}
	}
	return scopes, present
}
