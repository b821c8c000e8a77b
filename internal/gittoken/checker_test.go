// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestABasicCheckSendsTwoRequests(t *testing.T) {
	s := sandbox.ForTest(t)
	for server, q := range map[string]inspect.Question{"github": checktest.GoodGitHub(s), "gitlab": checktest.GoodGitLab(s), "azure": checktest.GoodAzure(s), "bitbucket": checktest.GoodBitbucket(s)} {
		want := inspect.Sufficient
		if server == "azure" || server == "bitbucket" {
			want = inspect.Unverifiable // scopes and project cannot be read
		}
		c := checktest.Checker(s, q)
		if a := c.Check(context.Background(), q, inspect.Requirements{}); a.Verdict != want || len(a.Problems) != 0 {
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

// barrier holds requests back until a number of them have arrived.
type barrier struct {
	next    http.RoundTripper
	arrived sync.WaitGroup
}

func (b *barrier) RoundTrip(r *http.Request) (*http.Response, error) {
	b.arrived.Done()
	b.arrived.Wait()
	return b.next.RoundTrip(r)
}

func TestTheTwoRequestsAreSentAtTheSameTime(t *testing.T) {
	s := sandbox.ForTest(t)
	for _, q := range []inspect.Question{checktest.GoodGitHub(s), checktest.GoodGitLab(s), checktest.GoodAzure(s), checktest.GoodBitbucket(s)} {
		b := &barrier{next: http.DefaultTransport}
		if q.Provider == inspect.BitbucketCloud {
			b.next = checktest.ToBitbucket(s, http.DefaultTransport)
		}
		b.arrived.Add(2)
		a := gittoken.NewChecker(gittoken.CheckerOptions{Transport: b}).Check(context.Background(), q, inspect.Requirements{})
		if len(a.Problems) != 0 {
			t.Errorf("%s: %+v", q.Provider, a)
		}
	}
}

func TestAThoroughCheckContinuesFromTheBasics(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitLab(s)
	c := gittoken.NewChecker(gittoken.CheckerOptions{})
	c.Check(context.Background(), q, inspect.Requirements{})
	q.Thorough = true
	a := c.Check(context.Background(), q, inspect.Requirements{})
	if a.Verdict != inspect.Sufficient || a.Owner != sandbox.Username || a.Kind != inspect.KindPersonal {
		t.Errorf("%+v", a)
	}
	q.Host += "/" // the same host
	c.Check(context.Background(), q, inspect.Requirements{Scopes: []string{"sudo"}})
	if n := s.Log.Count("gitlab", "", ""); n != 4 {
		t.Errorf("%d requests, want token, group, user and member once each", n)
	}
}

func TestConcurrentCallersShareOneCheck(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Path: "/api/v3/user", Delay: 100 * time.Millisecond})
	q := checktest.GoodGitHub(s)
	c := gittoken.NewChecker(gittoken.CheckerOptions{})
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if a := c.Check(context.Background(), q, inspect.Requirements{}); a.Verdict != inspect.Sufficient {
				t.Errorf("%+v", a)
			}
		})
	}
	all.Wait()
	if n := s.Log.Count("github", "", ""); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
}

func TestAFailedCheckIsNotRepeated(t *testing.T) {
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
			q := inspect.Question{Provider: inspect.GitHub, Host: s.GitHub.URL(), Organization: checktest.Organization, Token: bad}
			c := gittoken.NewChecker(gittoken.CheckerOptions{})
			first := c.Check(context.Background(), q, inspect.Requirements{})
			q.Thorough = true
			second := c.Check(context.Background(), q, inspect.Requirements{})
			if len(first.Problems) != 1 || len(second.Problems) != 1 || first.Problems[0] != second.Problems[0] {
				t.Errorf("first %+v, then %+v", first.Problems, second.Problems)
			}
			if n := s.Log.Count("github", "", ""); n > 2 {
				t.Errorf("%d requests, want the 2 that go out together", n)
			}
		})
	}
}

func TestConcurrentTokensDoNotMix(t *testing.T) {
	s := sandbox.ForTest(t)
	tokens := map[string]string{}
	for _, login := range []string{"alice", "bob", "carol", "dave"} {
		tokens[login] = "ghp_" + strings.Repeat(login[:1], 36)
		s.GitHub.AddToken(sandbox.GitHubToken{Token: tokens[login], Login: login, Scopes: checktest.GitHubScopes(), Roles: map[string]string{checktest.Organization: "admin"}})
	}
	c := gittoken.NewChecker(gittoken.CheckerOptions{})
	var both sync.WaitGroup
	for login, token := range tokens {
		both.Go(func() {
			q := inspect.Question{Provider: inspect.GitHub, Host: s.GitHub.URL(), Organization: checktest.Organization, Token: token}
			if a := c.Check(context.Background(), q, inspect.Requirements{}); a.Owner != login {
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

func TestACheckTimesOutOnce(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Delay: time.Minute})
	c := gittoken.NewChecker(gittoken.CheckerOptions{Budget: 50 * time.Millisecond})
	q := checktest.GoodGitHub(s)
	q.Thorough = true
	began := time.Now()
	for range 3 { // the time is spent once
		a := c.Check(context.Background(), q, inspect.Requirements{})
		p := checktest.Find(t, a, "timeout")
		if a.Verdict != inspect.Unverifiable || p.Severity != inspect.Warning || p.Attribute != inspect.AttributeHost {
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

func TestACanceledCallerDoesNotStopTheCheckForOthers(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitHub(s)
	b := &barrier{next: http.DefaultTransport}
	b.arrived.Add(3) // two requests and this test
	c := gittoken.NewChecker(gittoken.CheckerOptions{Transport: b})
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	a := c.Check(canceled, q, inspect.Requirements{})
	if a.Verdict != inspect.Unverifiable || checktest.Find(t, a, "cancelled").Severity != inspect.Warning { //nolint:misspell // codes do not change
		t.Errorf("canceled: %+v", a)
	}
	b.arrived.Done()
	if a := c.Check(context.Background(), q, inspect.Requirements{}); a.Verdict != inspect.Sufficient {
		t.Errorf("another caller: %+v", a)
	}
	if a := c.Check(canceled, q, inspect.Requirements{}); a.Verdict != inspect.Sufficient {
		t.Errorf("what is known needs no waiting: %+v", a)
	}
}
