// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func wantCode(t *testing.T, a Answer, code string) Problem {
	t.Helper()
	for _, p := range a.Problems {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("no problem %s among %+v", code, a.Problems)
	return Problem{}
}

func TestLightQuestionsTakeTwoRequestsAtOnce(t *testing.T) {
	s := sandbox.ForTest(t)
	for server, q := range map[string]Question{"github": goodGitHub(s), "gitlab": goodGitLab(s), "azure": goodAzure(s), "bitbucket": goodBitbucket(s)} {
		want := Sufficient
		if server == "azure" || server == "bitbucket" {
			want = Unverifiable // the scopes, and whether the project is there
		}
		c := sandboxChecker(s, q)
		if a := c.Check(context.Background(), q, Requirements{}); a.Verdict != want || len(a.Problems) != 0 {
			t.Errorf("%s: %+v", server, a)
		}
		if n := s.Log.Count(server, "", ""); n != 2 {
			t.Errorf("%s was sent %d requests, want 2", server, n)
		}
	}
	if n := s.Log.Count("github", "GET", "/api/v3/user"); n != 1 {
		t.Errorf("%d requests for the user", n)
	}
	if n := s.Log.Count("gitlab", "GET", "/api/v4/personal_access_tokens/self"); n != 1 {
		t.Errorf("%d requests for the token", n)
	}
}

// barrier answers nothing before as many requests have come as it was told.
type barrier struct {
	next    http.RoundTripper
	arrived sync.WaitGroup
}

func (b *barrier) RoundTrip(r *http.Request) (*http.Response, error) {
	b.arrived.Done()
	b.arrived.Wait()
	return b.next.RoundTrip(r)
}

func TestIndependentRequestsGoOutTogether(t *testing.T) {
	s := sandbox.ForTest(t)
	for _, q := range []Question{goodGitHub(s), goodGitLab(s), goodAzure(s), goodBitbucket(s)} {
		b := &barrier{next: http.DefaultTransport}
		if q.Provider == BitbucketCloud {
			b.next = directed{to: s.Bitbucket.URL(), next: http.DefaultTransport}
		}
		b.arrived.Add(2)
		a := NewChecker(CheckerOptions{Transport: b}).Check(context.Background(), q, Requirements{})
		if len(a.Problems) != 0 {
			t.Errorf("%s: %+v", q.Provider, a)
		}
	}
}

func TestThoroughContinuesWhereLightEnded(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitLab(s)
	c := NewChecker(CheckerOptions{})
	c.Start(q)
	q.Thorough = true
	a := c.Check(context.Background(), q, Requirements{})
	if a.Verdict != Sufficient || a.Owner != sandbox.Username || a.Kind != KindPersonal {
		t.Errorf("%+v", a)
	}
	q.Host += "/" // the same host
	c.Check(context.Background(), q, Requirements{Scopes: []string{"sudo"}})
	if n := s.Log.Count("gitlab", "", ""); n != 4 {
		t.Errorf("%d requests, want token, group, user and member once each", n)
	}
}

func TestGitHubMembershipIsAskedForOnlyWhereItMatters(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitHub(s)
	q.Thorough = true
	checkOnce(q) // an owner is told that members may create repositories
	if n := s.Log.Count("github", "", ""); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
	s.Log.Reset()
	s.GitHub.AddOrg(sandbox.GitHubOrg{Login: org, MembersCanCreatePrivate: ptr(false)})
	checkOnce(q)
	if n := s.Log.Count("github", "", "/api/v3/user/memberships/orgs/"+org); n != 1 {
		t.Errorf("the membership was asked for %d times, want 1", n)
	}
}

func TestOneQuestionIsAskedOnceByManyCallers(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/user", Delay: 100 * time.Millisecond})
	q := goodGitHub(s)
	c := NewChecker(CheckerOptions{})
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if a := c.Check(context.Background(), q, Requirements{}); a.Verdict != Sufficient {
				t.Errorf("%+v", a)
			}
		})
	}
	all.Wait()
	if n := s.Log.Count("github", "", ""); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}

