// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const configPath = "/orchestrator/gitops/config"

// TestRetries covers every transient failure for a read and for both writes.
func TestRetries(t *testing.T) {
	retryAfter := http.Header{"Retry-After": {"0"}}
	for _, c := range []struct {
		name        string
		fault       sandbox.Fault
		read, write bool // is it repeated?
		kind        Kind
	}{
		{"429", sandbox.Fault{Status: 429}, true, true, Intercepted},
		{"429 with Retry-After", sandbox.Fault{Status: 429, Header: retryAfter}, true, true, Intercepted},
		{"500", sandbox.Fault{Status: 500}, true, false, Intercepted},
		{"502", sandbox.Fault{Status: 502}, true, false, Intercepted},
		{"503", sandbox.Fault{Status: 503}, true, false, Intercepted},
		{"503 with Retry-After", sandbox.Fault{Status: 503, Header: retryAfter}, true, true, Intercepted},
		{"504", sandbox.Fault{Status: 504}, true, false, Intercepted},
		{"500 after handling", sandbox.Fault{Handle: true, Status: 500}, true, false, Intercepted},
		{"reset before handling", sandbox.Fault{Reset: true}, true, false, Dropped},
		{"reset after handling", sandbox.Fault{Handle: true, Reset: true}, true, false, Dropped},
		{"truncated", sandbox.Fault{Truncate: 20}, true, false, Dropped},
		{"400", sandbox.Fault{Status: 400}, false, false, Intercepted},
		{"401", sandbox.Fault{Status: 401}, false, false, Intercepted},
		{"403", sandbox.Fault{Status: 403}, false, false, Intercepted},
		{"404", sandbox.Fault{Status: 404}, false, false, NotDevtron},
		{"409", sandbox.Fault{Status: 409}, false, false, Intercepted},
		{"501", sandbox.Fault{Status: 501}, false, false, Intercepted},
		{"garbage", sandbox.Fault{Status: 200, Body: "<html>", ContentType: "text/html"}, false, false, NotDevtron},
	} {
		t.Run(c.name, func(t *testing.T) {
			box := sandbox.ForTest(t)
			for method, do := range map[string]func(context.Context, *Client) error{"GET": listed, "POST": created, "PUT": updated} {
				repeated := c.write
				if method == http.MethodGet {
					repeated = c.read
				}
				// For ever: it stops at MaxRetries.
				box.Devtron.Empty()
				box.Devtron.Put(sandbox.Row{Provider: "GITLAB", Username: "u", Active: true})
				box.Devtron.Put(sandbox.Row{ID: 7, Provider: map[bool]string{true: "GITHUB", false: "AZURE_DEVOPS"}[method == http.MethodPut], Username: "u"})
				box.Log.Reset()
				box.Devtron.ClearFaults()
				box.Devtron.Inject(c.fault)
				e := failure(t, do(t.Context(), sandboxClient(t, box)))
				want := 1
				if repeated {
					want = 4
				}
				if n := box.Log.Count("devtron", method, configPath); n != want || e.Attempts != want || e.Kind != c.kind {
					t.Errorf("%s: %d requests, %d attempts reported, kind %d (%v); want %d, kind %d", method, n, e.Attempts, e.Kind, e, want, c.kind)
				}
				if told := strings.Contains(e.Error(), "(after 4 attempts)"); told != repeated {
					t.Errorf("%s: %v", method, e)
				}

				// Twice: the third attempt, if there is one, succeeds.
				box.Devtron.Empty()
				box.Devtron.Put(sandbox.Row{Provider: "GITLAB", Username: "u", Active: true})
				if method == http.MethodPut {
					box.Devtron.Put(sandbox.Row{ID: 7, Provider: "GITHUB", Username: "u"})
				}
				box.Log.Reset()
				box.Devtron.ClearFaults()
				c.fault.Times = 2
				box.Devtron.Inject(c.fault)
				err := do(t.Context(), sandboxClient(t, box))
				c.fault.Times = 0
				if n := box.Log.Count("devtron", method, configPath); repeated != (err == nil) || repeated && n != 3 || !repeated && n != 1 {
					t.Errorf("%s, twice: %d requests, %v", method, n, err)
				}
			}
		})
	}
}

func TestNoRetriesWithMaxRetries0(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Status: 503})
	client := sandboxClient(t, box, func(o *Options) { o.MaxRetries = 0 })
	if e := failure(t, listed(t.Context(), client)); e.Attempts != 1 || len(box.Log.All()) != 1 {
		t.Errorf("%d attempts, %d requests", e.Attempts, len(box.Log.All()))
	}
}

