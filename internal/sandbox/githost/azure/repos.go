// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// azureRepo is a Git repository with the files that were pushed to it, all on one branch.
type azureRepo struct {
	project  azureProject
	id, name string
	branch   string // refs/heads/..., "" before the first push
	head     string // id of the last commit
	files    map[string]bool
}

// repositories serves {project}/_apis/git/repositories and what is below it.
func (a *Azure) repositories(c azureCall, project azureProject, path []string) bool {
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
		azureError(c.w, http.StatusNotFound, "GitRepositoryNotFoundException", "TF401019: The Git repository with name or identifier "+path[0]+
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

func (a *Azure) repository(project azureProject, nameOrID string) *azureRepo {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range a.repos {
		if r.project == project && (r.id == nameOrID || strings.EqualFold(r.name, nameOrID)) {
			return r
		}
	}
	return nil
}

func (a *Azure) repositoryList(c azureCall, project azureProject) {
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

// refuses answers for a change that the scopes (401, as everywhere) or the owner's permissions (403) do not allow.
func (a *Azure) refuses(c azureCall, scope, permission string, denied bool) bool {
	switch {
	case !c.token.has(scope):
		a.unauthorized(c.w)
	case denied:
		azureError(c.w, http.StatusForbidden, "GitNeedsPermissionException", "TF401027: You need the Git '"+permission+
			"' permission to perform this action. Details: identity '"+c.token.Owner+"', scope 'project'.")
	default:
		return false
	}
	return true
}

func (a *Azure) createRepository(c azureCall, project azureProject) {
	var wanted struct {
		Name string `json:"name"`
	}
	if a.refuses(c, "vso.code_manage", "CreateRepository", c.token.CannotCreate) {
		return
	}
	if json.NewDecoder(c.r.Body).Decode(&wanted) != nil || wanted.Name == "" {
		azureError(c.w, http.StatusBadRequest, "InvalidArgumentValueException", "A repository name is required.")
		return
	}
	if a.repository(project, wanted.Name) != nil {
		azureError(c.w, http.StatusConflict, "GitRepositoryNameAlreadyExistsException", "TF400948: A Git repository with the name "+wanted.Name+" already exists.")
		return
	}
	repo := &azureRepo{project: project, id: githost.UUID("repository", project.id(), wanted.Name), name: wanted.Name, files: map[string]bool{}}
	a.mu.Lock()
	a.repos[repo.id] = repo
	a.mu.Unlock()
	githost.SendJSON(c.w, http.StatusCreated, repo.body(c.base))
}

// deleteRepository and push are called with the lock held.
func (a *Azure) deleteRepository(c azureCall, repo *azureRepo) {
	if a.refuses(c, "vso.code_manage", "DeleteRepository", c.token.CannotDelete) {
		return
	}
	delete(a.repos, repo.id)
	c.w.WriteHeader(http.StatusNoContent)
}

func (a *Azure) push(c azureCall, repo *azureRepo) {
	var wanted struct {
		RefUpdates []struct{ Name, OldObjectID string } `json:"refUpdates"`
		Commits    []struct {
			Comment string `json:"comment"`
			Changes []struct {
				Item struct{ Path string } `json:"item"`
			} `json:"changes"`
		} `json:"commits"`
	}
	if a.refuses(c, "vso.code_write", "GenericContribute", false) {
		return
	}
	if json.NewDecoder(c.r.Body).Decode(&wanted) != nil || len(wanted.RefUpdates) != 1 || len(wanted.Commits) != 1 {
		azureError(c.w, http.StatusBadRequest, "InvalidArgumentValueException", "A push has one reference update and one commit.")
		return
	}
	update, commit := wanted.RefUpdates[0], wanted.Commits[0]
	before := repo.head
	if before == "" {
		before = githost.NoObject
	}
	if update.OldObjectID != before {
		azureError(c.w, http.StatusConflict, "GitReferenceStaleException", "TF401028: The reference '"+update.Name+
			"' has already been updated by another client, so you cannot update it. Please try again.")
		return
	}
	for _, change := range commit.Changes {
		repo.files[strings.Trim(change.Item.Path, "/")] = true
	}
	repo.branch, repo.head = update.Name, githost.BlobID(fmt.Appendf(nil, "%s %s %d", before, commit.Comment, len(repo.files)))
	who := map[string]any{"name": c.token.Owner, "email": c.token.Owner, "date": "2024-03-01T09:30:00Z"}
	githost.SendJSON(c.w, http.StatusCreated, map[string]any{
		"pushId": len(repo.files), "date": "2024-03-01T09:30:00Z", "repository": repo.body(c.base),
		"commits":    []any{map[string]any{"commitId": repo.head, "comment": commit.Comment, "author": who, "committer": who}},
		"refUpdates": []any{map[string]any{"name": update.Name, "oldObjectId": before, "newObjectId": repo.head}},
	})
}

func (r *azureRepo) item(c azureCall) {
	path := strings.Trim(c.r.URL.Query().Get("path"), "/")
	switch {
	case r.head == "":
		azureError(c.w, http.StatusNotFound, "GitItemNotFoundException", "VS403403: Cannot find any branches for the "+r.name+" repository.")
	case !r.files[path]:
		azureError(c.w, http.StatusNotFound, "GitItemNotFoundException", "TF401174: The item '"+path+"' could not be found in the repository '"+
			r.name+"' at the version specified by '<"+r.branch+">' (resolved to commit '"+r.head+"')")
	default:
		githost.SendJSON(c.w, http.StatusOK, map[string]any{
			"objectId": githost.BlobID([]byte(path)), "gitObjectType": "blob", "commitId": r.head, "path": "/" + path,
		})
	}
}

func (r *azureRepo) branchStats(c azureCall) {
	name := c.r.URL.Query().Get("name")
	if r.branch != "refs/heads/"+name {
		azureError(c.w, http.StatusNotFound, "GitUnresolvableToCommitException", "TF401175: The version descriptor <Branch: "+name+
			"> could not be resolved to a version in the repository "+r.name)
		return
	}
	githost.SendJSON(c.w, http.StatusOK, map[string]any{
		"name": name, "aheadCount": 0, "behindCount": 0, "isBaseVersion": true, "commit": map[string]any{"commitId": r.head},
	})
}

func (r *azureRepo) body(base string) map[string]any {
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
