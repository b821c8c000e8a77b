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

// Fault makes a server misbehave for the requests that it matches.
type Fault struct {
	Method string // "" is any
	Path   string // prefix of the URL path, "" is any
	Skip   int    // let the first n matching requests pass
	Times  int    // how often it is applied; 0 is for ever

	// Delay is the wait before anything else. It ends early when the client goes away; then the handler does not run any more.
	// With Handle the wait comes after the work: what a client sees whose time runs out although the server stored its row.
	Delay time.Duration
	// Handle lets the real handler do its work, and throws its answer away. Otherwise the handler never runs.
	Handle bool
	// Late, with Handle, does the work only when the whole Delay is over, whether or not the client is still there: a row that
	// appears after the client has given up and looked.
	Late bool
	// Reset closes the TCP connection (RST) without an answer.
	Reset bool
	// Close closes the connection without an answer, in an orderly manner: the client reads EOF.
	Close bool
	// Status is answered with Body, ContentType and Header. 0 without Reset is the real answer, for Delay or Truncate alone.
	Status            int
	Body, ContentType string
	Header            http.Header
	// Truncate, when above zero, sends only the first n bytes of the body and then closes the connection.
	Truncate int
}

// apply answers in the fault's way. work runs the real handler; answered is told the status before the client is.
// life ends when the server is stopped.
func (f *Fault) apply(life context.Context, w http.ResponseWriter, r *http.Request, work func() *answer, answered func(int)) {
	handled := f.timed(life, r.Context(), work)
	if f.Close || handled == nil && !f.Reset && f.Status == 0 {
		panic(http.ErrAbortHandler) // on purpose, or as the client or the server has gone
	}
	if f.Reset {
		resetConnection(w)
		return
	}
	a := handled
	if f.Status != 0 {
		a = &answer{header: http.Header{}, code: f.Status}
		for k, v := range f.Header {
			a.header[http.CanonicalHeaderKey(k)] = v
		}
		if f.ContentType != "" {
			a.header.Set("Content-Type", f.ContentType)
		}
		a.body.WriteString(f.Body)
	}
	answered(a.status())
	if f.Truncate > 0 {
		a.sendPart(w, f.Truncate)
		return
	}
	a.send(w)
}

// timed waits and works in the order that the fault asks for. It returns nil when the handler did not run.
func (f *Fault) timed(life, ctx context.Context, work func() *answer) *answer {
	switch {
	case f.Handle && f.Late:
		if !Pause(life, f.Delay) {
			return nil
		}
		return work()
	case f.Handle:
		a := work()
		Pause(ctx, f.Delay)
		return a
	case f.Reset || f.Close || f.Status != 0:
		Pause(ctx, f.Delay)
		return nil
	case !Pause(ctx, f.Delay):
		return nil
	default:
		return work()
	}
}

// Pause returns false when the context ended first.
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

// faults are the injected faults with how often each was met.
type faults struct {
	mu      sync.Mutex
	list    []*injected
	applied int
}

type injected struct {
	Fault
	met, applied int
}

func (l *faults) add(f Fault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, &injected{Fault: f})
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

// match returns the fault to apply to the request, or nil.
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
		if f.met++; f.met <= f.Skip {
			continue
		}
		f.applied++
		l.applied++
		return &f.Fault
	}
	return nil
}
