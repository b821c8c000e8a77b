// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitlab implements the GitLab of the sandbox.
package gitlab

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// GroupID is the ID of the group that the owner of the predefined token owns.
const GroupID = 61512475

// GitLab is the server. Its API is at /api/v4/, or at /any/prefix/api/v4/ for hosts with a path;
// all other paths are web pages.
type GitLab struct {
	*server.Server

	predefinedToken string

	mu       sync.Mutex // guards the fields below
	tokens   map[string]Token
	groups   map[int]Group
	projects map[int]*project
	nextUser int
	nextID   int
}

// Group is a group.
type Group struct {
	ID                   int
	Name, Path, FullPath string // the defaults of Path and FullPath are derived from Name
	// ProjectCreationLevel is "noone", "owner", "maintainer", "developer" (the default), or
	// "administrator".
	ProjectCreationLevel string
	// Archived groups do not accept new projects.
	Archived bool
	// MarkedForDeletionOn is the date (YYYY-MM-DD) of a scheduled deletion, or empty.
	MarkedForDeletionOn string
	// Hidden responds 404 to users who are neither members nor administrators.
	Hidden bool
}

// New creates a GitLab with the predefined group and token. It does not start the server.
func New(s *server.Server) *GitLab {
	g := &GitLab{
		Server: s, predefinedToken: server.RandomText("glpat-", 20), tokens: map[string]Token{}, groups: map[int]Group{},
		projects: map[int]*project{}, nextUser: 1000, nextID: 70_000_000,
	}
	g.AddGroup(Group{ID: GroupID, Name: githost.Organization})
	g.AddToken(Token{Token: g.predefinedToken, Username: githost.Username, Scopes: []string{"api"}, Levels: map[int]int{GroupID: 50}})
	return g
}

// Token returns the predefined personal token with the scope api. It belongs to Username, an Owner
// of the group GroupID.
func (g *GitLab) Token() string { return g.predefinedToken }

// AddToken adds or replaces a token and its owner.
func (g *GitLab) AddToken(t Token) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.UserID == 0 {
		if t.UserID = g.tokens[t.Token].UserID; t.UserID == 0 {
			g.nextUser++
			t.UserID = g.nextUser
		}
	}
	if t.Username == "" {
		t.Username = githost.Username
		if t.Kind == "service" {
			t.Username = fmt.Sprintf("service_account_group_%d_%x", GroupID, t.UserID)
		} else if t.isBot() {
			t.Username = fmt.Sprintf("%s_%d_bot_%x", t.Kind, GroupID, t.UserID)
		}
	}
	g.tokens[t.Token] = t
}

// AddGroup adds or replaces a group.
func (g *GitLab) AddGroup(group Group) {
	g.mu.Lock()
	defer g.mu.Unlock()
	group.Path = cmp.Or(group.Path, pathOf(group.Name))
	group.FullPath = cmp.Or(group.FullPath, group.Path)
	group.ProjectCreationLevel = cmp.Or(group.ProjectCreationLevel, "developer")
	g.groups[group.ID] = group
}

// pathOf returns the default path of a group or a project.
func pathOf(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }

// Projects returns the names of the projects in a group, sorted.
func (g *GitLab) Projects(group int) []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	names := []string{}
	for _, p := range g.projects {
		if p.group == group {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return names
}

// find returns a group by its ID or its full path, like the parameter :id of GitLab.
func (g *GitLab) find(idOrPath string) (Group, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if id, err := strconv.Atoi(idOrPath); err == nil {
		group, ok := g.groups[id]
		return group, ok
	}
	for _, group := range g.groups {
		if strings.EqualFold(group.FullPath, idOrPath) {
			return group, true
		}
	}
	return Group{}, false
}

// search returns the groups whose name or path contains a text, sorted by ID.
func (g *GitLab) search(text string) []Group {
	g.mu.Lock()
	defer g.mu.Unlock()
	text = strings.ToLower(text)
	found := []Group{}
	for _, group := range g.groups {
		if strings.Contains(strings.ToLower(group.Name), text) || strings.Contains(strings.ToLower(group.Path), text) {
			found = append(found, group)
		}
	}
	slices.SortFunc(found, func(a, b Group) int { return a.ID - b.ID })
	return found
}

func (group Group) visibleTo(t Token) bool {
	_, member := t.Levels[group.ID]
	return !group.Hidden || member || t.Admin
}

func (group Group) body(base string) map[string]any {
	body := map[string]any{
		"id": group.ID, "web_url": base + "/groups/" + group.FullPath, "name": group.Name, "path": group.Path, "description": "",
		"visibility": "private", "full_name": group.Name, "full_path": group.FullPath, "parent_id": nil, "created_at": githost.CreationTime,
		"project_creation_level": group.ProjectCreationLevel, "subgroup_creation_level": "maintainer",
		"default_branch_protection": 2, "lfs_enabled": true, "archived": group.Archived, "marked_for_deletion_on": nil,
		"organization_id": 1, "shared_with_groups": []any{}, "avatar_url": nil, "request_access_enabled": true,
	}
	if group.MarkedForDeletionOn != "" {
		body["marked_for_deletion_on"] = group.MarkedForDeletionOn
	}
	return body
}
