// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"syscall"
	"testing"
	"time"
)

const health = "/health"

// fetch sends GET over a new connection.
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
		t.Errorf("got %d %v, want the response of the handler", status, err)
	}
	s.Devtron.Inject(Fault{Method: "GET", Path: "/heal", Status: 500})
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 500 {
		t.Errorf("got %d %v, want the fault", status, err)
	}
	s.Devtron.ClearFaults()
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 200 {
		t.Errorf("got %d %v, want no fault", status, err)
	}
}

func TestFaultsApplyInOrder(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Path: health, Skip: 1, Times: 2, Status: 502})
	s.Devtron.Inject(Fault{Path: health, Skip: 1, Times: 1, Status: 504})
	// The second fault matches only the requests that the first one does not apply to: the first
	// request, which it skips, and the fourth request.
	for i, want := range []int{200, 502, 502, 504, 200} {
		if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != want {
			t.Errorf("request %d: got %d %v, want %d", i+1, status, err, want)
		}
	}
	if s.Devtron.FaultCount() != 3 {
		t.Errorf("got %d faults", s.Devtron.FaultCount())
	}
	if s.Devtron.ClearFaults(); s.Devtron.FaultCount() != 0 {
		t.Errorf("got %d faults after ClearFaults", s.Devtron.FaultCount())
	}
}

// The client cannot distinguish a reset before the handler from a reset after it.
func TestFaultResetBeforeAndAfterHandler(t *testing.T) {
	for name, handle := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			s := ForTest(t)
			s.Devtron.Inject(Fault{Method: "POST", Handle: handle, Reset: true})
			body := s.configBodies()[0]
			_, _, _, err := exchange(s.Devtron, "POST", gitOpsConfig, map[string]string{"token": s.Devtron.AdminToken()}, &body)
			if !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("got %v, want a reset", err)
			}
			if stored := len(s.Devtron.Rows()) == 1; stored != handle {
				t.Errorf("got stored %v, want %v", stored, handle)
			}
			if posts := s.Log.To("devtron"); len(posts) != 1 || posts[0].Status != 0 || string(posts[0].Body) != body {
				t.Errorf("got log %+v", posts)
			}
		})
	}
}

func TestFaultHandleDiscardsTheResponse(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Method: "POST", Handle: true, Status: 504, Body: "gateway"})
	if status, body := postConfig(t, s.Devtron, s.configBodies()[0]); status != 504 || body != "gateway" {
		t.Errorf("got %d %s", status, body)
	}
	if len(s.Devtron.Rows()) != 1 {
		t.Error("the configuration was not stored")
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

func TestFaultDelay(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Delay: 50 * time.Millisecond, Times: 1})
	start := time.Now()
	if status, _, err := fetch(t.Context(), t, s.Devtron.URL()+health); status != 200 || time.Since(start) < 50*time.Millisecond {
		t.Errorf("got %d %v after %v", status, err, time.Since(start))
	}
}

// If the client disconnects during the delay, the handler does not run, unless it ran before the
// delay.
func TestFaultDelayEndsWithTheClient(t *testing.T) {
	for name, handle := range map[string]bool{"not handled": false, "handled": true} {
		t.Run(name, func(t *testing.T) {
			s := ForTest(t)
			s.Devtron.Inject(Fault{Method: "POST", Delay: time.Hour, Handle: handle})
			sendWithTimeout(t, s.Devtron, 200*time.Millisecond, gitOpsConfig, s.configBodies()[0])
			if stored := len(s.Devtron.Rows()) == 1; stored != handle {
				t.Errorf("got stored %v, want %v", stored, handle)
			}
			s.Close() // waits for the end of the delay
		})
	}
}

// The change appears after the client timed out and checked for it.
func TestFaultLate(t *testing.T) {
	s := ForTest(t)
	s.Devtron.Inject(Fault{Method: "POST", Delay: 300 * time.Millisecond, Handle: true, Late: true})
	sendWithTimeout(t, s.Devtron, 50*time.Millisecond, gitOpsConfig, s.configBodies()[0])
	if len(s.Devtron.Rows()) != 0 {
		t.Error("the configuration was stored before the delay")
	}
	eventually(t, func() bool { return len(s.Devtron.Rows()) == 1 })
}
