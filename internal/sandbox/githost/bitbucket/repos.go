// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// repository is a repository with its files. It has a single branch.
type repository struct {
	workspace, slug, project string
	branch                   string   // "" before the first commit
	commits                  []string // latest first
	files                    map[string]string
}

func repoPath(workspace, slug string) string { return strings.ToLower(workspace + "/" + slug) }

// repositories serves repositories/{workspace}[/{slug}] and the paths below it, and reports whether
// the route exists.
func (b *Bitbucket) repositories(c call, path []string) bool {
	method := c.r.Method
	switch rest := strings.Join(path[min(2, len(path)):], "/"); {
	case len(path) == 0 && method == http.MethodGet:
		if c.allowed(needRepository) {
			sendList(c.w, []any{}) // there are no public repositories
		}
	case len(path) == 1 && method == http.MethodGet:
		if c.allowed(needRepository) {
			b.repositoryList(c, path[0])
		}
	case len(path) < 2:
		return false
	case rest == "" && method == http.MethodGet:
		b.withRepository(c, path, needRepository, func(r *repository) { githost.SendJSON(c.w, http.StatusOK, r.body(c.base)) })
	case rest == "" && method == http.MethodPost:
		if c.allowed(needRepositoryAdmin) {
			b.createRepository(c, path[0], path[1])
		}
	case rest == "" && method == http.MethodDelete:
		b.withRepository(c, path, needRepositoryDelete, func(r *repository) {
			delete(b.repos, repoPath(r.workspace, r.slug))
			c.w.WriteHeader(http.StatusNoContent)
		})
	case rest == "src" && method == http.MethodPost:
		b.withRepository(c, path, needRepositoryWrite, func(r *repository) { r.commit(c) })
	case (rest == "commits" || strings.HasPrefix(rest, "commits/")) && method == http.MethodGet:
		b.withRepository(c, path, needRepository, func(r *repository) { r.log(c, strings.TrimPrefix(strings.TrimPrefix(rest, "commits"), "/")) })
	default:
		return false
	}
	return true
}

// withRepository calls serve with the lock held if the token has the scope and its owner sees the
// repository. Otherwise, it sends an error.
func (b *Bitbucket) withRepository(c call, path []string, n need, serve func(*repository)) {
	if !c.allowed(n) {
		return
	}
	slug, projects, ok := b.workspace(c, path[0])
	if !ok {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	repo := b.repos[repoPath(slug, path[1])]
	if repo == nil || !slices.Contains(projects, repo.project) {
		sendError(c.w, http.StatusNotFound,
			"You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.", nil)
		return
	}
	serve(repo)
}

func (b *Bitbucket) repositoryList(c call, workspace string) {
	slug, projects, ok := b.workspace(c, workspace)
	if !ok {
		return
	}
	bodies := []any{}
	b.mu.Lock()
	for _, r := range b.repos {
		if r.workspace == slug && slices.Contains(projects, r.project) {
			bodies = append(bodies, r.body(c.base))
		}
	}
	b.mu.Unlock()
	sendList(c.w, bodies)
}

func (b *Bitbucket) createRepository(c call, workspace, slug string) {
	workspace, projects, ok := b.workspace(c, workspace)
	if !ok {
		return
	}
	var sent struct {
		Project struct{ Key string } `json:"project"`
	}
	if c.token.CannotCreate {
		sendError(c.w, http.StatusForbidden, "You do not have permission to create repositories in this workspace.", nil)
		return
	}
	if err := json.NewDecoder(c.r.Body).Decode(&sent); err != nil {
		sendError(c.w, http.StatusBadRequest, "Bad request", nil)
		return
	}
	key := sent.Project.Key
	if key == "" && len(projects) > 0 {
		key = projects[0]
	}
	if !slices.Contains(projects, key) {
		sendError(c.w, http.StatusBadRequest, "Bad request", map[string]any{"fields": map[string]any{"project": "Project with key '" + key + "' does not exist."}})
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.repos[repoPath(workspace, slug)] != nil {
		sendError(c.w, http.StatusBadRequest, "Repository with this Slug and Owner already exists.", nil)
		return
	}
	repo := &repository{workspace: workspace, slug: strings.ToLower(slug), project: key, files: map[string]string{}}
	b.repos[repoPath(workspace, slug)] = repo
	githost.SendJSON(c.w, http.StatusOK, repo.body(c.base))
}

// commit reads a form with the fields branch and message, and the files by their paths.
func (r *repository) commit(c call) {
	if err := c.r.ParseMultipartForm(server.MaxBody); err != nil {
		sendError(c.w, http.StatusBadRequest, "Bad request", nil)
		return
	}
	for path := range c.r.MultipartForm.File {
		r.files[strings.Trim(path, "/")] = path
	}
	if r.branch = c.r.FormValue("branch"); r.branch == "" {
		r.branch = "master"
	}
	hash := githost.BlobID(fmt.Appendf(nil, "%s %d %s", r.slug, len(r.commits), c.r.FormValue("message")))
	r.commits = append([]string{hash}, r.commits...)
	c.w.Header().Set("Location", c.base+"/repositories/"+r.workspace+"/"+r.slug+"/commit/"+hash)
	c.w.WriteHeader(http.StatusCreated)
}

func (r *repository) log(c call, branch string) {
	if branch != "" && branch != r.branch {
		sendError(c.w, http.StatusNotFound, "Commit not found", map[string]any{"shas": []string{branch}})
		return
	}
	values := []any{}
	for _, hash := range r.commits {
		values = append(values, map[string]any{"type": "commit", "hash": hash, "date": "2024-03-01T09:30:00+00:00"})
	}
	sendList(c.w, values)
}

func (r *repository) body(base string) map[string]any {
	full := r.workspace + "/" + r.slug
	return map[string]any{
		"type": "repository", "uuid": "{" + githost.UUID("bitbucket repository", full) + "}", "full_name": full, "name": r.slug, "slug": r.slug,
		"scm": "git", "is_private": true, "size": len(r.files), "project": projectBody(base, r.workspace, r.project),
		"workspace": workspaceBody(base, r.workspace), "mainbranch": nil,
		"links": map[string]any{"self": map[string]any{"href": base + "/repositories/" + full}},
	}
}
