// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"net/url"
	"strconv"
	"strings"
)

// groupPath is the id or full path of a group in what a user wrote: a path with slashes around it,
// or the URL of the group's page, which begins with the address of the web pages or with the name
// of the host.
func groupPath(wanted, web string) string {
	path := strings.TrimSpace(wanted)
	if u, err := url.Parse(path); err == nil && u.Scheme != "" && u.Host != "" {
		path = strings.ToLower(u.Host) + u.Path
	} else if !strings.HasPrefix(path, withoutScheme(web)+"/") {
		return strings.Trim(path, "/")
	}
	if below, found := strings.CutPrefix(path, withoutScheme(web)+"/"); found {
		path = below
	} else {
		_, path, _ = strings.Cut(path, "/")
	}
	path, _, _ = strings.Cut(path, "/-/")
	path = strings.TrimPrefix(strings.Trim(path, "/"), "groups/") // GitLab reserves this name
	return strings.TrimSuffix(path, "/-")
}

func withoutScheme(web string) string {
	_, name, _ := strings.Cut(web, "://")
	return strings.TrimRight(name, "/")
}

// groupFault says why a group cannot be looked up. Empty: it can.
func groupFault(group string) string {
	switch {
	case strings.ContainsFunc(group, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "it contains control characters"
	case group != "" && strings.Trim(group, "/ ") == "":
		return "it contains no name"
	}
	return ""
}

// numericID reads a GitLab id. Zero: the text is not one.
func numericID(text string) int {
	if strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0
	}
	id, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return id
}
