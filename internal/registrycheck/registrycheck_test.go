// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registrycheck

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// question is about the registry of a sandbox without TLS, and right in all respects.
func question(box *sandbox.Sandbox) Question {
	return Question{URL: box.Registry.URL(), Username: sandbox.RegistryUsername, Password: box.Registry.Password(), Insecure: true}
}

func check(t *testing.T, q Question) Answer {
	t.Helper()
	return NewChecker(Options{Budget: 5 * time.Second}).Check(t.Context(), q)
}

// credentials returns the requests that had some.
func credentials(box *sandbox.Sandbox) (paths []string) {
	for _, r := range box.Log.To("registry") {
		if r.Header.Get("Authorization") != "" {
			path, _, _ := strings.Cut(r.Path, "?")
			paths = append(paths, path)
		}
	}
	return paths
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	const json, html = "application/json", "text/html"
	for name, test := range map[string]struct {
		prepare func(*sandbox.Sandbox, *Question)
		want    Verdict
		reason  string
		// sent is where the credentials may go.
		sent string
	}{
		"token server":       {func(*sandbox.Sandbox, *Question) {}, Accepted, "", "/token"},
		"basic":              {func(b *sandbox.Sandbox, _ *Question) { b.Registry.SetBasic(true) }, Accepted, "", "/v2/"},
		"a path":             {func(_ *sandbox.Sandbox, q *Question) { q.URL += "/acme/images" }, Accepted, "", "/token"},
		"no scheme":          {func(_ *sandbox.Sandbox, q *Question) { q.URL = strings.TrimPrefix(q.URL, "http://") }, Accepted, "", "/token"},
		"wrong password":     {func(_ *sandbox.Sandbox, q *Question) { q.Password = "wrong" }, Refused, "", "/token"},
		"wrong with basic":   {func(b *sandbox.Sandbox, q *Question) { b.Registry.SetBasic(true); q.Password = "wrong" }, Refused, "", "/v2/"},
		"unknown user":       {func(_ *sandbox.Sandbox, q *Question) { q.Username = "nobody" }, Refused, "", "/token"},
		"plain HTTP":         {func(_ *sandbox.Sandbox, q *Question) { q.Insecure = false }, Unknown, "cannot be reached", ""},
		"stopped":            {func(b *sandbox.Sandbox, _ *Question) { b.Registry.Stop() }, Unknown, "cannot be reached", ""},
		"forbidden":          {fault("/token", sandbox.Fault{Status: 403, Body: "no", ContentType: html}), Unknown, "HTTP 403", "/token"},
		"throttled":          {fault("/token", sandbox.Fault{Status: 429, Body: "{}", ContentType: json}), Unknown, "HTTP 429", "/token"},
		"failing":            {fault("/token", sandbox.Fault{Status: 500, Body: "{}", ContentType: json}), Unknown, "HTTP 500", "/token"},
		"lost reply":         {fault("/token", sandbox.Fault{Reset: true}), Unknown, "cannot be reached", "/token"},
		"no registry":        {fault("/v2", sandbox.Fault{Status: 404, Body: "no", ContentType: html}), Unknown, "HTTP 404", ""},
		"anonymous":          {fault("/v2", sandbox.Fault{Status: 200, Body: "{}", ContentType: json}), Unknown, "asks for no credentials", ""},
		"no challenge":       {fault("/v2", sandbox.Fault{Status: 401, Body: "{}", ContentType: json}), Unknown, "does not know", ""},
		"another scheme":     {challenge(`Negotiate`), Unknown, "does not know", ""},
		"no realm":           {challenge(`Bearer service="x"`), Unknown, "names no token server", ""},
		"realm without TLS":  {challenge(`Bearer realm="http://tokens.example/token"`), Unknown, "were not sent", ""},
		"realm with a user":  {challenge(`Bearer realm="https://user@tokens.example/token"`), Unknown, "names no token server", ""},
		"redirect":           {fault("/v2", sandbox.Fault{Status: 302, Header: http.Header{"Location": {"/elsewhere"}}}), Unknown, "HTTP 302", ""},
		"redirect of tokens": {fault("/token", sandbox.Fault{Status: 307, Header: http.Header{"Location": {"/elsewhere"}}}), Unknown, "HTTP 307", "/token"},
		"no host":            {func(_ *sandbox.Sandbox, q *Question) { q.URL = "https:///v2" }, Unknown, "no host", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			q := question(box)
			test.prepare(box, &q)
			got := check(t, q)
			if got.Verdict != test.want || !strings.Contains(got.Reason, test.reason) || (got.Server != "") != (test.want != Unknown) {
				t.Errorf("%+v", got)
			}
			if strings.Contains(got.Reason, q.Password) {
				t.Errorf("the reason contains the password: %s", got.Reason)
			}
			if sent := strings.Join(credentials(box), " "); sent != test.sent {
				t.Errorf("credentials were sent to %q, want %q", sent, test.sent)
			}
		})
	}
}

