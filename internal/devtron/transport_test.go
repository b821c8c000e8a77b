// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"crypto/x509"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestCACertificate(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	trusting := func(o *Options) { o.CACertificate = box.CACertificate }
	for range 2 {
		if err := listed(t.Context(), sandboxClient(t, box, trusting)); err != nil {
			t.Error(err)
		}
	}
	if err := listed(t.Context(), sandboxClient(t, box, func(o *Options) { o.InsecureSkipTLSVerify = true })); err != nil {
		t.Error(err)
	}
	if err := created(t.Context(), sandboxClient(t, box, trusting)); err != nil {
		t.Error(err)
	}

	box.Log.Reset()
	other := sandbox.ForTest(t, sandbox.Options{TLS: true})
	for name, ca := range map[string]string{"none": "", "another": other.CACertificate} {
		err := created(t.Context(), sandboxClient(t, box, func(o *Options) { o.CACertificate = ca }))
		e := failure(t, err)
		var unknown x509.UnknownAuthorityError
		if e.Kind != Unreachable || e.Attempts != 1 || e.MaybeHandled() || !errors.As(err, &unknown) {
			t.Errorf("%s: got %+v", name, *e)
		}
	}
	if n := len(box.Log.All()); n != 0 {
		t.Errorf("%d requests on a connection that is not trusted", n)
	}
}

func TestCertificateOfAnotherHost(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	client := newClient(t, box.Devtron.URL(), func(o *Options) { o.CACertificate = box.CACertificate })
	transport, ok := client.http.Transport.(*http.Transport)
	if !ok {
		t.Fatal("another transport")
	}
	transport.TLSClientConfig.ServerName = "devtron.example.com"
	e := failure(t, listed(t.Context(), client))
	if e.Kind != Unreachable || e.Attempts != 1 || !strings.Contains(e.Message, "devtron.example.com") {
		t.Errorf("got %+v", *e)
	}
}

func TestClientCertificate(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true})
	with := func(o *Options) {
		o.CACertificate, o.ClientCertificate, o.ClientKey = box.CACertificate, box.ClientCertificate, box.ClientKey
	}
	if err := listed(t.Context(), sandboxClient(t, box, with)); err != nil {
		t.Error(err)
	}
	if err := created(t.Context(), sandboxClient(t, box, with)); err != nil {
		t.Error(err)
	}

	// Without one the server breaks off. The alert that says so may be lost when it
	// closes the connection, so that only what follows from both is certain.
	rows := len(box.Devtron.Rows())
	box.Log.Reset()
	e := failure(t, updated(t.Context(), sandboxClient(t, box, func(o *Options) { o.CACertificate = box.CACertificate })))
	if e.Kind != Unreachable && e.Kind != Dropped || e.Attempts != 1 {
		t.Errorf("got %+v", *e)
	}
	if e.Kind == Unreachable && e.MaybeHandled() {
		t.Error("no request was read, but it counts as handled")
	}
	if n := len(box.Log.All()); n != 0 || len(box.Devtron.Rows()) != rows {
		t.Errorf("%d requests arrived", n)
	}
}

func TestTLSInputsThatCannotBeUsed(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	other := sandbox.ForTest(t, sandbox.Options{TLS: true})
	for name, c := range map[string]struct {
		options Options
		want    error
	}{
		"CA that is a file name":    {Options{CACertificate: "/etc/ssl/ca.pem"}, ErrCACertificate},
		"CA that is a key":          {Options{CACertificate: box.ClientKey}, ErrCACertificate},
		"certificate without key":   {Options{ClientCertificate: box.ClientCertificate}, ErrClientCertificate},
		"key without certificate":   {Options{ClientKey: box.ClientKey}, ErrClientCertificate},
		"key of another":            {Options{ClientCertificate: box.ClientCertificate, ClientKey: other.ClientKey}, ErrClientCertificate},
		"certificate that is a key": {Options{ClientCertificate: box.ClientKey, ClientKey: box.ClientKey}, ErrClientCertificate},
	} {
		c.options.URL = box.Devtron.URL()
		_, err := New(c.options)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		for line := range strings.Lines(c.options.ClientKey) {
			if strings.Contains(err.Error(), strings.TrimSpace(line)) {
				t.Errorf("%s: the message holds the key: %v", name, err)
			}
		}
	}
}

// TestWrongScheme: http to a TLS server and https to a plain one.
func TestWrongScheme(t *testing.T) {
	secure := sandbox.ForTest(t, sandbox.Options{TLS: true})
	e := failure(t, listed(t.Context(), newClient(t, strings.Replace(secure.Devtron.URL(), "https", "http", 1))))
	if e.Kind != Intercepted || !strings.Contains(e.Message, "HTTP request to an HTTPS server") {
		t.Errorf("got %+v", *e)
	}
	plain := sandbox.ForTest(t)
	e = failure(t, created(t.Context(), newClient(t, strings.Replace(plain.Devtron.URL(), "http", "https", 1))))
	if e.Kind != Unreachable || e.Attempts != 1 || e.MaybeHandled() || !strings.Contains(e.Message, "HTTP response to HTTPS client") {
		t.Errorf("got %+v", *e)
	}
}

// TestNothingOfTheProcessIsChanged: other code in the process has its own idea of
// how to talk to the world.
func TestNothingOfTheProcessIsChanged(t *testing.T) {
	before, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		t.Fatal("another default transport")
	}
	config := before.TLSClientConfig
	client := newClient(t, "https://h", func(o *Options) { o.InsecureSkipTLSVerify = true })
	if client.http.Transport == http.RoundTripper(before) || before.TLSClientConfig != config || client.http.Jar != nil {
		t.Error("the client shares the transport of the process, or keeps cookies")
	}
}
