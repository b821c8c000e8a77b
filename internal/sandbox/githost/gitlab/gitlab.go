// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitlab is the sandbox's GitLab.
package gitlab

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// GroupID is the group that the ready-made token owns.
const GroupID = 61512475

// GitLab is the sandbox's GitLab: its API is below URL()/api/v4/, or below /any/prefix/api/v4/ for hosts with a
// sub-path, and everything else is a web page.
type GitLab struct {
	*server.Server

	mu       sync.Mutex // guards the fields below
	good     string
	tokens   map[string]Token
	groups   map[int]Group
	projects map[int]*gitlabProject
	nextUser int
	nextID   int
}

// Group is a group.
type Group struct {
	ID                   int
	Name, Path, FullPath string // Path and FullPath follow from Name when empty
	// ProjectCreationLevel is noone, owner, maintainer, developer (the default) or administrator.
	ProjectCreationLevel string
	// Archived groups take no new projects.
	Archived bool
	// MarkedForDeletionOn is the date (YYYY-MM-DD) of a deletion that was asked for; "" = none was.
	MarkedForDeletionOn string
	// Hidden answers 404 to those who are neither members nor administrators.
	Hidden bool
}

// New makes a GitLab with the ready-made group and token. The server is not started.
func New(s *server.Server) *GitLab {
	g := &GitLab{
		Server: s, good: server.RandomText("glpat-", 20), tokens: map[string]Token{}, groups: map[int]Group{},
		projects: map[int]*gitlabProject{}, nextUser: 1000, nextID: 70_000_000,
	}
	g.AddGroup(Group{ID: GroupID, Name: githost.Organization})
	g.AddToken(Token{Token: g.good, Username: githost.Username, Scopes: []string{"api"}, Levels: map[int]int{GroupID: 50}})
	return g
}

// Token is a ready-made personal token with the scope api; its owner Username is Owner of the group GroupID.
func (g *GitLab) Token() string { return g.good }

// AddToken adds a token and its owner, or replaces the token of the same text.
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
		} else if t.bot() {
			t.Username = fmt.Sprintf("%s_%d_bot_%x", t.Kind, GroupID, t.UserID)
		}
	}
	g.tokens[t.Token] = t
}

// AddGroup adds a group, or replaces the one of the same id.
func (g *GitLab) AddGroup(x Group) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if x.Path == "" {
		x.Path = strings.ToLower(strings.ReplaceAll(x.Name, " ", "-"))
	}
	if x.FullPath == "" {
		x.FullPath = x.Path
	}
	if x.ProjectCreationLevel == "" {
		x.ProjectCreationLevel = "developer"
	}
	g.groups[x.ID] = x
}

// Projects lists the names of a group's projects.
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

// find returns the group with the id or the full path, as GitLab's :id parameter takes either.
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

// search returns the groups whose name or path contains the text, by id.
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

func (x Group) visible(t Token) bool {
	_, member := t.Levels[x.ID]
	return !x.Hidden || member || t.Admin
}

func (x Group) body(base string) map[string]any {
	body := map[string]any{
		"id": x.ID, "web_url": base + "/groups/" + x.FullPath, "name": x.Name, "path": x.Path, "description": "",
		"visibility": "private", "full_name": x.Name, "full_path": x.FullPath, "parent_id": nil, "created_at": githost.CreationTime,
		"project_creation_level": x.ProjectCreationLevel, "subgroup_creation_level": "maintainer",
		"default_branch_protection": 2, "lfs_enabled": true, "archived": x.Archived, "marked_for_deletion_on": nil,
		"organization_id": 1, "shared_with_groups": []any{}, "avatar_url": nil, "request_access_enabled": true,
	}
	if x.MarkedForDeletionOn != "" {
		body["marked_for_deletion_on"] = x.MarkedForDeletionOn
	}
	return body
}
