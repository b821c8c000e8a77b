// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"syscall"
	"testing"
)

func TestStopAndRestart(t *testing.T) {
	s := ForTest(t)
	postConfig(t, s.Devtron, s.configBodies()[0])
	url := s.Devtron.URL()
	s.Devtron.Stop()
	if _, _, err := fetch(t.Context(), t, url+health); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("while stopped: got %v, want connection refused", err)
	}
	if status, _, err := fetch(t.Context(), t, s.GitHub.URL()+"/api/v3/"); err != nil {
		t.Errorf("GitHub while Devtron is stopped: got %d %v", status, err)
	}
	s.Devtron.Restart()
	s.Devtron.Restart() // has no effect
	if s.Devtron.URL() != url {
		t.Errorf("got URL %s after the restart, want %s", s.Devtron.URL(), url)
	}
	if status, _, err := fetch(t.Context(), t, url+health); status != 200 {
		t.Errorf("after the restart: got %d %v", status, err)
	}
	if len(s.Devtron.Rows()) != 1 {
		t.Error("the restart deleted the configuration")
	}
}

func TestLog(t *testing.T) {
	s := ForTest(t)
	s.GitLab.Inject(Fault{Status: 418})
	for _, url := range []string{
		s.Devtron.URL() + health + "?a=b", s.GitLab.URL() + "/api/v4/user", s.GitHub.URL() + "/api/v3/", s.Devtron.URL() + "/orchestrator/version",
	} {
		if _, _, err := fetch(t.Context(), t, url); err != nil {
			t.Fatal(err)
		}
	}
	want := []Request{
		{Server: "devtron", Path: "/health?a=b", Status: 200},
		{Server: "gitlab", Path: "/api/v4/user", Status: 418},
		{Server: "github", Path: "/api/v3/", Status: 401},
		{Server: "devtron", Path: "/orchestrator/version", Status: 401},
	}
	got := s.Log.All()
	if len(got) != len(want) {
		t.Fatalf("got %d requests, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if g := got[i]; g.Server != w.Server || g.Path != w.Path || g.Method != "GET" || g.Time.IsZero() || g.Status != w.Status && w.Server != "github" {
			t.Errorf("%d: got %+v, want %+v", i, g, w)
		}
	}
	if n := len(s.Log.To("devtron")); n != 2 {
		t.Errorf("got %d requests to Devtron, want 2", n)
	}
	for _, c := range []struct {
		server, method, prefix string
		want                   int
	}{{"", "", "", 4}, {"devtron", "", "", 2}, {"devtron", "GET", "/health", 1}, {"", "POST", "", 0}, {"github", "", "/api/v4", 0}} {
		if n := s.Log.Count(c.server, c.method, c.prefix); n != c.want {
			t.Errorf("Count(%q, %q, %q) = %d, want %d", c.server, c.method, c.prefix, n, c.want)
		}
	}
	s.Log.Reset()
	if n := len(s.Log.All()); n != 0 {
		t.Errorf("got %d requests after Reset", n)
	}
}

func TestTLSAndClientAuth(t *testing.T) {
	s := ForTest(t, Options{TLS: true, ClientAuth: true})
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(s.CACertificate)) {
		t.Fatal("the CA certificate is not in PEM format")
	}
	pair, err := tls.X509KeyPair([]byte(s.ClientCertificate), []byte(s.ClientKey))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		config *tls.Config
		ok     bool
	}{
		"CA and certificate": {&tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}}, true},
		"no certificate":     {&tls.Config{RootCAs: roots}, false},
		"no CA":              {&tls.Config{Certificates: []tls.Certificate{pair}}, false},
	} {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: c.config, DisableKeepAlives: true}}
		response, err := client.Get(s.Devtron.URL() + health)
		if (err == nil) != c.ok {
			t.Errorf("%s: got %v", name, err)
		}
		if err == nil {
			_ = response.Body.Close()
		}
	}
}

func TestTokensDifferBetweenSandboxes(t *testing.T) {
	a, b := ForTest(t), ForTest(t)
	for name, pair := range map[string][2]string{
		"admin": {a.Devtron.AdminToken(), b.Devtron.AdminToken()}, "powerless": {a.Devtron.PowerlessToken(), b.Devtron.PowerlessToken()},
		"github": {a.GitHub.Token(), b.GitHub.Token()}, "gitlab": {a.GitLab.Token(), b.GitLab.Token()},
	} {
		if pair[0] == pair[1] || pair[0] == "" {
			t.Errorf("%s: got the tokens %q", name, pair)
		}
	}
	if status, _, _, _ := exchange(a.Devtron, "GET", gitOpsConfig, map[string]string{"token": b.Devtron.AdminToken()}, nil); status != 401 {
		t.Errorf("token of another sandbox: got %d, want 401", status)
	}
}
