// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"strings"
	"unicode"
)

// Lengths of a token, in bytes, that fit into the column of Devtron's table: in every release up to v2.2.0, and after it.
const (
	olderTokenLimit = 158
	tokenLimit      = 1472
)

// TokenProblems judges what can be seen of a token without asking anybody: errors for what Devtron or the git host certainly
// refuses, warnings for what depends on the version of Devtron. It is pure. The provider may be "", where it is not known.
func TokenProblems(p Provider, token string) []Problem {
	wrong := func(severity Severity, code, summary, detail string) Problem {
		return Problem{Severity: severity, Attribute: AttributeToken, Code: code, Summary: summary, Detail: detail}
	}
	if token == "" {
		return []Problem{wrong(Error, "token_empty", "The token is empty",
			"The value has no characters. If it comes from a variable or a file, check that it is filled in; omit the argument if there is no token.")}
	}
	if stray := strayCharacter(token); stray != "" {
		summary := "The value is not a token"
		if strings.TrimFunc(token, unicode.IsSpace) != token {
			summary = "White space around the token"
		}
		return []Problem{wrong(Error, "not_a_token", summary, upperFirst(stray)+".")}
	}
	var found []Problem
	known := prefixOf(token)
	switch {
	case known.unusable != "":
		found = append(found, wrong(Error, "kind_unusable", "Devtron cannot use this kind of token",
			fmt.Sprintf("A token that begins with %s is a %s: %s. Use a personal access token.", known.prefix, describeKind(known.kind), known.unusable)))
	case known.kind == KindAppInstallation || known.kind == KindAppUser:
		found = append(found, wrong(Error, "kind_unusable", "Devtron cannot use a "+describeKind(known.kind),
			"It expires within hours, and Devtron keeps the token that it is given. Use a personal access token."))
	}
	instead := "Upgrade Devtron, or use a shorter token."
	if p == BitbucketCloud {
		instead = "Upgrade Devtron, or use a workspace access token with username = \"x-token-auth\"."
	}
	switch {
	case len(token) > tokenLimit:
		found = append(found, wrong(Error, "token_too_long", "The token is too long for Devtron",
			fmt.Sprintf("The value has %d bytes, and Devtron stores at most %d. Check that it is one token and nothing else.", len(token), tokenLimit)))
	case len(token) > olderTokenLimit:
		found = append(found, wrong(Warning, "token_long", "Devtron up to v2.2.0 cannot store this token",
			fmt.Sprintf("The value has %d bytes. Devtron up to v2.2.0 stores at most %d, later versions %d. %s", len(token), olderTokenLimit, tokenLimit, instead)))
	}
	return found
}
