// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package registry implements the authentication of a container registry, according to the token
// authentication of the distribution specification.
package registry

import (
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Username is the predefined account.
const Username = "acme-robot"

// service is the name of the registry in token requests.
const service = "registry.sandbox"

// Registry serves /v2/ and a token server at /token.
type Registry struct {
	*server.Server

	password string // of Username

	mu        sync.Mutex // guards the fields below
	passwords map[string]string
	tokens    map[string]bool
	basic     bool
}

// New creates a registry with a predefined account. It does not start the server.
func New(s *server.Server) *Registry {
	g := &Registry{
		Server: s, password: server.RandomText("", 32), passwords: map[string]string{}, tokens: map[string]bool{},
	}
	g.AddAccount(Username, g.password)
	return g
}

// Password returns the password of Username.
func (g *Registry) Password() string { return g.password }

// AddAccount adds an account or changes its password.
func (g *Registry) AddAccount(username, password string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.passwords[username] = password
}

// SetBasic sets whether the registry uses basic authentication instead of the token server.
func (g *Registry) SetBasic(basic bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.basic = basic
}

// ServeHTTP implements http.Handler.
func (g *Registry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Docker-Distribution-Api-Version", "registry/2.0")
	switch strings.TrimSuffix(r.URL.Path, "/") {
	case "/v2":
		g.root(w, r)
	case "/token":
		g.token(w, r)
	default:
		http.NotFound(w, r)
	}
}

// root accepts a token, or a password with basic authentication.
func (g *Registry) root(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case bearer && g.tokens[token], g.basic && g.hasAccount(r):
		server.SendJSON(w, http.StatusOK, map[string]any{})
		return
	case g.basic:
		w.Header().Set("WWW-Authenticate", `Basic realm="`+service+`"`)
	default:
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
		}
		w.Header().Set("WWW-Authenticate", fmt.Sprintf("Bearer realm=%q,service=%q", scheme+"://"+r.Host+"/token", service))
	}
	sendUnauthorized(w)
}

// token issues a token for an account. Like Docker Hub, it also issues tokens to anonymous clients,
// but root does not accept them.
func (g *Registry) token(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	text := server.RandomText("", 40)
	if r.Header.Get("Authorization") != "" {
		if !g.hasAccount(r) {
			sendUnauthorized(w)
			return
		}
		g.tokens[text] = true
	}
	server.SendJSON(w, http.StatusOK, map[string]any{"token": text, "access_token": text, "expires_in": 300})
}

func (g *Registry) hasAccount(r *http.Request) bool {
	username, password, ok := r.BasicAuth()
	want, exists := g.passwords[username]
	return ok && exists && password == want
}

func sendUnauthorized(w http.ResponseWriter) {
	server.SendJSON(w, http.StatusUnauthorized, map[string]any{
		"errors": []any{map[string]any{"code": "UNAUTHORIZED", "message": "authentication required", "detail": nil}},
	})
}
