// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

const notSent = "The value was not sent to any server."

// TokenProblems judges what a token looks like, without asking a git host. It is the only list of
// these rules. An error means that Devtron cannot use the token with any host of the provider.
// Provider and host may be empty where they are not known.
func TokenProblems(p Provider, host, token string) []Problem {
	if token == "" {
		return []Problem{formProblem(Error, "token_empty", "The token is empty",
			"The value has no characters. If it comes from a variable, an environment variable, or a file, check that it is set.")}
	}
	var problems []Problem
	if stray := strayCharacters(token); len(stray) > 0 {
		problems = append(problems, formProblem(Error, "not_a_token", "The value is not "+tokenOf(p), append(stray, notSent)...))
	}
	core := tokenCore(token)
	length := lengthProblem(p, len(core))
	kind := recognize(p, core)
	switch {
	case isForeign(kind, p, host):
		problems = append(problems, foreignProblem(kind, p, length))
	case isUnusable(kind, p):
		problems = append(problems, unusableProblem(kind, host, length))
	case length != nil:
		problems = append(problems, *length)
	}
	return problems
}

func foreignProblem(kind inspect.RecognizedKind, p Provider, length *Problem) Problem {
	detail := append([]string{kind.ProviderName + " generates tokens of this form. " + notSent}, alsoTooLong(length)...)
	if kind.Prefix != "" {
		detail[0] = kind.ProviderName + " generates tokens that begin with " + kind.Prefix + ". " + notSent
	}
	return formProblem(Error, "wrong_provider_token",
		"This is "+inspect.Article(kind.ProviderName)+" token, but the configuration is for "+definitions[p].Name,
		append(detail, fmt.Sprintf("Use %s, or set git_provider = %q.", tokenOf(p), kind.Provider))...)
}

func unusableProblem(kind inspect.RecognizedKind, host string, length *Problem) Problem {
	detail := append([]string{fmt.Sprintf("%s is %s. Devtron cannot use it: %s.", kind.Form(), kind.FullName(), kind.Unusable)}, alsoTooLong(length)...)
	return formProblem(Error, "kind_unusable", "Devtron cannot use "+kind.FullName(), append(detail, "Use "+usableToken(kind.Provider, host)+".")...)
}

// lengthProblem is about a token that some or all versions of Devtron cannot store. nil: all can.
func lengthProblem(p Provider, bytes int) *Problem {
	fix := "Check that the value is one token and nothing else: the personal access tokens of GitHub, GitLab, and Azure DevOps are shorter."
	if definition, checked := definitions[p]; checked {
		fix = definition.LongTokenFix
	}
	switch {
	case bytes > inspect.MaxTokenBytes:
		problem := formProblem(Error, "token_too_long", "The token is too long for Devtron",
			fmt.Sprintf("The token has %d bytes, and Devtron stores at most %d.", bytes, inspect.MaxTokenBytes), fix)
		return &problem
	case bytes > inspect.MaxTokenBytesV220:
		problem := formProblem(Warning, "token_long", "Devtron up to v2.2.0 cannot store the token",
			fmt.Sprintf("The token has %d bytes. Devtron up to v2.2.0 stores at most %d bytes and answers HTTP 500 to a longer token; newer versions store up to %d bytes.",
				bytes, inspect.MaxTokenBytesV220, inspect.MaxTokenBytes), fix)
		return &problem
	}
	return nil
}

// alsoTooLong is the fact of a length problem, for a message about something else.
func alsoTooLong(length *Problem) []string {
	if length == nil {
		return nil
	}
	fact, _, _ := strings.Cut(length.Detail, "\n")
	return []string{"In addition, t" + strings.TrimPrefix(fact, "T")}
}

func formProblem(severity Severity, code, summary string, detail ...string) Problem {
	return Problem{Severity: severity, Attribute: AttributeToken, Code: code, Summary: summary, Detail: strings.Join(detail, "\n")}
}

func isError(p Problem) bool { return p.Severity == Error }

// tokenOf names the provider's tokens.
func tokenOf(p Provider) string {
	if definition, checked := definitions[p]; checked {
		return inspect.Article(definition.Name) + " token"
	}
	return "a git token"
}

// usableToken names what to use instead of a token that Devtron cannot use, with its page where the
// host is known.
func usableToken(p Provider, host string) string {
	definition := definitions[p]
	if host == "" {
		return definition.UsableToken
	}
	r := &inspect.Report{Definition: definition, Question: Question{Provider: p, Host: host}, WebURL: webURL(definition, host)}
	return definition.UsableToken + ": " + r.TokenPage()
}
