// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package tlsconfig

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
)

// trust makes the configuration trust the given CA and the system's roots. Loading the system's
// roots takes tens of milliseconds, which every command of Terraform would spend, and the given CA
// alone is usually enough: so the roots are loaded only for a certificate that the given CA did not
// sign.
func trust(config *tls.Config, ca string, server *url.URL, systemRoots func() (*x509.CertPool, error)) error {
	given := x509.NewCertPool()
	if !given.AppendCertsFromPEM([]byte(ca)) {
		return ErrCACertificate
	}
	all := sync.OnceValue(func() *x509.CertPool {
		roots, err := systemRoots()
		if err != nil {
			roots = x509.NewCertPool() // a system without roots
		}
		roots.AppendCertsFromPEM([]byte(ca))
		return roots
	})
	if !nameable(server) {
		config.RootCAs = all()
		return nil
	}
	v := verifier{serverHost: server.Hostname(), given: given, all: all}
	// crypto/tls does not verify then. VerifyConnection does.
	config.InsecureSkipVerify = true
	config.VerifyConnection = v.verify
	return nil
}

// nameable reports whether a connection that reports no server name can only be one to the server.
// crypto/tls reports no name for servers that are addressed by IP, so an HTTPS proxy that is
// addressed by IP could not be told from the server.
func nameable(server *url.URL) bool {
	if server == nil {
		return false
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: server})
	if err != nil || proxy == nil || proxy.Scheme != "https" {
		return err == nil
	}
	_, err = netip.ParseAddr(proxy.Hostname())
	return err != nil
}

// verifier does what crypto/tls does by default, with one set of roots after the other.
type verifier struct {
	// serverHost stands for the name where a connection reports none: it is an IP address then.
	serverHost string
	given      *x509.CertPool
	all        func() *x509.CertPool
}

func (v verifier) verify(connection tls.ConnectionState) error {
	name := connection.ServerName
	if name == "" {
		name = v.serverHost
	}
	chain := connection.PeerCertificates
	options := x509.VerifyOptions{DNSName: name, Roots: v.given, Intermediates: x509.NewCertPool()}
	for _, certificate := range chain[1:] {
		options.Intermediates.AddCert(certificate)
	}
	if _, err := chain[0].Verify(options); err == nil {
		return nil
	}
	options.Roots = v.all()
	if _, err := chain[0].Verify(options); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: chain, Err: err}
	}
	return nil
}
