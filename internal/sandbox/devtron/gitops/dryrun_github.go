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
	"path"
)

// gitHubRepository is the sample repository in a GitHub organization.
type gitHubRepository struct {
	api                *gitAPI
	organization, name string
}

// connectGitHub appends api/v3 to the path of every host but github.com, also to one that ends so already. A host without a
// scheme is found out by the first request only.
func (d *Service) connectGitHub(row Row, name string) (dryRunRepository, error) {
	client, err := d.gitClient(row)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(row.Host)
	if err != nil {
		return nil, err
	}
	if base.Host == "github.com" {
		base = &url.URL{Scheme: "https", Host: "api.github.com", Path: "/"}
	} else {
		base.Path = path.Join(base.Path, "api/v3") + "/"
	}
	return &gitHubRepository{
		organization: row.GitHubOrgID, name: name,
		api: &gitAPI{
			context: d.lifetime(), client: client, base: base, failure: gitHubFailure,
			header: http.Header{
				"Authorization": {"Bearer " + row.Token},
				"Accept":        {"application/vnd.github.v3+json"},
				"User-Agent":    {"go-github"},
			},
		},
	}, nil
}

func (g *gitHubRepository) path() string { return "repos/" + g.organization + "/" + g.name }

func (g *gitHubRepository) find() (bool, error) {
	err := g.api.do(http.MethodGet, g.path(), nil, &struct{}{})
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (g *gitHubRepository) create() error {
	return g.api.do(http.MethodPost, "orgs/"+g.organization+"/repos", map[string]any{
		"name": g.name, "private": true, "description": "helm chart for " + g.name,
	}, &struct{}{})
}

func (g *gitHubRepository) commit(file string) error {
	return g.api.do(http.MethodPut, g.path()+"/contents/"+file, map[string]any{
		"message": "first commit", "branch": "master", "content": base64.StdEncoding.EncodeToString([]byte("@devtron")),
	}, &struct{}{})
}

func (g *gitHubRepository) remove() error {
	return g.api.do(http.MethodDelete, g.path(), nil, nil)
}

// gitHubFailure words an error as go-github does; a body that is not JSON leaves its message empty.
func gitHubFailure(method string, u *url.URL, status int, body []byte) error {
	var answer struct {
		Message string            `json:"message"`
		Errors  []gitHubErrorItem `json:"errors"`
	}
	_ = json.Unmarshal(body, &answer)
	text := fmt.Sprintf("%v %v: %d %v %+v", method, u, status, answer.Message, answer.Errors)
	return &gitHubError{text, status}
}

type gitHubErrorItem struct {
	Resource string `json:"resource"`
	Field    string `json:"field"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

type gitHubError struct {
	text   string
	status int
}

func (e *gitHubError) Error() string { return e.text }

func (e *gitHubError) Is(target error) bool {
	return target == errNotFound && e.status == http.StatusNotFound
}
