// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestHostsWithAPathAreAskedBelowIt(t *testing.T) {
	s := sandbox.ForTest(t)
	gitlab, github := checktest.GoodGitLab(s), checktest.GoodGitHub(s)
	gitlab.Host += "/corp/gitlab/"
	gitlab.Thorough = true
	github.Host += "/corp"
	for _, q := range []inspect.Question{gitlab, github} {
		if a := checktest.Check(q); a.Verdict != inspect.Sufficient {
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
		gittoken.NewChecker(gittoken.CheckerOptions{Transport: r}).Check(context.Background(), inspect.Question{Provider: inspect.GitHub, Host: host, Organization: checktest.Organization, Token: checktest.Classic}, inspect.Requirements{})
		if len(r.urls) != 2 {
			t.Errorf("%q: requests %v, want 2", host, r.urls)
		}
		for i, u := range r.urls {
			if u != prefix+"user" && u != prefix+"orgs/"+checktest.Organization {
				t.Errorf("%q: %s was asked", host, u)
			}
			if r.auth[i] != "Bearer "+checktest.Classic {
				t.Errorf("%q: Authorization %q", host, r.auth[i])
			}
		}
	}
	r := &recorder{}
	gittoken.NewChecker(gittoken.CheckerOptions{Transport: r}).Check(context.Background(), inspect.Question{Provider: inspect.GitLab, GroupID: "acme/a.b", Token: checktest.Personal}, inspect.Requirements{})
	for i, u := range r.urls {
		if u != "https://gitlab.com/api/v4/personal_access_tokens/self" && u != "https://gitlab.com/api/v4/groups/acme%2Fa%2Eb?with_projects=false" {
			t.Errorf("%s was asked", u)
		}
		if r.auth[i] != checktest.Personal {
			t.Errorf("PRIVATE-TOKEN %q", r.auth[i])
		}
	}
}
