// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Secrets that tests search for in errors and logs.
const (
	testAPIToken = "eyJhbGciOiJIUzI1NiJ9.api-token/with+signs.c2lnbmF0dXJl"
	testGitToken = `ghp_0123"456789<abcdefghijklmnopqr>&uvwx`
)

// newClient returns a client that hardly waits between attempts.
func newClient(t *testing.T, url string, change ...func(*Options)) *Client {
	t.Helper()
	o := Options{URL: url, APIToken: testAPIToken, MaxRetries: 3, UserAgent: "terraform-provider-devtron/test"}
	for _, f := range change {
		f(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.waitMin, c.waitMax = time.Millisecond, 4*time.Millisecond
	t.Cleanup(c.http.CloseIdleConnections)
	return c
}

// sandboxClient is newClient for the sandbox's Devtron, with its admin token.
func sandboxClient(t *testing.T, box *sandbox.Sandbox, change ...func(*Options)) *Client {
	t.Helper()
	admin := func(o *Options) { o.APIToken = box.Devtron.AdminToken() }
	return newClient(t, box.Devtron.URL(), append([]func(*Options){admin}, change...)...)
}

// received is one request to a recorder.
type received struct {
	Method, Path string
	Header       http.Header
	Body         string
}

// recorder is a server that records its requests and replies by a function.
type recorder struct {
	*httptest.Server
	mu       sync.Mutex
	requests []received
}

// serve starts a recorder; answer gets the number of earlier requests.
func serve(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *recorder {
	t.Helper()
	s := &recorder{}
	s.Server = httptest.NewServer(s.handler(answer))
	t.Cleanup(s.Close)
	return s
}

func (s *recorder) handler(answer func(n int, w http.ResponseWriter, r *http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		n := len(s.requests)
		s.requests = append(s.requests, received{r.Method, r.URL.RequestURI(), r.Header.Clone(), string(body)})
		s.mu.Unlock()
		answer(n, w, r)
	})
}

func (s *recorder) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.requests...)
}

// fixed sends the same reply to every request.
func fixed(status int, contentType, body string, header ...string) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

const (
	jsonType  = "application/json"
	emptyList = `{"code":200,"status":"OK","result":[]}`
	written   = `{"code":200,"status":"OK","result":{"successfulStages":null,"stageErrorMap":null,"validatedOn":"0001-01-01T00:00:00Z","deleteRepoFailed":false,"validationSkipped":true}}`
)

func listed(ctx context.Context, c *Client) error {
	_, err := c.ListGitOpsConfigs(ctx)
	return err
}

func created(ctx context.Context, c *Client) error {
	_, err := c.CreateGitOpsConfig(ctx, testRow())
	return err
}

func updated(ctx context.Context, c *Client) error {
	_, err := c.UpdateGitOpsConfig(ctx, testRow())
	return err
}

func testRow() Config {
	return Config{ID: 7, Provider: "GITHUB", Username: "acme-bot", Token: testGitToken, GitHubOrgID: "acme-gitops", Host: "https://github.com/"}
}

// failure returns the *Error that err must be.
func failure(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v (%T), want an *Error", err, err)
	}
	return e
}

// firstListed returns the first object of a list that matches.
func firstListed[T any](t *testing.T, list func(context.Context) ([]T, error), matches func(T) bool) (found T, ok bool) {
	t.Helper()
	all, err := list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, matches)
	if i < 0 {
		return found, false
	}
	return all[i], true
}
