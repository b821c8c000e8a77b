// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// largestBody is how much of an answer is read: the answers to the questions asked here have a few kilobytes.
const largestBody = 1 << 20

const mostRedirects = 3

// session is the HTTP side of one question: a client of its own, so that no token, connection or cookie is shared.
type session struct {
	client *http.Client
	close  func()
	// What the clients of all providers are made from.
	api       *url.URL
	userAgent string
	masker    masker
	now       func() time.Time
	// refusal reads an answer that refuses a request.
	refusal func(status int, header http.Header, body []byte) refusal
}

// errRedirect is a redirect that was not followed.
type errRedirect struct{ from, to, path string }

func (e *errRedirect) Error() string { return fmt.Sprintf("%s redirects to %s", e.from, e.to) }

var (
	errBadCA   = errors.New("no certificate could be read from it")
	errBadPair = errors.New("certificate and key are not a pair in PEM form")
	errTooLong = errors.New("the answer is longer than this check reads")
)

// newSession makes a client that sends the header to the origin of base and to nobody else. hook replaces the network
// in tests.
func newSession(t TLS, base *url.URL, header, value string, hook http.RoundTripper) (*session, error) {
	network := hook
	closeIdle := func() {}
	if network == nil {
		config, err := tlsConfig(t)
		if err != nil {
			return nil, err
		}
		transport := &http.Transport{
			Proxy:             http.ProxyFromEnvironment,
			TLSClientConfig:   config,
			ForceAttemptHTTP2: true,
			IdleConnTimeout:   10 * time.Second,
		}
		network, closeIdle = transport, transport.CloseIdleConnections
	}
	client := &http.Client{
		Transport: &guard{network: network, origin: origin(base), header: header, value: value},
		// The libraries and net/http would send the token along: Go forwards PRIVATE-TOKEN to any host.
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if origin(req.URL) != origin(base) || len(via) > mostRedirects {
				return &errRedirect{from: origin(base), to: origin(req.URL), path: req.URL.Path}
			}
			return nil
		},
	}
	return &session{client: client, close: closeIdle}, nil
}

func tlsConfig(t TLS) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if t.CACertificate != "" {
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		if !roots.AppendCertsFromPEM([]byte(t.CACertificate)) {
			return nil, errBadCA
		}
		config.RootCAs = roots
	}
	if t.ClientCertificate != "" || t.ClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(t.ClientCertificate), []byte(t.ClientKey))
		if err != nil {
			return nil, errBadPair
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// guard adds the credential, only for its own origin, and bounds what is read.
type guard struct {
	network       http.RoundTripper
	origin        string
	header, value string
}

func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet {
		return nil, fmt.Errorf("a %s is not sent: the check only reads", req.Method)
	}
	if origin(req.URL) != g.origin {
		return nil, &errRedirect{from: g.origin, to: origin(req.URL)}
	}
	req = req.Clone(req.Context())
	req.Header.Set(g.header, g.value)
	resp, err := g.network.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &bounded{ReadCloser: resp.Body, left: largestBody}
	if refused, wanted := req.Context().Value(refusalKey{}).(*refusedBody); wanted && isRefusal(resp.StatusCode) {
		refused.keep(resp)
	}
	return resp, nil
}

// refusedBody is the body of an answer that refuses a request. The libraries throw away some of them.
type refusedBody struct {
	received bool
	text     []byte
}

// refusalKey is where a request's context holds the refusedBody.
type refusalKey struct{}

// keepRefusal makes a context in which the body of a refusal is kept.
func keepRefusal(ctx context.Context) (context.Context, *refusedBody) {
	refused := &refusedBody{}
	return context.WithValue(ctx, refusalKey{}, refused), refused
}

// isRefusal tells statuses that may not answer the question. Azure DevOps sends its sign-in page with 203.
func isRefusal(status int) bool {
	return status/100 != 2 || status == http.StatusAccepted || status == http.StatusNonAuthoritativeInfo
}

// keep reads the body and puts a copy in its place. What cannot be read of it is left out: the status says enough.
func (b *refusedBody) keep(resp *http.Response) {
	b.received = true
	b.text, _ = io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(b.text))
}

// CloseIdleConnections lets http.Client close them through the guard.
func (g *guard) CloseIdleConnections() {
	if network, ok := g.network.(interface{ CloseIdleConnections() }); ok {
		network.CloseIdleConnections()
	}
}

// bounded fails a body that goes on and on, instead of filling the memory.
type bounded struct {
	io.ReadCloser
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	if len(p) > b.left {
		p = p[:b.left]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= n
	return n, err
}
