// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
)

// notes returns what a changelog in the format of Keep a Changelog says about
// a version, which may be written as a tag ("v1.2.3"). That it says nothing is
// an error: a release whose changes nobody wrote down is not ready.
func notes(changelog, version string) (string, error) {
	heading := "## [" + strings.TrimPrefix(version, "v") + "]"
	var section []string
	found := false
	for line := range strings.Lines(changelog) {
		switch {
		case strings.HasPrefix(line, heading):
			found = true
		case found && strings.HasPrefix(line, "## "), found && isLinkDefinition(line):
			return trimmed(section, heading)
		case found:
			section = append(section, line)
		}
	}
	if !found {
		return "", fmt.Errorf("CHANGELOG.md has no section %q: rename its section \"## [Unreleased]\" and add the date", heading)
	}
	return trimmed(section, heading)
}

// isLinkDefinition recognizes "[1.2.3]: https://...", which a changelog has at
// its end.
func isLinkDefinition(line string) bool {
	return strings.HasPrefix(line, "[") && strings.Contains(line, "]: ")
}

func trimmed(section []string, heading string) (string, error) {
	text := strings.TrimSpace(strings.Join(section, ""))
	if text == "" {
		return "", fmt.Errorf("CHANGELOG.md has nothing below %q", heading)
	}
	return text, nil
}
