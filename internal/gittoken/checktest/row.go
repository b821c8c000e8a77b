// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package checktest holds what the tests of the git providers share.
package checktest

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Row is one row of a decision table: what Judge concludes from facts, and what a Checker finds out
// at a host that treats the token accordingly.
type Row struct {
	Name         string
	Question     inspect.Question
	Requirements inspect.Requirements
	Facts        inspect.Facts // for Judge alone
	// Serve prepares the sandbox. nil: nothing is sent to it.
	Serve   func(s *sandbox.Sandbox, q inspect.Question)
	Want    []Want
	Verdict inspect.Verdict
	Kind    string
	Missing []string
}

// Want is a problem that is expected.
type Want struct {
	Severity  inspect.Severity
	Attribute inspect.Attribute
	Code      string
	Words     []string // essential words of summary and detail
}

// Error is an error that is expected.
func Error(a inspect.Attribute, code string, words ...string) Want {
	return Want{Severity: inspect.Error, Attribute: a, Code: code, Words: words}
}

// Warning is a warning that is expected.
func Warning(a inspect.Attribute, code string, words ...string) Want {
	return Want{Severity: inspect.Warning, Attribute: a, Code: code, Words: words}
}

// formCodes are those of the problems that git_token_check does not turn off.
var formCodes = []string{"token_empty", "not_a_token", "wrong_provider_token", "kind_unusable", "token_too_long", "token_long"}

// Check compares a problem with what is expected.
func (w Want) Check(t *testing.T, p inspect.Problem) {
	t.Helper()
	if p.Severity != w.Severity || p.Attribute != w.Attribute || p.Code != w.Code {
		t.Errorf("got %s %s at %s, want %s %s at %s", p.Severity, p.Code, p.Attribute, w.Severity, w.Code, w.Attribute)
	}
	for _, words := range w.Words {
		if !strings.Contains(p.Summary+"\n"+p.Detail, words) {
			t.Errorf("%s: %q is not in\n%s\n%s", p.Code, words, p.Summary, p.Detail)
		}
	}
	if hint := strings.Contains(p.Detail, "git_token_check"); p.Severity == inspect.Error && hint == slices.Contains(formCodes, p.Code) {
		t.Errorf("%s advises on git_token_check: %t\n%s", p.Code, hint, p.Detail)
	}
}

