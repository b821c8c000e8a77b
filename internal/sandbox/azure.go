// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/sha1" //nolint:gosec // an identifier that is the same in each run, not a secret
	"fmt"
	"slices"
	"strings"
	"sync"
)

const (
	// AzureOrganization is the organization in a configured host: Sandbox.Azure.URL() + "/" + AzureOrganization.
	AzureOrganization = "acme"
	// AzureProject is the project in it that the ready-made Azure DevOps token may use.
	AzureProject = "gitops"
)

// Azure is the sandbox's Azure DevOps Services: organizations are the first segment of the path, and their API is below
// /{organization}/_apis/ and /{organization}/{project}/_apis/.
type Azure struct {
	*Server

	mu       sync.Mutex // guards the fields below
	good     string
	tokens   map[string]AzureToken
	projects map[string]azureProject // by organization and name in lower case
	repos    map[string]*azureRepo   // by id
	signIn   bool
}

// azureProject is a team project, named as it was added.
type azureProject struct{ organization, name string }

func newAzure(s *Server) *Azure {
	a := &Azure{
		Server: s, good: tokenLike("", 76) + "AZDO" + tokenLike("", 4), tokens: map[string]AzureToken{},
		projects: map[string]azureProject{}, repos: map[string]*azureRepo{},
	}
	a.AddProject(AzureOrganization, AzureProject)
	a.AddToken(AzureToken{Token: a.good, Scopes: []string{"vso.code_manage"}})
	return a
}

// Token is a ready-made personal access token of AzureOrganization with the scope "Code (read, write, & manage)" and no other.
func (a *Azure) Token() string { return a.good }

// AddToken adds a token, or replaces the one of the same text.
func (a *Azure) AddToken(t AzureToken) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t.Owner == "" {
		t.Owner = Username + "@example.com"
	}
	if t.Organizations == nil {
		t.Organizations = []string{AzureOrganization}
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

func (p azureProject) id() string { return azureID("project", projectKey(p.organization, p.name)) }

// azureID makes the same UUID from the same parts.
func azureID(parts ...string) string {
	b := sha1.Sum([]byte(strings.Join(parts, "\x00"))) //nolint:gosec // see the import
	b[6], b[8] = b[6]&0x0f|0x50, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
