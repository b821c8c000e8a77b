// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// GitLab is the sandbox's GitLab: its API is below URL()/api/v4/, or below /any/prefix/api/v4/ for hosts with a
// sub-path, and everything else is a web page.
type GitLab struct {
	*Server

	mu       sync.Mutex // guards the fields below
	good     string
	tokens   map[string]GitLabToken
	groups   map[int]GitLabGroup
	projects map[int]*gitlabProject
	nextUser int
	nextID   int
}

// GitLabGroup is a group.
type GitLabGroup struct {
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

func newGitLab(s *Server) *GitLab {
	g := &GitLab{
		Server: s, good: tokenLike("glpat-", 20), tokens: map[string]GitLabToken{}, groups: map[int]GitLabGroup{},
		projects: map[int]*gitlabProject{}, nextUser: 1000, nextID: 70_000_000,
	}
	g.AddGroup(GitLabGroup{ID: GroupID, Name: Organization})
	g.AddToken(GitLabToken{Token: g.good, Username: Username, Scopes: []string{"api"}, Levels: map[int]int{GroupID: 50}})
	return g
}

// Token is a ready-made personal token with the scope api; its owner Username is Owner of the group GroupID.
func (g *GitLab) Token() string { return g.good }

// AddToken adds a token and its owner, or replaces the token of the same text.
func (g *GitLab) AddToken(t GitLabToken) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.UserID == 0 {
		if t.UserID = g.tokens[t.Token].UserID; t.UserID == 0 {
			g.nextUser++
			t.UserID = g.nextUser
		}
	}
	if t.Username == "" {
		t.Username = Username
		if t.Kind == "service" {
			t.Username = fmt.Sprintf("service_account_group_%d_%x", GroupID, t.UserID)
		} else if t.bot() {
			t.Username = fmt.Sprintf("%s_%d_bot_%x", t.Kind, GroupID, t.UserID)
		}
	}
	g.tokens[t.Token] = t
}

// AddGroup adds a group, or replaces the one of the same id.
func (g *GitLab) AddGroup(x GitLabGroup) {
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
func (g *GitLab) find(idOrPath string) (GitLabGroup, bool) {
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
	return GitLabGroup{}, false
}

// search returns the groups whose name or path contains the text, by id.
func (g *GitLab) search(text string) []GitLabGroup {
	g.mu.Lock()
	defer g.mu.Unlock()
	text = strings.ToLower(text)
	found := []GitLabGroup{}
	for _, group := range g.groups {
		if strings.Contains(strings.ToLower(group.Name), text) || strings.Contains(strings.ToLower(group.Path), text) {
			found = append(found, group)
		}
	}
	slices.SortFunc(found, func(a, b GitLabGroup) int { return a.ID - b.ID })
	return found
}

func (x GitLabGroup) visible(t GitLabToken) bool {
	_, member := t.Levels[x.ID]
	return !x.Hidden || member || t.Admin
}

func (x GitLabGroup) body(base string) map[string]any {
	body := map[string]any{
		"id": x.ID, "web_url": base + "/groups/" + x.FullPath, "name": x.Name, "path": x.Path, "description": "",
		"visibility": "private", "full_name": x.Name, "full_path": x.FullPath, "parent_id": nil, "created_at": githubTime,
		"project_creation_level": x.ProjectCreationLevel, "subgroup_creation_level": "maintainer",
		"default_branch_protection": 2, "lfs_enabled": true, "archived": x.Archived, "marked_for_deletion_on": nil,
		"organization_id": 1, "shared_with_groups": []any{}, "avatar_url": nil, "request_access_enabled": true,
	}
	if x.MarkedForDeletionOn != "" {
		body["marked_for_deletion_on"] = x.MarkedForDeletionOn
	}
	return body
}
