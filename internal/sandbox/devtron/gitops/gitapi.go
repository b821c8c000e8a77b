// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
)

// gitAPI is a client for the REST API of a git host. Its requests and errors are those of the
// library that Devtron uses for the git host.
type gitAPI struct {
	context context.Context
	client  *http.Client
	base    *url.URL // ends with a slash
	header  http.Header
	// newError returns the error for a status that is not 2xx.
	newError func(method string, u *url.URL, status int, body []byte) error
}

// errNotFound is the error for status 404. Use errors.Is to compare it.
var errNotFound = errors.New("404 Not Found")

// statusError is an error with the text of a library for git hosts.
type statusError struct {
	text   string
	status int
}

func (e *statusError) Error() string { return e.text }

func (e *statusError) Is(target error) bool {
	return target == errNotFound && e.status == http.StatusNotFound
}

// do sends a request to a path below base. in and out are JSON bodies; nil means no body.
func (a *gitAPI) do(method, path string, in, out any) error {
	if in == nil {
		return a.send(method, path, "", nil, out)
	}
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return a.send(method, path, "application/json", bytes.NewReader(text), out)
}

// exists sends GET to a path and reports whether the object exists.
func (a *gitAPI) exists(path string) (bool, error) {
	err := a.do(http.MethodGet, path, nil, &struct{}{})
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}

// send sends a request with a body of any content type.
func (a *gitAPI) send(method, path, contentType string, body io.Reader, out any) error {
	u, err := a.base.Parse(path)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(a.context, method, u.String(), body)
	if err != nil {
		return err
	}
	request.Header = a.header.Clone()
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := a.client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return a.newError(method, response.Request.URL, response.StatusCode, text)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(bytes.NewReader(text)).Decode(out)
}
