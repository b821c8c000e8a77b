// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package azure is the sandbox's Azure DevOps.
package azure

import (
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const (
	// Organization is the organization in a configured host: Sandbox.Azure.URL() + "/" + Organization.
	Organization = "acme"
	// Project is the project in it that the ready-made Azure DevOps token may use.
	Project = "gitops"
)

// Azure is the sandbox's Azure DevOps Services: organizations are the first segment of the path, and their API is below
// /{organization}/_apis/ and /{organization}/{project}/_apis/.
type Azure struct {
	*server.Server

	mu       sync.Mutex // guards the fields below
	good     string
	tokens   map[string]Token
	projects map[string]azureProject // by organization and name in lower case
	repos    map[string]*azureRepo   // by id
	signIn   bool
}

// azureProject is a team project, named as it was added.
type azureProject struct{ organization, name string }

// New makes an Azure DevOps with the ready-made project and token. The server is not started.
func New(s *server.Server) *Azure {
	a := &Azure{
		Server: s, good: server.RandomText("", 76) + "AZDO" + server.RandomText("", 4), tokens: map[string]Token{},
		projects: map[string]azureProject{}, repos: map[string]*azureRepo{},
	}
	a.AddProject(Organization, Project)
	a.AddToken(Token{Token: a.good, Scopes: []string{"vso.code_manage"}})
	return a
}

// Token is a ready-made personal access token of Organization with the scope "Code (read, write, & manage)" and no other.
func (a *Azure) Token() string { return a.good }

// AddToken adds a token, or replaces the one of the same text.
func (a *Azure) AddToken(t Token) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t.Owner == "" {
		t.Owner = githost.Username + "@example.com"
	}
	if t.Organizations == nil {
		t.Organizations = []string{Organization}
	}
	a.tokens[t.Token] = t
}

// AddProject adds a project, and its organization where it is new.
func (a *Azure) AddProject(organization, name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.projects[projectKey(organization, name)] = azureProject{organization, name}
}

// SetSignInPage makes the host answer a token that it does not accept with 203 and the HTML of its sign-in page, as Azure
// DevOps does in some cases, instead of 401.
func (a *Azure) SetSignInPage(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.signIn = on
}

// Repositories lists the names of a project's repositories.
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

// knows tells whether there is an organization: one has a project at least.
func (a *Azure) knows(organization string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.projects {
		if strings.EqualFold(p.organization, organization) {
			return true
		}
	}
	return false
}

// project finds a project by its name or id.
func (a *Azure) project(organization, nameOrID string) (azureProject, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.projects {
		if strings.EqualFold(p.organization, organization) && (strings.EqualFold(p.name, nameOrID) || p.id() == nameOrID) {
			return p, true
		}
	}
	return azureProject{}, false
}

func projectKey(organization, name string) string { return strings.ToLower(organization + "/" + name) }

func (p azureProject) id() string { return githost.UUID("project", projectKey(p.organization, p.name)) }
