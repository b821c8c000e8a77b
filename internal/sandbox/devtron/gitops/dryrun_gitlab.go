// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// gitLabRepository is a project in a GitLab group.
type gitLabRepository struct {
	api       *gitAPI
	group     string // the numeric ID
	name      string
	projectID int
}

// errNoGroup is the error for a group that is neither an ID nor the name of a group.
var errNoGroup = errors.New("no gitlab group id found")

func (s *Service) connectGitLab(row Row, name string) (sampleRepository, error) {
	api, err := s.gitLabAPI(row)
	if err != nil {
		return nil, err
	}
	group, err := gitLabGroupID(api, row.GitLabGroupID)
	if err != nil {
		return nil, err
	}
	return &gitLabRepository{api: api, group: group, name: name}, nil
}

// gitLabAPI returns a client for the API. Unlike for GitHub, the host must have a scheme.
func (s *Service) gitLabAPI(row Row) (*gitAPI, error) {
	client, err := s.gitClient(row)
	if err != nil {
		return nil, err
	}
	host := row.Host
	if host == "" {
		host = "https://gitlab.com"
	}
	base, err := url.ParseRequestURI(host)
	if err != nil {
		return nil, err
	}
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	if !strings.HasSuffix(base.Path, "/api/v4/") {
		base.Path += "api/v4/"
	}
	return &gitAPI{
		context: s.lifetime(), client: client, base: base, newError: newGitLabError,
		header: http.Header{"Private-Token": {row.Token}, "Accept": {"application/json"}, "User-Agent": {"go-gitlab"}},
	}, nil
}

// gitLabGroupID returns the ID of a group by its ID or its name, but not by its path. It ignores a
// failed search.
func gitLabGroupID(api *gitAPI, group string) (string, error) {
	if _, err := strconv.Atoi(group); err == nil {
		return group, nil
	}
	if group == "" {
		return "", errNoGroup
	}
	var groups []struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	}
	_ = api.do(http.MethodGet, "groups?search="+url.QueryEscape(group), nil, &groups)
	for _, found := range slices.Backward(groups) { // the last match wins
		if found.Name == group {
			return strconv.Itoa(found.ID), nil
		}
	}
	return "", errNoGroup
}

func (g *gitLabRepository) find() (bool, error) {
	var group struct {
		FullPath string `json:"full_path"`
	}
	if err := g.api.do(http.MethodGet, "groups/"+g.group, nil, &group); err != nil {
		return false, messageOnly(err)
	}
	var project struct {
		ID int `json:"id"`
	}
	err := g.api.do(http.MethodGet, "projects/"+url.PathEscape(group.FullPath+"/"+g.name), nil, &project)
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	g.projectID = project.ID
	return err == nil, messageOnly(err)
}

func (g *gitLabRepository) create() error {
	namespace, err := strconv.Atoi(g.group)
	if err != nil {
		return err
	}
	return messageOnly(g.api.do(http.MethodPost, "projects", map[string]any{
		"name": g.name, "path": g.name, "namespace_id": namespace, "visibility": "private",
		"description": "helm chart for " + g.name,
	}, &struct{}{}))
}

func (g *gitLabRepository) commit(file string) error {
	return messageOnly(g.api.do(http.MethodPost, g.project()+"/repository/commits", map[string]any{
		"branch": "master", "commit_message": "first commit",
		"actions": []map[string]any{{"action": "create", "file_path": file, "content": "@devtron"}},
	}, &struct{}{}))
}

func (g *gitLabRepository) remove() error {
	return messageOnly(g.api.do(http.MethodDelete, g.project(), nil, nil))
}

func (g *gitLabRepository) project() string { return "projects/" + strconv.Itoa(g.projectID) }

// gitLabError is an error of go-gitlab. The dry run reports only its message.
type gitLabError struct{ request, message string }

func (e *gitLabError) Error() string { return e.request + " " + e.message }

// messageOnly removes the request from an error of go-gitlab.
func messageOnly(err error) error {
	var e *gitLabError
	if errors.As(err, &e) {
		return errors.New(e.message)
	}
	return err
}

// newGitLabError returns an error with the text of go-gitlab.
func newGitLabError(method string, u *url.URL, status int, body []byte) error {
	if status == http.StatusNotFound {
		return errNotFound
	}
	message := ""
	if text := strings.TrimSpace(string(body)); text != "" {
		var raw any
		if json.Unmarshal(body, &raw) != nil {
			message = "failed to parse unknown error format: " + text
		} else {
			message = errorText(raw)
		}
	}
	return &gitLabError{fmt.Sprintf("%s %s://%s%s: %d", method, u.Scheme, u.Host, u.Path, status), message}
}

// errorText converts the JSON body of an error to text like go-gitlab.
func errorText(raw any) string {
	switch raw := raw.(type) {
	case string:
		return raw
	case []any:
		var parts []string
		for _, v := range raw {
			parts = append(parts, errorText(v))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for k, v := range raw {
			parts = append(parts, fmt.Sprintf("{%s: %s}", k, errorText(v)))
		}
		slices.Sort(parts)
		return strings.Join(parts, ", ")
	default:
		return fmt.Sprintf("failed to parse unexpected error type: %T", raw)
	}
}
