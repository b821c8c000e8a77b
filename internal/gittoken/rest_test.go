// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestBitbucketThroughTheProxy goes the way of the real CLI: to https://api.bitbucket.org through a proxy that stands for it.
func TestBitbucketThroughTheProxy(t *testing.T) {
	s := sandbox.ForTest(t)
	proxy, err := url.Parse(s.Proxy.URL())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(s.Proxy.CACertificate()))
	network := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	defer network.CloseIdleConnections()
	q := goodBitbucket(s)
	q.ProjectKey, q.Thorough = "", true
	a := NewChecker(CheckerOptions{Transport: network}).Check(t.Context(), q, Requirements{})
	if a.Verdict != Sufficient || a.Kind != KindAPI || !a.ScopesKnown || len(a.Scopes) != 4 || len(a.Problems) != 1 {
		t.Errorf("%+v", a)
	}
	if refused := s.Proxy.Refused(); len(refused) != 0 {
		t.Errorf("asked for %v", refused)
	}
}

func TestCredentialsAreSentAsDevtronDoes(t *testing.T) {
	s := sandbox.ForTest(t)
	for server, q := range map[string]Question{"azure": goodAzure(s), "bitbucket": goodBitbucket(s)} {
		q.Thorough = true
		want := base64.StdEncoding.EncodeToString([]byte(q.Username + ":" + q.Token)) // Azure without a user
		a := sandboxChecker(s, q).Check(t.Context(), q, Requirements{})
		requests := s.Log.To(server)
		if len(requests) < 2 {
			t.Errorf("%s: %d requests", server, len(requests))
		}
		for _, r := range requests {
			if r.Header.Get("Authorization") != "Basic "+want || !strings.HasPrefix(r.Header.Get("User-Agent"), "terraform-provider-devtron") {
				t.Errorf("%s: headers %v", r.Path, r.Header)
			}
		}
		for _, p := range a.Problems {
			if strings.Contains(p.Detail, want) {
				t.Errorf("the credential is shown: %s", p.Detail)
			}
		}
	}
}

func TestTheUsernameCountsWhereItIsPartOfTheCredential(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodBitbucket(s)
	other := q
	other.Username = "somebody@example.com"
	if q.key() == other.key() {
		t.Error("a Bitbucket token is another credential with another user name")
	}
	for _, q := range []Question{goodAzure(s), goodGitHub(s), goodGitLab(s)} {
		other := q
		other.Username = "somebody"
		if q.key() != other.key() {
			t.Errorf("%s: the same question is asked again for another user name", q.Provider)
		}
	}
	for name, change := range map[string]func(*Question){
		"project": func(q *Question) { q.Project = "other" }, "workspace": func(q *Question) { q.Workspace = "other" },
		"project key": func(q *Question) { q.ProjectKey = "OTHER" }, "token": func(q *Question) { q.Token += "x" },
	} {
		other := q
		change(&other)
		if q.key() == other.key() {
			t.Errorf("another %s is the same question", name)
		}
	}
	other = q
	other.ProjectKey = strings.ToLower(q.ProjectKey)
	if q.key() != other.key() {
		t.Error("the case of a project key makes another question")
	}
}

// TestAzureListsMayBeLong holds the check to the first bytes: a project for GitOps has a repository for each application.
func TestAzureListsMayBeLong(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodAzure(s)
	s.Azure.Inject(sandbox.Fault{
		Path: "/acme/gitops/_apis/git/repositories", Status: 200, ContentType: "application/json",
		Body: `{"value":[` + strings.Repeat(`{"name":"`+strings.Repeat("x", 1000)+`"},`, 2*largestBody/1000) + `{}],"count":2098}`,
	})
	if a := checkOnce(q); a.Verdict != Unverifiable || len(a.Problems) != 0 {
		t.Errorf("%+v", a)
	}
}

func TestBitbucketFindsAProjectByItsRepositories(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodBitbucket(s)
	q.Thorough = true
	s.Bitbucket.Inject(sandbox.Fault{Path: "/2.0/repositories/acme", Skip: 1, Status: 200, ContentType: "application/json", Body: `{"values":[{"project":{"key":"GIT"}}]}`})
	a := sandboxChecker(s, q).Check(t.Context(), q, Requirements{})
	if a.Verdict != Sufficient {
		t.Errorf("%+v", a)
	}
}

func TestOwners(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodAzure(s)
	if a := checkOnce(q); a.Owner != sandbox.Username+"@example.com" {
		t.Errorf("Azure DevOps: %q", a.Owner)
	}
	q = goodBitbucket(s)
	q.Thorough = true
	s.Bitbucket.AddToken(sandbox.BitbucketToken{Token: q.Token, Scopes: []string{"read:repository:bitbucket", "read:user:bitbucket"}})
	if a := sandboxChecker(s, q).Check(t.Context(), q, Requirements{}); a.Owner != sandbox.Username {
		t.Errorf("Bitbucket: %q", a.Owner)
	}
}

func TestNoPrefixBeginsAnother(t *testing.T) {
	var all []string
	for _, row := range gitProviders {
		for _, kind := range row.kinds {
			if kind.match == nil {
				all = append(all, kind.prefix)
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
