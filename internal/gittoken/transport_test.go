// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestRedirectsDoNotCarryTheToken(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := sandbox.ForTest(t)
		other := sandbox.ForTest(t)
		for server, c := range map[string]struct {
			q    Question
			from *sandbox.Server
			to   string
		}{
			"github":    {goodGitHub(s), s.GitHub.Server, other.GitHub.URL()},
			"gitlab":    {goodGitLab(s), s.GitLab.Server, other.GitLab.URL()},
			"azure":     {goodAzure(s), s.Azure.Server, other.Azure.URL()},
			"bitbucket": {goodBitbucket(s), s.Bitbucket.Server, other.Bitbucket.URL()},
		} {
			to := c.to
			c.from.Inject(sandbox.Fault{Status: status, Header: http.Header{"Location": {to + "/api/stolen"}}})
			a := sandboxChecker(s, c.q).Check(t.Context(), c.q, Requirements{})
			p := wantCode(t, a, "redirect")
			if a.Verdict != Unverifiable || p.Severity != Warning || p.Attribute != AttributeHost || !strings.Contains(p.Detail, to) {
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
	q := goodGitHub(s)
	s.GitHub.AddOrg(sandbox.GitHubOrg{Login: "renamed"})
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/" + org, Status: 301, Header: http.Header{"Location": {"/api/v3/orgs/renamed"}}})
	if a := checkOnce(q); a.Verdict != Sufficient {
		t.Errorf("%+v", a)
	}
	s.GitHub.ClearFaults()
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/", Status: 302, Header: http.Header{"Location": {"/api/v3/user"}}})
	wantCode(t, checkOnce(q), "redirect") // in circles
}

func TestTLS(t *testing.T) {
	for _, question := range []func(*sandbox.Sandbox) Question{goodGitHub, goodGitLab, goodAzure} {
		s := sandbox.ForTest(t, sandbox.Options{TLS: true})
		q := question(s)
		a := checkOnce(q)
		p := wantCode(t, a, "unknown_ca")
		if a.Verdict != Unverifiable || p.Severity != Warning || p.Attribute != AttributeCACertificate || !strings.Contains(p.Detail, "tls.ca_certificate") {
			t.Errorf("unknown CA: %+v", a)
		}
		q.TLS.CACertificate = s.CACertificate
		if a := checkOnce(q); len(a.Problems) != 0 {
			t.Errorf("given CA: %+v", a)
		}
		q.TLS.CACertificate = "no certificate"
		if p := wantCode(t, checkOnce(q), "ca_invalid"); p.Severity != Error || p.Attribute != AttributeCACertificate {
			t.Errorf("%+v", p)
		}
		q.TLS = TLS{CACertificate: s.CACertificate, ClientCertificate: s.ClientCertificate, ClientKey: "no key"}
		if p := wantCode(t, checkOnce(q), "client_certificate_invalid"); p.Severity != Error || p.Attribute != AttributeClientCertificate {
			t.Errorf("%+v", p)
		}
	}
}

func TestClientCertificate(t *testing.T) {
	s := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true})
	q := goodGitLab(s)
	q.TLS.CACertificate = s.CACertificate
	p := wantCode(t, checkOnce(q), "client_certificate")
	if p.Severity != Warning || p.Attribute != AttributeClientCertificate {
		t.Errorf("%+v", p)
	}
	q.TLS.ClientCertificate, q.TLS.ClientKey = s.ClientCertificate, s.ClientKey
	if a := checkOnce(q); a.Verdict != Sufficient {
		t.Errorf("%+v", a)
	}
}

func TestEndlessAnswersAreCut(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Status: 200, ContentType: "application/json", Body: `{"login":"` + strings.Repeat("x", 2*largestBody) + `"}`})
	if a := checkOnce(goodGitHub(s)); a.Verdict != Unverifiable || !strings.Contains(wantCode(t, a, "answer_too_long").Detail, "was not checked") {
		t.Errorf("%+v", a)
	}
}

func TestTheTokenIsMaskedWhereTheHostRepeatsIt(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitHub(s)
	basic := base64.StdEncoding.EncodeToString([]byte("acme-bot:" + q.Token))
	said := "bad token " + q.Token + " and " + strings.ToUpper(q.Token) + "\u001b[31m in " + basic
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/orgs/", Status: 403, ContentType: "application/json", Body: `{"message":"` + strings.ReplaceAll(said, "\u001b", `\u001b`) + `","documentation_url":"https://docs.github.com/rest"}`})
	p := wantCode(t, checkOnce(q), "github_org_forbids")
	if strings.Contains(p.Detail, q.Token[4:]) || strings.Contains(strings.ToLower(p.Detail), strings.ToLower(q.Token[4:])) || strings.Contains(p.Detail, basic) {
		t.Errorf("the token is shown: %s", p.Detail)
	}
	if !strings.Contains(p.Detail, "bad token (token) and (token)") || strings.Contains(p.Detail, "\u001b") {
		t.Errorf("detail %q", p.Detail)
	}
	// A user may have put the token in the wrong place.
	q.Organization = q.Token
	for _, wrong := range []Question{q, {Provider: GitHub, Host: q.Token, Token: q.Token + "\n"}} {
		for _, p := range checkOnce(wrong).Problems {
			if strings.Contains(p.Summary+p.Detail, q.Token) {
				t.Errorf("the token is shown: %s\n%s", p.Summary, p.Detail)
			}
		}
	}
}
