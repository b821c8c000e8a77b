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

// call is an authenticated request.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	token Token
	base  string // the URL of the web pages without a trailing slash; the API is at base/api/v3
}

// setAcceptedScopes sets the header with the scopes that the route accepts.
func (c call) setAcceptedScopes(scopes ...string) {
	if c.token.hasScopes() {
		c.w.Header().Set("X-Accepted-OAuth-Scopes", strings.Join(scopes, ", "))
	}
}

// ServeHTTP implements http.Handler.
func (g *GitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	prefix, path, ok := githost.APIPath(r.URL.Path, "/api/v3")
	switch {
	case !ok && r.URL.Path == "/":
		githost.SendHTML(w, http.StatusOK, "GitHub Enterprise")
		return
	case !ok:
		githost.SendHTML(w, http.StatusNotFound, "Page not found")
		return
	}
	w.Header().Set("X-GitHub-Media-Type", "github.v3; format=json")
	w.Header().Set("X-GitHub-Request-Id", "0E4C:6F1B:14E2B3:1A2C4D:68A1B2C3")
	w.Header().Set("X-GitHub-Enterprise-Version", "3.19.0")
	token, ok := g.authenticate(w, r)
	if !ok {
		return
	}
	token.setHeaders(w.Header())
	if token.rejectIfLimited(w) {
		return
	}
	c := call{w: w, r: r, token: token, base: g.URL() + prefix}
	if !g.route(c, strings.Split(path, "/")) {
		sendNotFound(w, docs+"/")
	}
}

// route serves a request and reports whether the route exists.
func (g *GitHub) route(c call, path []string) bool {
	get := c.r.Method == http.MethodGet
	switch {
	case get && len(path) == 1 && path[0] == "":
		githost.SendJSON(c.w, http.StatusOK, rootBody(c.base))
	case get && len(path) == 1 && path[0] == "meta":
		githost.SendJSON(c.w, http.StatusOK, map[string]any{"verifiable_password_authentication": true, "installed_version": "3.19.0"})
	case get && len(path) == 1 && path[0] == "rate_limit":
		sendError(c.w, http.StatusNotFound, "Rate limiting is not enabled.", docs+"/rate-limit")
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
		g.createRepository(c, path[1])
	case len(path) >= 3 && path[0] == "repos":
		return g.repository(c, path[1], path[2], path[3:])
	default:
		return false
	}
	return true
}

func (g *GitHub) user(c call) {
	if c.token.Kind == "app-installation" {
		sendError(c.w, http.StatusForbidden, "Resource not accessible by integration", docs+"/users/users#get-the-authenticated-user")
		return
	}
	githost.SendJSON(c.w, http.StatusOK, accountBody(c.base, c.token.Login, "User", true))
}

// account serves users and organizations, like the route /users of GitHub.
func (g *GitHub) account(c call, login string) {
	g.mu.Lock()
	name, isUser := g.users[strings.ToLower(login)]
	org, isOrg := g.orgs[strings.ToLower(login)]
	g.mu.Unlock()
	switch {
	case isOrg && c.sees(org):
		githost.SendJSON(c.w, http.StatusOK, accountBody(c.base, org.Login, "Organization", false))
	case isUser:
		githost.SendJSON(c.w, http.StatusOK, accountBody(c.base, name, "User", false))
	default:
		sendNotFound(c.w, docs+"/users/users#get-a-user")
	}
}

// sees reports whether the owner of the token sees an organization.
func (c call) sees(org Org) bool { return !org.Hidden || c.token.role(org.Login) != "" }

// visibleOrg returns an organization that the token can access. If it returns false, it has sent
// the response.
func (g *GitHub) visibleOrg(c call, login, docsURL string) (Org, bool) {
	g.mu.Lock()
	org, ok := g.orgs[strings.ToLower(login)]
	g.mu.Unlock()
	if !ok || !c.sees(org) {
		sendNotFound(c.w, docsURL)
		return org, false
	}
	return org, !c.token.rejectIfForbidden(c.w, c.base, org.Login)
}

// loginOf returns the login of an organization by its ID.
func (g *GitHub) loginOf(id string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, org := range g.orgs {
		if strconv.Itoa(numericID(org.Login)) == id {
			return org.Login
		}
	}
	return ""
}

// redirect responds to requests for the former login of an organization.
func (g *GitHub) redirect(c call, login string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, org := range g.orgs {
		if org.FormerLogin != "" && strings.EqualFold(org.FormerLogin, login) {
			target := c.base + "/api/v3/organizations/" + strconv.Itoa(numericID(org.Login))
			c.w.Header().Set("Location", target)
			githost.SendJSON(c.w, http.StatusMovedPermanently, map[string]any{
				"message": "Moved Permanently", "url": target, "documentation_url": docs,
			})
			return true
		}
	}
	return false
}

func (g *GitHub) organization(c call, login string) {
	if g.redirect(c, login) {
		return
	}
	c.setAcceptedScopes("admin:org", "read:org", "repo", "user", "write:org")
	org, ok := g.visibleOrg(c, login, docs+"/orgs/orgs#get-an-organization")
	if !ok {
		return
	}
	body := organizationBody(c.base, org.Login)
	owner := c.token.role(org.Login) == "admin" && c.token.has("admin:org")
	if org.MembersCanCreatePrivate != nil || owner {
		private := org.MembersCanCreatePrivate == nil || *org.MembersCanCreatePrivate
		body["members_can_create_private_repositories"] = private
		body["members_can_create_repositories"] = private
		body["members_can_create_public_repositories"] = false
	}
	githost.SendJSON(c.w, http.StatusOK, body)
}

func (g *GitHub) membership(c call, login string) {
	c.setAcceptedScopes("admin:org", "read:org", "repo", "user", "write:org")
	const membershipDocs = docs + "/orgs/members#get-an-organization-membership-for-the-authenticated-user"
	switch {
	case c.token.Kind == "app-installation":
		sendError(c.w, http.StatusForbidden, "Resource not accessible by integration", membershipDocs)
		return
	case c.token.CannotReadMembership:
		sendError(c.w, http.StatusForbidden, "Resource not accessible by personal access token", membershipDocs)
		return
	case !c.token.has("admin:org", "write:org", "read:org", "repo", "user"):
		sendError(c.w, http.StatusForbidden, "You need at least read:org scope or user scope to get your membership.", membershipDocs)
		return
	}
	org, ok := g.visibleOrg(c, login, membershipDocs)
	if !ok {
		return
	}
	role := c.token.role(org.Login)
	if role == "" {
		sendNotFound(c.w, membershipDocs)
		return
	}
	state := "active"
	if slices.Contains(org.Pending, c.token.Login) {
		state = "pending"
	}
	body := membershipBody(c.base, org.Login, c.token.Login, state, role)
	if can := org.CanCreateRepository[c.token.Login]; can != nil {
		body["permissions"] = map[string]any{"can_create_repository": *can}
	}
	githost.SendJSON(c.w, http.StatusOK, body)
}
