// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestBitbucketIsCheckedThroughAProxy goes the way of the real CLI: to https://api.bitbucket.org
// through a proxy that stands for it.
func TestBitbucketIsCheckedThroughAProxy(t *testing.T) {
	s := sandbox.ForTest(t)
	proxy, err := url.Parse(s.Proxy.URL())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(s.Proxy.CACertificate()))
	network := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	defer network.CloseIdleConnections()
	q := checktest.GoodBitbucket(s)
	q.ProjectKey, q.Thorough = "", true
	a := gittoken.NewChecker(gittoken.CheckerOptions{Transport: network}).Check(t.Context(), q, inspect.Requirements{})
	if a.Verdict != inspect.Sufficient || a.Kind != inspect.KindAPI || !a.ScopesKnown || len(a.Scopes) != 4 || len(a.Problems) != 1 {
		t.Errorf("%+v", a)
	}
	if refused := s.Proxy.Refused(); len(refused) != 0 {
		t.Errorf("asked for %v", refused)
	}
}

func TestAProjectIsFoundByItsRepositories(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodBitbucket(s)
	q.Thorough = true
	s.Bitbucket.Inject(sandbox.Fault{Path: "/2.0/repositories/acme", Skip: 1, Status: 200, ContentType: "application/json", Body: `{"values":[{"project":{"key":"GIT"}}]}`})
	a := checktest.Checker(s, q).Check(t.Context(), q, inspect.Requirements{})
	if a.Verdict != inspect.Sufficient {
		t.Errorf("%+v", a)
	}
}

func TestTheOwnerIsReadWhereTheScopesAllowIt(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodBitbucket(s)
	q.Thorough = true
	s.Bitbucket.AddToken(sandbox.BitbucketToken{Token: q.Token, Scopes: []string{"read:repository:bitbucket", "read:user:bitbucket"}})
	if a := checktest.Checker(s, q).Check(t.Context(), q, inspect.Requirements{}); a.Owner != sandbox.Username {
		t.Errorf("%q", a.Owner)
	}
}
