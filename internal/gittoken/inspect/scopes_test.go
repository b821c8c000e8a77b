// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// FuzzScopesHeader holds that scopes have no blanks around them, and that they are read as the same
// again when they are written as GitHub writes them.
func FuzzScopesHeader(f *testing.F) {
	for _, seed := range []string{"", "repo", "repo, admin:org,delete_repo", " , ,", "repo,repo", "a\tb, c", "ghp_0123456789abcdefghij", "\x00,\xff"} {
		f.Add(seed)
	}
	const token = "ghp_0123456789abcdefghij"
	redactor := redact.New(token)
	f.Fuzz(func(t *testing.T, value string) {
		scopes, known := ScopesHeader(http.Header{"X-Oauth-Scopes": {value}}, redactor.Line)
		if !known {
			t.Error("a header that is there is not known")
		}
		for _, scope := range scopes {
			if scope != strings.TrimSpace(scope) || scope == "" || strings.Contains(scope, ",") || strings.Contains(scope, token) {
				t.Errorf("%q has the scope %q", value, scope)
			}
		}
		again, _ := ScopesHeader(http.Header{"X-Oauth-Scopes": {strings.Join(scopes, ", ")}}, redactor.Line)
		if !slices.Equal(again, scopes) {
			t.Errorf("%q gives %q, and that %q", value, scopes, again)
		}
		split, _ := ScopesHeader(http.Header{"X-Oauth-Scopes": strings.Split(value, ",")}, redactor.Line)
		if !slices.Equal(split, scopes) {
			t.Errorf("%q in several headers gives %q, not %q", value, split, scopes)
		}
		granted := Definition{}.Expand(scopes)
		for _, scope := range scopes {
			if !granted[scope] {
				t.Errorf("%q does not grant %q", value, scope)
			}
		}
	})
}
