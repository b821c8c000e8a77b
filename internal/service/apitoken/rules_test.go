// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestNames(t *testing.T) {
	for name, valid := range map[string]bool{
		"abc": true, "7-up": true, "a_b": true, "a--b": true, strings.Repeat("a", 50): true,
		"ab": false, strings.Repeat("a", 51): false, "CI": false, "-abc": false, "abc-": false, "_abc": false, "abc_": false, "a b": false, "a,b": false, "äbc": false, "abc\n": false,
	} {
		if validName(name) != valid {
			t.Errorf("%q: want %t", name, valid)
		}
	}
}

func TestConfusedNames(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"ci_bot", "ci-bot"}: true, {"ci-bot", "ci_bot"}: true, {"a_c", "abc"}: true, {"a_c", "a_c"}: false,
		{"ci-bot", "ci-bat"}: false, {"a_c", "abcd"}: false, {"a_cd", "ab_d"}: false, {"a__", "a_b"}: true, {"ci.bot", "ci-bot"}: false,
	} {
		if got := confused(pair[0], pair[1]); got != want {
			t.Errorf("%q: got %t", pair, got)
		}
	}
}

func TestExpiryIsKeptInMilliseconds(t *testing.T) {
	for _, ms := range []int64{1, 1000, 1795727042776, 253402300799999} {
		if got := milliseconds(instantOf(ms)); got != ms {
			t.Errorf("%d becomes %d", ms, got)
		}
	}
	if never := instantOf(0); !never.IsNull() || milliseconds(never) != 0 {
		t.Errorf("got %v", never)
	}
	for pair, want := range map[[2]string]bool{
		{"2027-01-31T10:00:00Z", "2027-01-31T12:00:00+02:00"}: true, {"2027-01-31T10:00:00Z", "2027-01-31T10:00:00.0009Z"}: true,
		{"2027-01-31T10:00:00Z", "2027-01-31T10:00:00.001Z"}: false, {"2027-01-31T10:00:00Z", ""}: false, {"", ""}: false,
	} {
		if got := (sameInstant{}).Equivalent(pair[0], pair[1]); got != want {
			t.Errorf("%q: got %t", pair, got)
		}
	}
}

func TestPlannedExpiry(t *testing.T) {
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	at := func(text string) instant {
		if text == "" {
			return instantOf(0)
		}
		return instant{StringValue: types.StringValue(text)}
	}
	never, past, future, later := at(""), at("2026-12-31T23:59:59Z"), at("2027-01-01T00:00:01Z"), at("2028-01-01T00:00:00Z")
	unknown := instant{StringValue: types.StringUnknown()}
	for name, c := range map[string]struct {
		planned instant
		before  *instant
		want    string
	}{
		"new, never": {never, nil, ""}, "new, future": {future, nil, ""}, "new, unknown": {unknown, nil, ""},
		"new, past": {past, nil, "expires_at is in the past"}, "new, now": {at("2027-01-01T00:00:00Z"), nil, "expires_at is in the past"},
		"kept": {future, &future, ""}, "kept, never": {never, &never, ""}, "kept, past": {past, &past, "The API token has expired"},
		"changed": {later, &future, "A new API token will be issued"}, "removed": {never, &future, "A new API token will be issued"},
		"added": {future, &never, "A new API token will be issued"}, "changed to the past": {past, &future, "expires_at is in the past"},
		"revived": {future, &past, "A new API token will be issued"}, "changed, unknown": {unknown, &never, "A new API token will be issued"},
		"no time": {at("tomorrow"), nil, "Invalid time"},
		// Devtron stores it as 0, which means never.
		"added, 1970": {at("1970-01-01T00:00:00Z"), &never, "expires_at is in the past"},
	} {
		diags := planExpiry(c.planned, c.before, now)
		switch {
		case c.want == "" && len(diags) > 0, c.want != "" && (len(diags) != 1 || diags[0].Summary() != c.want):
			t.Errorf("%s: got %v, want %q", name, diags, c.want)
		}
	}
}

func filter(team, environments, applications, action string) devtron.RoleFilter {
	return devtron.RoleFilter{Entity: "apps", AccessType: "devtron-app", Team: team, Environment: environments, EntityName: applications, Action: action}
}

// TestPermissionsSurviveARoundTrip: what Devtron shows becomes arguments, and these become the same
// grants.
func TestPermissionsSurviveARoundTrip(t *testing.T) {
	helm := devtron.RoleFilter{Entity: "apps", AccessType: "helm-app", Team: "a", Action: "view"}
	for name, c := range map[string]struct {
		stored   []devtron.RoleFilter
		elements int
	}{
		"none":               {nil, 0},
		"another kind":       {[]devtron.RoleFilter{helm, {Entity: "cluster", Action: "view"}}, 0},
		"all of a project":   {[]devtron.RoleFilter{filter("a", "", "", "view")}, 1},
		"every project":      {[]devtron.RoleFilter{filter("", "", "", "admin")}, 1},
		"lists":              {[]devtron.RoleFilter{filter("a", "x, y", "p,q", "trigger"), helm}, 1},
		"several projects":   {[]devtron.RoleFilter{filter("a,b", "x", "", "build")}, 2},
		"twice the same one": {[]devtron.RoleFilter{filter("a", "x", "p", "view"), filter("a", "x,x", "p", "view")}, 1},
	} {
		value := permissions(c.stored)
		if value.IsNull() != (c.elements == 0) || len(permissionsOf(value)) != c.elements {
			t.Errorf("%s: got %s", name, value)
		}
		if got, want := grants(filters(value)), grants(c.stored); len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	same := grants([]devtron.RoleFilter{filter("a", "x,y", "p", "view")})
	split := grants([]devtron.RoleFilter{filter("a", "y", "p", "view"), filter("a", "x", "p", "view")})
	if len(same) != 2 || len(split) != 2 || len(grants([]devtron.RoleFilter{filter("a", "", "p", "view")})) != 1 {
		t.Errorf("got %v and %v", same, split)
	}
}

func TestGroupsIgnoreCase(t *testing.T) {
	user := devtron.User{RoleGroups: []devtron.UserRoleGroup{{RoleGroup: devtron.RoleGroup{ID: 1, Name: "Deployers"}}}}
	now := noRights()
	now.PermissionGroups = textSet([]string{"deployers"})
	if got := rightsOf(now, user); !got.PermissionGroups.Equal(now.PermissionGroups) {
		t.Errorf("got %s", got.PermissionGroups)
	}
	if got := rightsOf(noRights(), user); !got.PermissionGroups.Equal(textSet([]string{"Deployers"})) {
		t.Errorf("got %s", got.PermissionGroups)
	}
	if got := rightsOf(now, devtron.User{}); !got.PermissionGroups.IsNull() {
		t.Errorf("got %s", got.PermissionGroups)
	}
}
