// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Values of Devtron for permissions on applications that it builds and deploys itself.
const (
	entityApplications = "apps"
	accessDevtron      = "devtron-app"
)

// allProjects stands for every project in the argument project, where an omitted value would be
// easy to overlook.
const allProjects = "*"

// managed reports whether the argument permissions can express a permission. Devtron has others:
// for Helm applications, jobs, chart groups, and resources of a cluster.
func managed(f devtron.RoleFilter) bool {
	return f.Entity == entityApplications && f.AccessType == accessDevtron
}

// unmanaged returns the permissions that the argument cannot express.
func unmanaged(filters []devtron.RoleFilter) []devtron.RoleFilter {
	return slices.DeleteFunc(slices.Clone(filters), managed)
}

// grant is a permission on one application in one environment. Devtron merges and reorders
// permissions, so only the grants tell whether two lists of them are the same.
type grant struct{ project, environment, application, role string }

func grants(filters []devtron.RoleFilter) map[grant]bool {
	all := map[grant]bool{}
	for _, f := range filters {
		if !managed(f) {
			continue
		}
		for _, project := range items(f.Team) {
			for _, environment := range items(f.Environment) {
				for _, application := range items(f.EntityName) {
					all[grant{project, environment, application, f.Action}] = true
				}
			}
		}
	}
	return all
}

// items are the items of a list with commas. An empty list, which stands for all, has one item.
func items(list string) []string {
	found := strings.Split(list, ",")
	for i := range found {
		found[i] = strings.TrimSpace(found[i])
	}
	return found
}

// permissionsOf reads the argument permissions. Unknown parts are empty.
func permissionsOf(value types.Set) []permission {
	var all []permission
	if !value.IsNull() && !value.IsUnknown() {
		value.ElementsAs(context.Background(), &all, false)
	}
	return all
}

// texts are the elements of a set in their order.
func texts(value types.Set) []string {
	var all []types.String
	value.ElementsAs(context.Background(), &all, false)
	found := make([]string, 0, len(all))
	for _, text := range all {
		if !text.IsNull() && !text.IsUnknown() {
			found = append(found, text.ValueString())
		}
	}
	slices.Sort(found)
	return found
}

// textSet is the inverse of texts.
func textSet(all []string) types.Set {
	value, _ := types.SetValueFrom(context.Background(), types.StringType, all)
	return value
}

// filters are the permissions as Devtron stores them.
func filters(value types.Set) []devtron.RoleFilter {
	all := []devtron.RoleFilter{}
	for _, p := range permissionsOf(value) {
		project := p.Project.ValueString()
		if project == allProjects {
			project = ""
		}
		all = append(all, devtron.RoleFilter{
			Entity: entityApplications, AccessType: accessDevtron, Team: project, Action: p.Role.ValueString(),
			Environment: strings.Join(texts(p.Environments), ","), EntityName: strings.Join(texts(p.Applications), ","),
		})
	}
	return all
}

// permissions is the inverse of filters; null where there are none.
func permissions(stored []devtron.RoleFilter) types.Set {
	listOf := func(list string) types.Set {
		if list == "" {
			return types.SetNull(types.StringType)
		}
		names := items(list)
		slices.Sort(names)
		return textSet(slices.Compact(names))
	}
	var all []permission
	same := func(a, b permission) bool {
		return a.Project.Equal(b.Project) && a.Role.Equal(b.Role) && a.Environments.Equal(b.Environments) && a.Applications.Equal(b.Applications)
	}
	for _, f := range stored {
		if !managed(f) {
			continue
		}
		for _, project := range items(f.Team) {
			if project == "" {
				project = allProjects
			}
			p := permission{
				Project: types.StringValue(project), Environments: listOf(f.Environment), Applications: listOf(f.EntityName), Role: types.StringValue(f.Action),
			}
			if !slices.ContainsFunc(all, func(other permission) bool { return same(p, other) }) {
				all = append(all, p)
			}
		}
	}
	if len(all) == 0 {
		return types.SetNull(permissionType)
	}
	value, _ := types.SetValueFrom(context.Background(), permissionType, all)
	return value
}

// rightsOf returns the arguments as Devtron shows the user of a token. It keeps how they are
// written where they mean the same.
func rightsOf(now Rights, user devtron.User) Rights {
	now.SuperAdmin = types.BoolValue(user.SuperAdmin)
	if user.SuperAdmin {
		return now // the permissions from before are ineffective, but Devtron shows them
	}
	if now.Permissions.IsUnknown() || !maps.Equal(grants(filters(now.Permissions)), grants(user.RoleFilters)) {
		now.Permissions = permissions(user.RoleFilters)
	}
	if now.PermissionGroups.IsUnknown() || !slices.Equal(folded(texts(now.PermissionGroups)), folded(groupNames(user))) {
		now.PermissionGroups = types.SetNull(types.StringType)
		if names := groupNames(user); len(names) > 0 {
			now.PermissionGroups = textSet(names)
		}
	}
	return now
}

func groupNames(user devtron.User) []string {
	var names []string
	for _, g := range user.RoleGroups {
		names = append(names, g.RoleGroup.Name)
	}
	return names
}

// folded makes names of permission groups comparable: Devtron ignores their case.
func folded(names []string) []string {
	all := make([]string, 0, len(names))
	for _, name := range names {
		all = append(all, strings.ToLower(name))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