// Find returns the problem with the code.
func Find(t *testing.T, a inspect.Answer, code string) inspect.Problem {
	t.Helper()
	for _, p := range a.Problems {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("no problem %s among %+v", code, a.Problems)
	return inspect.Problem{}
}

// Run holds a decision table to Judge and to a Checker.
func Run(t *testing.T, definition inspect.Definition, rows []Row) {
	t.Helper()
	for _, x := range rows {
		t.Run(x.Name, func(t *testing.T) {
			t.Run("judge", x.judge)
			t.Run("checker", x.checker)
			t.Run("advice", x.advice)
			t.Run("documented scopes", func(t *testing.T) { x.documentedScopes(t, definition) })
		})
	}
}

func (x Row) check(t *testing.T, a inspect.Answer) {
	t.Helper()
	if a.Verdict != x.Verdict {
		t.Errorf("verdict %s, want %s", a.Verdict, x.Verdict)
	}
	if x.Kind != "" && a.Kind != x.Kind {
		t.Errorf("kind %q, want %q", a.Kind, x.Kind)
	}
	if !slices.Equal(a.MissingScopes, x.Missing) {
		t.Errorf("missing scopes %v, want %v", a.MissingScopes, x.Missing)
	}
	if len(a.Problems) != len(x.Want) {
		t.Errorf("%d problems, want %d: %+v", len(a.Problems), len(x.Want), a.Problems)
	}
	for i, w := range x.Want {
		if i < len(a.Problems) {
			w.Check(t, a.Problems[i])
		}
	}
	for _, p := range a.Problems {
		if x.Question.Token != "" && strings.Contains(p.Summary+p.Detail, x.Question.Token) {
			t.Errorf("%s shows the token:\n%s\n%s", p.Code, p.Summary, p.Detail)
		}
	}
}

// withHost gives the question a host where the provider has no default.
func (x Row) withHost() Row {
	if x.Question.Provider == inspect.AzureDevOps && x.Question.Host == "" {
		x.Question.Host = "https://dev.azure.com/acme"
	}
	return x
}

func (x Row) judge(t *testing.T) {
	x = x.withHost()
	x.check(t, gittoken.Judge(x.Question, x.Facts, x.Requirements, time.Now()))
}

func (x Row) checker(t *testing.T) {
	s := sandbox.ForTest(t)
	if x.Question.Host == "" {
		x.Question.Host = Host(s, x.Question.Provider)
	}
	if x.Serve != nil {
		x.Serve(s, x.Question)
	}
	x.check(t, Checker(s, x.Question).Check(t.Context(), x.Question, x.Requirements))
	requests := s.Log.All()
	if x.Serve == nil && len(requests) != 0 {
		t.Errorf("%d requests were sent for a question that needs none", len(requests))
	}
	for _, r := range requests {
		if r.Method != http.MethodGet {
			t.Errorf("%s %s was sent: the check only reads", r.Method, r.Path)
		}
	}
}

// advice holds that no problem advises to set git_token_check to what it is, or where there is
// none.
func (x Row) advice(t *testing.T) {
	x = x.withHost()
	for hint, name := range map[inspect.Hint]string{inspect.HintWarnOrOff: "error", inspect.HintOff: "warn", inspect.HintNone: "no level"} {
		x.Requirements.Hint = hint
		for _, p := range gittoken.Judge(x.Question, x.Facts, x.Requirements, time.Now()).Problems {
			advised := strings.Contains(p.Detail, "git_token_check")
			switch {
			case hint == inspect.HintNone && advised, hint == inspect.HintOff && strings.Contains(p.Detail, `"warn"`):
				t.Errorf("%s: %s does not fit: %s", name, p.Code, p.Detail)
			case hint == inspect.HintOff && p.Severity == inspect.Error && !advised && !slices.Contains(formCodes, p.Code):
				t.Errorf("%s: %s does not say how to plan without the check: %s", name, p.Code, p.Detail)
			}
		}
	}
}

// documentedScopes holds that required_scopes with the documented scopes is the same as without, in
// any order and vocabulary.
func (x Row) documentedScopes(t *testing.T, definition inspect.Definition) {
	if x.Requirements.Scopes != nil || x.Question.Provider != definition.Provider {
		return
	}
	x = x.withHost()
	var current, legacy []string
	for _, s := range definition.Scopes {
		current = append(current, s.Name)
		if s.LegacyName == "" {
			s.LegacyName = s.Name
		}
		legacy = append(legacy, s.LegacyName)
	}
	backwards := slices.Clone(current)
	slices.Reverse(backwards)
	now := time.Now()
	for name, list := range map[string][]string{
		"documented": current, "backwards": backwards, "twice": append(slices.Clone(current), backwards...), "legacy": legacy,
	} {
		for _, custom := range []bool{true, false} {
			r := x.Requirements
			r.AllowCustomRepository = custom
			want := gittoken.Judge(x.Question, x.Facts, r, now)
			r.Scopes = list
			if got := gittoken.Judge(x.Question, x.Facts, r, now); got.Verdict != want.Verdict || !slices.Equal(got.Problems, want.Problems) || !slices.Equal(got.MissingScopes, want.MissingScopes) {
				t.Errorf("%s: %+v, want %+v", name, got, want)
			}
		}
	}
}

// OK is the reply to a request that succeeded.
func OK() inspect.Reply { return inspect.NewReply(gitapi.Failure{}) }

// Failed is the reply to a request that failed.
func Failed(class gitapi.FailureClass, status int, message string) inspect.Reply {
	return inspect.NewReply(gitapi.Failure{Class: class, Status: status, Message: message})
}

// With returns a changed copy.
func With[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// InDays is an instant in n days and an hour.
func InDays(n int) time.Time { return time.Now().Add(time.Duration(n)*24*time.Hour + time.Hour) }
