// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Fault changes how a server responds to the requests that it matches.
type Fault struct {
	Method string // "" matches all methods
	Path   string // a prefix of the URL path; "" matches all paths
	Skip   int    // number of matching requests before the fault applies
	Times  int    // number of requests that the fault applies to; 0 means all

	// Delay is the wait before the response. It ends early if the client disconnects. The handler
	// runs after the delay, but not if the client disconnected. With Handle, it runs before the
	// delay: the client times out although the server stored its change.
	Delay time.Duration
	// Handle runs the handler and discards its response. Without it, a fault with a response of its
	// own does not run the handler.
	Handle bool
	// Late, with Handle, runs the handler after the whole Delay, even if the client disconnected.
	// The change appears after the client timed out and checked for it.
	Late bool
	// Reset resets the TCP connection (RST) without a response.
	Reset bool
	// Close closes the TCP connection (FIN) without a response, so that the client reads EOF.
	Close bool
	// Status is the status of the response, with Body, ContentType, and Header. If it is 0 and the
	// connection is not closed, the response is the one of the handler.
	Status            int
	Body, ContentType string
	Header            http.Header
	// Truncate, if above zero, sends only the first n bytes of the body and then closes the
	// connection.
	Truncate int
}

// apply responds to a request according to the fault. handle runs the handler, and setStatus logs
// the status before the client receives it. The context life ends when the server stops.
func (f *Fault) apply(
	life context.Context, w http.ResponseWriter, r *http.Request, handle func() *response, setStatus func(int),
) {
	resp := f.delayAndHandle(life, r.Context(), handle)
	if f.Close || resp == nil && !f.Reset && f.Status == 0 {
		panic(http.ErrAbortHandler) // as requested, or because the client disconnected or the server stopped
	}
	if f.Reset {
		resetConnection(w)
		return
	}
	if f.Status != 0 {
		resp = f.response()
	}
	setStatus(resp.status())
	if f.Truncate > 0 {
		resp.sendTruncated(w, f.Truncate)
		return
	}
	resp.send(w)
}

// response returns the response of the fault itself.
func (f *Fault) response() *response {
	resp := &response{header: http.Header{}, code: f.Status}
	for k, v := range f.Header {
		resp.header[http.CanonicalHeaderKey(k)] = v
	}
	if f.ContentType != "" {
		resp.header.Set("Content-Type", f.ContentType)
	}
	resp.body.WriteString(f.Body)
	return resp
}

// delayAndHandle waits and runs the handler in the order of the fault. It returns nil if the
// handler did not run.
func (f *Fault) delayAndHandle(life, ctx context.Context, handle func() *response) *response {
	switch {
	case f.Handle && f.Late:
		if !Pause(life, f.Delay) {
			return nil
		}
		return handle()
	case f.Handle:
		resp := handle()
		Pause(ctx, f.Delay)
		return resp
	case f.Reset || f.Close || f.Status != 0:
		Pause(ctx, f.Delay)
		return nil
	case !Pause(ctx, f.Delay):
		return nil
	default:
		return handle()
	}
}

// Pause waits for a duration. It returns false if the context ended first.
func Pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// resetConnection closes the connection so that the client reads "connection reset by peer".
func resetConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	raw := conn
	if t, ok := conn.(*tls.Conn); ok {
		raw = t.NetConn()
	}
	if t, ok := raw.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = raw.Close()
}

// faults are the injected faults of a server.
type faults struct {
	mu      sync.Mutex
	list    []*injectedFault
	applied int // by all faults since the last clear
}

// injectedFault counts the requests that a fault matched and those that it applied to.
type injectedFault struct {
	Fault
	matched, applied int
}

func (l *faults) add(f Fault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, &injectedFault{Fault: f})
}

func (l *faults) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list, l.applied = nil, 0
}

func (l *faults) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.applied
}

// match returns the fault that applies to a request, or nil.
func (l *faults) match(r *http.Request) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.list {
		if f.Method != "" && f.Method != r.Method || !strings.HasPrefix(r.URL.Path, f.Path) {
			continue
		}
		if f.Times > 0 && f.applied >= f.Times {
			continue
		}
		if f.matched++; f.matched <= f.Skip {
			continue
		}
		f.applied++
		l.applied++
		return &f.Fault
	}
	return nil
}
