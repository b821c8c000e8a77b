// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

const changelog = `# Changelog

## [Unreleased]

## [1.2.0] - 2027-03-01

### Added

- Something new.

## [1.1.0] - 2027-02-01

- Something older.

[1.2.0]: https://example.com/1.2.0
`

func TestTheNotesAreTheSectionOfTheVersion(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.0": "### Added\n\n- Something new.",
		"1.2.0":  "### Added\n\n- Something new.",
		"v1.1.0": "- Something older.",
	} {
		if got, err := notes(changelog, version); err != nil || got != want {
			t.Errorf("%s: got %q, %v", version, got, err)
		}
	}
}

func TestAVersionThatNobodyWroteAboutIsNotReleased(t *testing.T) {
	for version, want := range map[string]string{
		"v1.3.0":     "no section",
		"v1.2":       "no section",
		"Unreleased": "nothing below",
	} {
		if got, err := notes(changelog, version); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q, %v", version, got, err)
		}
	}
}
