// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// soon is far below any injected delay, and far above what a busy machine needs to notice that a
// context has ended.
const soon = 10 * time.Second

func TestEndOfTheContextWhileTheServerWorks(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Delay: time.Minute})
	for method, do := range map[string]func(context.Context, *Client) error{"GET": listed, "POST": created, "PUT": updated} {
		for kind, begin := range ends(t, box) {
			ctx, cancel := begin()
			started := time.Now()
			err := do(ctx, sandboxClient(t, box))
			cancel()
			e := failure(t, err)
			if e.Kind != kind || e.Attempts != 1 || !e.MaybeHandled() || e.Status != 0 || !errors.Is(err, ctx.Err()) {
				t.Errorf("%s: got %+v, want kind %d", method, *e, kind)
			}
			if took := time.Since(started); took > soon {
				t.Errorf("%s: took %s", method, took)
			}
			box.Log.Reset()
		}
	}
}

// ends are the two ways in which a caller's context ends, the first as soon as a request arrives.
func ends(t *testing.T, box *sandbox.Sandbox) map[Kind]func() (context.Context, context.CancelFunc) {
	return map[Kind]func() (context.Context, context.CancelFunc){
		Canceled: func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				for ctx.Err() == nil && len(box.Log.All()) == 0 {
					time.Sleep(time.Millisecond)
				}
				cancel()
			}()
			return ctx, cancel
		},
		Timeout: func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(t.Context(), 300*time.Millisecond)
		},
	}
}

// TestEndOfTheContextBetweenAttempts: the error reports the failure of the last attempt, and a
// write that waited for a retry is known not to have been handled.
func TestEndOfTheContextBetweenAttempts(t *testing.T) {
	box := sandbox.ForTest(t)
	for method, c := range map[string]struct {
		do     func(context.Context, *Client) error
		status int
	}{"GET": {listed, 500}, "POST": {created, 503}, "PUT": {updated, 429}} {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(sandbox.Fault{Status: c.status, Header: http.Header{"Retry-After": {"50"}}})
		for kind, begin := range ends(t, box) {
			box.Log.Reset()
			ctx, cancel := begin()
			client := sandboxClient(t, box)
			client.waitMin, client.waitMax = time.Minute, time.Minute
			started := time.Now()
			err := c.do(ctx, client)
			cancel()
			e := failure(t, err)
			if e.Kind != kind || e.Attempts != 1 {
				t.Errorf("%s: got %+v, want kind %d", method, *e, kind)
			}
			// A call that was canceled while the answer was on its way may not know the answer.
			if kind == Timeout && !strings.Contains(e.Message, http.StatusText(c.status)) && !strings.Contains(e.Message, "HTTP ") {
				t.Errorf("%s: does not tell what went wrong: %v", method, e)
			}
			if kind == Timeout && method != http.MethodGet && e.MaybeHandled() {
				t.Errorf("%s: the server turned it away, but it counts as handled", method)
			}
			if took := time.Since(started); took > soon {
				t.Errorf("%s: took %s", method, took)
			}
		}
	}
}

func TestCanceledContextSendsNothing(t *testing.T) {
	box := sandbox.ForTest(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, do := range []func(context.Context, *Client) error{listed, created, updated} {
		if e := failure(t, do(ctx, sandboxClient(t, box))); e.Kind != Canceled || e.MaybeHandled() {
			t.Errorf("got %+v", *e)
		}
	}
	if n := len(box.Log.All()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestCompleteReplyCounts even where the context ends at the same moment.
func TestCompleteReplyCounts(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, status := range []int{200, 400, 409} {
		if again, err := mayRetry(ctx, http.MethodPut, false, &http.Response{StatusCode: status}, nil); again || err != nil {
			t.Errorf("%d: %v, %v", status, again, err)
		}
	}
	if again, err := mayRetry(ctx, http.MethodGet, false, &http.Response{StatusCode: 500}, nil); again || !errors.Is(err, context.Canceled) {
		t.Errorf("500: %v, %v", again, err)
	}
}
