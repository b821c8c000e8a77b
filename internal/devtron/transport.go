// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"crypto/tls"
	"net/http"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// ErrCACertificate and ErrClientCertificate tell the caller which of its TLS
// inputs cannot be used.
var (
	ErrCACertificate     = tlsconfig.ErrCACertificate
	ErrClientCertificate = tlsconfig.ErrClientCertificate
)

// newHTTPClient returns a client of its own: nothing global is changed, no
// cookie is kept (a cookie would win over the token header), the proxy comes
// from the environment.
func newHTTPClient(o Options, base BaseURL) (*http.Client, error) {
	config, err := newTLSConfig(o, base)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		// No timeouts of its own for connecting and the TLS handshake: the caller's context is the
		// only limit.
		Proxy:             http.ProxyFromEnvironment,
		TLSClientConfig:   config,
		ForceAttemptHTTP2: true,
		IdleConnTimeout:   90 * time.Second,
		MaxIdleConns:      10,
	}
	return &http.Client{Transport: transport, CheckRedirect: checkRedirect}, nil
}

func newTLSConfig(o Options, base BaseURL) (*tls.Config, error) {
	material := tlsconfig.Material{CACertificate: o.CACertificate, ClientCertificate: o.ClientCertificate, ClientKey: o.ClientKey}
	if o.InsecureSkipTLSVerify {
		return tlsconfig.Insecure(material)
	}
	return tlsconfig.New(material, base.url)
}

// maxRedirects is enough for a renamed path; more is a loop.
const maxRedirects = 3

// checkRedirect follows a redirect only where it stays on the same server and
// cannot change what was asked: Go forwards the token header to any host, and
// turns a redirected POST into a GET that looks like a success.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if first.Method != http.MethodGet || weburl.Origin(next.URL) != weburl.Origin(first.URL) || len(via) > maxRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}
