// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"fmt"
	"slices"
	"strings"
)

// CheckScopes compares the granted scopes with the required ones. Of the documented scopes, some
// are errors and some are warnings. With required_scopes, each of these is an error, and no other
// scope is required.
func (r *Report) CheckScopes() {
	r.Answer.ScopesKnown = true
	r.Answer.Scopes = nil
	for _, scope := range r.Facts.Token.Scopes {
		if !slices.Contains(r.Answer.Scopes, scope) { // A host may list a scope twice.
			r.Answer.Scopes = append(r.Answer.Scopes, scope)
		}
	}
	granted := r.Definition.Expand(r.Facts.Token.Scopes)
	if r.Requirements.Scopes != nil {
		r.addMissing(r.missingOf(r.Requirements.Scopes, granted), nil)
		return
	}
	missing, advisable := r.missingDocumented(granted)
	reasons := map[string]string{}
	var names []string
	for _, scope := range missing {
		names = append(names, r.Spelling(scope))
		reasons[r.Spelling(scope)] = scope.Why
	}
	r.addMissing(names, reasons)
	for _, scope := range advisable {
		r.addAdvisable(scope)
	}
}

// missingOf returns those of the required scopes that are not granted.
func (r *Report) missingOf(required []string, granted map[string]bool) []string {
	var missing []string
	for _, scope := range required {
		if !granted[scope] && !granted[r.Definition.currentName(scope)] && !slices.Contains(missing, scope) {
			missing = append(missing, scope)
		}
	}
	return missing
}

// missingDocumented returns the documented scopes that are not granted, by their severity.
func (r *Report) missingDocumented(granted map[string]bool) (missing, advisable []Scope) {
	for _, scope := range r.Definition.Scopes {
		if granted[scope.Name] || (scope.ImpliedBy != "" && !granted[scope.ImpliedBy]) {
			continue // in the second case, the scope that implies this one is enough
		}
		severity := scope.Missing
		if r.Requirements.AllowCustomRepository {
			severity = scope.MissingWithCustomRepository
		}
		if severity == Error {
			missing = append(missing, scope)
		} else {
			advisable = append(advisable, scope)
		}
	}
	return missing, advisable
}

// addMissing reports the scopes that are errors.
func (r *Report) addMissing(missing []string, reasons map[string]string) {
	if len(missing) == 0 {
		return
	}
	r.Answer.MissingScopes = append(r.Answer.MissingScopes, missing...)
	summary, code := r.Name()+" token lacks scopes that Devtron needs", r.Code("missing_scopes")
	if len(r.Answer.Scopes) == 0 {
		summary, code = r.Name()+" token has no scopes", r.Code("no_scopes")
	}
	names := make([]string, len(missing))
	for i, scope := range missing {
		names[i] = r.withImplied(scope)
	}
	detail := []string{"Missing: " + strings.Join(names, ", "), "Granted: " + List(r.Answer.Scopes)}
	if slices.Contains(missing, "repo") && slices.Contains(r.Answer.Scopes, "public_repo") {
		detail = append(detail, "public_repo is not enough: Devtron creates private repositories.")
	}
	for _, scope := range missing {
		if reasons[scope] != "" {
			detail = append(detail, fmt.Sprintf("%s: %s.", scope, reasons[scope]))
		}
	}
	if r.Requirements.Scopes != nil {
		detail = append(detail, "The argument required_scopes requires them.")
	}
	r.add(Error, AttributeToken, code, summary, append(detail, r.HowToAdd(len(missing))+r.Requirements.Hint.forScopes()+"."))
}

// withImplied names a scope with those that it implies, where a new token needs only this one.
func (r *Report) withImplied(scope string) string {
	current := r.Definition.currentName(scope)
	implied := slices.DeleteFunc(slices.Clone(r.Definition.ImpliedScopes[scope]), func(s string) bool { return s == current })
	if !r.Definition.FixedScopes || len(implied) == 0 {
		return scope
	}
	return fmt.Sprintf("%s (implies %s)", scope, strings.Join(implied, ", "))
}

// addAdvisable reports a scope that is a warning.
func (r *Report) addAdvisable(scope Scope) {
	name := r.Spelling(scope)
	r.Answer.MissingScopes = append(r.Answer.MissingScopes, name)
	r.AddWarning(AttributeToken, r.Code("missing_"+strings.ReplaceAll(scope.Name, ":", "_")),
		fmt.Sprintf("%s token lacks the scope %s", r.Name(), name),
		"Missing: "+name, "Granted: "+List(r.Answer.Scopes), fmt.Sprintf("%s: %s.", name, scope.Why), r.HowToAdd(1)+".")
}

// Spelling is a documented scope in the token's own vocabulary.
func (r *Report) Spelling(scope Scope) string {
	if r.LegacyScopes && scope.LegacyName != "" {
		return scope.LegacyName
	}
	return scope.Name
}

// HowToAdd begins a sentence that says how to add n scopes.
func (r *Report) HowToAdd(n int) string {
	scopes := "the scope"
	if n > 1 {
		scopes = "the scopes"
	}
	switch {
	case r.Definition.FixedScopes:
		return fmt.Sprintf("Generate a new token with %s at %s", scopes, r.TokenPage())
	case r.Answer.Kind == KindOAuth:
		return fmt.Sprintf("Let the OAuth app request %s, or use a personal access token: %s", scopes, r.TokenPage())
	}
	return fmt.Sprintf("Add %s at %s", scopes, r.TokenPage())
}
