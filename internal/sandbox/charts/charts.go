// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package charts is a stand-in for a server with Helm chart repositories: an index.yaml below each path.
package charts

import (
	"net/http"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const (
	// PublicPath is where the ready-made repository for everybody is.
	PublicPath = "/charts"
	// PrivatePath is where the ready-made repository is that wants Username and Charts.Password.
	PrivatePath = "/private"
	// Username is the owner of the ready-made password.
	Username = "acme-reader"
)

// Charts is the server. It speaks plain HTTP, also where the rest of the sandbox has TLS: Devtron knows no CA for it.
type Charts struct {
	*server.Server

	good string

	mu           sync.Mutex // guards the field below
	repositories map[string]account
}

// account is who may read a repository; nobody in particular where it is empty.
type account struct{ username, password string }

// New makes a server with the two ready-made repositories. The server is not started.
func New(s *server.Server) *Charts {
	c := &Charts{Server: s, good: server.RandomText("", 32), repositories: map[string]account{}}
	c.AddRepository(PublicPath, "", "")
	c.AddRepository(PrivatePath, Username, c.good)
	return c
}

// PublicURL is the URL of the ready-made repository for everybody.
func (c *Charts) PublicURL() string { return c.URL() + PublicPath }

// PrivateURL is the URL of the ready-made repository that wants Username and Password.
func (c *Charts) PrivateURL() string { return c.URL() + PrivatePath }

// Password is the ready-made password of Username.
func (c *Charts) Password() string { return c.good }

// AddRepository adds a repository below a path, or changes who may read it.
func (c *Charts) AddRepository(path, username, password string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.repositories[path] = account{username, password}
}

// RemoveRepository takes a repository away: its index.yaml is not found then.
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
