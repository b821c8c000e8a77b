// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// repository is a git repository with the paths of its files. It has a single branch.
type repository struct {
	project  teamProject
	id, name string
	branch   string // refs/heads/..., "" before the first push
	head     string // the ID of the last commit
	files    map[string]bool
}

// repositories serves {project}/_apis/git/repositories and the paths below it, and reports whether
// the route exists.
func (a *Azure) repositories(c call, project teamProject, path []string) bool {
	method := c.r.Method
	if len(path) == 0 || path[0] == "" {
		switch method {
		case http.MethodGet:
			a.repositoryList(c, project)
		case http.MethodPost:
			a.createRepository(c, project)
		default:
			return false
		}
		return true
	}
	repo := a.repository(project, path[0])
	if repo == nil || c.token.CannotRead {
		sendError(c.w, http.StatusNotFound, "GitRepositoryNotFoundException", "TF401019: The Git repository with name or identifier "+path[0]+
			" does not exist or you do not have permissions for the operation you are attempting.")
		return true
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch rest := strings.Join(path[1:], "/"); {
	case rest == "" && method == http.MethodGet:
		githost.SendJSON(c.w, http.StatusOK, repo.body(c.base))
	case rest == "" && method == http.MethodDelete:
		a.deleteRepository(c, repo)
	case rest == "items" && method == http.MethodGet:
		repo.item(c)
	case rest == "stats/branches" && method == http.MethodGet:
		repo.branchStats(c)
	case rest == "pushes" && method == http.MethodPost:
		a.push(c, repo)
	default:
		return false
	}
	return true
}

func (a *Azure) repository(project teamProject, nameOrID string) *repository {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range a.repos {
		if r.project == project && (r.id == nameOrID || strings.EqualFold(r.name, nameOrID)) {
			return r
		}
	}
	return nil
}

func (a *Azure) repositoryList(c call, project teamProject) {
	bodies := []map[string]any{}
	a.mu.Lock()
	for _, r := range a.repos {
		if r.project == project && !c.token.CannotRead {
			bodies = append(bodies, r.body(c.base))
		}
	}
	a.mu.Unlock()
	slices.SortFunc(bodies, func(x, y map[string]any) int { return strings.Compare(fmt.Sprint(x["name"]), fmt.Sprint(y["name"])) })
	sendList(c.w, bodies)
}

// rejectWrite responds and returns true if the scopes of the token (401) or the permissions of its
// owner (403) do not allow a write.
func (a *Azure) rejectWrite(c call, scope, permission string, denied bool) bool {
	switch {
	case !c.token.has(scope):
		a.sendUnauthorized(c.w)
	case denied:
		sendError(c.w, http.StatusForbidden, "GitNeedsPermissionException", "TF401027: You need the Git '"+permission+
			"' permission to perform this action. Details: identity '"+c.token.Owner+"', scope 'project'.")
	default:
		return false
	}
	return true
}

func (a *Azure) createRepository(c call, project teamProject) {
	var sent struct {
		Name string `json:"name"`
	}
	if a.rejectWrite(c, "vso.code_manage", "CreateRepository", c.token.CannotCreate) {
		return
	}
	if json.NewDecoder(c.r.Body).Decode(&sent) != nil || sent.Name == "" {
		sendError(c.w, http.StatusBadRequest, "InvalidArgumentValueException", "A repository name is required.")
		return
	}
	if a.repository(project, sent.Name) != nil {
		sendError(c.w, http.StatusConflict, "GitRepositoryNameAlreadyExistsException", "TF400948: A Git repository with the name "+sent.Name+" already exists.")
		return
	}
	repo := &repository{project: project, id: githost.UUID("repository", project.id(), sent.Name), name: sent.Name, files: map[string]bool{}}
	a.mu.Lock()
	a.repos[repo.id] = repo
	a.mu.Unlock()
	githost.SendJSON(c.w, http.StatusCreated, repo.body(c.base))
}

// deleteRepository requires that the caller holds the lock.
func (a *Azure) deleteRepository(c call, repo *repository) {
	if a.rejectWrite(c, "vso.code_manage", "DeleteRepository", c.token.CannotDelete) {
		return
	}
	delete(a.repos, repo.id)
	c.w.WriteHeader(http.StatusNoContent)
}

// push requires that the caller holds the lock.
func (a *Azure) push(c call, repo *repository) {
	var sent struct {
		RefUpdates []struct{ Name, OldObjectID string } `json:"refUpdates"`
		Commits    []struct {
			Comment string `json:"comment"`
			Changes []struct {
				Item struct{ Path string } `json:"item"`
			} `json:"changes"`
		} `json:"commits"`
	}
	if a.rejectWrite(c, "vso.code_write", "GenericContribute", false) {
		return
	}
	if json.NewDecoder(c.r.Body).Decode(&sent) != nil || len(sent.RefUpdates) != 1 || len(sent.Commits) != 1 {
		sendError(c.w, http.StatusBadRequest, "InvalidArgumentValueException", "A push has one reference update and one commit.")
		return
	}
	update, commit := sent.RefUpdates[0], sent.Commits[0]
	parent := cmp.Or(repo.head, githost.NoObject)
	if update.OldObjectID != parent {
		sendError(c.w, http.StatusConflict, "GitReferenceStaleException", "TF401028: The reference '"+update.Name+
			"' has already been updated by another client, so you cannot update it. Please try again.")
		return
	}
	for _, change := range commit.Changes {
		repo.files[strings.Trim(change.Item.Path, "/")] = true
	}
	repo.branch, repo.head = update.Name, githost.BlobID(fmt.Appendf(nil, "%s %s %d", parent, commit.Comment, len(repo.files)))
	author := map[string]any{"name": c.token.Owner, "email": c.token.Owner, "date": githost.CreationTime}
	githost.SendJSON(c.w, http.StatusCreated, map[string]any{
		"pushId": len(repo.files), "date": githost.CreationTime, "repository": repo.body(c.base),
		"commits":    []any{map[string]any{"commitId": repo.head, "comment": commit.Comment, "author": author, "committer": author}},
		"refUpdates": []any{map[string]any{"name": update.Name, "oldObjectId": parent, "newObjectId": repo.head}},
	})
}

func (r *repository) item(c call) {
	path := strings.Trim(c.r.URL.Query().Get("path"), "/")
	switch {
	case r.head == "":
		sendError(c.w, http.StatusNotFound, "GitItemNotFoundException", "VS403403: Cannot find any branches for the "+r.name+" repository.")
	case !r.files[path]:
		sendError(c.w, http.StatusNotFound, "GitItemNotFoundException", "TF401174: The item '"+path+"' could not be found in the repository '"+
			r.name+"' at the version specified by '<"+r.branch+">' (resolved to commit '"+r.head+"')")
	default:
		githost.SendJSON(c.w, http.StatusOK, map[string]any{
			"objectId": githost.BlobID([]byte(path)), "gitObjectType": "blob", "commitId": r.head, "path": "/" + path,
		})
	}
}

func (r *repository) branchStats(c call) {
	name := c.r.URL.Query().Get("name")
	if r.branch != "refs/heads/"+name {
		sendError(c.w, http.StatusNotFound, "GitUnresolvableToCommitException", "TF401175: The version descriptor <Branch: "+name+
			"> could not be resolved to a version in the repository "+r.name)
		return
	}
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"name": name, "aheadCount": 0, "behindCount": 0, "isBaseVersion": true, "commit": map[string]any{"commitId": r.head},
	})
}

func (r *repository) body(base string) map[string]any {
	web := base + "/" + r.project.name + "/_git/" + r.name
	body := map[string]any{
		"id": r.id, "name": r.name, "url": base + "/" + r.project.id() + "/_apis/git/repositories/" + r.id,
		"project": r.project.body(base), "size": 100 * len(r.files), "remoteUrl": web, "webUrl": web,
		"sshUrl":     "git@ssh.dev.azure.com:v3/" + r.project.organization + "/" + r.project.name + "/" + r.name,
		"isDisabled": false, "isInMaintenance": false,
	}
	if r.branch != "" {
		body["defaultBranch"] = r.branch
	}
	return body
}
