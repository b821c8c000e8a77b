// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// bitbucketCall is one authenticated request.
type bitbucketCall struct {
	w     http.ResponseWriter
	r     *http.Request
	token Token
	base  string // URL of the API with the version, as the client sees it
}

// ServeHTTP implements http.Handler.
func (b *Bitbucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	before, path, ok := githost.APIPath(r.URL.Path, "/2.0")
	if !ok || before != "" {
		githost.SendPage(w, http.StatusOK, "Bitbucket | Git solution for teams using Jira")
		return
	}
	token, ok := b.authenticate(w, r)
	if !ok {
		return
	}
	c := bitbucketCall{w: w, r: r, token: token, base: githost.BaseURL(r) + "/2.0"}
	if !b.route(c, strings.Split(path, "/")) {
		bitbucketError(w, http.StatusNotFound, "Resource not found",
			"There is no API hosted at this URL.\n\nFor information about our API's, please refer to the documentation at: https://developer.atlassian.com/bitbucket/api/2/reference/")
	}
}

// route serves the request and reports whether there is such a route.
func (b *Bitbucket) route(c bitbucketCall, path []string) bool {
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

// allowed tells what the endpoint accepts, and answers 403 when the token has it not.
func (c bitbucketCall) allowed(n need) bool {
	c.w.Header().Set("X-Accepted-OAuth-Scopes", n.in(c.token))
	if c.token.limited(c.w) {
		return false
	}
	if c.token.has(n) {
		return true
	}
	granted := c.token.Scopes
	if granted == nil {
		granted = []string{}
	}
	bitbucketError(c.w, http.StatusForbidden, "Your credentials lack one or more required privilege scopes.",
		map[string]any{"required": []string{n.in(c.token)}, "granted": granted})
	return false
}

func (b *Bitbucket) user(c bitbucketCall) {
	if !c.token.isAPI() && c.token.Kind != "oauth" {
		// Access tokens belong to a repository, a project or a workspace and to no person.
		bitbucketError(c.w, http.StatusForbidden, "This API is only accessible with the following authentication types: session, password, apppassword, oauth2", nil)
		return
	}
	id := githost.UUID("bitbucket", c.token.Username)
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"type": "user", "uuid": "{" + id + "}", "account_id": "712020:" + id, "username": c.token.Username, "nickname": c.token.Username,
		"display_name": c.token.Username, "account_status": "active", "created_on": "2024-03-01T09:30:00.000000+00:00", "is_staff": false,
		"has_2fa_enabled": nil, "location": nil, "links": map[string]any{"self": map[string]any{"href": c.base + "/users/%7B" + id + "%7D"}},
	})
}

func (b *Bitbucket) workspaceList(c bitbucketCall) {
	bodies := []any{}
	b.mu.Lock()
	for slug := range b.workspaces {
		if c.token.role(slug) != "" {
			bodies = append(bodies, workspaceBody(c.base, slug))
		}
	}
	b.mu.Unlock()
	sendPageOf(c.w, bodies)
}

// workspace finds a workspace that the token's owner can see with its projects, or answers in its place.
func (b *Bitbucket) workspace(c bitbucketCall, name string) (slug string, projects []string, ok bool) {
	slug = strings.ToLower(name)
	b.mu.Lock()
	projects, ok = b.workspaces[slug]
	b.mu.Unlock()
	if !ok || c.token.role(slug) == "" {
		bitbucketError(c.w, http.StatusNotFound, "No workspace with identifier '"+name+"'.", nil)
		return "", nil, false
	}
	if c.token.Projects != nil {
		projects = slices.DeleteFunc(slices.Clone(projects), func(key string) bool { return !slices.Contains(c.token.Projects, key) })
	}
	return slug, projects, true
}

func (b *Bitbucket) project(c bitbucketCall, workspace, key string) {
	slug, projects, ok := b.workspace(c, workspace)
	if !ok {
		return
	}
	if !slices.Contains(projects, key) { // upper case alone
		bitbucketError(c.w, http.StatusNotFound, "Project with key "+key+" not found in workspace "+slug+".", nil)
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

// sendPageOf writes a list of one page.
func sendPageOf(w http.ResponseWriter, values []any) {
	githost.SendJSON(w, http.StatusOK, map[string]any{"pagelen": 10, "page": 1, "size": len(values), "values": values})
}
