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

// gitClient is the HTTP client for the git host of a row. It honors the row's TLS material, knows no proxy but the sandbox's
// own, and reaches nothing but loopback addresses: a sandbox never sends a token anywhere else.
func (d *Service) gitClient(row Row) (*http.Client, error) {
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
	if d.dryRun.Load().Offline {
		return &http.Client{Transport: transport}, nil
	}
	return &http.Client{Transport: &internet{transport, d.proxy}}, nil
}

// internet is the network of a server that can reach the public git hosts: they are the sandbox's own, under their real names.
type internet struct {
	other http.RoundTripper
	proxy *server.Proxy
}

func (i *internet) RoundTrip(r *http.Request) (*http.Response, error) {
	if i.proxy.Serves(r.URL) {
		return i.proxy.Transport().RoundTrip(r)
	}
	return i.other.RoundTrip(r)
}