func fault(path string, f sandbox.Fault) func(*sandbox.Sandbox, *Question) {
	f.Path = path
	return func(b *sandbox.Sandbox, _ *Question) { b.Registry.Inject(f) }
}

func challenge(value string) func(*sandbox.Sandbox, *Question) {
	return fault("/v2", sandbox.Fault{Status: 401, Header: http.Header{"Www-Authenticate": {value}}})
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	q := question(box)
	q.Insecure = false
	if got := check(t, q); got.Verdict != Unknown || !strings.Contains(got.Reason, "certificate") {
		t.Errorf("without a CA: %+v", got)
	}
	q.CACertificate = "nonsense"
	if got := check(t, q); got.Verdict != Unknown || !strings.Contains(got.Reason, "ca_certificate") {
		t.Errorf("with nonsense: %+v", got)
	}
	if sent := credentials(box); len(sent) > 0 {
		t.Errorf("credentials were sent to %q", sent)
	}
	q.CACertificate = box.CACertificate
	if got := check(t, q); got.Verdict != Accepted {
		t.Errorf("with the CA: %+v", got)
	}
	q.CACertificate, q.Insecure = "", true
	if got := check(t, q); got.Verdict != Accepted {
		t.Errorf("insecure: %+v", got)
	}
}

// TestTokenServerOnAnotherHostIsVerified although the registry is not.
func TestTokenServerOnAnotherHostIsVerified(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 1)
	tokens := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.Header.Get("Authorization") }))
	defer tokens.Close()
	box := sandbox.ForTest(t)
	q := question(box)
	challenge(fmt.Sprintf("Bearer realm=%q", tokens.URL))(box, &q)
	if got := check(t, q); got.Verdict != Unknown || !strings.Contains(got.Reason, "certificate") || len(asked) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestEqualQuestionsAreAskedOnce(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	q := question(box)
	q.Password = "wrong"
	c := NewChecker(Options{})
	var wait sync.WaitGroup
	for i := range 10 {
		wait.Go(func() {
			same := q
			same.URL += strings.Repeat("/", i)
			if got := c.Check(t.Context(), same); got.Verdict != Refused {
				t.Errorf("%+v", got)
			}
		})
	}
	wait.Wait()
	if sent := credentials(box); len(sent) != 1 {
		t.Errorf("the credentials were sent %d times", len(sent))
	}
	q.Password = "another one"
	c.Check(t.Context(), q)
	if sent := credentials(box); len(sent) != 2 {
		t.Errorf("other credentials were not sent")
	}
}

func TestCheckEndsInTime(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Registry.Inject(sandbox.Fault{Delay: time.Minute})
	if got := NewChecker(Options{Budget: 300 * time.Millisecond}).Check(t.Context(), question(box)); got.Verdict != Unknown || !strings.Contains(got.Reason, "in time") {
		t.Errorf("%+v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := NewChecker(Options{}).Check(ctx, question(box)); got.Verdict != Unknown || got.Reason == "" {
		t.Errorf("%+v", got)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"docker.io": "registry-1.docker.io", "https://index.docker.io/v1/": "registry-1.docker.io", "quay.io": "quay.io",
		"oci://Reg.Example:5000/a/b": "reg.example:5000", "registry.gitlab.com/acme": "registry.gitlab.com", "": "",
	} {
		if got := host(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestChallenges(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]map[string]string{
		`Bearer realm="https://a/t",service="s, t",scope="x"`: {"": "bearer", "realm": "https://a/t", "service": "s, t", "scope": "x"},
		`bearer Realm=https://a , service=s`:                  {"": "bearer", "realm": "https://a ", "service": "s"},
		`Basic realm="R"`:                                     {"": "basic", "realm": "R"},
		``:                                                    {"": ""},
		`Bearer`:                                              {"": "bearer"},
		`Bearer realm="open`:                                  {"": "bearer", "realm": "open"},
	} {
		scheme, got := parseChallenge(value)
		got[""] = scheme
		if !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v (%v)", value, got, want, slices.Sorted(maps.Keys(got)))
		}
	}
}

// FuzzChallenge: no challenge of a server makes the parser crash or loop.
func FuzzChallenge(f *testing.F) {
	f.Add(`Bearer realm="https://a/t",service="s"`)
	f.Fuzz(func(_ *testing.T, value string) { parseChallenge(value) })
}
