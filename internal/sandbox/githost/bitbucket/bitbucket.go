// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package bitbucket implements the Bitbucket Cloud of the sandbox.
package bitbucket

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const (
	// Workspace is the workspace that the owner of the predefined tokens administers.
	Workspace = "acme"
	// ProjectKey is the key of the only project in Workspace.
	ProjectKey = "GIT"
	// Username is the username for the predefined tokens. API tokens require the email address of
	// the account.
	Username = githost.Username + "@example.com"
)

// Bitbucket is the server. Its API is at /2.0/; all other paths are web pages. Clients that always
// use the address of Bitbucket Cloud, https://api.bitbucket.org, reach the server through
// Sandbox.Proxy.
type Bitbucket struct {
	*server.Server

	predefinedToken, longToken string

	mu         sync.Mutex // guards the fields below
	tokens     map[string]Token
	workspaces map[string][]string // project keys by slug, oldest first
	repos      map[string]*repository
}

// New creates a Bitbucket Cloud with the predefined workspace and tokens. It does not start the
// server.
func New(s *server.Server) *Bitbucket {
	newToken := func(n int) string { return server.RandomText("ATATT3xFfGF0", n) + "=5A3C0F1D" }
	b := &Bitbucket{
		Server: s, predefinedToken: newToken(100), longToken: newToken(171),
		tokens: map[string]Token{}, workspaces: map[string][]string{}, repos: map[string]*repository{},
	}
	b.AddWorkspace(Workspace, ProjectKey)
	for _, token := range []string{b.predefinedToken, b.longToken} {
		b.AddToken(Token{Token: token, Scopes: []string{
			"read:repository:bitbucket", "write:repository:bitbucket", "admin:repository:bitbucket", "delete:repository:bitbucket",
		}})
	}
	return b
}

// Token returns the predefined API token, which has the four documented scopes for repositories.
// Its username is Username. It is short enough for Devtron, whose limit since v2.0.0 is 158 bytes.
func (b *Bitbucket) Token() string { return b.predefinedToken }

// LongToken returns a token with the same scopes as Token. It has 192 characters, like real API
// tokens, which Devtron cannot store since v2.0.0.
func (b *Bitbucket) LongToken() string { return b.longToken }

// AddToken adds or replaces a token and its owner.
func (b *Bitbucket) AddToken(t Token) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t.Username = cmp.Or(t.Username, githost.Username)
	t.Email = cmp.Or(t.Email, t.Username+"@example.com")
	if t.Workspaces == nil {
		t.Workspaces = map[string]string{Workspace: "owner"}
	}
	b.tokens[t.Token] = t
}

// AddWorkspace adds or replaces a workspace with its projects.
func (b *Bitbucket) AddWorkspace(slug string, projectKeys ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.workspaces[strings.ToLower(slug)] = projectKeys
}

// Repositories returns the slugs of the repositories of a workspace, sorted.
func (b *Bitbucket) Repositories(workspace string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	slugs := []string{}
	for _, r := range b.repos {
		if strings.EqualFold(r.workspace, workspace) {
			slugs = append(slugs, r.slug)
		}
	}
	slices.Sort(slugs)
	return slugs
}
