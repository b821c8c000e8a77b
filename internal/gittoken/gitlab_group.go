// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/url"
	"strconv"
	"strings"
)

// groupPath is the id or the full path in what was written for a GitLab group: a path with slashes around it, or the address
// of the group's page, which begins with web or with the name of its host.
func groupPath(wanted, web string) string {
	path := strings.TrimSpace(wanted)
	if u, err := url.Parse(path); err == nil && u.Scheme != "" && u.Host != "" {
		path = strings.ToLower(u.Host) + u.Path
	} else if !strings.HasPrefix(path, webName(web)+"/") {
		return strings.Trim(path, "/")
	}
	if below, found := strings.CutPrefix(path, webName(web)+"/"); found {
		path = below
	} else {
		_, path, _ = strings.Cut(path, "/")
	}
	path, _, _ = strings.Cut(path, "/-/")
	path = strings.TrimPrefix(strings.Trim(path, "/"), "groups/") // GitLab keeps this name for itself
	return strings.TrimSuffix(path, "/-")
}

// webName is the address of web pages without its scheme.
func webName(web string) string {
	_, name, _ := strings.Cut(web, "://")
	return strings.TrimRight(name, "/")
}

// validGroup says what keeps a value from being looked up; "" = nothing.
func validGroup(group string) string {
	switch {
	case strings.ContainsFunc(group, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "it contains control characters"
	case group != "" && strings.Trim(group, "/ ") == "":
		return "it has no name in it"
	}
	return ""
}

// numeric reads a GitLab id; 0 = the text is none.
func numeric(text string) int {
	if strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0
	}
	id, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return id
}
