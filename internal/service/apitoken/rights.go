// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// readRights reads the permissions, which the list of tokens does not contain.
func readRights(ctx context.Context, d *framework.Data, m *model, _ bool) error {
	return readInto(ctx, d, int(m.UserID.ValueInt64()), &m.Rights)
}

func readInto(ctx context.Context, d *framework.Data, userID int, rights *Rights) error {
	user, err := d.Client.ReadUser(ctx, userID)
	switch {
	case devtron.IsKind(err, devtron.NotFound):
		// Somebody has deleted the user. The token is still there, and can do nothing.
		*rights = rightsOf(*rights, devtron.User{})
		return nil
	case err != nil:
		return err
	}
	*rights = rightsOf(*rights, user)
	return nil
}

// errOtherRights means that Devtron confirmed permissions and returns other ones.
var errOtherRights = errors.New("Devtron confirmed the permissions, but returns other ones. Another process may have changed them at the same time, or Devtron is configured to take permissions from groups only")

// setRights gives the user of a token exactly the permissions of the arguments. Of a user who is as
// old as the token, it keeps the permissions that the arguments cannot express. A user of a new
// token can have any, from an earlier token of the same name.
func setRights(ctx context.Context, d *framework.Data, userID int, rights Rights, newToken bool) error {
	user, err := d.Client.ReadUser(ctx, userID)
	if err != nil {
		return err
	}
	wanted := user
	wanted.SuperAdmin, wanted.RoleFilters = rights.SuperAdmin.ValueBool(), filters(rights.Permissions)
	if !newToken {
		wanted.RoleFilters = append(wanted.RoleFilters, unmanaged(user.RoleFilters)...)
	}
	if wanted.RoleGroups, err = findGroups(ctx, d, rights); err != nil {
		return err
	}
	if hasRights(user, wanted) {
		return nil
	}
	started := time.Now()
	err = d.Client.UpdateUser(ctx, wanted)
	if failure, maybe := reconcile.MaybeHandled(err); maybe {
		return userList(d, userID).Settle(ctx, failure, time.Since(started), d.Patience, func(_ context.Context, now []devtron.User) (bool, error) {
			return hasRights(now[0], wanted), nil
		})
	}
	if err != nil {
		return err
	}
	ctx, cancel := d.Patience.Afterwards(ctx)
	defer cancel()
	if user, err = d.Client.ReadUser(ctx, userID); err == nil && !hasRights(user, wanted) {
		err = errOtherRights
	}
	return err
}

// userList is a list of one user, as a lost reply is settled by reading a list.
func userList(d *framework.Data, id int) *reconcile.List[devtron.User] {
	return reconcile.NewList(func(ctx context.Context) ([]devtron.User, error) {
		user, err := d.Client.ReadUser(ctx, id)
		return []devtron.User{user}, err
	})
}

// hasRights reports whether a user has the permissions of another one, which are ineffective for a
// super-admin.
func hasRights(user, wanted devtron.User) bool {
	if user.SuperAdmin != wanted.SuperAdmin {
		return false
	}
	return user.SuperAdmin || maps.Equal(grants(user.RoleFilters), grants(wanted.RoleFilters)) &&
		len(unmanaged(user.RoleFilters)) == len(unmanaged(wanted.RoleFilters)) &&
		slices.Equal(folded(groupNames(user)), folded(groupNames(wanted)))
}

// noGroupsError means that permission groups do not exist.
type noGroupsError struct{ missing, known []string }

func (e *noGroupsError) Error() string {
	known := "It has no permission groups."
	if len(e.known) > 0 {
		known = "It has:\n\n  " + strings.Join(e.known, "\n  ")
	}
	return fmt.Sprintf("Devtron has no permission group %s. %s", quoted(e.missing), known)
}

func quoted(names []string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = fmt.Sprintf("%q", name)
	}
	return strings.Join(all, ", ")
}

// groupsKey is the key of the list of permission groups in the data of a walk.
type groupsKey struct{}

// findGroups returns the permission groups with the names of the argument. Those that are unknown
// yet are left out.
func findGroups(ctx context.Context, d *framework.Data, rights Rights) ([]devtron.UserRoleGroup, error) {
	names := texts(rights.PermissionGroups)
	if len(names) == 0 {
		return nil, nil
	}
	list, _ := d.Once(groupsKey{}, func() any { return reconcile.NewList(d.Client.ListRoleGroups) }).(*reconcile.List[devtron.RoleGroup])
	groups, err := list.Get(ctx)
	if err != nil {
		return nil, err
	}
	var found []devtron.UserRoleGroup
	missing := &noGroupsError{}
	for _, name := range names {
		i := slices.IndexFunc(groups, func(g devtron.RoleGroup) bool { return strings.EqualFold(g.Name, name) })
		if i < 0 {
			missing.missing = append(missing.missing, name)
			continue
		}
		found = append(found, devtron.UserRoleGroup{RoleGroup: groups[i]})
	}
	if len(missing.missing) == 0 {
		return found, nil
	}
	for _, g := range groups {
		missing.known = append(missing.known, g.Name)
	}
	slices.Sort(missing.known)
	return nil, missing
}
