// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package githost holds what the sandbox's git hosts have in common. Each host has a package of its own below this one.
package githost

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

const (
	// Username owns the ready-made token of each host.
	Username = "acme-bot"
	// Organization is the GitHub organization and the GitLab group that these tokens administer.
	Organization = "acme-gitops"
	// CreationTime is when everything on a host was created.
	CreationTime = "2024-03-01T09:30:00Z"
)

// SendJSON writes an answer of a git host.
func SendJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// SendPage writes what a git host shows to browsers: 200 and HTML, also where an API was expected.
func SendPage(w http.ResponseWriter, status int, title string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body>" + title + "</body></html>\n"))
}

// APIPath splits the path of a request into what comes before the API's mark and what comes after it.
func APIPath(path, mark string) (prefix, rest string, ok bool) {
	prefix, rest, ok = strings.Cut(path, mark)
	return prefix, strings.Trim(rest, "/"), ok && (rest == "" || rest[0] == '/')
}

// Page cuts the page out of a list that a request asks for with page and per_page.
func Page[T any](r *http.Request, all []T) []T {
	number := func(name string, otherwise int) int {
		if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil && n > 0 {
			return n
		}
		return otherwise
	}
	size := min(number("per_page", 30), 100)
	from := min((number("page", 1)-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}

// BaseURL is the URL of the server as the client wrote it.
func BaseURL(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
