// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Go reads the proxy settings from the environment once in a process, and does not apply them to
// this machine. So each case runs in a process of its own, against a name that only the proxy
// knows.
const (
	proxiedURL   = "DEVTRON_TEST_PROXIED_URL"
	proxiedToken = "DEVTRON_TEST_PROXIED_TOKEN"
	proxiedCA    = "DEVTRON_TEST_PROXIED_CA"
)

// TestInProcessWithProxy is what that process runs. The tests below read what it prints.
func TestInProcessWithProxy(t *testing.T) {
	if os.Getenv(proxiedURL) == "" {
		t.Skip("run by TestProxy, in a process of its own")
	}
	client := newClient(t, os.Getenv(proxiedURL), func(o *Options) {
		o.APIToken, o.CACertificate = os.Getenv(proxiedToken), os.Getenv(proxiedCA)
	})
	for name, do := range map[string]func(context.Context, *Client) error{"list": listed, "create": created} {
		err := do(t.Context(), client)
		if err == nil {
			fmt.Printf("%s: ok\n", name)
			continue
		}
		e := failure(t, err)
		fmt.Printf("%s: kind %d, handled %v, attempts %d: %s\n", name, e.Kind, e.MaybeHandled(), e.Attempts, e)
	}
}

// proxy is an HTTP proxy that forwards every name to one server.
type proxy struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

// newProxy starts a proxy that forwards to the target, or refuses all requests with a status.
func newProxy(t *testing.T, target string, refuse int) *proxy {
	t.Helper()
	p := &proxy{}
	to, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.Method+" "+r.Host+" "+r.Header.Get("Token"))
		p.mu.Unlock()
		switch {
		case refuse != 0:
			w.WriteHeader(refuse)
		case r.Method == http.MethodConnect:
			tunnel(w, r, to.Host)
		default:
			forward(w, r, to.Host)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *proxy) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

func tunnel(w http.ResponseWriter, r *http.Request, target string) {
	server, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = server.Close() }()
	w.WriteHeader(http.StatusOK)
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = client.Close() }()
	go func() {
		_, _ = io.Copy(server, buffered)
		_ = server.Close()
	}()
	_, _ = io.Copy(client, server)
}

func forward(w http.ResponseWriter, r *http.Request, target string) {
	out := r.Clone(r.Context())
	out.RequestURI, out.URL.Host = "", target
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(out)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}

// throughProxy lists and creates in a process with extra as its whole environment.
func throughProxy(t *testing.T, target, token, ca string, extra ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), self, "-test.run=^TestInProcessWithProxy$")
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), proxiedURL + "=" + target, proxiedToken + "=" + token, proxiedCA + "=" + ca}, extra...)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func TestProxyForHTTP(t *testing.T) {
	box := sandbox.ForTest(t)
	p := newProxy(t, box.Devtron.URL(), 0)
	out := throughProxy(t, "http://devtron.example.test", box.Devtron.AdminToken(), "", "HTTP_PROXY="+p.URL)
	if !strings.Contains(out, "list: ok") || !strings.Contains(out, "create: ok") || len(p.requests()) != 2 {
		t.Errorf("the proxy was asked %q\n%s", p.requests(), out)
	}
}

// TestProxyForHTTPS: the proxy sees the name of the server, but not the token, and the server's
// certificate is verified through the tunnel.
func TestProxyForHTTPS(t *testing.T) {
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fixed(200, jsonType, map[string]string{"GET": emptyList, "POST": written}[r.Method])(0, w, r)
	}))
	t.Cleanup(secure.Close)
	p := newProxy(t, secure.URL, 0)
	// The certificate of httptest includes this name, but not the other one.
	out := throughProxy(t, "https://example.com", testAPIToken, certificateOf(secure), "HTTPS_PROXY="+p.URL)
	if !strings.Contains(out, "list: ok") || !strings.Contains(out, "create: ok") {
		t.Errorf("got\n%s", out)
	}
	for _, asked := range p.requests() {
		if asked != "CONNECT example.com:443 " {
			t.Errorf("the proxy was asked %q", asked)
		}
	}
	out = throughProxy(t, "https://devtron.example.test", testAPIToken, certificateOf(secure), "HTTPS_PROXY="+p.URL)
	if !strings.Contains(out, "create: kind 1, handled false, attempts 1") || !strings.Contains(out, "certificate is valid for") {
		t.Errorf("got\n%s", out)
	}
}

// TestProxyWithoutTunnel: without a tunnel nothing is sent, so that a write is known not to have
// been handled.
func TestProxyWithoutTunnel(t *testing.T) {
	p := newProxy(t, "http://unused", http.StatusForbidden)
	out := throughProxy(t, "https://devtron.example.test", testAPIToken, "", "HTTPS_PROXY="+p.URL)
	if !strings.Contains(out, "create: kind 1, handled false, attempts 4") || !strings.Contains(out, "Forbidden") {
		t.Errorf("refused: got\n%s", out)
	}
	p.Close()
	out = throughProxy(t, "https://devtron.example.test", testAPIToken, "", "HTTPS_PROXY="+p.URL)
	if !strings.Contains(out, "create: kind 1, handled false, attempts 4") || !strings.Contains(out, "refused") {
		t.Errorf("away: got\n%s", out)
	}
}

func TestNoProxy(t *testing.T) {
	box := sandbox.ForTest(t)
	p := newProxy(t, box.Devtron.URL(), 0)
	// This machine by a name that is not exempt from proxies anyway.
	target := strings.Replace(box.Devtron.URL(), "127.0.0.1", "0.0.0.0", 1)
	for noProxy, want := range map[string]int{"": 2, "0.0.0.0": 0} {
		box.Devtron.Empty()
		before := len(p.requests())
		out := throughProxy(t, target, box.Devtron.AdminToken(), "", "HTTP_PROXY="+p.URL, "NO_PROXY="+noProxy)
		if n := len(p.requests()) - before; n != want || !strings.Contains(out, "create: ok") {
			t.Errorf("NO_PROXY=%s: the proxy was asked %d times\n%s", noProxy, n, out)
		}
	}
}
