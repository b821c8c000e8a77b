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

// scopesMarker is where a guide wants the table of a provider's required
// scopes, so that the page says what the check demands.
var scopesMarker = regexp.MustCompile(`(?m)^<!-- scopes: (\w+) -->$`)

// fillInScopes replaces the markers in all guides below out.
func fillInScopes(out string) error {
	guides, err := filepath.Glob(filepath.Join(out, "guides", "*.md"))
	if err != nil {
		return err
	}
	for _, guide := range guides {
		text, err := os.ReadFile(guide)
		if err != nil {
			return err
		}
		filled := scopesMarker.ReplaceAllFunc(text, func(marker []byte) []byte {
			provider := scopesMarker.FindSubmatch(marker)[1]
			return []byte(scopesTable(gittoken.Provider(provider)))
		})
		if err := os.WriteFile(guide, filled, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// scopesTable has a column for the older spelling where some tokens have their
// scopes in one.
func scopesTable(p gittoken.Provider) string {
	scopes := gittoken.DocumentedScopes(p)
	older := slices.ContainsFunc(scopes, func(s gittoken.Scope) bool { return s.Older != "" })
	name := func(text, also string) string {
		if older {
			return text + " | " + also
		}
		return text
	}
	rows := []string{
		"| " + name("scope", "older name") + " | for what | when it is missing | the same with `allow_custom_repository` |",
		"| " + name("---", "---") + " | --- | --- | --- |",
	}
	for _, scope := range scopes {
		why := scope.Why
		if scope.ImpliedBy != "" {
			why += fmt.Sprintf(" (`%s` brings it along)", scope.ImpliedBy)
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s |", name("`"+scope.Name+"`", "`"+scope.Older+"`"),
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
