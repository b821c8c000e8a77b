// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// githubCall is one authenticated request.
type githubCall struct {
	w     http.ResponseWriter
	r     *http.Request
	token Token
	base  string // URL of the web pages, without a slash at its end; the API is at base/api/v3
}

// ServeHTTP implements http.Handler.
func (g *GitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	prefix, path, ok := githost.APIPath(r.URL.Path, "/api/v3")
	switch {
	case !ok && r.URL.Path == "/":
		githost.SendPage(w, http.StatusOK, "GitHub Enterprise")
		return
	case !ok:
		githost.SendPage(w, http.StatusNotFound, "Page not found")
		return
	}
	w.Header().Set("X-GitHub-Media-Type", "github.v3; format=json")
	w.Header().Set("X-GitHub-Request-Id", "0E4C:6F1B:14E2B3:1A2C4D:68A1B2C3")
	w.Header().Set("X-GitHub-Enterprise-Version", "3.19.0")
	token, ok := g.authenticate(w, r)
	if !ok {
		return
	}
	token.headers(w.Header())
	if token.limited(w) {
		return
	}
	c := githubCall{w: w, r: r, token: token, base: g.URL() + prefix}
	if !g.route(c, strings.Split(path, "/")) {
		githubNotFound(w, "")
	}
}

// route serves the request and reports whether there is such a route.
func (g *GitHub) route(c githubCall, path []string) bool {
	get := c.r.Method == http.MethodGet
	switch {
	case get && len(path) == 1 && path[0] == "":
		githost.SendJSON(c.w, http.StatusOK, githubRoot(c.base))
	case get && len(path) == 1 && path[0] == "meta":
		githost.SendJSON(c.w, http.StatusOK, map[string]any{"verifiable_password_authentication": true, "installed_version": "3.19.0"})
	case get && len(path) == 1 && path[0] == "rate_limit":
		githubError(c.w, http.StatusNotFound, "Rate limiting is not enabled.", "https://docs.github.com/rest/rate-limit")
	case get && len(path) == 1 && path[0] == "user":
		g.user(c)
	case get && len(path) == 2 && path[0] == "users":
		g.account(c, path[1])
	case get && len(path) == 4 && path[0] == "user" && path[1] == "memberships" && path[2] == "orgs":
		g.membership(c, path[3])
	case get && len(path) == 2 && path[0] == "orgs":
		g.organization(c, path[1])
	case get && len(path) == 2 && path[0] == "organizations":
		g.organization(c, g.loginOf(path[1]))
	case get && len(path) == 3 && path[0] == "orgs" && path[2] == "repos":
		g.repositoryList(c, path[1])
	case len(path) == 3 && path[0] == "orgs" && path[2] == "repos" && c.r.Method == http.MethodPost:
		g.createRepo(c, path[1])
	case len(path) >= 3 && path[0] == "repos":
		return g.repo(c, path[1], path[2], path[3:])
	default:
		return false
	}
	return true
}

func (g *GitHub) user(c githubCall) {
	if c.token.Kind == "app-installation" {
		githubError(c.w, http.StatusForbidden, "Resource not accessible by integration", "https://docs.github.com/rest/users/users#get-the-authenticated-user")
		return
	}
	githost.SendJSON(c.w, http.StatusOK, githubUser(c.base, c.token.Login, "User", true))
}

// account answers for any login: GitHub shows organizations here as well.
func (g *GitHub) account(c githubCall, login string) {
	g.mu.Lock()
	name, isUser := g.users[strings.ToLower(login)]
	org, isOrg := g.orgs[strings.ToLower(login)]
	g.mu.Unlock()
	switch {
	case isOrg && !(org.Hidden && c.token.role(org.Login) == ""):
		githost.SendJSON(c.w, http.StatusOK, githubUser(c.base, org.Login, "Organization", false))
	case isUser:
		githost.SendJSON(c.w, http.StatusOK, githubUser(c.base, name, "User", false))
	default:
		githubNotFound(c.w, "users/users#get-a-user")
	}
}

