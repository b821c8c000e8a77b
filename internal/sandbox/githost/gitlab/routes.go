// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// call is an authenticated request.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	token Token
	base  string // the URL of the web pages without a trailing slash
}

// ServeHTTP implements http.Handler.
func (g *GitLab) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// In the escaped path, %2F in an ID differs from a separator.
	prefix, path, ok := githost.APIPath(r.URL.EscapedPath(), "/api/v4")
	if strings.HasSuffix(r.URL.Path, "/oauth/token/info") {
		g.tokenInfo(w, r)
		return
	}
	if !ok {
		githost.SendHTML(w, http.StatusOK, "Sign in · GitLab") // the page after a redirect
		return
	}
	w.Header().Set("X-Gitlab-Meta", `{"correlation_id":"01J0SANDBOX","version":"1"}`)
	w.Header().Set("X-Request-Id", "01J0SANDBOX")
	token, ok := g.authenticate(w, r)
	if !ok || token.rejectIfLimited(w) {
		return
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if unescaped, err := url.PathUnescape(part); err == nil {
			parts[i] = unescaped
		}
	}
	if !g.route(call{w: w, r: r, token: token, base: g.URL() + prefix}, parts) {
		sendInvalid(w, http.StatusNotFound, "404 Not Found")
	}
}

// route serves a request and reports whether the route exists.
func (g *GitLab) route(c call, path []string) bool {
	get := c.r.Method == http.MethodGet
	switch {
	case get && len(path) == 2 && path[0] == "personal_access_tokens" && path[1] == "self":
		g.self(c)
	case get && len(path) == 1 && path[0] == "user":
		if c.allowed("api", "read_api", "read_user") {
			githost.SendJSON(c.w, http.StatusOK, c.token.user(c.base))
		}
	case get && path[0] == "groups" && len(path) == 1:
		g.groupList(c)
	case get && path[0] == "groups" && len(path) == 2:
		if group, ok := g.group(c, path[1]); ok {
			githost.SendJSON(c.w, http.StatusOK, group.body(c.base))
		}
	case get && path[0] == "groups" && len(path) == 3 && path[2] == "projects":
		g.projectList(c, path[1])
	case get && path[0] == "groups" && len(path) == 5 && path[2] == "members" && path[3] == "all":
		g.member(c, path[1], path[4])
	case path[0] == "projects":
		return g.project(c, path[1:])
	default:
		return false
	}
	return true
}

func (g *GitLab) self(c call) {
	switch {
	case c.token.NoSelf:
		sendInvalid(c.w, http.StatusNotFound, "404 Not Found")
	case c.token.Kind == "oauth":
		sendMessage(c.w, http.StatusBadRequest, "400 Bad request - This endpoint requires token type to be a personal access token")
	default:
		githost.SendJSON(c.w, http.StatusOK, c.token.self())
	}
}

// tokenInfo describes OAuth tokens. It is not part of the API.
func (g *GitLab) tokenInfo(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	token, known := g.tokens[githost.Bearer(r)]
	g.mu.Unlock()
	if !known || token.Kind != "oauth" || token.Revoked {
		sendError(w, http.StatusUnauthorized, "invalid_token", "The access token is invalid")
		return
	}
	githost.SendJSON(w, http.StatusOK, map[string]any{
		"resource_owner_id": token.UserID, "scope": token.Scopes, "expires_in": 7200,
		"application": map[string]any{"uid": "1cb242f495280beb4291e64bee2a17f330902e499882fe8e1e2aa875519cab33"}, "created_at": 1709285400,
	})
}

func (g *GitLab) groupList(c call) {
	if !c.allowed("api", "read_api") {
		return
	}
	bodies := []any{}
	for _, group := range g.search(c.r.URL.Query().Get("search")) {
		if group.visibleTo(c.token) && len(bodies) < 20 {
			bodies = append(bodies, group.body(c.base))
		}
	}
	githost.SendJSON(c.w, http.StatusOK, bodies)
}

// group returns a group that the owner of the token sees. If it returns false, it has sent the
// response.
func (g *GitLab) group(c call, idOrPath string) (Group, bool) {
	if !c.allowed("api", "read_api") {
		return Group{}, false
	}
	group, ok := g.find(idOrPath)
	switch {
	case !ok || !group.visibleTo(c.token):
		sendMessage(c.w, http.StatusNotFound, "404 Group Not Found")
	case c.token.GranularEnforced:
		sendError(c.w, http.StatusForbidden, "insufficient_granular_scope",
			"Access denied: Your Personal Access Token lacks the required permissions: [read_group].")
	default:
		return group, true
	}
	return group, false
}

func (g *GitLab) member(c call, groupID, userID string) {
	group, ok := g.group(c, groupID)
	if !ok {
		return
	}
	user, err := strconv.Atoi(userID)
	level, member := 0, false
	var name string
	g.mu.Lock()
	for _, token := range g.tokens {
		// Bot users of projects cannot be members of groups.
		if l, ok := token.Levels[group.ID]; ok && err == nil && token.UserID == user && token.Kind != "project" {
			level, member, name = l, true, token.Username
		}
	}
	g.mu.Unlock()
	if !member {
		sendMessage(c.w, http.StatusNotFound, "404 Not found")
		return
	}
	body := map[string]any{
		"id": user, "username": name, "name": name, "state": "active", "access_level": level, "expires_at": nil,
		"web_url": c.base + "/" + name, "membership_state": "active",
	}
	if c.token.CustomRole != "" {
		body["member_role"] = map[string]any{"id": 1, "name": c.token.CustomRole, "base_access_level": level}
	}
	githost.SendJSON(c.w, http.StatusOK, body)
}
