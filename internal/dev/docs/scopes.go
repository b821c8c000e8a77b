// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// scopesMarker is the line of a guide that a table of scopes replaces. The table comes from the
// code of the token check, so a guide never documents other scopes than the check requires.
var scopesMarker = regexp.MustCompile(`(?m)^<!-- scopes: (\w+) -->$`)

// insertScopes replaces the markers of all guides below out.
func insertScopes(out string) error {
	guides, err := filepath.Glob(filepath.Join(out, "guides", "*.md"))
	if err != nil {
		return err
	}
	for _, guide := range guides {
		text, err := os.ReadFile(guide)
		if err != nil {
			return err
		}
		text = scopesMarker.ReplaceAllFunc(text, func(marker []byte) []byte {
			return []byte(scopesTable(gittoken.Provider(scopesMarker.FindSubmatch(marker)[1])))
		})
		if err := os.WriteFile(guide, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// scopesTable has a second column of names where some tokens use legacy names for the same scopes.
func scopesTable(p gittoken.Provider) string {
	scopes := gittoken.DocumentedScopes(p)
	legacy := slices.ContainsFunc(scopes, func(s gittoken.Scope) bool { return s.LegacyName != "" })
	names := func(name, legacyName string) string {
		if legacy {
			return name + " | " + legacyName
		}
		return name
	}
	rows := []string{
		"| " + names("scope", "legacy name") + " | used to | if missing | if missing, with `allow_custom_repository` |",
		"| " + names("---", "---") + " | --- | --- | --- |",
	}
	for _, scope := range scopes {
		why := scope.Why
		if scope.ImpliedBy != "" {
			why += fmt.Sprintf(" (included in `%s`)", scope.ImpliedBy)
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s |", names("`"+scope.Name+"`", "`"+scope.LegacyName+"`"),
			why, severity(scope.Missing), severity(scope.MissingWithCustomRepository)))
	}
	return strings.Join(rows, "\n")
}

func severity(s gittoken.Severity) string {
	if s == gittoken.Error {
		return "error"
	}
	return "warning"
}
