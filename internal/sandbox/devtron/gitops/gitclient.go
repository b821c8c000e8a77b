// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// gitClient returns an HTTP client for the git host of a configuration, with its TLS material. The
// client reaches only loopback addresses and the proxy of the sandbox, so that the sandbox never
// sends a token anywhere else.
func (s *Service) gitClient(row Row) (*http.Client, error) {
	transport := &http.Transport{DialContext: server.DialLoopback, DisableKeepAlives: true}
	if row.EnableTLSVerification {
		config := &tls.Config{MinVersion: tls.VersionTLS12}
		if row.CAData != "" {
			config.RootCAs = x509.NewCertPool()
			if !config.RootCAs.AppendCertsFromPEM([]byte(row.CAData)) {
				return nil, errors.New("failed to append certificates from file: /devtron/tls/ca.crt")
			}
		}
		if row.TLSCertData != "" {
			pair, err := tls.X509KeyPair([]byte(row.TLSCertData), []byte(row.TLSKeyData))
			if err != nil {
				return nil, err
			}
			config.Certificates = []tls.Certificate{pair}
		}
		transport.TLSClientConfig = config
	}
	if s.dryRun.Load().Offline {
		return &http.Client{Transport: transport}, nil
	}
	return &http.Client{Transport: &onlineTransport{transport, s.proxy}}, nil
}

// onlineTransport sends requests for the public git hosts through the proxy, like a Devtron that
// has internet access.
type onlineTransport struct {
	direct http.RoundTripper
	proxy  *server.Proxy
}

func (t *onlineTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.proxy.Serves(r.URL) {
		return t.proxy.Transport().RoundTrip(r)
	}
	return t.direct.RoundTrip(r)
}
