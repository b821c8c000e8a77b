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

// githubRepo is a repository with the files that were put into it, all on one branch.
type githubRepo struct {
	org, name, description string
	private                bool
	files                  map[string][]byte
}

func repoKey(org, name string) string { return strings.ToLower(org + "/" + name) }

// createRepo makes a repository in an organization, as far as scopes and roles allow it.
func (g *GitHub) createRepo(c githubCall, login string) {
	c.accepts("public_repo", "repo")
	const docs = "repos/repos#create-an-organization-repository"
	var wanted struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Private     bool   `json:"private"`
		Visibility  string `json:"visibility"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&wanted); err != nil {
		githubError(c.w, http.StatusBadRequest, "Problems parsing JSON", "https://docs.github.com/rest/"+docs)
		return
	}
	private := wanted.Private || wanted.Visibility == "private"
	if !c.token.has("repo") && (private || !c.token.has("public_repo")) {
		githubNotFound(c.w, docs) // GitHub hides what a token without the scope may not do
		return
	}
	org, ok := g.visibleOrg(c, login, docs)
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
		githubNotFound(c.w, docs)
		return
	case c.token.CannotCreate, role == "member" && forbidden:
		githubError(c.w, http.StatusForbidden, "Must have admin rights to Repository.", "https://docs.github.com/rest/"+docs)
		return
	case wanted.Name == "":
		githubInvalid(c.w, docs, "missing_field", "name is missing")
		return
	}
	g.mu.Lock()
	_, exists := g.repos[repoKey(org.Login, wanted.Name)]
	repo := &githubRepo{org: org.Login, name: wanted.Name, description: wanted.Description, private: private, files: map[string][]byte{}}
	if !exists {
		g.repos[repoKey(org.Login, wanted.Name)] = repo
	}
	g.mu.Unlock()
	if exists {
		githubInvalid(c.w, docs, "custom", "name already exists on this account")
		return
	}
	githost.SendJSON(c.w, http.StatusCreated, githubRepository(c.base, repo))
}

func githubInvalid(w http.ResponseWriter, docs, code, message string) {
	githost.SendJSON(w, http.StatusUnprocessableEntity, map[string]any{
		"message": "Repository creation failed.", "documentation_url": "https://docs.github.com/rest/" + docs, "status": "422",
		"errors": []any{map[string]any{"resource": "Repository", "code": code, "field": "name", "message": message}},
	})
}

// repo serves /repos/{owner}/{repo} and its contents, and reports whether there is such a route.
func (g *GitHub) repo(c githubCall, owner, name string, rest []string) bool {
	g.mu.Lock()
	repo := g.repos[repoKey(owner, name)]
	g.mu.Unlock()
	c.accepts("repo")
	if repo == nil || (repo.private && !c.token.has("repo")) {
		githubNotFound(c.w, "repos/repos#get-a-repository")
		return true
	}
	if c.token.refused(c.w, c.base, repo.org) {
		return true
	}
	switch {
	case len(rest) == 0 && c.r.Method == http.MethodGet:
		githost.SendJSON(c.w, http.StatusOK, githubRepository(c.base, repo))
	case len(rest) == 0 && c.r.Method == http.MethodDelete:
		g.deleteRepo(c, repo)
	case len(rest) > 1 && rest[0] == "contents" && c.r.Method == http.MethodGet:
		g.file(c, repo, strings.Join(rest[1:], "/"))
	case len(rest) > 1 && rest[0] == "contents" && c.r.Method == http.MethodPut:
		g.putFile(c, repo, strings.Join(rest[1:], "/"))
	default:
		return false
	}
	return true
}

func (g *GitHub) deleteRepo(c githubCall, repo *githubRepo) {
	c.accepts("delete_repo")
	if !c.token.has("delete_repo") || c.token.CannotCreate {
		githubError(c.w, http.StatusForbidden, "Must have admin rights to Repository.", "https://docs.github.com/rest/repos/repos#delete-a-repository")
		return
	}
	g.mu.Lock()
	delete(g.repos, repoKey(repo.org, repo.name))
	g.mu.Unlock()
	c.w.WriteHeader(http.StatusNoContent)
}

func (g *GitHub) file(c githubCall, repo *githubRepo, path string) {
	g.mu.Lock()
	content, ok := repo.files[path]
	g.mu.Unlock()
	if !ok {
		githubNotFound(c.w, "repos/contents#get-repository-content")
		return
	}
	body := githubFile(c.base, repo, path, content)
	body["encoding"], body["content"] = "base64", base64.StdEncoding.EncodeToString(content)
	githost.SendJSON(c.w, http.StatusOK, body)
}

func (g *GitHub) putFile(c githubCall, repo *githubRepo, path string) {
	const docs = "https://docs.github.com/rest/repos/contents#create-or-update-file-contents"
	var wanted struct {
		Message string `json:"message"`
		Content []byte `json:"content"`
		SHA     string `json:"sha"`
	}
	if err := json.NewDecoder(c.r.Body).Decode(&wanted); err != nil {
		githubError(c.w, http.StatusBadRequest, "Problems parsing JSON", docs)
		return
	}
	g.mu.Lock()
	before, exists := repo.files[path]
	conflict := exists && wanted.SHA != githost.BlobID(before)
	if !conflict {
		repo.files[path] = wanted.Content
	}
	g.mu.Unlock()
	if conflict {
		githubError(c.w, http.StatusConflict, path+" does not match "+wanted.SHA, docs)
		return
	}
	status := http.StatusCreated
	if exists {
		status = http.StatusOK
	}
	commit := githost.BlobID([]byte(wanted.Message + path))
	githost.SendJSON(c.w, status, map[string]any{
		"content": githubFile(c.base, repo, path, wanted.Content),
		"commit": map[string]any{
			"sha": commit, "message": wanted.Message,
			"url": c.base + "/api/v3/repos/" + repo.org + "/" + repo.name + "/git/commits/" + commit,
		},
	})
}

func githubFile(base string, repo *githubRepo, path string, content []byte) map[string]any {
	escaped := (&url.URL{Path: path}).EscapedPath()
	full := repo.org + "/" + repo.name
	return map[string]any{
		"type": "file", "name": pathpkg.Base(path), "path": path, "sha": githost.BlobID(content), "size": len(content),
		"url":          base + "/api/v3/repos/" + full + "/contents/" + escaped,
		"html_url":     base + "/" + full + "/blob/main/" + escaped,
		"download_url": base + "/" + full + "/raw/main/" + escaped,
	}
}

// repositoryList serves the repositories of an organization.
func (g *GitHub) repositoryList(c githubCall, login string) {
	c.accepts("public_repo", "repo")
	org, ok := g.visibleOrg(c, login, "repos/repos#list-organization-repositories")
	if !ok {
		return
	}
	bodies := []any{}
	g.mu.Lock()
	for _, key := range slices.Sorted(maps.Keys(g.repos)) {
		repo := g.repos[key]
		if strings.EqualFold(repo.org, org.Login) && (!repo.private || c.token.has("repo")) {
			bodies = append(bodies, githubRepository(c.base, repo))
		}
	}
	g.mu.Unlock()
	githost.SendJSON(c.w, http.StatusOK, githost.Page(c.r, bodies))
}
