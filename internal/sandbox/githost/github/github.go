// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package github is the sandbox's GitHub.
package github

import (
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// GitHub is the sandbox's GitHub, in the manner of GitHub Enterprise Server: its API is below URL()/api/v3/, or below
// /any/prefix/api/v3/ for hosts with a sub-path, and everything else is a web page. Its bodies are valid against
// GitHub's own OpenAPI description.
type GitHub struct {
	*server.Server

	mu        sync.Mutex // guards the fields below
	good      string
	tokens    map[string]Token
	orgs      map[string]Org    // by lower-case login
	users     map[string]string // lower-case login -> login
	repos     map[string]*githubRepo
	lockAfter int // number of rejected requests after which all are refused; 0 = never
	rejected  int
}

// Org is an organization.
type Org struct {
	Login string
	// MembersCanCreatePrivate is shown to everybody when set. nil stands for true, shown only to owners whose token
	// has admin:org, as GitHub keeps such details from others.
	MembersCanCreatePrivate *bool
	// Hidden answers 404 to those who are not members.
	Hidden bool
	// CanCreateRepository is permissions.can_create_repository in the membership of a login; absent or nil: left out.
	CanCreateRepository map[string]*bool
	// FormerLogin is a name that redirects to the organization since it was renamed.
	FormerLogin string
	// Pending are the logins whose membership is an invitation that was not accepted yet.
	Pending []string
}

// New makes a GitHub with the ready-made organization and token. The server is not started.
func New(s *server.Server) *GitHub {
	g := &GitHub{
		Server: s,
		good:   server.RandomText("ghp_", 36),
		tokens: map[string]Token{},
		orgs:   map[string]Org{},
		users:  map[string]string{},
		repos:  map[string]*githubRepo{},
	}
	g.AddOrg(Org{Login: githost.Organization})
	g.AddToken(Token{
		Token: g.good, Login: githost.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{githost.Organization: "admin"},
	})
	return g
}

// Token is a ready-made classic token with all documented scopes; its owner Username is an owner of Organization.
func (g *GitHub) Token() string { return g.good }

// AddToken adds a token and its owner, or replaces the token of the same text.
func (g *GitHub) AddToken(t Token) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.Login == "" {
		t.Login = githost.Username
	}
	g.tokens[t.Token] = t
	g.users[strings.ToLower(t.Login)] = t.Login
}

// AddOrg adds an organization, or replaces the one of the same login.
func (g *GitHub) AddOrg(o Org) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.orgs[strings.ToLower(o.Login)] = o
}

// AddUser adds a user account, which is no organization.
func (g *GitHub) AddUser(login string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.users[strings.ToLower(login)] = login
}

// SetLockout makes every request fail with 403 once so many were answered 401, as GitHub does for some time. 0: never.
func (g *GitHub) SetLockout(after int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lockAfter, g.rejected = after, 0
}

// Repositories lists the names of an organization's repositories.
func (g *GitHub) Repositories(org string) []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	names := []string{}
	for _, repo := range g.repos {
		if strings.EqualFold(repo.org, org) {
			names = append(names, repo.name)
		}
	}
	slices.Sort(names)
	return names
}
