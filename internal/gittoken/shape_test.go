// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// gitHosts are good questions to the four git hosts, with their servers.
func gitHosts(s *sandbox.Sandbox) map[*sandbox.Server]Question {
	return map[*sandbox.Server]Question{
		s.GitHub.Server: goodGitHub(s), s.GitLab.Server: goodGitLab(s), s.Azure.Server: goodAzure(s), s.Bitbucket.Server: goodBitbucket(s),
	}
}

func TestAStatusInAnotherFormSaysNothingAboutTheToken(t *testing.T) {
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
					a := sandboxChecker(s, q).Check(t.Context(), q, Requirements{})
					want := "not_the_api"
					if status >= 500 {
						want = "server_error"
					}
					p := wantCode(t, a, want)
					if a.Verdict != Unverifiable || len(a.Problems) != 1 || p.Severity != Warning || p.Attribute != AttributeHost {
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

// TestTheHostsOwnFormsAreTheirWord has what the hosts really send.
func TestTheHostsOwnFormsAreTheirWord(t *testing.T) {
	const json, docs = "application/json; charset=utf-8", `"documentation_url":"https://docs.github.com/rest"`
	github := http.Header{"X-Github-Request-Id": {"0E4C:6F1B"}}
	azure := http.Header{"X-Tfs-Processid": {"f00ce975"}}
	challenge := http.Header{"Www-Authenticate": {"Bearer authorization_uri=https://login.microsoftonline.com/0", `Basic realm="https://tfsprodcin2.visualstudio.com/"`}}
	for name, x := range map[string]struct {
		server func(*sandbox.Sandbox) *sandbox.Server
		fault  sandbox.Fault
		want   string
	}{
		"GitHub 401":             {ofGitHub, sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"Bad credentials",` + docs + `,"status":"401"}`}, "token_rejected"},
		"GitHub 401, short":      {ofGitHub, sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"Bad credentials"}`}, "token_rejected"},
		"GitHub 401, header":     {ofGitHub, sandbox.Fault{Status: 401, ContentType: json, Header: github, Body: `{"message":"Must authenticate to access this API."}`}, "token_rejected"},
		"GitHub 401, older GHES": {ofGitHub, sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"Requires authentication","documentation_url":"https://developer.github.com/enterprise/2.21/v3"}`}, "token_rejected"},
		"GitHub 403 for a limit": {ofGitHub, sandbox.Fault{Status: 403, ContentType: json, Header: http.Header{"X-Ratelimit-Remaining": {"0"}}, Body: `{"message":"API rate limit exceeded for user ID 1.",` + docs + `}`}, "rate_limited"},
		"GitHub 429":             {ofGitHub, sandbox.Fault{Status: 429, ContentType: json, Body: `{"message":"You have exceeded a secondary rate limit.",` + docs + `}`}, "rate_limited"},
		"GitHub 403":             {ofGitHub, sandbox.Fault{Status: 403, ContentType: json, Body: `{"message":"Maximum number of login attempts exceeded.",` + docs + `}`}, "unexpected_answer"},
		"GitHub 500":             {ofGitHub, sandbox.Fault{Status: 500, ContentType: json, Body: `{"message":"Server Error",` + docs + `}`}, "server_error"},
		"GitHub's unicorn":       {ofGitHub, sandbox.Fault{Status: 502, ContentType: "text/html", Header: github, Body: "<title>Unicorn! GitHub</title>"}, "server_error"},
		"GitLab 401":             {ofGitLab, sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"401 Unauthorized"}`}, "token_rejected"},
		"GitLab 401, revoked":    {ofGitLab, sandbox.Fault{Status: 401, ContentType: json, Body: `{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}`}, "token_rejected"},
		"GitLab 403 for a scope": {ofGitLab, sandbox.Fault{Status: 403, ContentType: json, Body: `{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}`}, "gitlab_missing_scopes"},
		"GitLab 429":             {ofGitLab, sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "Retry later\n"}, "rate_limited"},
		"GitLab 429, own text":   {ofGitLab, sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "Slow down, please", Header: http.Header{"Ratelimit-Name": {"throttle_authenticated_api"}}}, "rate_limited"},
		"GitLab 500":             {ofGitLab, sandbox.Fault{Status: 500, ContentType: json, Body: `{"message":"500 Internal Server Error"}`}, "server_error"},
		"Azure 401, no body":     {ofAzure, sandbox.Fault{Status: 401, Header: azure}, "token_rejected"},
		"Azure 401, challenge":   {ofAzure, sandbox.Fault{Status: 401, Header: challenge}, "token_rejected"},
		"Azure 401, JSON":        {ofAzure, sandbox.Fault{Status: 401, ContentType: json, Body: `{"$id":"1","message":"TF400813","typeKey":"UnauthorizedRequestException"}`}, "token_rejected"},
		"Azure 203":              {ofAzure, sandbox.Fault{Status: 203, ContentType: "text/html", Body: "<title>Azure DevOps Services | Sign In</title>"}, "token_rejected"},
		"Azure 404, page":        {ofAzure, sandbox.Fault{Status: 404, ContentType: "text/html", Header: azure, Body: "<html>"}, "azure_organization_not_found"},
		"Azure 429":              {ofAzure, sandbox.Fault{Status: 429, ContentType: json, Body: `{"$id":"1","message":"TF400733: The request has been canceled","typeKey":"RequestBlockedException"}`}, "rate_limited"},
		"Azure 503":              {ofAzure, sandbox.Fault{Status: 503, ContentType: "text/html", Body: "<title>Azure DevOps Services Unavailable</title>"}, "server_error"},
		"Bitbucket 401":          {ofBitbucket, sandbox.Fault{Status: 401, ContentType: json, Body: `{"type": "error", "error": {"message": "Token is invalid, expired, or not supported for this endpoint."}}`}, "token_rejected"},
		"Bitbucket 401, no body": {ofBitbucket, sandbox.Fault{Status: 401, Header: http.Header{"Www-Authenticate": {`Basic realm="Bitbucket.org HTTP"`}}}, "token_rejected"},
		"Bitbucket 404":          {ofBitbucket, sandbox.Fault{Status: 404, ContentType: json, Body: `{"type": "error", "error": {"message": "No workspace with identifier 'acme'."}}`}, "bitbucket_workspace_not_found"},
		"Bitbucket 429":          {ofBitbucket, sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "Rate limit for this resource has been exceeded"}, "rate_limited"},
		"Bitbucket 429, JSON":    {ofBitbucket, sandbox.Fault{Status: 429, ContentType: json, Body: `{"type": "error", "error": {"message": "Rate limit for this resource has been exceeded"}}`}, "rate_limited"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			server := x.server(s)
			server.Inject(x.fault)
			q := gitHosts(s)[server]
			q.ProjectKey = ""
			a := sandboxChecker(s, q).Check(t.Context(), q, Requirements{})
			if p := wantCode(t, a, x.want); strings.Contains(p.Detail, "proxy") {
				t.Errorf("taken for something in front of the host: %+v", p)
			}
		})
	}
}

func ofGitHub(s *sandbox.Sandbox) *sandbox.Server    { return s.GitHub.Server }
func ofGitLab(s *sandbox.Sandbox) *sandbox.Server    { return s.GitLab.Server }
func ofAzure(s *sandbox.Sandbox) *sandbox.Server     { return s.Azure.Server }
func ofBitbucket(s *sandbox.Sandbox) *sandbox.Server { return s.Bitbucket.Server }

// TestSignInPagesOfOthersAreNotAzures is about proxies that ask people to sign in.
func TestSignInPagesOfOthersAreNotAzures(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"redirect": {Status: 302, Header: http.Header{"Location": {"https://sso.example.com/_signin?realm=x"}}},
		"203":      {Status: 203, ContentType: "text/html", Body: "<html>Corporate sign-in</html>"},
	} {
		s := sandbox.ForTest(t)
		s.Azure.Inject(fault)
		if a := checkOnce(goodAzure(s)); a.Verdict != Unverifiable || len(a.Problems) != 1 || a.Problems[0].Severity != Warning {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
