// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package charts implements a server with Helm chart repositories, each with an index.yaml.
package charts

import (
	"net/http"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const (
	// PublicPath is the path of the public repository.
	PublicPath = "/charts"
	// PrivatePath is the path of the repository that requires Username and Charts.Password.
	PrivatePath = "/private"
	// Username is the predefined account for PrivatePath.
	Username = "acme-reader"
)

// Charts is the server. It always uses plain HTTP, because Devtron cannot trust a CA for chart
// repositories.
type Charts struct {
	*server.Server

	password string // of Username

	mu           sync.Mutex // guards the field below
	repositories map[string]account
}

// account is the account that a repository requires. It is empty for a public repository.
type account struct{ username, password string }

// New creates a server with a public and a private repository. It does not start the server.
func New(s *server.Server) *Charts {
	c := &Charts{Server: s, password: server.RandomText("", 32), repositories: map[string]account{}}
	c.AddRepository(PublicPath, "", "")
	c.AddRepository(PrivatePath, Username, c.password)
	return c
}

// PublicURL returns the URL of the public repository.
func (c *Charts) PublicURL() string { return c.URL() + PublicPath }

// PrivateURL returns the URL of the repository that requires Username and Password.
func (c *Charts) PrivateURL() string { return c.URL() + PrivatePath }

// Password returns the password of Username.
func (c *Charts) Password() string { return c.password }

// AddRepository adds a repository at a path or changes its account. Without a username, it is
// public.
func (c *Charts) AddRepository(path, username, password string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.repositories[path] = account{username, password}
}

// RemoveRepository removes a repository.
func (c *Charts) RemoveRepository(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.repositories, path)
}

// ServeHTTP implements http.Handler.
func (c *Charts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, index := strings.CutSuffix(r.URL.Path, "/index.yaml")
	c.mu.Lock()
	who, ok := c.repositories[path]
	c.mu.Unlock()
	username, password, _ := r.BasicAuth()
	switch {
	case !index || !ok:
		http.NotFound(w, r)
	case who != account{} && who != account{username, password}:
		w.Header().Set("WWW-Authenticate", `Basic realm="charts"`)
		http.Error(w, "unauthorized", http.StatusUnauthorized)
	default:
		w.Header().Set("Content-Type", "application/x-yaml")
		_, _ = w.Write([]byte("apiVersion: v1\nentries: {}\ngenerated: \"2024-03-01T09:30:00Z\"\n"))
	}
}
