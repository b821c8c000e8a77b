// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// proxyClient returns a client that uses the proxy.
func proxyClient(s *Sandbox) *http.Client { return &http.Client{Transport: s.Proxy.Transport()} }

// getStatus sends GET with basic authentication.
func getStatus(t *testing.T, c *http.Client, address, user, token string) (int, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(user, token)
	resp, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func TestProxyServesThePublicNames(t *testing.T) {
	for name, o := range map[string]Options{"plain": {}, "TLS": {TLS: true, ClientAuth: true}} {
		t.Run(name, func(t *testing.T) {
			s := ForTest(t, o)
			client := proxyClient(s)
			for _, c := range []struct{ address, user, token, server, logged string }{
				{"https://api.github.com/user", Username, s.GitHub.Token(), "github", "/api/v3/user"},
				{"https://github.com/", Username, s.GitHub.Token(), "github", "/"},
				{"https://API.Bitbucket.org/2.0/repositories/acme?pagelen=1", BitbucketUsername, s.Bitbucket.Token(), "bitbucket", "/2.0/repositories/acme?pagelen=1"},
				{"https://bitbucket.org/", "", "", "bitbucket", "/"},
				{"https://gitlab.com/", "", "", "gitlab", "/"},
				{"https://dev.azure.com/acme/_apis/connectionData", "", s.Azure.Token(), "azure", "/acme/_apis/connectionData"},
			} {
				s.Log.Reset()
				if status, err := getStatus(t, client, c.address, c.user, c.token); err != nil || status != 200 {
					t.Errorf("%s: got %d %v", c.address, status, err)
				}
				u, _ := url.Parse(c.address)
				if all := s.Log.All(); len(all) != 1 || all[0].Server != c.server || all[0].Path != c.logged || !strings.EqualFold(all[0].Host, u.Host) {
					t.Errorf("%s: got log %+v", c.address, all)
				}
			}
			if got := s.Proxy.Refused(); len(got) != 0 {
				t.Errorf("got refused %v", got)
			}
		})
	}
}

func TestProxyRejectsOtherTargets(t *testing.T) {
	s := ForTest(t)
	client := proxyClient(s)
	for _, address := range []string{
		"https://registry.terraform.io/", "https://api.bitbucket.org:8443/", "http://api.bitbucket.org/", "https://evil.github.com/", s.Devtron.URL() + "/health",
	} {
		if status, err := getStatus(t, client, address, "", "secret"); err == nil && status != http.StatusForbidden {
			t.Errorf("%s: got %d", address, status)
		}
	}
	if got := s.Proxy.Refused(); len(got) != 5 || got[0] != "registry.terraform.io:443" {
		t.Errorf("got refused %v", got)
	}
	if n := len(s.Log.All()); n != 0 {
		t.Errorf("got %d requests, want none", n)
	}
}

// Faults, Stop, and Restart also work for requests through the proxy.
func TestProxyFaultsAndStop(t *testing.T) {
	s := ForTest(t)
	client := proxyClient(s)
	const address = "https://api.bitbucket.org/2.0/repositories/acme"
	get := func() (int, error) { return getStatus(t, client, address, BitbucketUsername, s.Bitbucket.Token()) }
	s.Bitbucket.Inject(Fault{Path: "/2.0/", Status: 503, Times: 1})
	s.Bitbucket.Inject(Fault{Path: "/2.0/", Reset: true, Times: 1})
	if status, err := get(); err != nil || status != 503 {
		t.Errorf("fault: got %d %v", status, err)
	}
	if status, err := get(); err == nil {
		t.Errorf("reset: got %d", status)
	}
	s.Bitbucket.Stop()
	if status, err := get(); err == nil {
		t.Errorf("while stopped: got %d", status)
	}
	s.Bitbucket.Restart()
	if status, err := get(); err != nil || status != 200 {
		t.Errorf("after the restart: got %d %v", status, err)
	}
}

func TestProxyServesParallelRequests(t *testing.T) {
	s := ForTest(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if status, err := getStatus(t, proxyClient(s), "https://dev.azure.com/acme/_apis/connectionData", "", s.Azure.Token()); err != nil || status != 200 {
				t.Errorf("got %d %v", status, err)
			}
		})
	}
	all.Wait()
	if n := s.Log.Count("azure", "GET", "/acme/"); n != 20 {
		t.Errorf("got %d requests, want 20", n)
	}
}

// A process needs only the two environment variables to use the proxy, like a Terraform CLI.
func TestProxyFromTheEnvironment(t *testing.T) {
	if address := os.Getenv("SANDBOX_TEST_FETCH"); address != "" {
		status, err := getStatus(t, &http.Client{}, address, "", os.Getenv("SANDBOX_TEST_TOKEN"))
		if err != nil || status != 200 {
			t.Fatalf("got %d %v", status, err)
		}
		return
	}
	s := ForTest(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte(s.Proxy.CACertificate()), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxyFromTheEnvironment$")
	cmd.Env = append(os.Environ(), "HTTPS_PROXY="+s.Proxy.URL(), "SSL_CERT_FILE="+file, "NO_PROXY=", "no_proxy=",
		"SANDBOX_TEST_FETCH=https://dev.azure.com/acme/_apis/connectionData", "SANDBOX_TEST_TOKEN="+s.Azure.Token())
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if n := s.Log.Count("azure", "GET", "/acme/_apis/connectionData"); n != 1 {
		t.Errorf("got %d requests, want 1", n)
	}
}
