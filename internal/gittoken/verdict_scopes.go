// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"slices"
	"strings"
)

// scopes compares what was granted with what is required. The documented table distinguishes errors from warnings;
// each scope of required_scopes is an error, and nothing else is demanded then.
func (j *judgment) scopes(bot bool) {
	j.a.ScopesKnown = true
	j.a.Scopes = slices.Clone(j.f.Token.Scopes)
	granted := expand(j.q.Provider, j.f.Token.Scopes)
	why := map[string]string{}
	var wrong []string
	var meh []Scope
	if j.r.Scopes != nil {
		for _, scope := range j.r.Scopes {
			if !granted[scope] && !granted[j.newer(scope)] && !slices.Contains(wrong, scope) {
				wrong = append(wrong, scope)
			}
		}
	} else {
		for _, scope := range j.provider.scopes {
			if granted[scope.Name] || (scope.ImpliedBy != "" && !granted[scope.ImpliedBy]) {
				continue // the second: granting the one that implies it is enough
			}
			why[j.spelled(scope)] = scope.Why
			severity := scope.Missing
			if j.r.AllowCustomRepository {
				severity = scope.MissingWithCustomRepository
			}
			if severity == Error {
				wrong = append(wrong, j.spelled(scope))
			} else {
				meh = append(meh, scope)
			}
		}
	}
	j.a.MissingScopes = slices.Clone(wrong)
	if len(wrong) > 0 {
		j.lacking(wrong, why)
	}
	for _, scope := range meh {
		name := j.spelled(scope)
		j.a.MissingScopes = append(j.a.MissingScopes, name)
		j.add(Warning, AttributeToken, j.code("missing_"+strings.ReplaceAll(scope.Name, ":", "_")),
			fmt.Sprintf("%s token lacks the scope %s", j.name(), name),
			"Missing: "+name, "Granted: "+listOf(j.a.Scopes), fmt.Sprintf("%s: %s.", name, scope.Why), j.howToAdd(1)+".")
	}
	if bot {
		j.botPush()
	}
}

// spelled is a documented scope in the token's own vocabulary.
func (j *judgment) spelled(scope Scope) string {
	if j.older && scope.Older != "" {
		return scope.Older
	}
	return scope.Name
}

// newer is what a scope of the older vocabulary is called in the newer one; "" = it is not one of the documented.
func (j *judgment) newer(name string) string {
	for _, scope := range j.provider.scopes {
		if scope.Older == name {
			return scope.Name
		}
	}
	return ""
}

func (j *judgment) lacking(wrong []string, why map[string]string) {
	summary, code := j.name()+" token lacks scopes that Devtron needs", j.code("missing_scopes")
	if len(j.a.Scopes) == 0 {
		summary, code = j.name()+" token has no scopes", j.code("no_scopes")
	}
	names := make([]string, len(wrong))
	for i, scope := range wrong {
		names[i] = scope
		below := slices.DeleteFunc(slices.Clone(j.provider.implied[scope]), func(s string) bool { return s == j.newer(scope) })
		if j.provider.fixedScopes && len(below) > 0 {
			names[i] = fmt.Sprintf("%s (implies %s)", scope, strings.Join(below, ", "))
		}
	}
	lines := []string{"Missing: " + strings.Join(names, ", "), "Granted: " + listOf(j.a.Scopes)}
	if slices.Contains(wrong, "repo") && slices.Contains(j.a.Scopes, "public_repo") {
		lines = append(lines, "public_repo is not enough: Devtron creates private repositories.")
	}
	for _, scope := range wrong {
		if why[scope] != "" {
			lines = append(lines, fmt.Sprintf("%s: %s.", scope, why[scope]))
		}
	}
	if j.r.Scopes != nil {
		lines = append(lines, "They are demanded by required_scopes of the configuration.")
	}
	fix := j.howToAdd(len(wrong))
	switch j.r.Hint {
	case HintWarnOrOff:
		fix += `, or set git_token_check = "warn" (or "off") to go on without it`
	case HintOff:
		fix += `, or set git_token_check = "off" to plan without this check`
	case HintNone:
	}
	j.add(Error, AttributeToken, code, summary, append(lines, fix+".")...)
}

// howToAdd is the beginning of a sentence.
func (j *judgment) howToAdd(n int) string {
	what := "the scope"
	if n > 1 {
		what = "the scopes"
	}
	switch {
	case j.provider.fixedScopes:
		return fmt.Sprintf("Generate a new token with %s at %s", what, j.tokenPage())
	case j.a.Kind == KindOAuth:
		return fmt.Sprintf("Let the OAuth app request %s, or use a personal access token: %s", what, j.tokenPage())
	}
	return fmt.Sprintf("Add %s at %s", what, j.tokenPage())
}

// botPush warns about group and project access tokens: GitLab's documentation says that api does not let them push,
// its source that it does.
func (j *judgment) botPush() {
	const push = "write_repository"
	if slices.Contains(j.a.Scopes, push) || !slices.Contains(j.a.Scopes, "api") || (j.r.Scopes != nil && !slices.Contains(j.r.Scopes, push)) {
		return
	}
	j.a.MissingScopes = append(j.a.MissingScopes, push)
	j.warn(AttributeToken, "gitlab_bot_write_repository", "GitLab "+describeKind(j.a.Kind)+" lacks write_repository",
		"Missing: "+push, "Granted: "+listOf(j.a.Scopes),
		"According to GitLab's documentation, api alone does not let a group or project access token push over git, and Devtron pushes.",
		j.howToAdd(1)+".")
}

// code names a finding that several providers have.
func (j *judgment) code(name string) string {
	return j.provider.code + "_" + name
}

func listOf(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
