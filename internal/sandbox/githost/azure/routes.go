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

// azureCall is one authenticated request to an organization.
type azureCall struct {
	w            http.ResponseWriter
	r            *http.Request
	token        Token
	organization string
	base         string // URL of the organization, without a slash at its end, as the client sees it
}

// ServeHTTP implements http.Handler.
func (a *Azure) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	before, path, ok := githost.APIPath(r.URL.Path, "/_apis")
	place := strings.Split(strings.Trim(before, "/"), "/")
	if !ok || place[0] == "" || len(place) > 2 {
		githost.SendPage(w, http.StatusNonAuthoritativeInfo, "Azure DevOps Services | Sign In")
		return
	}
	w.Header().Set("X-TFS-ProcessId", githost.UUID("process"))
	w.Header().Set("ActivityId", githost.UUID("activity"))
	if !a.knows(place[0]) {
		githost.SendPage(w, http.StatusNotFound, "Azure DevOps Services | The resource cannot be found.")
		return
	}
	token, ok := a.authenticate(w, r, place[0])
	if !ok || token.limited(w) {
		return
	}
	c := azureCall{w: w, r: r, token: token, organization: place[0], base: githost.BaseURL(r) + "/" + url.PathEscape(place[0])}
	w.Header().Set("X-VSS-UserData", githost.UUID("user", token.Owner)+":"+token.Owner)
	if token.Forbidden != "" {
		azureError(w, http.StatusForbidden, "AccessCheckException", token.Forbidden)
		return
	}
	parts := strings.Split(path, "/")
	known := false
	if len(place) == 1 {
		known = a.route(c, parts)
	} else if project, ok := a.visibleProject(c, place[1], "vso.code"); ok {
		known = parts[0] == "git" && len(parts) > 1 && parts[1] == "repositories" && a.repositories(c, project, parts[2:])
	} else {
		return
	}
	if !known {
		azureError(w, http.StatusNotFound, "VssResourceNotFoundException", "The controller for path '"+r.URL.Path+"' was not found or does not implement IController.")
	}
}

// route serves what belongs to the organization, and reports whether there is such a route.
func (a *Azure) route(c azureCall, path []string) bool {
	switch {
	case c.r.Method == http.MethodOptions && len(path) == 1 && path[0] == "":
		sendList(c.w, azureLocations)
	case c.r.Method != http.MethodGet:
		return false
	case len(path) == 1 && strings.EqualFold(path[0], "ResourceAreas"):
		sendList(c.w, []map[string]any{{"id": azureGitArea, "name": "git", "locationUrl": c.base + "/"}})
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

func (a *Azure) connectionData(c azureCall) {
	// The route was never released: a version without -preview is refused.
	version := c.r.URL.Query().Get("api-version")
	if version != "" && !strings.Contains(version, "preview") {
		azureError(c.w, http.StatusBadRequest, "VssInvalidPreviewVersionException", fmt.Sprintf(
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

func (a *Azure) projectList(c azureCall) {
	if !c.token.has("vso.project") {
		a.unauthorized(c.w)
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

// visibleProject finds a project for a token with the scope, or answers in its place. A project that the owner cannot see does
// not exist.
func (a *Azure) visibleProject(c azureCall, nameOrID, scope string) (azureProject, bool) {
	if !c.token.has(scope) {
		a.unauthorized(c.w)
		return azureProject{}, false
	}
	p, ok := a.project(c.organization, nameOrID)
	if !ok || !c.token.sees(p) {
		azureError(c.w, http.StatusNotFound, "ProjectDoesNotExistWithNameException", "TF200016: The following project does not exist: "+nameOrID+
			". Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.")
		return p, false
	}
	return p, true
}

func (p azureProject) body(base string) map[string]any {
	return map[string]any{
		"id": p.id(), "name": p.name, "url": base + "/_apis/projects/" + p.id(), "state": "wellFormed", "revision": 11,
		"visibility": "private", "lastUpdateTime": "2024-03-01T09:30:00.000Z",
	}
}

// sendList writes a collection.
func sendList[T any](w http.ResponseWriter, values []T) {
	githost.SendJSON(w, http.StatusOK, map[string]any{"count": len(values), "value": values})
}
