// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// page cuts the page out of a list that a request asks for with page and per_page.
func page[T any](r *http.Request, all []T) []T {
	number := func(name string, otherwise int) int {
		if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil && n > 0 {
			return n
		}
		return otherwise
	}
	size := min(number("per_page", 30), 100)
	from := min((number("page", 1)-1)*size, len(all))
	return all[from:min(from+size, len(all))]
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
	sendJSON(c.w, http.StatusOK, page(c.r, bodies))
}

// projectList serves the projects of a group, or those whose name holds the searched text.
func (g *GitLab) projectList(c gitlabCall, idOrPath string) {
	group, ok := g.group(c, idOrPath)
	if !ok {
		return
	}
	bodies := []any{}
	g.mu.Lock()
	for _, id := range slices.Sorted(maps.Keys(g.projects)) {
		p := g.projects[id]
		if p.group == group.ID && strings.Contains(strings.ToLower(p.name), strings.ToLower(c.r.URL.Query().Get("search"))) {
			bodies = append(bodies, p.body(c.base))
		}
	}
	g.mu.Unlock()
	sendJSON(c.w, http.StatusOK, page(c.r, bodies))
}
