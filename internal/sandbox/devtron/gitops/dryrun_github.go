// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
)

// gitHubRepository is a repository in a GitHub organization.
type gitHubRepository struct {
	api                *gitAPI
	organization, name string
}

// connectGitHub appends api/v3 to the path of every host except github.com, even if the path
// already ends with it. It does not check whether the host has a scheme, so the first request fails
// without one.
func (s *Service) connectGitHub(row Row, name string) (sampleRepository, error) {
	client, err := s.gitClient(row)
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
			context: s.lifetime(), client: client, base: base, newError: newGitHubError,
			header: http.Header{
				"Authorization": {"Bearer " + row.Token},
				"Accept":        {"application/vnd.github.v3+json"},
				"User-Agent":    {"go-github"},
			},
		},
	}, nil
}

func (g *gitHubRepository) path() string { return "repos/" + g.organization + "/" + g.name }

func (g *gitHubRepository) find() (bool, error) { return g.api.exists(g.path()) }

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

// newGitHubError returns an error with the text of go-github. If the body is not JSON, the message
// in it is empty.
func newGitHubError(method string, u *url.URL, status int, body []byte) error {
	var sent struct {
		Message string             `json:"message"`
		Errors  []gitHubErrorEntry `json:"errors"`
	}
	_ = json.Unmarshal(body, &sent)
	return &statusError{fmt.Sprintf("%v %v: %d %v %+v", method, u, status, sent.Message, sent.Errors), status}
}

type gitHubErrorEntry struct {
	Resource string `json:"resource"`
	Field    string `json:"field"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}
