// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// send sends a request to a git host. authenticate sets its credentials.
func send(t *testing.T, authenticate func(*http.Request), method, url, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "application/json")
	authenticate(request)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

// basic uses basic authentication unless the token is empty.
func basic(username, token string) func(*http.Request) {
	return func(r *http.Request) {
		if token != "" {
			r.SetBasicAuth(username, token)
		}
	}
}

// bearer uses a bearer token unless the token is empty.
func bearer(token string) func(*http.Request) {
	return func(r *http.Request) {
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	}
}

// private uses the header of GitLab for tokens.
func private(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("PRIVATE-TOKEN", token) }
}
