// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package tlsconfig

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"
)

// handshake connects a client to a server with the certificate, as http.Transport does.
func handshake(t *testing.T, client *tls.Config, name string, server tls.Certificate) error {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{server}, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		if accepted, err := listener.Accept(); err == nil {
			defer accepted.Close()
			_, _ = accepted.Read(make([]byte, 1)) // until the client closes the connection
		}
	}()
	plain, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	client = client.Clone()
	if client.ServerName == "" {
		client.ServerName = name
	}
	return tls.Client(plain, client).Handshake()
}

// TestTheVerdictIsThatOfCryptoTLS compares with the configuration that loads all roots first.
func TestTheVerdictIsThatOfCryptoTLS(t *testing.T) {
	given, system, other := newAuthority(t, "given"), newAuthority(t, "system"), newAuthority(t, "other")
	expired := newAuthority(t, "expired")
	expired.until = time.Now().Add(-time.Hour)
	old := given
	old.until = time.Now().Add(-time.Hour)
	oldSystem := system
	oldSystem.until = old.until
	for name, x := range map[string]struct {
		certificate tls.Certificate
		server      string
		failure     any // the type of the error; nil for none
		loads       int // how often the system's roots are needed
	}{
		"given CA":                          {given.leaf(t, "git.corp"), "git.corp", nil, 0},
		"given CA, address":                 {given.leaf(t, "127.0.0.1"), "127.0.0.1", nil, 0},
		"given CA, IPv6 address":            {given.leaf(t, "::1"), "::1", nil, 0},
		"given CA, intermediate":            {given.intermediate(t).leaf(t, "git.corp"), "git.corp", nil, 0},
		"given CA, wildcard":                {given.leaf(t, "*.corp"), "git.corp", nil, 0},
		"given CA, another name":            {given.leaf(t, "git.corp"), "git.example.com", x509.HostnameError{}, 1},
		"given CA, another address":         {given.leaf(t, "127.0.0.2"), "127.0.0.1", x509.HostnameError{}, 1},
		"given CA, a name for an address":   {given.leaf(t, "git.corp"), "127.0.0.1", x509.HostnameError{}, 1},
		"given CA, an address for a name":   {given.leaf(t, "127.0.0.1"), "git.corp", x509.HostnameError{}, 1},
		"given CA, expired":                 {old.leaf(t, "git.corp"), "git.corp", x509.CertificateInvalidError{}, 1},
		"given CA, intermediate is missing": {given.intermediate(t).leaf(t, "git.corp", "alone"), "git.corp", x509.UnknownAuthorityError{}, 1},
		"system's CA":                       {system.leaf(t, "git.corp"), "git.corp", nil, 1},
		"system's CA, address":              {system.leaf(t, "127.0.0.1"), "127.0.0.1", nil, 1},
		"system's CA, intermediate":         {system.intermediate(t).leaf(t, "git.corp"), "git.corp", nil, 1},
		"system's CA, another name":         {system.leaf(t, "git.corp"), "git.example.com", x509.HostnameError{}, 1},
		"system's CA, another address":      {system.leaf(t, "127.0.0.2"), "127.0.0.1", x509.HostnameError{}, 1},
		"system's CA, expired":              {oldSystem.leaf(t, "git.corp"), "git.corp", x509.CertificateInvalidError{}, 1},
		"neither":                           {other.leaf(t, "git.corp"), "git.corp", x509.UnknownAuthorityError{}, 1},
		"neither, expired":                  {expired.leaf(t, "git.corp"), "git.corp", x509.CertificateInvalidError{}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			loads := 0
			roots := func() (*x509.CertPool, error) {
				loads++
				return system.pool(), nil
			}
			m := Material{CACertificate: given.PEM}
			config, err := build(m, &url.URL{Scheme: "https", Host: net.JoinHostPort(x.server, "8443")}, roots)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the roots are loaded once
				err = handshake(t, config, x.server, x.certificate)
			}
			if loads != x.loads {
				t.Errorf("the system's roots were loaded %d times, want %d", loads, x.loads)
			}
			stock, err2 := build(m, nil, roots)
			if err2 != nil || stock.VerifyConnection != nil {
				t.Fatalf("not the configuration to compare with: %v", err2)
			}
			want := handshake(t, stock, x.server, x.certificate)
			if got, want := cause(err), cause(want); reflect.TypeOf(got) != reflect.TypeOf(x.failure) || reflect.TypeOf(got) != reflect.TypeOf(want) {
				t.Errorf("%T %v, want %T; crypto/tls: %T %v", got, got, x.failure, want, want)
			}
		})
	}
}

// cause is what a failed verification failed for. Any other error is returned as it is.
func cause(err error) error {
	var verification *tls.CertificateVerificationError
	if errors.As(err, &verification) && len(verification.UnverifiedCertificates) > 0 {
		return verification.Err
	}
	return err
}

