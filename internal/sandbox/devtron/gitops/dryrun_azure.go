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
	// azureGitArea is the ID of the git API, which is the same in all organizations.
	azureGitArea = "4e080c62-fa21-4fbc-8fef-2a10a2b38049"
	// noObject is the object ID that git uses for a branch without commits.
	noObject = "0000000000000000000000000000000000000000"
)

// azureRepository is a repository in an Azure DevOps project.
type azureRepository struct {
	api           *gitAPI
	project, name string
}

// connectAzure looks up the routes of the API and the address of the git API, like Microsoft's
// library.
func (s *Service) connectAzure(row Row, name string) (sampleRepository, error) {
	client, err := s.gitClient(row)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(strings.ToLower(strings.TrimRight(row.Host, "/")) + "/")
	if err != nil {
		return nil, err
	}
	api := &gitAPI{
		context: s.lifetime(), client: client, base: base, newError: newAzureError,
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
	return r.api.exists(r.path("/" + r.name)) // the status for an unknown project is 404 too
}

func (r *azureRepository) create() error {
	return r.api.do(http.MethodPost, r.path(""), map[string]any{"name": r.name}, &struct{}{})
}

// commit requests the file and then the branch, because a push contains the previous commit.
func (r *azureRepository) commit(file string) error {
	parent := noObject
	err := r.api.do(http.MethodGet, r.path("/"+r.name+"/items?path="+url.QueryEscape(file)), nil, &struct{}{})
	if errors.Is(err, errNotFound) {
		var branch struct{ Commit struct{ CommitID string } }
		if err = r.api.do(http.MethodGet, r.path("/"+r.name+"/stats/branches?name=master"), nil, &branch); err == nil {
			parent = branch.Commit.CommitID
		}
	} else if err != nil {
		return err
	}
	return r.api.do(http.MethodPost, r.path("/"+r.name+"/pushes"), map[string]any{
		"refUpdates": []any{map[string]any{"name": "refs/heads/master", "oldObjectId": parent}},
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

// newAzureError returns an error with the text of Microsoft's library. The library decodes the body
// before it checks the status, so for a web page it returns a JSON error.
func newAzureError(_ string, _ *url.URL, status int, body []byte) error {
	if len(body) == 0 {
		return &statusError{fmt.Sprintf("Request returned status: %d %s", status, http.StatusText(status)), status}
	}
	var sent struct{ Message string }
	if err := json.Unmarshal(body, &sent); err != nil {
		return err
	}
	if sent.Message == "" {
		sent.Message = fmt.Sprintf("REST call returned status code %d", status)
	}
	return &statusError{sent.Message, status}
}
