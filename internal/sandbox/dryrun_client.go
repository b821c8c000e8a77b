// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"os"
	"syscall"
)

// gitClient is the HTTP client for the git host of a row. It honours the row's TLS material, knows no proxy but the sandbox's
// own, and reaches nothing but loopback addresses: a sandbox never sends a token anywhere else.
func (d *Devtron) gitClient(row Row) (*http.Client, error) {
	transport := &http.Transport{DialContext: dialLoopback, DisableKeepAlives: true}
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
	proxy *Proxy
}

func (i *internet) RoundTrip(r *http.Request) (*http.Response, error) {
	if i.proxy.stands(r.URL) {
		return i.proxy.client().RoundTrip(r)
	}
	return i.other.RoundTrip(r)
}

// dialLoopback fails for any other address as a machine without a network does.
func dialLoopback(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ip := net.ParseIP(host)
	switch {
	case host == "localhost" || ip.IsLoopback():
		var d net.Dialer
		return d.DialContext(ctx, network, address)
	case ip != nil:
		addr, _ := net.ResolveTCPAddr(network, address)
		return nil, &net.OpError{Op: "dial", Net: network, Addr: addr, Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}
	default:
		return nil, &net.OpError{Op: "dial", Net: network, Err: noSuchHost(host)}
	}
}

func noSuchHost(name string) error {
	return &net.DNSError{Err: "no such host", Name: name, Server: "127.0.0.53:53", IsNotFound: true}
}