// visibleOrg finds an organization that lets the token in, or answers for it.
func (g *GitHub) visibleOrg(c githubCall, login, docs string) (Org, bool) {
	g.mu.Lock()
	org, ok := g.orgs[strings.ToLower(login)]
	g.mu.Unlock()
	if !ok || (org.Hidden && c.token.role(org.Login) == "") {
		githubNotFound(c.w, docs)
		return org, false
	}
	return org, !c.token.refused(c.w, c.base, org.Login)
}

// loginOf finds the login of an organization by its id.
func (g *GitHub) loginOf(id string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, org := range g.orgs {
		if strconv.Itoa(githubID(org.Login)) == id {
			return org.Login
		}
	}
	return ""
}

// redirected answers for the former name of an organization.
func (g *GitHub) redirected(c githubCall, login string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, org := range g.orgs {
		if org.FormerLogin != "" && strings.EqualFold(org.FormerLogin, login) {
			to := c.base + "/api/v3/organizations/" + strconv.Itoa(githubID(org.Login))
			c.w.Header().Set("Location", to)
			githost.SendJSON(c.w, http.StatusMovedPermanently, map[string]any{"message": "Moved Permanently", "url": to, "documentation_url": "https://docs.github.com/rest"})
			return true
		}
	}
	return false
}

func (g *GitHub) organization(c githubCall, login string) {
	if g.redirected(c, login) {
		return
	}
	c.accepts("admin:org", "read:org", "repo", "user", "write:org")
	org, ok := g.visibleOrg(c, login, "orgs/orgs#get-an-organization")
	if !ok {
		return
	}
	body := githubOrganization(c.base, org.Login)
	owner := c.token.role(org.Login) == "admin" && c.token.has("admin:org")
	if org.MembersCanCreatePrivate != nil || owner {
		private := org.MembersCanCreatePrivate == nil || *org.MembersCanCreatePrivate
		body["members_can_create_private_repositories"] = private
		body["members_can_create_repositories"] = private
		body["members_can_create_public_repositories"] = false
	}
	githost.SendJSON(c.w, http.StatusOK, body)
}

func (g *GitHub) membership(c githubCall, login string) {
	c.accepts("admin:org", "read:org", "repo", "user", "write:org")
	const docs = "orgs/members#get-an-organization-membership-for-the-authenticated-user"
	switch {
	case c.token.Kind == "app-installation":
		githubError(c.w, http.StatusForbidden, "Resource not accessible by integration", "https://docs.github.com/rest/"+docs)
		return
	case c.token.CannotReadMembership:
		githubError(c.w, http.StatusForbidden, "Resource not accessible by personal access token", "https://docs.github.com/rest/"+docs)
		return
	case !c.token.has("admin:org", "write:org", "read:org", "repo", "user"):
		githubError(c.w, http.StatusForbidden, "You need at least read:org scope or user scope to get your membership.", "https://docs.github.com/rest/"+docs)
		return
	}
	org, ok := g.visibleOrg(c, login, docs)
	if !ok {
		return
	}
	role := c.token.role(org.Login)
	if role == "" {
		githubNotFound(c.w, docs)
		return
	}
	state := "active"
	if slices.Contains(org.Pending, c.token.Login) {
		state = "pending"
	}
	body := githubMembership(c.base, org.Login, c.token.Login, state, role)
	if can := org.CanCreateRepository[c.token.Login]; can != nil {
		body["permissions"] = map[string]any{"can_create_repository": *can}
	}
	githost.SendJSON(c.w, http.StatusOK, body)
}

// accepts tells which scopes the endpoint accepts, as GitHub does beside those that the token has.
func (c githubCall) accepts(scopes ...string) {
	if c.token.scoped() {
		c.w.Header().Set("X-Accepted-OAuth-Scopes", strings.Join(scopes, ", "))
	}
}
