// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost

import (
	"net/http"
	"strconv"
	"strings"
)

// APIPath splits a path at the root of the API, such as "/api/v3". ok is false for web pages.
func APIPath(path, root string) (prefix, rest string, ok bool) {
	prefix, rest, ok = strings.Cut(path, root)
	return prefix, strings.Trim(rest, "/"), ok && (rest == "" || rest[0] == '/')
}

// Page returns the part of a list that a request selects with page and per_page.
func Page[T any](r *http.Request, all []T) []T {
	number := func(name string, fallback int) int {
		if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil && n > 0 {
			return n
		}
		return fallback
	}
	size := min(number("per_page", 30), 100)
	from := min((number("page", 1)-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}

// BaseURL returns the URL of the server as the client sees it.
func BaseURL(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
