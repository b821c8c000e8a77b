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

// gitAPI is one git host's REST API, called as Devtron's client library calls it, down to the texts of its errors.
type gitAPI struct {
	context context.Context
	client  *http.Client
	base    *url.URL // ends with a slash
	header  http.Header
	// failure makes the error of an answer that is not 2xx.
	failure func(method string, u *url.URL, status int, body []byte) error
}

// errNotFound is what a 404 is in the GitLab library; the GitHub one wraps it.
var errNotFound = errors.New("404 Not Found")

// do sends a request to a path below the base. in and out are JSON, nil for none.
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

// send is do with a body of any kind.
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
		return a.failure(method, response.Request.URL, response.StatusCode, text)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(bytes.NewReader(text)).Decode(out)
}
