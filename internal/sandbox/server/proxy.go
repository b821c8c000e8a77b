// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Proxy lets clients reach the sandbox's git hosts under the names of the public ones, for which there is no host to configure
// or only one: with HTTPS_PROXY set to URL() and SSL_CERT_FILE to a file of CACertificate(), https://api.bitbucket.org is
// Sandbox.Bitbucket. It ends the TLS connection itself, with a certificate for the name, and hands each request to the server,
// under whose name it is in the log; faults apply. No other name is let through, so that nothing leaves this machine.
//
// The names are api.bitbucket.org, bitbucket.org, dev.azure.com, gitlab.com, github.com and api.github.com; the last one's
// paths are logged with the /api/v3 that a GitHub Enterprise Server puts before them.
type Proxy struct {
	listener net.Listener
	outer    *http.Server
	ca       *PKI
	hosts    map[string]*publicHost

	mu      sync.Mutex // guards the field below
	refused []string
}

// publicHost is a name of the internet, and the server that answers to it.
type publicHost struct {
	target *Server
	tls    *tls.Config
	inner  *http.Server
	queue  *tunnels
}

// NewProxy starts a proxy for the public names, each with the server that answers to it.
func NewProxy(address string, targets map[string]*Server) (*Proxy, error) {
	// A CA apart from the one of the sandbox's own servers, as public hosts have: to trust one is not to trust the other.
	ca, err := NewPKI("127.0.0.1")
	if err != nil {
		return nil, fmt.Errorf("make certificates: %w", err)
	}
	p := &Proxy{ca: ca, hosts: map[string]*publicHost{}}
	var listen net.ListenConfig
	if p.listener, err = listen.Listen(context.Background(), "tcp", address); err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	for name, target := range targets {
		certificate, err := ca.CertificateFor(name)
		if err != nil {
			_ = p.listener.Close()
			return nil, fmt.Errorf("make a certificate for %s: %w", name, err)
		}
		prefix := ""
		if name == "api.github.com" {
			prefix = "/api/v3"
		}
		h := &publicHost{
			target: target, queue: &tunnels{conns: make(chan net.Conn), done: make(chan struct{})},
			tls: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}},
		}
		h.inner = quietServer(func(w http.ResponseWriter, r *http.Request) { target.serve(w, below(prefix, r)) })
		p.hosts[name] = h
		go func() { _ = h.inner.Serve(h.queue) }()
	}
	p.outer = quietServer(p.connect)
	go func() { _ = p.outer.Serve(p.listener) }()
	return p, nil
}

// quietServer has no HTTP/2, and does not fill the screen with handshakes that a test fails on purpose.
func quietServer(h http.HandlerFunc) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0),
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
}

func below(prefix string, r *http.Request) *http.Request {
	if prefix == "" {
		return r
	}
	u := *r.URL
	u.Path = prefix + u.Path
	if u.RawPath != "" {
		u.RawPath = prefix + u.RawPath
	}
	r.URL = &u
	return r
}

// URL is the value for HTTPS_PROXY.
func (p *Proxy) URL() string { return "http://" + p.listener.Addr().String() }

// CACertificate is the CA, in PEM, of the certificates for the public names.
func (p *Proxy) CACertificate() string { return p.ca.CACertificate }

// Refused lists what clients asked to be connected to and were not, as host:port or as the URL of a request without TLS.
func (p *Proxy) Refused() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.refused)
}

// connect serves CONNECT, and refuses everything that is not for one of the names.
func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	name, port, err := net.SplitHostPort(r.Host)
	host := p.hosts[strings.ToLower(name)]
	if r.Method != http.MethodConnect || err != nil || port != "443" || host == nil {
		p.mu.Lock()
		p.refused = append(p.refused, r.RequestURI)
		p.mu.Unlock()
		http.Error(w, "the sandbox does not stand for "+r.Host, http.StatusForbidden)
		return
	}
	if host.target.Lifetime().Err() != nil {
		http.Error(w, "the server for "+name+" is stopped", http.StatusBadGateway)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		_ = conn.Close()
		return
	}
	_ = conn.SetDeadline(time.Time{})
	host.queue.put(tls.Server(conn, host.tls))
}

// Close ends the proxy and all connections through it.
func (p *Proxy) Close() {
	_ = p.outer.Close()
	for _, h := range p.hosts {
		_ = h.inner.Close()
	}
}

// Transport is a transport for the public names alone.
func (p *Proxy) Transport() *http.Transport {
	proxy := &url.URL{Scheme: "http", Host: p.listener.Addr().String()}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(p.ca.CACertificate))
	return &http.Transport{
		Proxy: http.ProxyURL(proxy), DialContext: DialLoopback, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}
}

// Stands tells whether a URL is at one of the names.
func (p *Proxy) Stands(u *url.URL) bool {
	return u.Scheme == "https" && p.hosts[strings.ToLower(u.Hostname())] != nil
}

// tunnels is a listener that accepts connections which came through CONNECT.
type tunnels struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (t *tunnels) put(c net.Conn) {
	select {
	case t.conns <- c:
	case <-t.done:
		_ = c.Close()
	}
}

func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.done:
		return nil, net.ErrClosed
	}
}

func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.done) })
	return nil
}

func (t *tunnels) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
