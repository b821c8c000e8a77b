// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// gitlabProject is a project with the files that were committed, all on one branch.
type gitlabProject struct {
	id, group  int
	name, path string // path is the full one
	files      map[string]string
}

// Access levels as GitLab counts them.
const (
	levelDeveloper  = 30
	levelMaintainer = 40
	levelOwner      = 50
)

// mayCreate tells whether the token's owner may create projects in a group.
func (t Token) mayCreate(x Group) bool {
	needed, known := map[string]int{"owner": levelOwner, "maintainer": levelMaintainer, "developer": levelDeveloper}[x.ProjectCreationLevel]
	switch {
	case x.Archived || x.ProjectCreationLevel == "noone" || t.Kind == "project":
		return false
	case t.Admin:
		return true
	}
	return known && t.Levels[x.ID] >= needed
}

// project serves /projects and what is below it, and reports whether there is such a route.
func (g *GitLab) project(c gitlabCall, path []string) bool {
	if len(path) == 0 {
		if c.r.Method == http.MethodPost {
			g.createProject(c)
			return true
		}
		return false
	}
	write := c.r.Method != http.MethodGet && c.r.Method != http.MethodHead
	if scopes := []string{"api", "read_api"}; (write && c.token.lacks(c.w, "api")) || (!write && c.token.lacks(c.w, scopes...)) {
		return true
	}
	p := g.findProject(path[0])
	if p == nil {
		gitlabMessage(c.w, http.StatusNotFound, "404 Project Not Found")
		return true
	}
	switch {
	case len(path) == 1 && c.r.Method == http.MethodGet:
		githost.SendJSON(c.w, http.StatusOK, p.body(c.base))
	case len(path) == 1 && c.r.Method == http.MethodDelete:
		g.deleteProject(c, p)
	case len(path) == 3 && path[1] == "repository" && path[2] == "commits" && c.r.Method == http.MethodPost:
		g.commit(c, p)
	case len(path) >= 4 && path[1] == "repository" && path[2] == "files" && !write:
		g.projectFile(c, p, strings.Join(path[3:], "/"))
	default:
		return false
	}
	return true
}

func (g *GitLab) findProject(idOrPath string) *gitlabProject {
	g.mu.Lock()
	defer g.mu.Unlock()
	if id, err := strconv.Atoi(idOrPath); err == nil {
		return g.projects[id]
	}
	for _, p := range g.projects {
		if strings.EqualFold(p.path, idOrPath) {
			return p
		}
	}
	return nil
}

func (p *gitlabProject) body(base string) map[string]any {
	url := base + "/" + p.path
	_, name, _ := strings.Cut(p.path, "/")
	return map[string]any{
		"id": p.id, "name": p.name, "path": name, "path_with_namespace": p.path, "visibility": "private", "default_branch": "main",
		"web_url": url, "http_url_to_repo": url + ".git", "ssh_url_to_repo": "git@gitlab.example.com:" + p.path + ".git",
		"namespace": map[string]any{"id": p.group, "kind": "group"}, "created_at": "2024-03-01T09:30:00.000Z", "archived": false,
		"empty_repo": len(p.files) == 0,
	}
}