// TestRefusedConnectionIsRetriedForWritesToo, as nothing can have been handled. The server starts
// while the client waits for its next attempt.
func TestRefusedConnectionIsRetriedForWritesToo(t *testing.T) {
	for method, do := range map[string]func(context.Context, *Client) error{"GET": listed, "POST": created, "PUT": updated} {
		box := sandbox.ForTest(t)
		box.Devtron.Put(sandbox.Row{Provider: "GITLAB", Username: "u", Active: true})
		if method == http.MethodPut {
			box.Devtron.Put(sandbox.Row{ID: 7, Provider: "GITHUB", Username: "u"})
		}
		box.Devtron.Stop()
		var seen []Exchange
		client := sandboxClient(t, box, func(o *Options) {
			o.Observe = func(_ context.Context, x Exchange) {
				seen = append(seen, x)
				if len(seen) == 2 {
					box.Devtron.Restart()
				}
			}
		})
		if err := do(t.Context(), client); err != nil {
			t.Errorf("%s: %v", method, err)
		}
		if len(seen) != 3 || seen[0].Err == nil || seen[1].Err == nil || seen[2].Status != 200 || seen[2].Attempt != 3 {
			t.Errorf("%s: observed %+v", method, seen)
		}
		if n := len(box.Log.All()); n != 1 {
			t.Errorf("%s: %d requests arrived, want 1", method, n)
		}

		box.Devtron.Stop()
		e := failure(t, do(t.Context(), sandboxClient(t, box)))
		if e.Kind != Unreachable || e.Attempts != 4 || e.MaybeHandled() || e.Status != 0 {
			t.Errorf("%s: got %+v", method, *e)
		}
	}
}

// TestPermanentFailures are not retried.
func TestPermanentFailures(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"no such host":             {&net.DNSError{IsNotFound: true}, true},
		"name server out of order": {&net.DNSError{IsTemporary: true}, false},
		"alert of the server":      {&net.OpError{Op: "remote error", Err: errors.New("tls: bad certificate")}, true},
		"plain HTTP":               {http.ErrSchemeMismatch, true},
		"refused":                  {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, false},
		"reset":                    {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, false},
	} {
		err := fmt.Errorf("wrapped: %w", c.err)
		if permanent(err) != c.want {
			t.Errorf("%s: got %v", name, !c.want)
		}
		again, _ := mayRetry(t.Context(), http.MethodGet, false, nil, err)
		if again == c.want {
			t.Errorf("%s: repeated %v", name, again)
		}
	}
}

// TestWriteTurnedAwayByEveryAttempt is known not to be stored, so that it needs no reading.
func TestWriteTurnedAwayByEveryAttempt(t *testing.T) {
	for status, header := range map[int]http.Header{429: nil, 503: {"Retry-After": {"0"}}} {
		box := sandbox.ForTest(t)
		box.Devtron.Inject(sandbox.Fault{Status: status, Header: header})
		if e := failure(t, created(t.Context(), sandboxClient(t, box))); e.MaybeHandled() || e.Attempts != 4 {
			t.Errorf("%d: got %+v", status, *e)
		}
	}
}

func TestRetryAfterIsHonoredAndBounded(t *testing.T) {
	answer := func(status int, value string) *http.Response {
		return &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {value}}}
	}
	low, high := retryWaitMin, retryWaitMax
	for _, c := range []struct {
		name     string
		resp     *http.Response
		attempt  int
		at, upTo time.Duration
	}{
		{"seconds", answer(429, "3"), 0, 3 * time.Second, 4 * time.Second},
		{"seconds of 503", answer(503, "20"), 0, 20 * time.Second, 25 * time.Second},
		{"an hour", answer(503, "3600"), 0, retryAfterMax, 75 * time.Second},
		{"more than fits", answer(429, "9223372036854775807"), 0, retryAfterMax, 75 * time.Second},
		{"more than fits, otherwise", answer(429, "10000000000"), 0, retryAfterMax, 75 * time.Second},
		{"a date far away", answer(503, "Fri, 31 Dec 2199 23:59:59 GMT"), 0, retryAfterMax, 75 * time.Second},
		{"a date that is over", answer(503, "Fri, 31 Dec 1999 23:59:59 GMT"), 0, 0, 0},
		{"now", answer(429, "0"), 3, 0, 0},
		{"negative", answer(429, "-5"), 0, low, 2 * low},
		{"nonsense", answer(429, "soon"), 0, low, 2 * low},
		{"of a 500", answer(500, "30"), 0, low, 2 * low},
		{"none", &http.Response{StatusCode: 429}, 2, 4 * low, 5 * low},
		{"no answer", nil, 1, 2 * low, 3 * low},
		{"the tenth attempt", nil, 10, high, high + high/4},
		{"the thousandth attempt", nil, 1000, high, high + high/4},
	} {
		for range 50 {
			if wait := backoff(low, high, c.attempt, c.resp); wait < c.at || wait > c.upTo {
				t.Errorf("%s: waits %s, want %s to %s", c.name, wait, c.at, c.upTo)
				break
			}
		}
	}
}

func TestRetryAfterIsWaitedFor(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Status: 503, Header: http.Header{"Retry-After": {"1"}}, Times: 1})
	if err := created(t.Context(), sandboxClient(t, box)); err != nil {
		t.Fatal(err)
	}
	all := box.Log.All()
	if len(all) != 2 || all[1].Time.Sub(all[0].Time) < time.Second {
		t.Errorf("%d requests, the second %s after the first", len(all), all[len(all)-1].Time.Sub(all[0].Time))
	}
}

// TestEveryAttemptSendsTheWholeBody of a write.
func TestEveryAttemptSendsTheWholeBody(t *testing.T) {
	server := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if n < 2 {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		fixed(200, jsonType, written)(n, w, r)
	})
	if err := updated(t.Context(), newClient(t, server.URL)); err != nil {
		t.Fatal(err)
	}
	all := server.all()
	if len(all) != 3 || all[0].Body == "" || all[1].Body != all[0].Body || all[2].Body != all[0].Body {
		t.Errorf("got %+v", all)
	}
}
