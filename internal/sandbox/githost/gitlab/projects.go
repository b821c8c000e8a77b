// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// project is a project with its files. It has a single branch.
type project struct {
	id, group  int
	name, path string // path includes the path of the group
	files      map[string]string
}

// The access levels of GitLab.
const (
	levelDeveloper  = 30
	levelMaintainer = 40
	levelOwner      = 50
)

// canCreateIn reports whether the owner of the token can create projects in a group.
func (t Token) canCreateIn(group Group) bool {
	levels := map[string]int{"owner": levelOwner, "maintainer": levelMaintainer, "developer": levelDeveloper}
	required, known := levels[group.ProjectCreationLevel]
	switch {
	case group.Archived || group.ProjectCreationLevel == "noone" || t.Kind == "project":
		return false
	case t.Admin:
		return true
	}
	return known && t.Levels[group.ID] >= required
}

// project serves /projects and the paths below it, and reports whether the route exists.
func (g *GitLab) project(c call, path []string) bool {
	if len(path) == 0 {
		if c.r.Method == http.MethodPost {
			g.createProject(c)
			return true
		}
		return false
	}
	write := c.r.Method != http.MethodGet && c.r.Method != http.MethodHead
	scopes := []string{"api"}
	if !write {
		scopes = append(scopes, "read_api")
	}
	if !c.allowed(scopes...) {
		return true
	}
	p := g.findProject(path[0])
	if p == nil {
		sendMessage(c.w, http.StatusNotFound, "404 Project Not Found")
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

func (g *GitLab) findProject(idOrPath string) *project {
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

func (p *project) body(base string) map[string]any {
	url := base + "/" + p.path
	_, path, _ := strings.Cut(p.path, "/")
	return map[string]any{
		"id": p.id, "name": p.name, "path": path, "path_with_namespace": p.path, "visibility": "private", "default_branch": "main",
		"web_url": url, "http_url_to_repo": url + ".git", "ssh_url_to_repo": "git@gitlab.example.com:" + p.path + ".git",
		"namespace": map[string]any{"id": p.group, "kind": "group"}, "created_at": githost.CreationTimeMillis, "archived": false,
		"empty_repo": len(p.files) == 0,
	}
}

func (g *GitLab) createProject(c call) {
	if !c.allowed("api") {
		return
	}
	var sent struct {
		Name        string `json:"name"`
		Path        string `json:"path"`
		NamespaceID int    `json:"namespace_id"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&sent); err != nil || (sent.Name == "" && sent.Path == "") {
		sendInvalid(c.w, http.StatusBadRequest, "name, path are missing, at least one parameter must be provided")
		return
	}
	sent.Name = cmp.Or(sent.Name, sent.Path)
	sent.Path = cmp.Or(sent.Path, pathOf(sent.Name))
	group, ok := g.find(strconv.Itoa(sent.NamespaceID))
	switch {
	case !ok || !group.visibleTo(c.token):
		sendMessage(c.w, http.StatusNotFound, "404 Namespace Not Found")
		return
	case !c.token.canCreateIn(group):
		sendMessage(c.w, http.StatusBadRequest, map[string]any{"namespace": []any{"is not valid"}, "limit_reached": []any{}})
		return
	}
	path := group.FullPath + "/" + sent.Path
	if g.findProject(path) != nil {
		taken := []any{"has already been taken"}
		sendMessage(c.w, http.StatusBadRequest, map[string]any{"project_namespace.name": taken, "name": taken, "path": taken})
		return
	}
	g.mu.Lock()
	g.nextID++
	p := &project{id: g.nextID, group: group.ID, name: sent.Name, path: path, files: map[string]string{}}
	g.projects[p.id] = p
	g.mu.Unlock()
	githost.SendJSON(c.w, http.StatusCreated, p.body(c.base))
}

func (g *GitLab) deleteProject(c call, p *project) {
	if c.token.Levels[p.group] < levelOwner && !c.token.Admin {
		sendMessage(c.w, http.StatusForbidden, "403 Forbidden")
		return
	}
	g.mu.Lock()
	delete(g.projects, p.id)
	g.mu.Unlock()
	sendMessage(c.w, http.StatusAccepted, "202 Accepted")
}

func (g *GitLab) commit(c call, p *project) {
	if c.token.Levels[p.group] < levelDeveloper && !c.token.Admin {
		sendMessage(c.w, http.StatusForbidden, "403 Forbidden")
		return
	}
	var sent struct {
		Branch  string `json:"branch"`
		Message string `json:"commit_message"`
		Actions []struct {
			Action  string `json:"action"`
			Path    string `json:"file_path"`
			Content string `json:"content"`
		} `json:"actions"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&sent); err != nil || sent.Branch == "" {
		sendInvalid(c.w, http.StatusBadRequest, "branch is missing")
		return
	}
	g.mu.Lock()
	for _, action := range sent.Actions {
		if action.Action == "delete" {
			delete(p.files, action.Path)
			continue
		}
		p.files[action.Path] = action.Content
	}
	g.mu.Unlock()
	sha := githost.BlobID([]byte(sent.Message + p.path))
	githost.SendJSON(c.w, http.StatusCreated, map[string]any{
		"id": sha, "short_id": sha[:8], "title": sent.Message, "message": sent.Message, "parent_ids": []any{},
		"author_name": c.token.Username, "created_at": githost.CreationTimeMillis,
	})
}

func (g *GitLab) projectFile(c call, p *project, path string) {
	g.mu.Lock()
	content, ok := p.files[path]
	g.mu.Unlock()
	if !ok {
		sendMessage(c.w, http.StatusNotFound, "404 File Not Found")
		return
	}
	c.w.Header().Set("X-Gitlab-File-Path", path)
	c.w.Header().Set("X-Gitlab-Blob-Id", githost.BlobID([]byte(content)))
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"file_name": path, "file_path": path, "size": len(content), "encoding": "text", "content": content, "ref": "main",
		"blob_id": githost.BlobID([]byte(content)),
	})
}

// projectList lists the projects of a group whose name contains the search text.
func (g *GitLab) projectList(c call, idOrPath string) {
	group, ok := g.group(c, idOrPath)
	if !ok {
		return
	}
	search := strings.ToLower(c.r.URL.Query().Get("search"))
	bodies := []any{}
	g.mu.Lock()
	for _, id := range slices.Sorted(maps.Keys(g.projects)) {
		p := g.projects[id]
		if p.group == group.ID && strings.Contains(strings.ToLower(p.name), search) {
			bodies = append(bodies, p.body(c.base))
		}
	}
	g.mu.Unlock()
	githost.SendJSON(c.w, http.StatusOK, githost.Page(c.r, bodies))
}
