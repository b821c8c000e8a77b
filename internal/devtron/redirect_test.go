// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

var redirects = []int{301, 302, 303, 307, 308}

// TestRedirectToAnotherServer is reported with its target and not followed: the other server gets
// no request and no token. Another port of the same host is another server.
func TestRedirectToAnotherServer(t *testing.T) {
	for _, status := range redirects {
		other := serve(t, fixed(200, jsonType, emptyList))
		target := other.URL + "/orchestrator/gitops/config"
		for _, location := range []string{target + "?secret=" + testAPIToken, strings.Replace(target, "http://", "//", 1)} {
			server := serve(t, fixed(status, "text/html", "", "Location", location))
			for method, do := range map[string]func(context.Context, *Client) error{"GET": listed, "POST": created, "PUT": updated} {
				e := failure(t, do(t.Context(), newClient(t, server.URL)))
				if e.Kind != NotDevtron || e.Status != status || e.Location != target || e.Attempts != 1 || e.MaybeHandled() {
					t.Errorf("%d for %s: got %+v", status, method, *e)
				}
				if !strings.Contains(e.Error(), server.URL) || !strings.Contains(e.Error(), target) {
					t.Errorf("%d for %s: both URLs are to be shown: %v", status, method, e)
				}
			}
			if n := len(server.all()); n != 3 {
				t.Errorf("%d: %d requests, want 3", status, n)
			}
		}
		if all := other.all(); len(all) != 0 {
			t.Errorf("%d: the other server got %+v", status, all)
		}
	}
}

// TestRedirectOnTheSameServer is followed by a read, and never by a write, which would become a
// read that succeeds.
func TestRedirectOnTheSameServer(t *testing.T) {
	for _, status := range redirects {
		server := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/moved/here" {
				fixed(200, jsonType, emptyList)(n, w, r)
				return
			}
			// An absolute one, with the server's name in another case.
			fixed(status, "text/html", "", "Location", strings.Replace("http://"+r.Host, "http", "HTTP", 1)+"/moved/here")(n, w, r)
		})
		client := newClient(t, server.URL)
		if err := listed(t.Context(), client); err != nil {
			t.Errorf("%d: %v", status, err)
		}
		all := server.all()
		if len(all) != 2 || all[1].Method != http.MethodGet || all[1].Header.Get("Token") != testAPIToken {
			t.Errorf("%d: got %+v", status, all)
		}
		for _, do := range []func(context.Context, *Client) error{created, updated} {
			e := failure(t, do(t.Context(), client))
			if e.Kind != NotDevtron || e.Status != status || e.Location != server.URL+"/moved/here" || e.MaybeHandled() {
				t.Errorf("%d: got %+v", status, *e)
			}
		}
		if n := len(server.all()); n != 4 {
			t.Errorf("%d: %d requests, a write was followed", status, n)
		}
	}
}

// TestRedirectToALoginPage quotes the page and its address.
func TestRedirectToALoginPage(t *testing.T) {
	server := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login" {
			fixed(200, "text/html", "<html>")(n, w, r)
			return
		}
		http.Redirect(w, r, "/login?from=x", http.StatusFound)
	})
	e := failure(t, listed(t.Context(), newClient(t, server.URL)))
	if e.Kind != NotDevtron || e.Message != "after a redirect to "+server.URL+"/login: text/html: <html>" {
		t.Errorf("got %+v", *e)
	}
}

func TestRedirectLoopEnds(t *testing.T) {
	server := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, fmt.Sprintf("/loop/%d", n), http.StatusFound)
	})
	e := failure(t, listed(t.Context(), newClient(t, server.URL)))
	if n := len(server.all()); e.Kind != NotDevtron || e.Status != http.StatusFound || n != maxRedirects+1 {
		t.Errorf("%d requests, %+v", n, *e)
	}
}

// TestRedirectThatChangesTheScheme is not followed: from https to http, the token would travel
// unencrypted, and from http to https, the target is another server.
func TestRedirectThatChangesTheScheme(t *testing.T) {
	for _, status := range redirects {
		plain := serve(t, fixed(200, jsonType, emptyList))
		secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", plain.URL+"/orchestrator/gitops/config")
			w.WriteHeader(status)
		}))
		t.Cleanup(secure.Close)
		client := newClient(t, secure.URL, func(o *Options) { o.CACertificate = certificateOf(secure) })
		for _, do := range []func(context.Context, *Client) error{listed, created} {
			if e := failure(t, do(t.Context(), client)); e.Kind != NotDevtron || e.Status != status || !strings.HasPrefix(e.Location, plain.URL) {
				t.Errorf("%d: got %+v", status, *e)
			}
		}
		if all := plain.all(); len(all) != 0 {
			t.Errorf("%d: the token went over plain http: %+v", status, all)
		}

		// The same name and port, so that the scheme alone differs.
		schemes := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
			fixed(status, "text/html", "", "Location", "https://"+r.Host+r.URL.Path)(n, w, r)
		})
		if e := failure(t, listed(t.Context(), newClient(t, schemes.URL))); e.Status != status || e.Attempts != 1 || len(schemes.all()) != 1 {
			t.Errorf("%d: got %+v", status, *e)
		}
	}
}

// TestRedirectAfterARedirect: the second redirect leaves the server.
func TestRedirectAfterARedirect(t *testing.T) {
	other := serve(t, fixed(200, jsonType, emptyList))
	server := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		target := "/moved"
		if r.URL.Path == target {
			target = other.URL
		}
		http.Redirect(w, r, target, http.StatusPermanentRedirect)
	})
	e := failure(t, listed(t.Context(), newClient(t, server.URL)))
	if e.Kind != NotDevtron || e.Location != other.URL || len(other.all()) != 0 {
		t.Errorf("got %+v, the other server %v", *e, other.all())
	}
}

func TestRedirectWithASecretInItsTarget(t *testing.T) {
	for _, location := range []string{
		"https://user:" + testAPIToken + "@evil.example.com/x", "https://evil.example.com/" + testAPIToken, "/?token=" + testAPIToken, "#" + testAPIToken,
		"https://evil.example.com/ghp_0123456789", "%zz" + testAPIToken, "x:" + testAPIToken, "",
	} {
		server := serve(t, fixed(302, "text/html", "moved to "+location, "Location", location))
		client := newClient(t, server.URL, func(o *Options) { o.MaxRetries = 0 })
		row := testRow()
		row.Token = "ghp_0123456789"
		_, err := client.CreateGitOpsConfig(t.Context(), row)
		e := failure(t, err)
		for _, secret := range []string{testAPIToken, row.Token} {
			if strings.Contains(e.Error()+e.Location+e.Message, secret) {
				t.Errorf("%s: %v", location, e)
			}
		}
	}
}

func certificateOf(s *httptest.Server) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
}

// TestSameServer: an explicit default port makes no difference.
func TestSameServer(t *testing.T) {
	for target, want := range map[string]bool{
		"https://devtron.example.com:443/x": true, "https://DEVTRON.example.com/x": true, "https://devtron.example.com:/x": true,
		"https://devtron.example.com:444/x": false, "http://devtron.example.com:443/x": false, "http://devtron.example.com/x": false,
		"https://devtron.example.com.evil/x": false, "https://example.com/x": false, "https://devtron.example.com@evil.example/x": false,
	} {
		first, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://devtron.example.com/orchestrator", nil)
		next, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := checkRedirect(next, []*http.Request{first}) == nil; got != want {
			t.Errorf("%s: followed %v, want %v", target, got, want)
		}
	}
}
