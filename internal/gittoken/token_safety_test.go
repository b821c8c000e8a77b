// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestRedirectsDoNotCarryTheToken(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := sandbox.ForTest(t)
		other := sandbox.ForTest(t)
		for server, c := range map[string]struct {
			q    inspect.Question
			from *sandbox.Server
			to   string
		}{
			"github":    {checktest.GoodGitHub(s), s.GitHub.Server, other.GitHub.URL()},
			"gitlab":    {checktest.GoodGitLab(s), s.GitLab.Server, other.GitLab.URL()},
			"azure":     {checktest.GoodAzure(s), s.Azure.Server, other.Azure.URL()},
			"bitbucket": {checktest.GoodBitbucket(s), s.Bitbucket.Server, other.Bitbucket.URL()},
		} {
			to := c.to
			c.from.Inject(sandbox.Fault{Status: status, Header: http.Header{"Location": {to + "/api/stolen"}}})
			a := checktest.Checker(s, c.q).Check(t.Context(), c.q, inspect.Requirements{})
			p := checktest.Find(t, a, "redirect")
			if a.Verdict != inspect.Unverifiable || p.Severity != inspect.Warning || p.Attribute != inspect.AttributeHost || !strings.Contains(p.Detail, to) {
				t.Errorf("%d from %s: %+v", status, server, a)
			}
		}
		if requests := other.Log.All(); len(requests) != 0 {
			t.Errorf("%d: the other host received %d requests", status, len(requests))
		}
	}
}

func TestRedirectsOnTheSameHostAreFollowed(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitHub(s)
	s.GitHub.AddOrg(sandbox.GitHubOrg{Login: "renamed"})
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/" + checktest.Organization, Status: 301, Header: http.Header{"Location": {"/api/v3/orgs/renamed"}}})
	if a := checktest.Check(q); a.Verdict != inspect.Sufficient {
		t.Errorf("%+v", a)
	}
	s.GitHub.ClearFaults()
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/", Status: 302, Header: http.Header{"Location": {"/api/v3/user"}}})
	checktest.Find(t, checktest.Check(q), "redirect") // a loop
}

func TestAnEndlessResponseIsNotRead(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Status: 200, ContentType: "application/json", Body: `{"login":"` + strings.Repeat("x", 2*gitapi.MaxBody) + `"}`})
	if a := checktest.Check(checktest.GoodGitHub(s)); a.Verdict != inspect.Unverifiable || !strings.Contains(checktest.Find(t, a, "answer_too_long").Detail, "was not checked") {
		t.Errorf("%+v", a)
	}
}

func TestATokenThatTheHostRepeatsIsMasked(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitHub(s)
	basic := base64.StdEncoding.EncodeToString([]byte("acme-bot:" + q.Token))
	said := "bad token " + q.Token + " and " + strings.ToUpper(q.Token) + "\u001b[31m in " + basic
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/", Status: 403, ContentType: "application/json", Body: `{"message":"` + strings.ReplaceAll(said, "\u001b", `\u001b`) + `","documentation_url":"https://docs.github.com/rest"}`})
	p := checktest.Find(t, checktest.Check(q), "github_org_forbids")
	if strings.Contains(p.Detail, q.Token[4:]) || strings.Contains(strings.ToLower(p.Detail), strings.ToLower(q.Token[4:])) || strings.Contains(p.Detail, basic) {
		t.Errorf("the token is shown: %s", p.Detail)
	}
	if !strings.Contains(p.Detail, "bad token (sensitive) and (sensitive)") || strings.Contains(p.Detail, "\u001b") {
		t.Errorf("detail %q", p.Detail)
	}
	// A user may have put the token in the wrong place.
	q.Organization = q.Token
	for _, wrong := range []inspect.Question{q, {Provider: inspect.GitHub, Host: q.Token, Token: q.Token + "\n"}} {
		for _, p := range checktest.Check(wrong).Problems {
			if strings.Contains(p.Summary+p.Detail, q.Token) {
				t.Errorf("the token is shown: %s\n%s", p.Summary, p.Detail)
			}
		}
	}
}