func (g *GitLab) createProject(c gitlabCall) {
	if c.token.lacks(c.w, "api") {
		return
	}
	var wanted struct {
		Name        string `json:"name"`
		Path        string `json:"path"`
		NamespaceID int    `json:"namespace_id"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&wanted); err != nil || (wanted.Name == "" && wanted.Path == "") {
		githost.SendJSON(c.w, http.StatusBadRequest, map[string]any{"error": "name, path are missing, at least one parameter must be provided"})
		return
	}
	if wanted.Name == "" {
		wanted.Name = wanted.Path
	}
	if wanted.Path == "" {
		wanted.Path = strings.ToLower(strings.ReplaceAll(wanted.Name, " ", "-"))
	}
	group, ok := g.find(strconv.Itoa(wanted.NamespaceID))
	switch {
	case !ok || !group.visible(c.token):
		gitlabMessage(c.w, http.StatusNotFound, "404 Namespace Not Found")
		return
	case !c.token.mayCreate(group):
		gitlabMessage(c.w, http.StatusBadRequest, map[string]any{"namespace": []any{"is not valid"}, "limit_reached": []any{}})
		return
	}
	full := group.FullPath + "/" + wanted.Path
	if g.findProject(full) != nil {
		taken := []any{"has already been taken"}
		gitlabMessage(c.w, http.StatusBadRequest, map[string]any{"project_namespace.name": taken, "name": taken, "path": taken})
		return
	}
	g.mu.Lock()
	g.nextID++
	p := &gitlabProject{id: g.nextID, group: group.ID, name: wanted.Name, path: full, files: map[string]string{}}
	g.projects[p.id] = p
	g.mu.Unlock()
	githost.SendJSON(c.w, http.StatusCreated, p.body(c.base))
}

func (g *GitLab) deleteProject(c gitlabCall, p *gitlabProject) {
	if c.token.Levels[p.group] < levelOwner && !c.token.Admin {
		gitlabMessage(c.w, http.StatusForbidden, "403 Forbidden")
		return
	}
	g.mu.Lock()
	delete(g.projects, p.id)
	g.mu.Unlock()
	gitlabMessage(c.w, http.StatusAccepted, "202 Accepted")
}

func (g *GitLab) commit(c gitlabCall, p *gitlabProject) {
	if c.token.Levels[p.group] < levelDeveloper && !c.token.Admin {
		gitlabMessage(c.w, http.StatusForbidden, "403 Forbidden")
		return
	}
	var wanted struct {
		Branch  string `json:"branch"`
		Message string `json:"commit_message"`
		Actions []struct {
			Action  string `json:"action"`
			Path    string `json:"file_path"`
			Content string `json:"content"`
		} `json:"actions"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&wanted); err != nil || wanted.Branch == "" {
		githost.SendJSON(c.w, http.StatusBadRequest, map[string]any{"error": "branch is missing"})
		return
	}
	g.mu.Lock()
	for _, action := range wanted.Actions {
		if action.Action == "delete" {
			delete(p.files, action.Path)
			continue
		}
		p.files[action.Path] = action.Content
	}
	g.mu.Unlock()
	sha := githost.BlobID([]byte(wanted.Message + p.path))
	githost.SendJSON(c.w, http.StatusCreated, map[string]any{
		"id": sha, "short_id": sha[:8], "title": wanted.Message, "message": wanted.Message, "parent_ids": []any{},
		"author_name": c.token.Username, "created_at": "2024-03-01T09:30:00.000Z",
	})
}

func (g *GitLab) projectFile(c gitlabCall, p *gitlabProject, path string) {
	g.mu.Lock()
	content, ok := p.files[path]
	g.mu.Unlock()
	if !ok {
		gitlabMessage(c.w, http.StatusNotFound, "404 File Not Found")
		return
	}
	c.w.Header().Set("X-Gitlab-File-Path", path)
	c.w.Header().Set("X-Gitlab-Blob-Id", githost.BlobID([]byte(content)))
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"file_name": path, "file_path": path, "size": len(content), "encoding": "text", "content": content, "ref": "main",
		"blob_id": githost.BlobID([]byte(content)),
	})
}

// projectList serves the projects of a group, or those whose name holds the searched text.
func (g *GitLab) projectList(c gitlabCall, idOrPath string) {
	group, ok := g.group(c, idOrPath)
	if !ok {
		return
	}
	bodies := []any{}
	g.mu.Lock()
	for _, id := range slices.Sorted(maps.Keys(g.projects)) {
		p := g.projects[id]
		if p.group == group.ID && strings.Contains(strings.ToLower(p.name), strings.ToLower(c.r.URL.Query().Get("search"))) {
			bodies = append(bodies, p.body(c.base))
		}
	}
	g.mu.Unlock()
	githost.SendJSON(c.w, http.StatusOK, githost.Page(c.r, bodies))
}
