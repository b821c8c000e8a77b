// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package server is what all servers of the sandbox have in common: listening, TLS, the request log, faults, and the proxy that
// stands for public hosts.
package server

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// MaxBody is how much of a request is read and logged; everything that is sent here is far smaller.
const MaxBody = 10 << 20

// Options are what the servers have in common.
type Options struct {
	Address string // host:port, port 0 for a free one
	TLS     *tls.Config
}

// Address is host:port.
func Address(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// Server is what Devtron and the git hosts have in common: a listener, a request log and faults. Handlers know nothing of the last two.
type Server struct {
	name    string
	log     *Log
	opts    Options
	faults  faults
	handler http.Handler

	mu      sync.Mutex // guards the fields below
	http    *http.Server
	life    context.Context // ends with Stop
	end     context.CancelFunc
	address string // what was listened on first; Restart listens there again
	pending sync.WaitGroup
}

// New prepares a server. It logs its requests under the name.
func New(name string, l *Log, opts Options) *Server {
	return &Server{name: name, log: l, opts: opts, address: opts.Address}
}

// Start listens and serves. The real address is known when it returns.
func (s *Server) Start(h http.Handler) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handler = h
	return s.listen()
}

func (s *Server) listen() error {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", s.address)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	s.address = l.Addr().String()
	s.life, s.end = context.WithCancel(context.Background())
	s.http = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: time.Minute,
		// Handshakes that a test fails on purpose would fill the screen.
		ErrorLog: log.New(io.Discard, "", 0),
		// HTTP/2 has no connection that a fault could cut.
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
		TLSConfig:    s.opts.TLS,
	}
	if s.opts.TLS != nil {
		l = tls.NewListener(l, s.opts.TLS)
	}
	go func(server *http.Server) { _ = server.Serve(l) }(s.http)
	return nil
}

// URL is the base URL, without a slash at its end.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opts.TLS != nil {
		return "https://" + s.address
	}
	return "http://" + s.address
}

// Stop closes the listener and all connections: the port refuses connections until Restart. What the server knows is kept.
func (s *Server) Stop() {
	s.mu.Lock()
	server := s.http
	s.http = nil
	s.mu.Unlock()
	if server == nil {
		return
	}
	s.end()
	_ = server.Close()
	s.pending.Wait()
}

// Restart listens on the same port again. It does nothing while the server runs.
func (s *Server) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil {
		return
	}
	// Another process may have taken the port for a moment, for a connection of its own.
	var err error
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if err = s.listen(); err == nil {
			return
		}
	}
	panic("sandbox: cannot listen again: " + err.Error())
}

// Inject adds a fault. Faults are tried in the order of their injection; the first that matches and is not used up is applied.
func (s *Server) Inject(f Fault) { s.faults.add(f) }

// ClearFaults removes all faults, also those that were not used.
func (s *Server) ClearFaults() { s.faults.clear() }

// Faulted says how many requests met a fault since the last ClearFaults.
func (s *Server) Faulted() int { return s.faults.count() }

// begin counts a request that Stop has to wait for. It fails when the server was stopped meanwhile.
func (s *Server) begin() (context.Context, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http == nil {
		return nil, false
	}
	s.pending.Add(1)
	return s.life, true
}

// Lifetime ends with Stop.
func (s *Server) Lifetime() context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.life
}

// serve logs the request, applies a fault where one matches, and lets the handler answer into memory, so that the log
// knows the status before the client does and a fault can still take the answer away.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	life, ok := s.begin()
	if !ok {
		panic(http.ErrAbortHandler)
	}
	defer s.pending.Done()
	entry := s.log.arrived(s.name, r)
	// Read to the end: net/http notices a client that goes away only after that.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	s.log.body(entry, body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	work := func() *answer {
		r.Body = io.NopCloser(bytes.NewReader(body))
		a := &answer{header: http.Header{}}
		s.handler.ServeHTTP(a, r)
		return a
	}
	f := s.faults.match(r)
	if f == nil {
		a := work()
		s.log.answered(entry, a.status())
		a.send(w)
		return
	}
	f.apply(life, w, r, work, func(status int) { s.log.answered(entry, status) })
}
