// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// The rules for the arguments of the provider and for their environment variables. An empty
// variable counts as not set, so the rules do not refuse it.
var (
	urlRules      = rule.Rules{rule.Trimmed, unquoted, baseURL}
	apiTokenRules = rule.Rules{rule.Trimmed, unquoted, bareToken, tokenCharacters}
	levelRules    = rule.Rules{rule.Trimmed, unquoted, rule.OneOf(framework.CheckLevels...)}
	flagRules     = rule.Rules{rule.Trimmed, unquoted, flag}
)

// unquoted refuses quotation marks around a value, which "docker run --env-file" and some CI
// systems keep.
func unquoted(a rule.Argument, value string) *rule.Problem {
	const marks = "\"'`“”‘’"
	if strings.Trim(value, marks) == value {
		return nil
	}
	how := "Remove them from the configuration or the file that the value is read from."
	if a.Variable != "" {
		how = "A shell removes them from NAME=\"value\", but env files and CI systems may keep them: write the value there without quotation marks."
	}
	return rule.New("Quotation marks around "+a.Name, a.Subject()+" begins or ends with a quotation mark, which is not part of it. "+how)
}

// baseURL accepts what devtron.ParseBaseURL accepts.
func baseURL(a rule.Argument, value string) *rule.Problem {
	if value == "" {
		return rule.New("Devtron URL is missing", a.Subject()+" is empty. "+howToSetURL)
	}
	if _, err := devtron.ParseBaseURL(value); err != nil {
		return rule.New("Invalid Devtron URL", a.Subject()+" cannot be used: "+err.Error()+".")
	}
	return nil
}

// flag accepts what strconv.ParseBool accepts.
func flag(a rule.Argument, value string) *rule.Problem {
	if _, err := strconv.ParseBool(value); err == nil {
		return nil
	}
	return rule.New("Invalid "+a.Name, fmt.Sprintf("%s is %q. Write true or false.", a.Subject(), value))
}

// headerPrefix matches the parts of an HTTP header that users copy together with a token.
var headerPrefix = pattern.New(`(?i)^(authorization:\s*)?(token:\s*)?(bearer|token|jwt)\s+|^(authorization|token|api-token):\s*`)

// bareToken refuses a prefix of an API token, and a URL instead of one.
func bareToken(a rule.Argument, value string) *rule.Problem {
	switch {
	case value == "":
		return rule.New("Devtron API token is missing", a.Subject()+" is empty. "+howToSetAPIToken)
	case headerPrefix.MatchString(value):
		return rule.New("Prefix in front of "+a.Name, fmt.Sprintf("%s begins with %q, which belongs to an HTTP header and not to the API token. Remove it: the provider writes the header itself.",
			a.Subject(), strings.TrimSpace(headerPrefix.FindString(value))))
	case strings.HasPrefix(value, "http://"), strings.HasPrefix(value, "https://"):
		return rule.New("A URL in place of "+a.Name, a.Subject()+" is a URL. Check that the URL and the API token of Devtron are not swapped.")
	}
	return nil
}

// tokenCharacters refuses characters that an HTTP header cannot contain, and that no API token of
// Devtron (a JSON Web Token) contains.
func tokenCharacters(a rule.Argument, value string) *rule.Problem {
	at := strings.IndexFunc(value, func(r rune) bool { return r <= ' ' || r > '~' || r == '\\' })
	if at < 0 {
		return nil
	}
	what := rule.CharacterAt(value, at)
	switch r := []rune(value[at:])[0]; {
	case r == '\\':
		what = "a backslash, as if a line break were written as \\n"
	case !unicode.IsSpace(r) && !rule.Invisible(r):
		what = "a character that is not ASCII"
	}
	return rule.New("Invalid character in "+a.Name, a.Subject()+" contains "+what+". An API token of Devtron has none: check that the value is one token and nothing else.")
}
