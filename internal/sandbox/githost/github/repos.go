// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	pathpkg "path"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// repository is a repository with its files. It has a single branch.
type repository struct {
	org, name, description string
	private                bool
	files                  map[string][]byte
}

func repoKey(org, name string) string { return strings.ToLower(org + "/" + name) }

// createRepository checks the scopes and the role of the token before it creates a repository.
func (g *GitHub) createRepository(c call, login string) {
	c.setAcceptedScopes("public_repo", "repo")
	const createDocs = docs + "/repos/repos#create-an-organization-repository"
	var sent struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Private     bool   `json:"private"`
		Visibility  string `json:"visibility"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&sent); err != nil {
		sendError(c.w, http.StatusBadRequest, "Problems parsing JSON", createDocs)
		return
	}
	private := sent.Private || sent.Visibility == "private"
	if !c.token.has("repo") && (private || !c.token.has("public_repo")) {
		sendNotFound(c.w, createDocs) // GitHub does not reveal the route without the scope
		return
	}
	org, ok := g.visibleOrg(c, login, createDocs)
	if !ok {
		return
	}
	forbidden := org.MembersCanCreatePrivate != nil && !*org.MembersCanCreatePrivate
	if can := org.CanCreateRepository[c.token.Login]; can != nil {
		forbidden = !*can
	}
	role := c.token.role(org.Login)
	switch {
	case role == "" && c.token.Kind != "app-installation":
		sendNotFound(c.w, createDocs)
		return
	case c.token.CannotCreate, role == "member" && forbidden:
		sendError(c.w, http.StatusForbidden, "Must have admin rights to Repository.", createDocs)
		return
	case sent.Name == "":
		sendInvalidName(c.w, createDocs, "missing_field", "name is missing")
		return
	}
	g.mu.Lock()
	_, exists := g.repos[repoKey(org.Login, sent.Name)]
	repo := &repository{org: org.Login, name: sent.Name, description: sent.Description, private: private, files: map[string][]byte{}}
	if !exists {
		g.repos[repoKey(org.Login, sent.Name)] = repo
	}
	g.mu.Unlock()
	if exists {
		sendInvalidName(c.w, createDocs, "custom", "name already exists on this account")
		return
	}
	githost.SendJSON(c.w, http.StatusCreated, repositoryBody(c.base, repo))
}

// repository serves /repos/{owner}/{repo} and its contents, and reports whether the route exists.
func (g *GitHub) repository(c call, owner, name string, rest []string) bool {
	g.mu.Lock()
	repo := g.repos[repoKey(owner, name)]
	g.mu.Unlock()
	c.setAcceptedScopes("repo")
	if repo == nil || (repo.private && !c.token.has("repo")) {
		sendNotFound(c.w, docs+"/repos/repos#get-a-repository")
		return true
	}
	if c.token.rejectIfForbidden(c.w, c.base, repo.org) {
		return true
	}
	switch {
	case len(rest) == 0 && c.r.Method == http.MethodGet:
		githost.SendJSON(c.w, http.StatusOK, repositoryBody(c.base, repo))
	case len(rest) == 0 && c.r.Method == http.MethodDelete:
		g.deleteRepository(c, repo)
	case len(rest) > 1 && rest[0] == "contents" && c.r.Method == http.MethodGet:
		g.file(c, repo, strings.Join(rest[1:], "/"))
	case len(rest) > 1 && rest[0] == "contents" && c.r.Method == http.MethodPut:
		g.putFile(c, repo, strings.Join(rest[1:], "/"))
	default:
		return false
	}
	return true
}

func (g *GitHub) deleteRepository(c call, repo *repository) {
	c.setAcceptedScopes("delete_repo")
	if !c.token.has("delete_repo") || c.token.CannotCreate {
		sendError(c.w, http.StatusForbidden, "Must have admin rights to Repository.", docs+"/repos/repos#delete-a-repository")
		return
	}
	g.mu.Lock()
	delete(g.repos, repoKey(repo.org, repo.name))
	g.mu.Unlock()
	c.w.WriteHeader(http.StatusNoContent)
}

func (g *GitHub) file(c call, repo *repository, path string) {
	g.mu.Lock()
	content, ok := repo.files[path]
	g.mu.Unlock()
	if !ok {
		sendNotFound(c.w, docs+"/repos/contents#get-repository-content")
		return
	}
	body := fileBody(c.base, repo, path, content)
	body["encoding"], body["content"] = "base64", base64.StdEncoding.EncodeToString(content)
	githost.SendJSON(c.w, http.StatusOK, body)
}

func (g *GitHub) putFile(c call, repo *repository, path string) {
	const putDocs = docs + "/repos/contents#create-or-update-file-contents"
	var sent struct {
		Message string `json:"message"`
		Content []byte `json:"content"`
		SHA     string `json:"sha"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&sent); err != nil {
		sendError(c.w, http.StatusBadRequest, "Problems parsing JSON", putDocs)
		return
	}
	g.mu.Lock()
	before, exists := repo.files[path]
	conflict := exists && sent.SHA != githost.BlobID(before)
	if !conflict {
		repo.files[path] = sent.Content
	}
	g.mu.Unlock()
	if conflict {
		sendError(c.w, http.StatusConflict, path+" does not match "+sent.SHA, putDocs)
		return
	}
	status := http.StatusCreated
	if exists {
		status = http.StatusOK
	}
	commit := githost.BlobID([]byte(sent.Message + path))
	githost.SendJSON(c.w, status, map[string]any{
		"content": fileBody(c.base, repo, path, sent.Content),
		"commit": map[string]any{
			"sha": commit, "message": sent.Message,
			"url": c.base + "/api/v3/repos/" + repo.org + "/" + repo.name + "/git/commits/" + commit,
		},
	})
}

func fileBody(base string, repo *repository, path string, content []byte) map[string]any {
	escaped := (&url.URL{Path: path}).EscapedPath()
	full := repo.org + "/" + repo.name
	return map[string]any{
		"type": "file", "name": pathpkg.Base(path), "path": path, "sha": githost.BlobID(content), "size": len(content),
		"url":          base + "/api/v3/repos/" + full + "/contents/" + escaped,
		"html_url":     base + "/" + full + "/blob/main/" + escaped,
		"download_url": base + "/" + full + "/raw/main/" + escaped,
	}
}

// repositoryList lists the repositories of an organization.
func (g *GitHub) repositoryList(c call, login string) {
	c.setAcceptedScopes("public_repo", "repo")
	org, ok := g.visibleOrg(c, login, docs+"/repos/repos#list-organization-repositories")
	if !ok {
		return
	}
	bodies := []any{}
	g.mu.Lock()
	for _, key := range slices.Sorted(maps.Keys(g.repos)) {
		repo := g.repos[key]
		if strings.EqualFold(repo.org, org.Login) && (!repo.private || c.token.has("repo")) {
			bodies = append(bodies, repositoryBody(c.base, repo))
		}
	}
	g.mu.Unlock()
	githost.SendJSON(c.w, http.StatusOK, githost.Page(c.r, bodies))
}
