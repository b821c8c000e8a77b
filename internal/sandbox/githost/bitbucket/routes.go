// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// call is an authenticated request.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	token Token
	base  string // the URL of the API, including the version, as the client sees it
}

// ServeHTTP implements http.Handler.
func (b *Bitbucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	prefix, path, ok := githost.APIPath(r.URL.Path, "/2.0")
	if !ok || prefix != "" {
		githost.SendHTML(w, http.StatusOK, "Bitbucket | Git solution for teams using Jira")
		return
	}
	token, ok := b.authenticate(w, r)
	if !ok {
		return
	}
	c := call{w: w, r: r, token: token, base: githost.BaseURL(r) + "/2.0"}
	if !b.route(c, strings.Split(path, "/")) {
		sendError(w, http.StatusNotFound, "Resource not found",
			"There is no API hosted at this URL.\n\nFor information about our API's, please refer to the documentation at: https://developer.atlassian.com/bitbucket/api/2/reference/")
	}
}

// route serves a request and reports whether the route exists.
func (b *Bitbucket) route(c call, path []string) bool {
	get := c.r.Method == http.MethodGet || c.r.Method == http.MethodHead
	switch {
	case get && len(path) == 1 && path[0] == "user":
		if c.allowed(needAccount) {
			b.user(c)
		}
	case get && len(path) == 1 && path[0] == "workspaces":
		if c.allowed(needWorkspace) {
			b.workspaceList(c)
		}
	case get && len(path) == 2 && path[0] == "workspaces":
		if c.allowed(needWorkspace) {
			if slug, _, ok := b.workspace(c, path[1]); ok {
				githost.SendJSON(c.w, http.StatusOK, workspaceBody(c.base, slug))
			}
		}
	case get && len(path) == 4 && path[0] == "workspaces" && path[2] == "projects":
		if c.allowed(needProject) {
			b.project(c, path[1], path[3])
		}
	case path[0] == "repositories":
		return b.repositories(c, path[1:])
	default:
		return false
	}
	return true
}

func (b *Bitbucket) user(c call) {
	if !c.token.isAPI() && c.token.Kind != "oauth" {
		// Access tokens belong to a repository, a project, or a workspace, and not to a user.
		sendError(c.w, http.StatusForbidden,
			"This API is only accessible with the following authentication types: session, password, apppassword, oauth2", nil)
		return
	}
	id := githost.UUID("bitbucket", c.token.Username)
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"type": "user", "uuid": "{" + id + "}", "account_id": "712020:" + id, "username": c.token.Username, "nickname": c.token.Username,
		"display_name": c.token.Username, "account_status": "active", "created_on": "2024-03-01T09:30:00.000000+00:00", "is_staff": false,
		"has_2fa_enabled": nil, "location": nil, "links": map[string]any{"self": map[string]any{"href": c.base + "/users/%7B" + id + "%7D"}},
	})
}

func (b *Bitbucket) workspaceList(c call) {
	bodies := []any{}
	b.mu.Lock()
	for slug := range b.workspaces {
		if c.token.role(slug) != "" {
			bodies = append(bodies, workspaceBody(c.base, slug))
		}
	}
	b.mu.Unlock()
	sendList(c.w, bodies)
}

// workspace returns a workspace and the projects in it that the owner of the token sees. If it
// returns false, it has sent the response.
func (b *Bitbucket) workspace(c call, name string) (slug string, projects []string, ok bool) {
	slug = strings.ToLower(name)
	b.mu.Lock()
	projects, ok = b.workspaces[slug]
	b.mu.Unlock()
	if !ok || c.token.role(slug) == "" {
		sendError(c.w, http.StatusNotFound, "No workspace with identifier '"+name+"'.", nil)
		return "", nil, false
	}
	if c.token.Projects != nil {
		projects = slices.DeleteFunc(slices.Clone(projects), func(key string) bool { return !slices.Contains(c.token.Projects, key) })
	}
	return slug, projects, true
}

func (b *Bitbucket) project(c call, workspace, key string) {
	slug, projects, ok := b.workspace(c, workspace)
	if !ok {
		return
	}
	if !slices.Contains(projects, key) { // case-sensitive
		sendError(c.w, http.StatusNotFound, "Project with key "+key+" not found in workspace "+slug+".", nil)
		return
	}
	body := projectBody(c.base, slug, key)
	body["is_private"], body["workspace"] = true, workspaceBody(c.base, slug)
	githost.SendJSON(c.w, http.StatusOK, body)
}

func workspaceBody(base, slug string) map[string]any {
	return map[string]any{
		"type": "workspace", "uuid": "{" + githost.UUID("workspace", slug) + "}", "name": slug, "slug": slug, "is_private": true,
		"created_on": "2024-03-01T09:30:00.000000+00:00", "links": map[string]any{"self": map[string]any{"href": base + "/workspaces/" + slug}},
	}
}

func projectBody(base, workspace, key string) map[string]any {
	return map[string]any{
		"type": "project", "uuid": "{" + githost.UUID("bitbucket project", workspace, key) + "}", "key": key, "name": key,
		"links": map[string]any{"self": map[string]any{"href": base + "/workspaces/" + workspace + "/projects/" + key}},
	}
}

// sendList sends a list with a single page.
func sendList(w http.ResponseWriter, values []any) {
	githost.SendJSON(w, http.StatusOK, map[string]any{"pagelen": 10, "page": 1, "size": len(values), "values": values})
}