func TestFailuresAreAskedOnce(t *testing.T) {
	bad := "ghp_" + strings.Repeat("0", 36)
	for name, prepare := range map[string]func(s *sandbox.Sandbox){
		"401":   func(*sandbox.Sandbox) {},
		"403":   func(s *sandbox.Sandbox) { s.GitHub.AddToken(sandbox.GitHubToken{Token: bad, RateLimited: "primary"}) },
		"429":   func(s *sandbox.Sandbox) { s.GitHub.AddToken(sandbox.GitHubToken{Token: bad, RateLimited: "429"}) },
		"502":   func(s *sandbox.Sandbox) { s.GitHub.Inject(sandbox.Fault{Status: 502}) },
		"reset": func(s *sandbox.Sandbox) { s.GitHub.Inject(sandbox.Fault{Reset: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			prepare(s)
			q := Question{Provider: GitHub, Host: s.GitHub.URL(), Organization: org, Token: bad}
			c := NewChecker(CheckerOptions{})
			first := c.Check(context.Background(), q, Requirements{})
			q.Thorough = true
			second := c.Check(context.Background(), q, Requirements{})
			if len(first.Problems) != 1 || len(second.Problems) != 1 || first.Problems[0] != second.Problems[0] {
				t.Errorf("first %+v, then %+v", first.Problems, second.Problems)
			}
			if n := s.Log.Count("github", "", ""); n > 2 {
				t.Errorf("%d requests, want the 2 that go out together", n)
			}
		})
	}
}

func TestGitLabSendsNothingTwice(t *testing.T) {
	for _, status := range []int{401, 429, 500, 503} {
		s := sandbox.ForTest(t)
		s.GitLab.Inject(sandbox.Fault{Status: status, Body: `{"message":"no"}`, ContentType: "application/json"})
		q := goodGitLab(s)
		q.Thorough = true
		checkOnce(q)
		if n := s.Log.Count("gitlab", "", ""); n != 2 {
			t.Errorf("%d: %d requests, want 2", status, n)
		}
	}
}

func TestTwoTokensAtOnceKeepApart(t *testing.T) {
	s := sandbox.ForTest(t)
	tokens := map[string]string{}
	for _, login := range []string{"alice", "bob", "carol", "dave"} {
		tokens[login] = "ghp_" + strings.Repeat(login[:1], 36)
		s.GitHub.AddToken(sandbox.GitHubToken{Token: tokens[login], Login: login, Scopes: all(), Roles: map[string]string{org: "admin"}})
	}
	c := NewChecker(CheckerOptions{})
	var both sync.WaitGroup
	for login, token := range tokens {
		both.Go(func() {
			q := Question{Provider: GitHub, Host: s.GitHub.URL(), Organization: org, Token: token}
			if a := c.Check(context.Background(), q, Requirements{}); a.Owner != login {
				t.Errorf("the token of %s belongs to %q", login, a.Owner)
			}
		})
	}
	both.Wait()
	for _, r := range s.Log.All() {
		if r.Header.Get("Authorization") == "" || r.Header.Get("Cookie") != "" {
			t.Errorf("%s: headers %v", r.Path, r.Header)
		}
	}
}

func TestSubPaths(t *testing.T) {
	s := sandbox.ForTest(t)
	gitlab, github := goodGitLab(s), goodGitHub(s)
	gitlab.Host += "/corp/gitlab/"
	gitlab.Thorough = true
	github.Host += "/corp"
	for _, q := range []Question{gitlab, github} {
		if a := checkOnce(q); a.Verdict != Sufficient {
			t.Errorf("%s: %+v", q.Host, a)
		}
	}
	if n := s.Log.Count("gitlab", "GET", "/corp/gitlab/api/v4/"); n != 4 {
		t.Errorf("%d requests below the sub-path, want 4", n)
	}
}

// recorder stands in for hosts that tests cannot reach.
type recorder struct {
	mu   sync.Mutex
	urls []string
	auth []string
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.urls = append(r.urls, req.URL.String())
	r.auth = append(r.auth, req.Header.Get("Authorization")+req.Header.Get("Private-Token"))
	body := `{"login":"acme-bot","id":1,"scopes":["api"],"user_id":1,"members_can_create_private_repositories":true}`
	header := http.Header{"Content-Type": {"application/json"}, "X-Oauth-Scopes": {"repo, admin:org, delete_repo"}}
	return &http.Response{StatusCode: 200, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
}

func TestPublicHostsAreAskedAtTheirAPI(t *testing.T) {
	for host, prefix := range map[string]string{
		"":                           "https://api.github.com/",
		"https://github.com/":        "https://api.github.com/",
		"http://github.com":          "https://api.github.com/", // the token is not sent in clear
		"https://octo.ghe.com":       "https://api.octo.ghe.com/",
		"https://api.corp.com/":      "https://api.corp.com/api/v3/",
		"https://ghe.corp/api/v3/":   "https://ghe.corp/api/v3/",
		"https://ghe.corp:8443/sub/": "https://ghe.corp:8443/sub/api/v3/",
	} {
		r := &recorder{}
		NewChecker(CheckerOptions{Transport: r}).Check(context.Background(), Question{Provider: GitHub, Host: host, Organization: org, Token: classic}, Requirements{})
		if len(r.urls) != 2 {
			t.Errorf("%q: requests %v, want 2", host, r.urls)
		}
		for i, u := range r.urls {
			if u != prefix+"user" && u != prefix+"orgs/"+org {
				t.Errorf("%q: %s was asked", host, u)
			}
			if r.auth[i] != "Bearer "+classic {
				t.Errorf("%q: Authorization %q", host, r.auth[i])
			}
		}
	}
	r := &recorder{}
	NewChecker(CheckerOptions{Transport: r}).Check(context.Background(), Question{Provider: GitLab, GroupID: "acme/a.b", Token: personal}, Requirements{})
	for i, u := range r.urls {
		if u != "https://gitlab.com/api/v4/personal_access_tokens/self" && u != "https://gitlab.com/api/v4/groups/acme%2Fa%2Eb?with_projects=false" {
			t.Errorf("%s was asked", u)
		}
		if r.auth[i] != personal {
			t.Errorf("PRIVATE-TOKEN %q", r.auth[i])
		}
	}
}

func TestTheBudgetEndsTheWait(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Delay: time.Minute})
	c := NewChecker(CheckerOptions{Budget: 50 * time.Millisecond})
	q := goodGitHub(s)
	q.Thorough = true
	began := time.Now()
	for range 3 { // the time is spent once
		a := c.Check(context.Background(), q, Requirements{})
		p := wantCode(t, a, "timeout")
		if a.Verdict != Unverifiable || p.Severity != Warning || p.Attribute != AttributeHost {
			t.Errorf("%+v", a)
		}
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	if n := s.Log.Count("github", "", ""); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}

func TestACancelledCallerLeavesTheAnswerToOthers(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitHub(s)
	b := &barrier{next: http.DefaultTransport}
	b.arrived.Add(3) // two requests, and the test's own go
	c := NewChecker(CheckerOptions{Transport: b})
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	a := c.Check(cancelled, q, Requirements{})
	if a.Verdict != Unverifiable || wantCode(t, a, "cancelled").Severity != Warning {
		t.Errorf("cancelled: %+v", a)
	}
	b.arrived.Done()
	if a := c.Check(context.Background(), q, Requirements{}); a.Verdict != Sufficient {
		t.Errorf("another caller: %+v", a)
	}
	if a := c.Check(cancelled, q, Requirements{}); a.Verdict != Sufficient {
		t.Errorf("what is known needs no waiting: %+v", a)
	}
}
