// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

const health = "/health"

// fetch sends one request on a connection of its own.
func fetch(ctx context.Context, t *testing.T, url string) (status int, body string, err error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}

func TestFaultStatusWithHeaderAndBody(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{
		Status: 503, Body: "<html>", ContentType: "text/html", Header: http.Header{"Retry-After": {"7"}},
	})
	response, err := http.Get(s.Devtron.URL() + health)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != 503 || string(body) != "<html>" || response.Header.Get("Content-Type") != "text/html" ||
		response.Header.Get("Retry-After") != "7" {
		t.Errorf("got %d %v %s", response.StatusCode, response.Header, body)
	}
}

func TestFaultMatchesMethodAndPathPrefix(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Method: "PUT", Path: health, Status: 500})
	s.Devtron.Inject(Fault{Path: "/other", Status: 500})
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 200 {
		t.Errorf("got %d %v, want the real answer", status, err)
	}
	s.Devtron.Inject(Fault{Method: "GET", Path: "/heal", Status: 500})
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 500 {
		t.Errorf("got %d %v, want the fault", status, err)
	}
	s.Devtron.ClearFaults()
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 200 {
		t.Errorf("got %d %v, want no fault any more", status, err)
	}
}

func TestFaultSkipAndTimesThenTheNext(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Path: health, Skip: 1, Times: 2, Status: 502})
	s.Devtron.Inject(Fault{Path: health, Skip: 1, Times: 1, Status: 504})
	// The second fault meets a request only where the first lets it pass: the first (its own Skip) and the fourth request.
	for i, want := range []int{200, 502, 502, 504, 200} {
		if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != want {
			t.Errorf("request %d: got %d %v, want %d", i+1, status, err, want)
		}
	}
	if s.Devtron.FaultCount() != 3 {
		t.Errorf("counted %d faults", s.Devtron.FaultCount())
	}
	if s.Devtron.ClearFaults(); s.Devtron.FaultCount() != 0 {
		t.Errorf("counted %d faults after they were cleared", s.Devtron.FaultCount())
	}
}

// A reset before the handler stores nothing, a reset after it stores the row: to the client both look the same.
func TestFaultResetBeforeAndAfterHandling(t *testing.T) {
	for name, handle := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			s := ForTest(t)
			s.Devtron.Inject(Fault{Method: "POST", Handle: handle, Reset: true})
			row := s.goodRows()[0]
			_, _, _, err := exchange(s.Devtron, "POST", "/orchestrator/gitops/config", map[string]string{"token": s.Devtron.AdminToken()}, &row)
			if !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("got %v, want a reset", err)
			}
			if stored := len(s.Devtron.Rows()) == 1; stored != handle {
				t.Errorf("stored: %v", stored)
			}
			if posts := s.Log.To("devtron"); len(posts) != 1 || posts[0].Status != 0 || string(posts[0].Body) != row {
				t.Errorf("log: %+v", posts)
			}
		})
	}
}

func TestFaultHandleThrowsTheAnswerAway(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Method: "POST", Handle: true, Status: 504, Body: "gateway"})
	if status, body := post(t, s.Devtron, s.goodRows()[0]); status != 504 || body != "gateway" {
		t.Errorf("got %d %s", status, body)
	}
	if len(s.Devtron.Rows()) != 1 {
		t.Error("the row was not stored")
	}
}

func TestFaultTruncate(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Truncate: 5})
	status, body, err := fetch(t.Context(), t, s.Devtron.URL()+health)
	if status != 200 || body != `{"cod` || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %d %q %v", status, body, err)
	}
}

func TestFaultDelayThenTheRealAnswer(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Delay: 50 * time.Millisecond, Times: 1})
	start := time.Now()
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 200 || time.Since(start) < 50*time.Millisecond {
		t.Errorf("got %d %v after %v", status, err, time.Since(start))
	}
}

// The handler does not run any more when the client goes away during the delay, unless it worked first.
func TestFaultDelayEndsWithTheClient(t *testing.T) {
	for name, handle := range map[string]bool{"not handled": false, "handled": true} {
		t.Run(name, func(t *testing.T) {
			s := ForTest(t)
			s.Devtron.Inject(Fault{Method: "POST", Delay: time.Hour, Handle: handle})
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			request, _ := http.NewRequestWithContext(ctx, "POST", s.Devtron.URL()+"/orchestrator/gitops/config", strings.NewReader(s.goodRows()[0]))
			request.Header.Set("token", s.Devtron.AdminToken())
			if _, err := http.DefaultClient.Do(request); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			if stored := len(s.Devtron.Rows()) == 1; stored != handle {
				t.Errorf("stored: %v", stored)
			}
			s.Close() // would wait for an hour if the delay went on
		})
	}
}

// A late row appears after the client has given up and looked.
func TestFaultLate(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Method: "POST", Delay: 300 * time.Millisecond, Handle: true, Late: true})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, "POST", s.Devtron.URL()+"/orchestrator/gitops/config", strings.NewReader(s.goodRows()[0]))
	request.Header.Set("token", s.Devtron.AdminToken())
	if _, err := http.DefaultClient.Do(request); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if len(s.Devtron.Rows()) != 0 {
		t.Error("the row is there already")
	}
	for deadline := time.Now().Add(10 * time.Second); len(s.Devtron.Rows()) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the row never appeared")
		}
	}
}
