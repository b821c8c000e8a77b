// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const (
	// azureGitArea is the id of Azure DevOps's Git API, the same everywhere.
	azureGitArea = "4e080c62-fa21-4fbc-8fef-2a10a2b38049"
	// noObject is what git calls the state before a branch's first commit.
	noObject = "0000000000000000000000000000000000000000"
)

// azureRepository is the sample repository in an Azure DevOps project.
type azureRepository struct {
	api           *gitAPI
	project, name string
}

// connectAzure looks the routes up before it does anything, as Microsoft's library does: where areas are, then what is in one.
func (d *Service) connectAzure(row Row, name string) (dryRunRepository, error) {
	client, err := d.gitClient(row)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(strings.ToLower(strings.TrimRight(row.Host, "/")) + "/")
	if err != nil {
		return nil, err
	}
	api := &gitAPI{
		context: d.lifetime(), client: client, base: base, failure: azureFailure,
		header: http.Header{
			"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(":"+row.Token))},
			"Accept":        {"application/json"}, "User-Agent": {"azure-devops-go-api"}, "X-Tfs-Fedauthredirect": {"Suppress"},
		},
	}
	if err := api.do(http.MethodOptions, "_apis", nil, &struct{}{}); err != nil {
		return nil, err
	}
	var areas struct {
		Value []struct{ ID, LocationURL string }
	}
	if err := api.do(http.MethodGet, "_apis/ResourceAreas", nil, &areas); err != nil {
		return nil, err
	}
	for _, area := range areas.Value {
		if area.ID != azureGitArea {
			continue
		}
		if api.base, err = url.Parse(strings.ToLower(strings.TrimRight(area.LocationURL, "/")) + "/"); err != nil {
			return nil, err
		}
	}
	return &azureRepository{api: api, project: row.AzureProjectName, name: name}, nil
}

func (r *azureRepository) path(rest string) string {
	return url.PathEscape(r.project) + "/_apis/git/repositories" + rest
}

func (r *azureRepository) find() (bool, error) {
	err := r.api.do(http.MethodGet, r.path("/"+r.name), nil, &struct{}{})
	if errors.Is(err, errNotFound) {
		return false, nil // a project that does not exist looks the same
	}
	return err == nil, err
}

func (r *azureRepository) create() error {
	return r.api.do(http.MethodPost, r.path(""), map[string]any{"name": r.name}, &struct{}{})
}

// commit asks for the file, then for the branch, so as to know what to name as the state before.
func (r *azureRepository) commit(file string) error {
	before := noObject
	err := r.api.do(http.MethodGet, r.path("/"+r.name+"/items?path="+url.QueryEscape(file)), nil, &struct{}{})
	if errors.Is(err, errNotFound) {
		var branch struct{ Commit struct{ CommitID string } }
		if err = r.api.do(http.MethodGet, r.path("/"+r.name+"/stats/branches?name=master"), nil, &branch); err == nil {
			before = branch.Commit.CommitID
		}
	} else if err != nil {
		return err
	}
	return r.api.do(http.MethodPost, r.path("/"+r.name+"/pushes"), map[string]any{
		"refUpdates": []any{map[string]any{"name": "refs/heads/master", "oldObjectId": before}},
		"commits": []any{map[string]any{"comment": "readme", "changes": []any{map[string]any{
			"changeType": "add", "item": map[string]any{"path": file}, "newContent": map[string]any{"content": "@devtron", "contentType": "rawtext"},
		}}}},
	}, &struct{}{})
}

func (r *azureRepository) remove() error {
	var found struct{ ID string }
	if err := r.api.do(http.MethodGet, r.path("/"+r.name), nil, &found); err != nil {
		return err
	}
	return r.api.do(http.MethodDelete, r.path("/"+found.ID), nil, nil)
}

// azureFailure words an error as Microsoft's library does. It decodes the body before it looks at the status: a sign-in page is
// a JSON error.
func azureFailure(_ string, _ *url.URL, status int, body []byte) error {
	if len(body) == 0 {
		return &azureFault{fmt.Sprintf("Request returned status: %d %s", status, http.StatusText(status)), status}
	}
	var answer struct{ Message string }
	if err := json.Unmarshal(body, &answer); err != nil {
		return err
	}
	if answer.Message == "" {
		answer.Message = fmt.Sprintf("REST call returned status code %d", status)
	}
	return &azureFault{answer.Message, status}
}

type azureFault struct {
	text   string
	status int
}

func (e *azureFault) Error() string { return e.text }

func (e *azureFault) Is(target error) bool {
	return target == errNotFound && e.status == http.StatusNotFound
}
