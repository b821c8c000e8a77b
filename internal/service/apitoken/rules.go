// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Limits of Devtron, in characters.
const (
	minName        = 3
	maxName        = 50
	maxDescription = 350
)

var namePattern = pattern.New(`^[a-z0-9][a-z0-9_-]*[a-z0-9]$`)

func validName(name string) bool {
	return len(name) >= minName && len(name) <= maxName && namePattern.MatchString(name)
}

// confused reports whether Devtron confuses two different names. It looks up the user of a token
// with ILIKE, where "_" stands for any character: with "ci-bot" in place, the creation of "ci_bot"
// finds the user of "ci-bot", renames it, and fails, after which the token "ci-bot" does not work
// anymore. In the other order nothing happens at first, but creating "ci_bot" again after it was
// deleted does the same. So neither may be created beside the other.
func confused(a, b string) bool {
	return a != b && (matches(a, b) || matches(b, a))
}

// matches reports whether a name matches another one that is taken for a pattern.
func matches(pattern, name string) bool {
	if len(pattern) != len(name) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] != '_' && pattern[i] != name[i] {
			return false
		}
	}
	return true
}

func validDescription(a rule.Argument, value string) *rule.Problem {
	if n := utf8.RuneCountInString(value); n > maxDescription {
		return rule.New("The description is too long", fmt.Sprintf("%s has %d characters. Devtron stores at most %d.", a.Subject(), n, maxDescription))
	}
	if strings.ContainsRune(value, 0) {
		return rule.New("NUL character in "+a.Name, a.Subject()+" contains the character NUL, which Devtron's database cannot store. Remove it.")
	}
	return nil
}

func validTime(a rule.Argument, value string) *rule.Problem {
	if _, err := time.Parse(time.RFC3339, value); err == nil {
		return nil
	}
	return rule.New("Invalid time", fmt.Sprintf("%s is %q, which is not a time in the form of RFC 3339. Write it with date, time, and time zone, for example \"2027-01-31T00:00:00Z\".", a.Subject(), value))
}

// itemRules are the rules of a name in a permission. Devtron separates several of them with commas.
var itemRules = rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable, noComma}

func noComma(a rule.Argument, value string) *rule.Problem {
	if !strings.Contains(value, ",") {
		return nil
	}
	return rule.New("Comma in "+a.Name, fmt.Sprintf("%s is %q. Devtron would take it for several names. Write them as several elements.", a.Subject(), value))
}

// validateRights checks the arguments for permissions. An unknown value may still become valid.
func validateRights(r Rights) diag.Diagnostics {
	var diags diag.Diagnostics
	check := func(at path.Path, name string, rules rule.Rules, values ...types.String) {
		for _, value := range values {
			if value.IsUnknown() {
				continue
			}
			if p := rules.Validate(rule.Argument{Name: name}, value.ValueString()); p != nil {
				diags.AddAttributeError(at, p.Summary, p.Detail)
			}
		}
	}
	checkSet := func(at path.Path, name string, set types.Set) {
		if set.IsNull() || set.IsUnknown() {
			return
		}
		if len(set.Elements()) == 0 {
			diags.AddAttributeError(at, "Empty list in "+name, "An empty list in "+name+" would mean all of them to Devtron. Omit the argument for all, or remove the permission for none.")
		}
		check(at, name, itemRules, elements(set)...)
	}
	for _, p := range permissionsOf(r.Permissions) {
		check(pathPermissions, "permissions.project", itemRules, p.Project)
		check(pathPermissions, "permissions.role", rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable}, p.Role)
		checkSet(pathPermissions, "permissions.environments", p.Environments)
		checkSet(pathPermissions, "permissions.applications", p.Applications)
	}
	check(pathGroups, "permission_groups", itemRules, elements(r.PermissionGroups)...)
	for name, set := range map[string]types.Set{"permissions": r.Permissions, "permission_groups": r.PermissionGroups} {
		if r.SuperAdmin.ValueBool() && len(set.Elements()) > 0 {
			diags.AddAttributeError(pathSuperAdmin, "super_admin and "+name+" exclude each other",
				"A super-admin can do everything, and Devtron ignores "+name+" of one. Keep one of the two: "+name+", if the token does not need to change Devtron's own settings.")
		}
	}
	return diags
}

// elements are the elements of a set of texts.
func elements(set types.Set) []types.String {
	var all []types.String
	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok {
			all = append(all, text)
		}
	}
	return all
}
