// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package server contains what all servers of the sandbox share: listeners, TLS, the request log,
// faults, and the proxy for the public names of the git hosts.
package server

import (
	"bytes"
	"cmp"
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

// MaxBody is the maximum size of a request body. All expected requests are far smaller.
const MaxBody = 10 << 20

// Options configures a server.
type Options struct {
	Address string // host:port; port 0 selects a free one
	TLS     *tls.Config
}

// Address joins a host and a port.
func Address(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// Server is a listener with a request log and faults. The handler does not see the faults or the
// log.
type Server struct {
	name    string
	log     *Log
	opts    Options
	faults  faults
	handler http.Handler

	mu      sync.Mutex // guards the fields below
	http    *http.Server
	served  chan struct{}   // closed when http accepts no more connections
	life    context.Context // ends with Stop
	endLife context.CancelFunc
	address string // the address of the first Start, which Restart uses again
	pending sync.WaitGroup
}

// New creates a server that logs its requests under the name. It does not start the server.
func New(name string, l *Log, opts Options) *Server {
	return &Server{name: name, log: l, opts: opts, address: opts.Address}
}

// Start listens and serves. After it returns, URL contains the selected port.
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
	s.life, s.endLife = context.WithCancel(context.Background())
	s.http = newHTTPServer(s.serve)
	if s.opts.TLS != nil {
		l = tls.NewListener(l, s.opts.TLS)
	}
	s.served = make(chan struct{})
	go func(server *http.Server, served chan<- struct{}) {
		defer close(served)
		_ = server.Serve(l)
	}(s.http, s.served)
	return nil
}

// newHTTPServer creates an HTTP server without a log, because tests cause many failed handshakes,
// and without HTTP/2, because faults cut whole connections.
func newHTTPServer(h http.HandlerFunc) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0),
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
}

// URL returns the base URL without a trailing slash.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opts.TLS != nil {
		return "https://" + s.address
	}
	return "http://" + s.address
}

// Stop closes the listener and all connections. The port refuses connections until Restart. The
// server keeps its state.
func (s *Server) Stop() {
	s.mu.Lock()
	server, served := s.http, s.served
	s.http = nil
	s.mu.Unlock()
	if server == nil {
		return
	}
	s.endLife()
	_ = server.Close()
	<-served // until then, the port still accepts connections
	s.pending.Wait()
}

// Restart listens on the same port again. It has no effect while the server runs.
func (s *Server) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil {
		return
	}
	// Another process may use the port for a moment for an outgoing connection.
	var err error
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if err = s.listen(); err == nil {
			return
		}
	}
	panic("sandbox: restart: " + err.Error())
}

// Inject adds a fault. The first fault that matches a request and is not used up applies.
func (s *Server) Inject(f Fault) { s.faults.add(f) }

// ClearFaults removes all faults, including unused ones.
func (s *Server) ClearFaults() { s.faults.clear() }

// FaultCount returns the number of requests that a fault applied to since the last ClearFaults.
func (s *Server) FaultCount() int { return s.faults.count() }

// begin registers a request that Stop waits for. It returns false if the server is stopped.
func (s *Server) begin() (context.Context, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http == nil {
		return nil, false
	}
	s.pending.Add(1)
	return s.life, true
}

// Lifetime returns a context that ends with Stop.
func (s *Server) Lifetime() context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.life
}

// serve logs a request and passes it to a matching fault or to the handler. The handler writes its
// response to memory, so that the status is logged before the client receives the response, and a
// fault can discard the response.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	life, ok := s.begin()
	if !ok {
		panic(http.ErrAbortHandler)
	}
	defer s.pending.Done()
	entry := s.log.add(s.name, r)
	// net/http detects a disconnected client only after the whole body is read.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	s.log.setBody(entry, body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	handle := func() *response {
		r.Body = io.NopCloser(bytes.NewReader(body))
		resp := &response{header: http.Header{}}
		s.handler.ServeHTTP(resp, r)
		return resp
	}
	// Without a match, a fault without effects returns the response of the handler.
	f := cmp.Or(s.faults.match(r), &Fault{})
	f.apply(life, w, r, handle, func(status int) { s.log.setStatus(entry, status) })
}
