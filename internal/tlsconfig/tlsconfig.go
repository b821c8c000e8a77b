// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package tlsconfig builds the TLS configuration of an HTTP client from PEM text.
package tlsconfig

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// ErrCACertificate and ErrClientCertificate tell the caller which of its arguments cannot be used.
// Neither repeats anything of a key.
var (
	ErrCACertificate     = errors.New("the CA certificate holds no PEM encoded certificate")
	ErrClientCertificate = errors.New("the client certificate and its key cannot be used")
)

// Material is what a user gives for a server with a private CA or mutual TLS, as PEM text. Empty
// strings mean: not given.
type Material struct {
	// CACertificate is trusted in addition to the system's roots.
	CACertificate     string
	ClientCertificate string
	ClientKey         string
}

// New returns the configuration of a client that talks to the server of the URL, directly or
// through the proxy that the environment names.
func New(m Material, server *url.URL) (*tls.Config, error) {
	return build(m, server, x509.SystemCertPool)
}

// Insecure returns the configuration of a client that trusts any server.
func Insecure(m Material) (*tls.Config, error) {
	config, err := build(m, nil, func() (*x509.CertPool, error) { return x509.NewCertPool(), nil })
	if err != nil {
		return nil, err
	}
	config.InsecureSkipVerify, config.VerifyConnection, config.RootCAs = true, nil, nil
	return config, nil
}

func build(m Material, server *url.URL, systemRoots func() (*x509.CertPool, error)) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if m.CACertificate != "" {
		if err := trust(config, m.CACertificate, server, systemRoots); err != nil {
			return nil, err
		}
	}
	if m.ClientCertificate != "" || m.ClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(m.ClientCertificate), []byte(m.ClientKey))
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrClientCertificate, strings.TrimPrefix(err.Error(), "tls: "))
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}
