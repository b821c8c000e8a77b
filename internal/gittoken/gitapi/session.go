// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitapi sends one token to one git host and sorts what can go wrong. It only reads, and it
// sends the token nowhere else.
package gitapi

import (
	"net/http"
	"net/url"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// Options of NewSession.
type Options struct {
	// API is the address of the host's API, with a trailing slash.
	API *url.URL
	// Token is masked in every text that the session returns.
	Token string
	// HeaderName and HeaderValue are the header that carries the token.
	HeaderName, HeaderValue string
	TLS                     tlsconfig.Material
	UserAgent               string
	// ReadRefusal reads a response that refuses a request.
	ReadRefusal func(status int, header http.Header, body []byte) Refusal
	Now         func() time.Time
	// Transport replaces the network in tests. TLS then has no effect.
	Transport http.RoundTripper
}

// Session is the HTTP side of checking one token. It has a client of its own, so that it shares no
// token, connection, or cookie with others.
type Session struct {
	HTTP      *http.Client
	API       *url.URL
	UserAgent string
	Now       func() time.Time

	close       func()
	redactor    redact.Redactor
	readRefusal func(status int, header http.Header, body []byte) Refusal
}

// NewSession returns a session. It sends nothing, and fails only if the TLS material cannot be
// used.
func NewSession(o Options) (*Session, Failure) {
	s := &Session{
		API: o.API, UserAgent: o.UserAgent, Now: o.Now,
		close: func() {}, redactor: redact.New(o.Token), readRefusal: o.ReadRefusal,
	}
	network := o.Transport
	if network == nil {
		config, err := tlsconfig.New(o.TLS, o.API)
		if err != nil {
			return nil, s.ErrorFailure(err)
		}
		transport := &http.Transport{
			Proxy:             http.ProxyFromEnvironment,
			TLSClientConfig:   config,
			ForceAttemptHTTP2: true,
			IdleConnTimeout:   10 * time.Second,
		}
		network, s.close = transport, transport.CloseIdleConnections
	}
	origin := weburl.Origin(o.API)
	s.HTTP = &http.Client{
		Transport:     &guard{network: network, origin: origin, headerName: o.HeaderName, headerValue: o.HeaderValue},
		CheckRedirect: checkRedirect(origin),
	}
	return s, Failure{}
}

// Close closes the connections of the session.
func (s *Session) Close() { s.close() }

// Clean makes a server's text fit to be shown: without the token, on one line, and not too long.
func (s *Session) Clean(text string) string {
	if s.redactor.TooShort() && text != "" {
		return "(text withheld, because it may contain the token, which is too short to be masked)"
	}
	return s.redactor.Line(text)
}

// CleanAll cleans each of the texts.
func (s *Session) CleanAll(texts []string) []string {
	cleaned := make([]string, len(texts))
	for i, text := range texts {
		cleaned[i] = s.Clean(text)
	}
	return cleaned
}
