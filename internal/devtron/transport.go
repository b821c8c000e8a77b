// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// ErrCACertificate and ErrClientCertificate tell the caller which of its TLS
// inputs cannot be used.
var (
	ErrCACertificate     = errors.New("the CA certificate holds no PEM encoded certificate")
	ErrClientCertificate = errors.New("the client certificate and its key cannot be used")
)

// newHTTPClient returns a client of its own: nothing global is changed, no
// cookie is kept (a cookie would win over the token header), the proxy comes
// from the environment.
func newHTTPClient(o Options) (*http.Client, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: o.InsecureSkipTLSVerify} //nolint:gosec // G402: asked for by the user, who is warned
	if o.CACertificate != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM([]byte(o.CACertificate)) {
			return nil, ErrCACertificate
		}
		config.RootCAs = pool
	}
	if o.ClientCertificate != "" || o.ClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(o.ClientCertificate), []byte(o.ClientKey))
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrClientCertificate, strings.TrimPrefix(err.Error(), "tls: "))
		}
		config.Certificates = []tls.Certificate{pair}
	}
	transport := &http.Transport{
		// No timeouts of its own for connecting and the TLS handshake: the caller's context is the only limit.
		Proxy:             http.ProxyFromEnvironment,
		TLSClientConfig:   config,
		ForceAttemptHTTP2: true,
		IdleConnTimeout:   90 * time.Second,
		MaxIdleConns:      10,
	}
	return &http.Client{Transport: transport, CheckRedirect: checkRedirect}, nil
}

// maxRedirects is enough for a renamed path; more is a loop.
const maxRedirects = 3

// checkRedirect follows a redirect only where it stays on the same server and
// cannot change what was asked: Go forwards the token header to any host, and
// turns a redirected POST into a GET that looks like a success.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	sameServer := next.URL.Scheme == first.URL.Scheme && canonicalHost(next.URL) == canonicalHost(first.URL)
	if first.Method != http.MethodGet || !sameServer || len(via) > maxRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}
