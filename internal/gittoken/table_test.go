// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// row is one row of the decision table: what Judge makes of the facts, and what a Checker finds out at a host that
// treats the token so.
type row struct {
	name  string
	q     Question
	r     Requirements
	facts Facts // for Judge alone
	// serve prepares the sandbox; nil = nothing of it is asked.
	serve   func(s *sandbox.Sandbox, q Question)
	want    []want
	verdict Verdict
	kind    string
	missing []string
}

type want struct {
	severity  Severity
	attribute Attribute
	code      string
	words     []string // essential words of summary and detail
}

func problem(s Severity, a Attribute, code string, words ...string) want {
	return want{severity: s, attribute: a, code: code, words: words}
}

// formCodes are those of the problems that no switch turns off.
var formCodes = []string{"token_empty", "not_a_token", "wrong_provider_token", "kind_unusable", "token_too_long", "token_long"}

func (w want) check(t *testing.T, p Problem) {
	t.Helper()
	if p.Severity != w.severity || p.Attribute != w.attribute || p.Code != w.code {
		t.Errorf("got %s %s at %s, want %s %s at %s", p.Severity, p.Code, p.Attribute, w.severity, w.code, w.attribute)
	}
	for _, words := range w.words {
		if !strings.Contains(p.Summary+"\n"+p.Detail, words) {
			t.Errorf("%s: %q is not in\n%s\n%s", p.Code, words, p.Summary, p.Detail)
		}
	}
	if hint := strings.Contains(p.Detail, "git_token_check"); p.Severity == Error && hint == slices.Contains(formCodes, p.Code) {
		t.Errorf("%s advises on git_token_check: %t\n%s", p.Code, hint, p.Detail)
	}
}

func (x row) check(t *testing.T, a Answer) {
	t.Helper()
	if a.Verdict != x.verdict {
		t.Errorf("verdict %s, want %s", a.Verdict, x.verdict)
	}
	if x.kind != "" && a.Kind != x.kind {
		t.Errorf("kind %q, want %q", a.Kind, x.kind)
	}
	if !slices.Equal(a.MissingScopes, x.missing) {
		t.Errorf("missing scopes %v, want %v", a.MissingScopes, x.missing)
	}
	if len(a.Problems) != len(x.want) {
		t.Errorf("%d problems, want %d: %+v", len(a.Problems), len(x.want), a.Problems)
	}
	for i, w := range x.want {
		if i < len(a.Problems) {
			w.check(t, a.Problems[i])
		}
	}
	for _, p := range a.Problems {
		if x.q.Token != "" && strings.Contains(p.Summary+p.Detail, x.q.Token) {
			t.Errorf("%s shows the token:\n%s\n%s", p.Code, p.Summary, p.Detail)
		}
	}
}

func TestDecisionTableThroughJudge(t *testing.T) {
	for _, x := range decisionTable() {
		t.Run(x.name, func(t *testing.T) {
			if x.q.Provider == AzureDevOps && x.q.Host == "" {
				x.q.Host = "https://dev.azure.com/acme" // it has no default
			}
			x.check(t, Judge(x.q, x.facts, x.r, time.Now()))
		})
	}
}

func TestDecisionTableThroughChecker(t *testing.T) {
	for _, x := range decisionTable() {
		t.Run(x.name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			if x.q.Host == "" {
				x.q.Host = sandboxHost(s, x.q.Provider)
			}
			if x.serve != nil {
				x.serve(s, x.q)
			}
			x.check(t, sandboxChecker(s, x.q).Check(context.Background(), x.q, x.r))
			requests := s.Log.All()
			if x.serve == nil && len(requests) != 0 {
				t.Errorf("%d requests were sent for a question that needs none", len(requests))
			}
			for _, r := range requests {
				if r.Method != "GET" {
					t.Errorf("%s %s was sent: the check only reads", r.Method, r.Path)
				}
			}
		})
	}
}

func decisionTable() []row {
	return slices.Concat(githubRows(), gitlabRows(), azureRows(), bitbucketRows())
}

// sandboxHost is the host to configure for a sandbox. Bitbucket Cloud has but one: see sandboxChecker.
func sandboxHost(s *sandbox.Sandbox, p Provider) string {
	return map[Provider]string{
		GitHub: s.GitHub.URL(), GitLab: s.GitLab.URL(), AzureDevOps: s.Azure.URL() + "/" + sandbox.AzureOrganization,
	}[p]
}

// sandboxChecker has what is for api.bitbucket.org sent to the sandbox.
func sandboxChecker(s *sandbox.Sandbox, q Question) *Checker {
	if q.Provider != BitbucketCloud {
		return NewChecker(CheckerOptions{})
	}
	return NewChecker(CheckerOptions{Transport: directed{to: s.Bitbucket.URL(), next: http.DefaultTransport}})
}

// directed sends the requests for one public host elsewhere.
type directed struct {
	to   string
	next http.RoundTripper
}

func (d directed) RoundTrip(req *http.Request) (*http.Response, error) {
	if origin(req.URL) != "https://api.bitbucket.org" {
		return nil, errors.New("a request to " + req.URL.String())
	}
	to, err := url.Parse(d.to)
	if err != nil {
		return nil, err
	}
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = to.Scheme, to.Host
	return d.next.RoundTrip(req)
}

func ok() Reply { return Reply{Asked: true} }

func failed(class FailureClass, status int, message string) Reply {
	return Reply{Asked: true, Failure: Failure{Class: class, Status: status, Message: message}}
}

func ptr[T any](v T) *T { return &v }

func inDays(n int) time.Time { return time.Now().Add(time.Duration(n)*24*time.Hour + time.Hour) }
