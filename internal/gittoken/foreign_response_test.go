// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// gitHosts returns a question with a good token for each of the four git hosts.
func gitHosts(s *sandbox.Sandbox) map[*sandbox.Server]inspect.Question {
	return map[*sandbox.Server]inspect.Question{
		s.GitHub.Server: checktest.GoodGitHub(s), s.GitLab.Server: checktest.GoodGitLab(s), s.Azure.Server: checktest.GoodAzure(s), s.Bitbucket.Server: checktest.GoodBitbucket(s),
	}
}

func TestAForeignResponseSaysNothingAboutTheToken(t *testing.T) {
	answers := map[string]sandbox.Fault{
		"page":              {ContentType: "text/html", Body: "<html><title>Blocked</title></html>"},
		"page without type": {Body: "<!DOCTYPE html><html>Sign in</html>"},
		"plain text":        {ContentType: "text/plain", Body: "access denied by policy"},
		"empty":             {},
		"empty JSON":        {ContentType: "application/json", Body: "{}"},
		"JSON error":        {ContentType: "application/json", Body: `{"error":"forbidden by gateway"}`},
		"JSON message":      {ContentType: "application/json", Body: `{"message":"Unauthorized"}`},
		"JSON code":         {ContentType: "application/json", Body: `{"error":{"code":403,"message":"Forbidden","status":"PERMISSION_DENIED"}}`},
		"JSON problem":      {ContentType: "application/problem+json", Body: `{"type":"about:blank","title":"Forbidden","status":403,"detail":"no"}`},
		"JSON list":         {ContentType: "application/json", Body: `["no"]`},
		"challenge":         {Header: http.Header{"Www-Authenticate": {`Basic realm="intranet"`}}},
		"rate limit":        {ContentType: "application/json", Body: `{"message":"API rate limit exceeded"}`, Header: http.Header{"Retry-After": {"60"}, "Ratelimit-Limit": {"5"}}},
	}
	for _, status := range []int{401, 403, 404, 407, 429, 500, 502, 503} {
		for name, fault := range answers {
			t.Run(fmt.Sprintf("%d %s", status, name), func(t *testing.T) {
				s := sandbox.ForTest(t)
				fault.Status = status
				for server, q := range gitHosts(s) {
					q.Thorough = true
					server.Inject(fault)
					a := checktest.Checker(s, q).Check(t.Context(), q, inspect.Requirements{})
					want := "not_the_api"
					if status >= 500 {
						want = "server_error"
					}
					p := checktest.Find(t, a, want)
					if a.Verdict != inspect.Unverifiable || len(a.Problems) != 1 || p.Severity != inspect.Warning || p.Attribute != inspect.AttributeHost {
						t.Errorf("%s: %+v", q.Provider, a)
					}
					if !strings.Contains(p.Detail, "proxy") || !strings.Contains(p.Detail, fmt.Sprint(status)) {
						t.Errorf("%s: %s", q.Provider, p.Detail)
					}
				}
			})
		}
	}
}
