// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// network answers requests one after the other.
type network struct {
	responses []func(*http.Request) (*http.Response, error)
	requests  []*http.Request
}

func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	n.requests = append(n.requests, req)
	next := n.responses[0]
	n.responses = n.responses[1:]
	return next(req)
}

func respond(status int, header http.Header, body string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
	}
}

func newTestSession(t *testing.T, n http.RoundTripper, token string) *Session {
	t.Helper()
	s, failure := NewSession(Options{
		API: &url.URL{Scheme: "https", Host: "git.corp", Path: "/api/"}, Token: token, HeaderName: "Private-Token", HeaderValue: token,
		Now: time.Now, Transport: n,
		ReadRefusal: func(_ int, _ http.Header, body []byte) Refusal { return Refusal{Own: true, Message: string(body)} },
	})
	if failure.Class != "" {
		t.Fatal(failure)
	}
	return s
}

func TestTextIsWithheldForATokenThatIsTooShortToMask(t *testing.T) {
	s := newTestSession(t, &network{}, "abc")
	if got := s.Clean("abc is short"); strings.Contains(got, "abc is") || got == "" {
		t.Errorf("got %q", got)
	}
	if got := s.Clean(""); got != "" {
		t.Errorf("an empty text becomes %q", got)
	}
	if got := newTestSession(t, &network{}, "glpat-0123").CleanAll([]string{"a glpat-0123", "b"}); got[0] != "a (sensitive)" || got[1] != "b" {
		t.Errorf("got %q", got)
	}
}

func TestTheTokenIsSentOnlyInReadRequestsToItsOrigin(t *testing.T) {
	for _, req := range []struct{ method, url string }{
		{http.MethodPost, "https://git.corp/api/x"},
		{http.MethodDelete, "https://git.corp/api/x"},
		{http.MethodGet, "https://git.example.com/api/x"},
		{http.MethodGet, "http://git.corp/api/x"},
		{http.MethodGet, "https://git.corp:8443/api/x"},
	} {
		n := &network{}
		r, err := http.NewRequestWithContext(t.Context(), req.method, req.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := newTestSession(t, n, "secret-token").HTTP.Do(r)
		if err == nil {
			_ = resp.Body.Close()
		}
		if err == nil || len(n.requests) != 0 {
			t.Errorf("%s %s was sent", req.method, req.url)
		}
	}
	n := &network{responses: []func(*http.Request) (*http.Response, error){respond(200, http.Header{}, `{}`)}}
	rest := REST{Session: newTestSession(t, n, "secret-token")}
	if _, failure := rest.Get(t.Context(), "x", &struct{}{}); failure.Class != "" || n.requests[0].Header.Get("Private-Token") != "secret-token" {
		t.Errorf("%+v, %v", failure, n.requests)
	}
}

// TestTheLastResponseCounts is about a redirect whose target cannot be reached.
func TestTheLastResponseCounts(t *testing.T) {
	location := http.Header{"Location": {"/api/renamed"}}
	for name, x := range map[string]struct {
		last func(*http.Request) (*http.Response, error)
		want FailureClass
	}{
		"unreachable": {func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }, Unreachable},
		"404":         {respond(404, http.Header{}, "gone"), NotFound},
		"elsewhere":   {respond(302, http.Header{"Location": {"https://other.corp/"}}, ""), Redirected},
		"success":     {respond(200, http.Header{}, `{}`), ""},
		"HTML":        {respond(200, http.Header{}, `<html>`), NotTheAPI},
		"empty":       {respond(200, http.Header{}, ``), NotTheAPI},
	} {
		n := &network{responses: []func(*http.Request) (*http.Response, error){respond(301, location, "moved"), x.last}}
		s := newTestSession(t, n, "secret-token")
		response, failure := (&REST{Session: s}).Get(t.Context(), "old", &struct{}{})
		if failure.Class != x.want || len(n.requests) != 2 {
			t.Errorf("%s: %+v after %d requests", name, failure, len(n.requests))
		}
		if x.want == Redirected && response.RedirectOrigin != "https://other.corp" {
			t.Errorf("%s: redirected to %q", name, response.RedirectOrigin)
		}
		if x.want == NotFound && (string(response.Body()) != "gone" || response.Path != "/api/renamed") {
			t.Errorf("%s: %q from %s", name, response.Body(), response.Path)
		}
		// The libraries return an error with the same exchange.
		n.responses = []func(*http.Request) (*http.Response, error){respond(301, location, "moved"), x.last}
		ctx, exchange := Record(t.Context())
		if got := s.Failure(get(ctx, s), exchange); x.want != NotTheAPI && got.Class != x.want {
			t.Errorf("%s through a library: %+v", name, got)
		}
	}
}

// get sends a request as a library does, which returns an error for any status but 200.
func get(ctx context.Context, s *Session) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.API.String()+"old", nil)
	if err != nil {
		return err
	}
	resp, err := s.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New("an error of the library")
	}
	return nil
}

func TestFieldsThatALibraryLacksAreReadFromTheResponse(t *testing.T) {
	n := &network{responses: []func(*http.Request) (*http.Response, error){respond(200, http.Header{}, `{"known":1,"more":true}`)}}
	response, failure := (&REST{Session: newTestSession(t, n, "secret-token")}).Get(t.Context(), "x", &struct{ Known int }{})
	var more struct{ More bool }
	response.Decode(&more)
	if failure.Class != "" || !more.More {
		t.Errorf("%+v, %+v", failure, more)
	}
}
