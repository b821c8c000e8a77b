// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// call is an authenticated request to an organization.
type call struct {
	w            http.ResponseWriter
	r            *http.Request
	token        Token
	organization string
	base         string // the URL of the organization as the client sees it, without a trailing slash
}

// ServeHTTP implements http.Handler.
func (a *Azure) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	prefix, path, ok := githost.APIPath(r.URL.Path, "/_apis")
	scope := strings.Split(strings.Trim(prefix, "/"), "/") // the organization and, for some routes, the project
	if !ok || scope[0] == "" || len(scope) > 2 {
		githost.SendHTML(w, http.StatusNonAuthoritativeInfo, "Azure DevOps Services | Sign In")
		return
	}
	w.Header().Set("X-TFS-ProcessId", githost.UUID("process"))
	w.Header().Set("ActivityId", githost.UUID("activity"))
	if !a.hasOrganization(scope[0]) {
		githost.SendHTML(w, http.StatusNotFound, "Azure DevOps Services | The resource cannot be found.")
		return
	}
	token, ok := a.authenticate(w, r, scope[0])
	if !ok || token.rejectIfLimited(w) {
		return
	}
	c := call{w: w, r: r, token: token, organization: scope[0], base: githost.BaseURL(r) + "/" + url.PathEscape(scope[0])}
	w.Header().Set("X-VSS-UserData", githost.UUID("user", token.Owner)+":"+token.Owner)
	if token.Forbidden != "" {
		sendError(w, http.StatusForbidden, "AccessCheckException", token.Forbidden)
		return
	}
	parts := strings.Split(path, "/")
	known := false
	if len(scope) == 1 {
		known = a.route(c, parts)
	} else if project, ok := a.visibleProject(c, scope[1], "vso.code"); ok {
		known = parts[0] == "git" && len(parts) > 1 && parts[1] == "repositories" && a.repositories(c, project, parts[2:])
	} else {
		return
	}
	if !known {
		sendError(w, http.StatusNotFound, "VssResourceNotFoundException", "The controller for path '"+r.URL.Path+"' was not found or does not implement IController.")
	}
}

// route serves a request for an organization and reports whether the route exists.
func (a *Azure) route(c call, path []string) bool {
	switch {
	case c.r.Method == http.MethodOptions && len(path) == 1 && path[0] == "":
		sendList(c.w, locations)
	case c.r.Method != http.MethodGet:
		return false
	case len(path) == 1 && strings.EqualFold(path[0], "ResourceAreas"):
		sendList(c.w, []map[string]any{{"id": gitArea, "name": "git", "locationUrl": c.base + "/"}})
	case len(path) == 1 && strings.EqualFold(path[0], "connectionData"):
		a.connectionData(c)
	case len(path) == 1 && path[0] == "projects":
		a.projectList(c)
	case len(path) == 2 && path[0] == "projects":
		if project, ok := a.visibleProject(c, path[1], "vso.project"); ok {
			githost.SendJSON(c.w, http.StatusOK, project.body(c.base))
		}
	default:
		return false
	}
	return true
}

func (a *Azure) connectionData(c call) {
	// Azure DevOps never released this route, so the version must end with -preview.
	version := c.r.URL.Query().Get("api-version")
	if version != "" && !strings.Contains(version, "preview") {
		sendError(c.w, http.StatusBadRequest, "VssInvalidPreviewVersionException", fmt.Sprintf(
			"The requested version %q of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: %q",
			version, version+"-preview"))
		return
	}
	user := map[string]any{
		"id": githost.UUID("user", c.token.Owner), "descriptor": "Microsoft.IdentityModel.Claims.ClaimsIdentity;" + githost.UUID("tenant") + "\\" + c.token.Owner,
		"subjectDescriptor": "aad." + strings.ReplaceAll(githost.UUID("subject", c.token.Owner), "-", ""), "providerDisplayName": c.token.Owner,
		"isActive": true, "resourceVersion": 2, "metaTypeId": 0,
		"properties": map[string]any{"Account": map[string]any{"$type": "System.String", "$value": c.token.Owner}},
	}
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"authenticatedUser": user, "authorizedUser": user, "instanceId": githost.UUID("organization", strings.ToLower(c.organization)),
		"deploymentId": githost.UUID("deployment"), "deploymentType": "hosted",
		"locationServiceData": map[string]any{"serviceOwner": "00025394-6065-48ca-87d9-7f5672854ef7", "defaultAccessMappingMoniker": "PublicAccessMapping", "lastChangeId": 1, "lastChangeId64": 1},
	})
}

func (a *Azure) projectList(c call) {
	if !c.token.has("vso.project") {
		a.sendUnauthorized(c.w)
		return
	}
	bodies := []map[string]any{}
	a.mu.Lock()
	for _, key := range slices.Sorted(maps.Keys(a.projects)) {
		if p := a.projects[key]; strings.EqualFold(p.organization, c.organization) && c.token.sees(p) {
			bodies = append(bodies, p.body(c.base))
		}
	}
	a.mu.Unlock()
	sendList(c.w, bodies)
}

// visibleProject returns a project that the owner of the token sees, if the token has the scope. If
// it returns false, it has sent the response.
func (a *Azure) visibleProject(c call, nameOrID, scope string) (teamProject, bool) {
	if !c.token.has(scope) {
		a.sendUnauthorized(c.w)
		return teamProject{}, false
	}
	p, ok := a.project(c.organization, nameOrID)
	if !ok || !c.token.sees(p) {
		sendError(c.w, http.StatusNotFound, "ProjectDoesNotExistWithNameException", "TF200016: The following project does not exist: "+nameOrID+
			". Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.")
		return p, false
	}
	return p, true
}

func (p teamProject) body(base string) map[string]any {
	return map[string]any{
		"id": p.id(), "name": p.name, "url": base + "/_apis/projects/" + p.id(), "state": "wellFormed", "revision": 11,
		"visibility": "private", "lastUpdateTime": githost.CreationTimeMillis,
	}
}

// sendList sends a collection.
func sendList[T any](w http.ResponseWriter, values []T) {
	githost.SendJSON(w, http.StatusOK, map[string]any{"count": len(values), "value": values})
}
