// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Proxy makes the git hosts of the sandbox available under the public names, such as
// https://api.bitbucket.org for Sandbox.Bitbucket. Clients need HTTPS_PROXY set to URL() and
// SSL_CERT_FILE set to a file with CACertificate().
//
// The proxy terminates TLS with a certificate for the name and passes each request to the server,
// which logs it and applies faults. It rejects all other names, so that no request leaves this
// machine.
//
// The names are api.bitbucket.org, bitbucket.org, dev.azure.com, gitlab.com, github.com, and
// api.github.com. Paths of api.github.com are logged with the prefix /api/v3 of GitHub Enterprise
// Server.
type Proxy struct {
	listener net.Listener
	outer    *http.Server
	ca       *PKI
	hosts    map[string]*publicHost

	mu      sync.Mutex // guards the field below
	refused []string
}

// publicHost is a public name and the server that serves it.
type publicHost struct {
	target  *Server
	tls     *tls.Config
	inner   *http.Server
	tunnels *tunnelListener
}

// NewProxy starts a proxy. targets maps each public name to its server.
func NewProxy(address string, targets map[string]*Server) (*Proxy, error) {
	// This CA differs from the CA of the servers, because trusting a self-hosted server does not
	// imply trusting public hosts.
	ca, err := NewPKI("127.0.0.1")
	if err != nil {
		return nil, fmt.Errorf("create certificates: %w", err)
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
			return nil, fmt.Errorf("create a certificate for %s: %w", name, err)
		}
		prefix := ""
		if name == "api.github.com" {
			prefix = "/api/v3"
		}
		h := &publicHost{
			target: target, tunnels: &tunnelListener{conns: make(chan net.Conn), done: make(chan struct{})},
			tls: &tls.Config{
				Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
			},
		}
		h.inner = newHTTPServer(func(w http.ResponseWriter, r *http.Request) { target.serve(w, withPathPrefix(r, prefix)) })
		p.hosts[name] = h
		go func() { _ = h.inner.Serve(h.tunnels) }()
	}
	p.outer = newHTTPServer(p.connect)
	go func() { _ = p.outer.Serve(p.listener) }()
	return p, nil
}

func withPathPrefix(r *http.Request, prefix string) *http.Request {
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

// URL returns the value for HTTPS_PROXY.
func (p *Proxy) URL() string { return "http://" + p.listener.Addr().String() }

// CACertificate returns the CA of the certificates for the public names, in PEM format.
func (p *Proxy) CACertificate() string { return p.ca.CACertificate }

// Refused returns the rejected targets: host:port, or the URL of a request without TLS.
func (p *Proxy) Refused() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.refused)
}

// connect serves CONNECT for the public names and rejects all other requests.
func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	name, port, err := net.SplitHostPort(r.Host)
	host := p.hosts[strings.ToLower(name)]
	if r.Method != http.MethodConnect || err != nil || port != "443" || host == nil {
		p.mu.Lock()
		p.refused = append(p.refused, r.RequestURI)
		p.mu.Unlock()
		http.Error(w, "the sandbox does not serve "+r.Host, http.StatusForbidden)
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
	host.tunnels.put(tls.Server(conn, host.tls))
}

// Close stops the proxy and closes all connections.
func (p *Proxy) Close() {
	_ = p.outer.Close()
	for _, h := range p.hosts {
		_ = h.inner.Close()
	}
}

// Transport returns a transport that reaches only the public names.
func (p *Proxy) Transport() *http.Transport {
	proxy := &url.URL{Scheme: "http", Host: p.listener.Addr().String()}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(p.ca.CACertificate))
	return &http.Transport{
		Proxy: http.ProxyURL(proxy), DialContext: DialLoopback, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}
}

// Serves reports whether a URL has one of the public names.
func (p *Proxy) Serves(u *url.URL) bool {
	return u.Scheme == "https" && p.hosts[strings.ToLower(u.Hostname())] != nil
}

// tunnelListener is a net.Listener that accepts connections of CONNECT requests.
type tunnelListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (t *tunnelListener) put(c net.Conn) {
	select {
	case t.conns <- c:
	case <-t.done:
		_ = c.Close()
	}
}

func (t *tunnelListener) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.done:
		return nil, net.ErrClosed
	}
}

func (t *tunnelListener) Close() error {
	t.once.Do(func() { close(t.done) })
	return nil
}

func (t *tunnelListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
