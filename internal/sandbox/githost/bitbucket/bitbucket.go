// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package bitbucket is the sandbox's Bitbucket Cloud.
package bitbucket

import (
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const (
	// Workspace is the workspace that the ready-made Bitbucket token's owner administers.
	Workspace = "acme"
	// ProjectKey is the key of the one project in it.
	ProjectKey = "GIT"
	// Username is the user name that goes with the ready-made token: API tokens want the account's e-mail address.
	Username = githost.Username + "@example.com"
)

// Bitbucket is the sandbox's Bitbucket Cloud: its API is below URL()/2.0/, everything else is a web page. The real one has one
// address only, https://api.bitbucket.org; Sandbox.Proxy makes this one answer to that name.
type Bitbucket struct {
	*server.Server

	mu         sync.Mutex // guards the fields below
	good, long string
	tokens     map[string]Token
	workspaces map[string][]string // project keys by slug, the oldest first
	repos      map[string]*bitbucketRepo
}

// New makes a Bitbucket Cloud with the ready-made workspace and tokens. The server is not started.
func New(s *server.Server) *Bitbucket {
	b := &Bitbucket{
		Server: s, good: server.RandomText("ATATT3xFfGF0", 100) + "=5A3C0F1D", long: server.RandomText("ATATT3xFfGF0", 171) + "=5A3C0F1D",
		tokens: map[string]Token{}, workspaces: map[string][]string{}, repos: map[string]*bitbucketRepo{},
	}
	b.AddWorkspace(Workspace, ProjectKey)
	for _, token := range []string{b.good, b.long} {
		b.AddToken(Token{Token: token, Scopes: []string{
			"read:repository:bitbucket", "write:repository:bitbucket", "admin:repository:bitbucket", "delete:repository:bitbucket",
		}})
	}
	return b
}

// Token is a ready-made API token with the four documented scopes of repositories; it goes with Username. It is short
// enough for Devtron, which since v2.0.0 has room for 158 bytes.
func (b *Bitbucket) Token() string { return b.good }

// LongToken can do what Token can and has the 192 characters of real API tokens, which Devtron since v2.0.0 cannot store.
func (b *Bitbucket) LongToken() string { return b.long }

// AddToken adds a token and its owner, or replaces the token of the same text.
func (b *Bitbucket) AddToken(t Token) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t.Username == "" {
		t.Username = githost.Username
	}
	if t.Email == "" {
		t.Email = t.Username + "@example.com"
	}
	if t.Workspaces == nil {
		t.Workspaces = map[string]string{Workspace: "owner"}
	}
	b.tokens[t.Token] = t
}

// AddWorkspace adds a workspace with its projects, or replaces it.
func (b *Bitbucket) AddWorkspace(slug string, projectKeys ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.workspaces[strings.ToLower(slug)] = projectKeys
}

// Repositories lists the slugs of a workspace's repositories.
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