// TestAnAddressIsVerifiedByHTTPClients goes through http.Transport, for which the sandbox's servers
// have no name.
func TestAnAddressIsVerifiedByHTTPClients(t *testing.T) {
	given := newAuthority(t, "given")
	for address, works := range map[string]bool{"127.0.0.1": true, "127.0.0.2": false} {
		t.Run(address, func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.NotFoundHandler())
			server.Config.ErrorLog = discard()
			server.TLS = &tls.Config{Certificates: []tls.Certificate{given.leaf(t, address)}, MinVersion: tls.VersionTLS12}
			server.StartTLS()
			defer server.Close()
			u, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			config, err := New(Material{CACertificate: given.PEM}, u)
			if err != nil {
				t.Fatal(err)
			}
			transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
			defer transport.CloseIdleConnections()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := transport.RoundTrip(req)
			if (err == nil) != works {
				t.Errorf("a certificate for %s at %s: %v", address, server.URL, err)
			}
			if err == nil {
				_ = resp.Body.Close()
			}
		})
	}
}

// TestBehindAnHTTPSProxyOnAnAddress runs in a process of its own, because net/http reads the
// proxy's variables once.
func TestBehindAnHTTPSProxyOnAnAddress(t *testing.T) {
	if proxy := os.Getenv("TEST_TLSCONFIG_PROXY"); proxy == "" {
		for proxy, nameable := range map[string]string{
			"": "true", "http://10.1.2.3:3128": "true", "https://proxy.corp:3129": "true",
			"https://10.1.2.3:3129": "false", "https://[fe80::1%25eth0]:3129": "false",
		} {
			run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
			run.Env = append(os.Environ(), "TEST_TLSCONFIG_PROXY="+nameable, "HTTPS_PROXY="+proxy, "https_proxy=", "NO_PROXY=", "no_proxy=")
			if out, err := run.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
				t.Errorf("%q: %v\n%s", proxy, err, out)
			}
		}
	} else if got := nameable(&url.URL{Scheme: "https", Host: "git.corp"}); got != (proxy == "true") {
		t.Errorf("got %t", got)
	}
	if nameable(nil) {
		t.Error("a server that is not known is nameable")
	}
}

func TestWithoutACANothingIsChanged(t *testing.T) {
	config, err := New(Material{}, &url.URL{Scheme: "https", Host: "git.corp"})
	if err != nil || config.RootCAs != nil || config.VerifyConnection != nil || config.InsecureSkipVerify || config.MinVersion != tls.VersionTLS12 {
		t.Errorf("%+v, %v", config, err)
	}
}

func TestInsecureTrustsAnyServer(t *testing.T) {
	given, other := newAuthority(t, "given"), newAuthority(t, "other")
	for _, m := range []Material{{}, {CACertificate: given.PEM}} {
		config, err := Insecure(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := handshake(t, config, "git.corp", other.leaf(t, "elsewhere")); err != nil {
			t.Error(err)
		}
	}
	if _, err := Insecure(Material{CACertificate: "none"}); !errors.Is(err, ErrCACertificate) {
		t.Error(err)
	}
}

func TestMaterialThatCannotBeUsed(t *testing.T) {
	given, other := newAuthority(t, "given"), newAuthority(t, "other")
	certificate, key := pair(t, given.leaf(t, "client"))
	_, otherKey := pair(t, other.leaf(t, "client"))
	for name, x := range map[string]struct {
		m    Material
		want error
	}{
		"usable":                    {Material{CACertificate: given.PEM, ClientCertificate: certificate, ClientKey: key}, nil},
		"CA that is a file name":    {Material{CACertificate: "/etc/ssl/ca.pem"}, ErrCACertificate},
		"CA that is a key":          {Material{CACertificate: key}, ErrCACertificate},
		"certificate without key":   {Material{ClientCertificate: certificate}, ErrClientCertificate},
		"key without certificate":   {Material{ClientKey: key}, ErrClientCertificate},
		"key of another":            {Material{ClientCertificate: certificate, ClientKey: otherKey}, ErrClientCertificate},
		"certificate that is a key": {Material{ClientCertificate: key, ClientKey: key}, ErrClientCertificate},
	} {
		config, err := New(x.m, &url.URL{Scheme: "https", Host: "git.corp"})
		if !errors.Is(err, x.want) || (x.want == nil) != (config != nil) {
			t.Errorf("%s: %v", name, err)
		}
		for line := range strings.Lines(x.m.ClientKey) {
			if err != nil && strings.Contains(err.Error(), strings.TrimSpace(line)) {
				t.Errorf("%s: the message repeats the key: %v", name, err)
			}
		}
	}
}

func TestASystemWithoutRootsTrustsTheGivenCA(t *testing.T) {
	given, other := newAuthority(t, "given"), newAuthority(t, "other")
	none := func() (*x509.CertPool, error) { return nil, errors.New("there are none") }
	config, err := build(Material{CACertificate: given.PEM}, &url.URL{Scheme: "https", Host: "git.corp"}, none)
	if err != nil {
		t.Fatal(err)
	}
	if err := handshake(t, config, "git.corp", given.leaf(t, "git.corp")); err != nil {
		t.Error(err)
	}
	var unknown x509.UnknownAuthorityError
	if err := handshake(t, config, "git.corp", other.leaf(t, "git.corp")); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
}
