// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestKindsOfTokensThatLookAlike(t *testing.T) {
	fault := func(path string, f sandbox.Fault) func(*sandbox.Sandbox, inspect.Question) {
		return func(s *sandbox.Sandbox, q inspect.Question) {
			checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes()})(s, q)
			f.Path = path
			s.GitHub.Inject(f)
		}
	}
	scopes := http.Header{"X-Oauth-Scopes": {"repo, admin:org, delete_repo"}}
	ofApp := http.Header{"X-Oauth-Scopes": {"repo, admin:org, delete_repo"}, "X-Oauth-Client-Id": {"178c6fc778ccc68e1d6a"}}
	user := `{"login":"acme-bot","id":1}`
	checktest.CheckKinds(t, map[string]checktest.Token{
		"40 digits of a classic token": checktest.NewToken(
			checktest.GitHubQuestion(strings.Repeat("0a1b", 10)), fault("/api/v3/user", sandbox.Fault{Status: 200, ContentType: "application/json", Body: user, Header: scopes}), inspect.KindClassic, inspect.Sufficient, nil),
		"40 digits of an OAuth app": checktest.NewToken(
			checktest.GitHubQuestion(strings.Repeat("0a1b", 10)), fault("/api/v3/user", sandbox.Fault{Status: 200, ContentType: "application/json", Body: user, Header: ofApp}), inspect.KindOAuth, inspect.Sufficient, nil),
		"the scopes are removed on the way": checktest.NewToken(
			checktest.GitHubQuestion(checktest.Classic), func(s *sandbox.Sandbox, _ inspect.Question) {
				s.GitHub.Inject(sandbox.Fault{Status: 200, ContentType: "application/json", Body: `{"login":"acme-gitops","members_can_create_private_repositories":true}`})
			}, inspect.KindClassic, inspect.Unverifiable, []string{"github_scopes_unknown"}),
	})
}
