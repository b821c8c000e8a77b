// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package github implements the GitHub of the sandbox.
package github

import (
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// GitHub behaves like GitHub Enterprise Server. Its API is at /api/v3/, or at /any/prefix/api/v3/
// for hosts with a path; all other paths are web pages. Its responses satisfy GitHub's OpenAPI
// description.
type GitHub struct {
	*server.Server

	predefinedToken string

	mu           sync.Mutex // guards the fields below
	tokens       map[string]Token
	orgs         map[string]Org    // by lowercase login
	users        map[string]string // logins by lowercase login
	repos        map[string]*repository
	lockoutAfter int // number of rejected requests before the lockout; 0 means no lockout
	rejected     int
}

// Org is an organization.
type Org struct {
	Login string
	// MembersCanCreatePrivate is visible to all users if it is set. nil means true, and is visible
	// only to owners whose token has the scope admin:org, like in GitHub.
	MembersCanCreatePrivate *bool
	// Hidden responds 404 to users who are not members.
	Hidden bool
	// CanCreateRepository is permissions.can_create_repository in the membership of each login. The
	// response does not contain the attribute for other logins or nil.
	CanCreateRepository map[string]*bool
	// FormerLogin is the login before the organization was renamed. It redirects to the
	// organization.
	FormerLogin string
	// Pending contains the logins of members who did not accept their invitation yet.
	Pending []string
}

// New creates a GitHub with the predefined organization and token. It does not start the server.
func New(s *server.Server) *GitHub {
	g := &GitHub{
		Server: s, predefinedToken: server.RandomText("ghp_", 36),
		tokens: map[string]Token{}, orgs: map[string]Org{}, users: map[string]string{}, repos: map[string]*repository{},
	}
	g.AddOrg(Org{Login: githost.Organization})
	g.AddToken(Token{
		Token: g.predefinedToken, Login: githost.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{githost.Organization: "admin"},
	})
	return g
}

// Token returns the predefined classic token, which has all documented scopes. It belongs to
// Username, an owner of Organization.
func (g *GitHub) Token() string { return g.predefinedToken }

// AddToken adds or replaces a token and its owner.
func (g *GitHub) AddToken(t Token) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.Login == "" {
		t.Login = githost.Username
	}
	g.tokens[t.Token] = t
	g.users[strings.ToLower(t.Login)] = t.Login
}

// AddOrg adds or replaces an organization.
func (g *GitHub) AddOrg(o Org) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.orgs[strings.ToLower(o.Login)] = o
}

// AddUser adds a user account.
func (g *GitHub) AddUser(login string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.users[strings.ToLower(login)] = login
}

// SetLockout responds 403 to all requests after the given number of 401 responses, like GitHub does
// temporarily. 0 disables the lockout.
func (g *GitHub) SetLockout(after int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lockoutAfter, g.rejected = after, 0
}

// Repositories returns the names of the repositories of an organization, sorted.
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
