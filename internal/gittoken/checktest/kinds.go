// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// Token is a token whose kind a host has to tell, and what follows from it.
type Token struct {
	Question inspect.Question
	Serve    func(*sandbox.Sandbox, inspect.Question)
	Kind     string
	Verdict  inspect.Verdict
	Codes    []string
}

// NewToken returns a token.
func NewToken(q inspect.Question, serve func(*sandbox.Sandbox, inspect.Question), kind string, verdict inspect.Verdict, codes []string) Token {
	return Token{Question: q, Serve: serve, Kind: kind, Verdict: verdict, Codes: codes}
}

// CheckKinds asks the hosts about tokens that look like those of another kind.
func CheckKinds(t *testing.T, tokens map[string]Token) {
	t.Helper()
	for name, x := range tokens {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			x.Question.Host = Host(s, x.Question.Provider)
			x.Serve(s, x.Question)
			a := Checker(s, x.Question).Check(t.Context(), x.Question, inspect.Requirements{})
			if a.Kind != x.Kind || a.Verdict != x.Verdict || len(a.Problems) != len(x.Codes) {
				t.Errorf("kind %q, verdict %s, problems %+v", a.Kind, a.Verdict, a.Problems)
			}
			for _, code := range x.Codes {
				Find(t, a, code)
			}
		})
	}
}

// Refusal is a response of a host, and the code of the problem that follows from it.
type Refusal struct {
	Fault sandbox.Fault
	Code  string
}

// CheckRefusals holds that what a host really sends is taken for its own word.
func CheckRefusals(t *testing.T, server func(*sandbox.Sandbox) *sandbox.Server, question func(*sandbox.Sandbox) inspect.Question, refusals map[string]Refusal) {
	t.Helper()
	for name, x := range refusals {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			server(s).Inject(x.Fault)
			q := question(s)
			q.ProjectKey = ""
			a := Checker(s, q).Check(t.Context(), q, inspect.Requirements{})
			if p := Find(t, a, x.Code); strings.Contains(p.Detail, "proxy") {
				t.Errorf("taken for something in front of the host: %+v", p)
			}
		})
	}
}

// Address is a host with where its API and web pages are, and the problem with it.
type Address struct {
	Host, API, Web string
	Code           string // empty: no problem
	Severity       inspect.Severity
}

// CheckAddresses compares the addresses that a provider finds.
func CheckAddresses(t *testing.T, definition inspect.Definition, addresses []Address) {
	t.Helper()
	for _, x := range addresses {
		u, err := weburl.Parse(x.Host)
		if err != nil {
			t.Fatal(err)
		}
		a := definition.Address(u)
		if a.API == nil {
			a.API = &url.URL{}
		} else if a.Web != x.Web {
			t.Errorf("%s: web pages at %s, want %s", x.Host, a.Web, x.Web)
		}
		if a.API.String() != x.API {
			t.Errorf("%s: API at %q, want %q", x.Host, a.API, x.API)
		}
		switch {
		case x.Code == "" && a.Problem != nil:
			t.Errorf("%s: %+v, want no problem", x.Host, a.Problem)
		case x.Code != "" && (a.Problem == nil || a.Problem.Code != x.Code || a.Problem.Severity != x.Severity || a.Problem.Attribute != inspect.AttributeHost):
			t.Errorf("%s: problem %+v, want %s %s", x.Host, a.Problem, x.Severity, x.Code)
		}
	}
}
