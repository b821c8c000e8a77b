// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package azure implements the Azure DevOps of the sandbox.
package azure

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const (
	// Organization is the organization of the predefined token. Its host in a configuration is
	// Sandbox.Azure.URL() + "/" + Organization.
	Organization = "acme"
	// Project is the project in Organization.
	Project = "gitops"
)

// Azure is a server like Azure DevOps Services. The API of an organization is at
// /{organization}/_apis/ and /{organization}/{project}/_apis/.
type Azure struct {
	*server.Server

	predefinedToken string

	mu         sync.Mutex // guards the fields below
	tokens     map[string]Token
	projects   map[string]teamProject // by projectKey
	repos      map[string]*repository // by ID
	signInPage bool
}

// teamProject is a project. Its names have the case in which they were added.
type teamProject struct{ organization, name string }

// New creates an Azure DevOps with the predefined project and token. It does not start the server.
func New(s *server.Server) *Azure {
	a := &Azure{
		Server: s, predefinedToken: server.RandomText("", 76) + "AZDO" + server.RandomText("", 4), tokens: map[string]Token{},
		projects: map[string]teamProject{}, repos: map[string]*repository{},
	}
	a.AddProject(Organization, Project)
	a.AddToken(Token{Token: a.predefinedToken, Scopes: []string{"vso.code_manage"}})
	return a
}

// Token returns the predefined personal access token of Organization. Its only scope is "Code
// (read, write, & manage)".
func (a *Azure) Token() string { return a.predefinedToken }

// AddToken adds or replaces a token.
func (a *Azure) AddToken(t Token) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t.Owner = cmp.Or(t.Owner, githost.Username+"@example.com")
	if t.Organizations == nil {
		t.Organizations = []string{Organization}
	}
	a.tokens[t.Token] = t
}

// AddProject adds a project, and its organization if it does not exist.
func (a *Azure) AddProject(organization, name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.projects[projectKey(organization, name)] = teamProject{organization, name}
}

// SetSignInPage sets whether the response to an invalid token is 203 with the sign-in page instead
// of 401. Azure DevOps does this in some cases.
func (a *Azure) SetSignInPage(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.signInPage = on
}

// Repositories returns the names of the repositories of a project, sorted.
func (a *Azure) Repositories(organization, project string) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	names := []string{}
	for _, r := range a.repos {
		if projectKey(r.project.organization, r.project.name) == projectKey(organization, project) {
			names = append(names, r.name)
		}
	}
	slices.Sort(names)
	return names
}

// hasOrganization reports whether an organization exists, which means that it has a project.
func (a *Azure) hasOrganization(organization string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.projects {
		if strings.EqualFold(p.organization, organization) {
			return true
		}
	}
	return false
}

// project returns a project by its name or ID.
func (a *Azure) project(organization, nameOrID string) (teamProject, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.projects {
		if strings.EqualFold(p.organization, organization) && (strings.EqualFold(p.name, nameOrID) || p.id() == nameOrID) {
			return p, true
		}
	}
	return teamProject{}, false
}

func projectKey(organization, name string) string { return strings.ToLower(organization + "/" + name) }

func (p teamProject) id() string { return githost.UUID("project", projectKey(p.organization, p.name)) }
