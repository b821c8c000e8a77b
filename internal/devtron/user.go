// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// User is a user as far as API tokens need it: each token has a user, who has its permissions.
type User struct {
	ID    int    `json:"id"`
	Email string `json:"email_id"`
	// SuperAdmin users can do everything. Devtron then ignores RoleFilters and RoleGroups of a
	// write, keeps the earlier ones, and shows them (28-33, 28-34).
	SuperAdmin  bool            `json:"superAdmin"`
	RoleFilters []RoleFilter    `json:"roleFilters"`
	RoleGroups  []UserRoleGroup `json:"userRoleGroups"`

	// other has the fields that this client does not know, which go back as they came.
	other map[string]json.RawMessage
}

func (u User) plausible() bool { return u.ID > 0 && u.Email != "" }

// UserRoleGroup is the membership in a permission group.
type UserRoleGroup struct {
	RoleGroup RoleGroup `json:"roleGroup"`
}

// RoleGroup is a permission group. Devtron compares names without case.
type RoleGroup struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

func (g RoleGroup) plausible() bool { return g.ID > 0 }

// RoleFilter is a permission. An empty text stands for all, and Environment and EntityName are
// lists with commas. Devtron accepts names that do not exist (28-15), and refuses an action that it
// does not know (28-14). Reads merge and reorder permissions (source).
type RoleFilter struct {
	// Entity is "apps" for applications, AccessType "devtron-app" for those of Devtron.
	Entity     string `json:"entity"`
	AccessType string `json:"accessType"`
	// Team is the name of a project, Environment the identifiers of environments, and EntityName
	// the names of applications.
	Team        string `json:"team"`
	Environment string `json:"environment"`
	EntityName  string `json:"entityName"`
	// Action is the role, such as "view" or "admin".
	Action string `json:"action"`

	// raw is the permission as Devtron sent it, which goes back unchanged.
	raw json.RawMessage
}

// UnmarshalJSON implements json.Unmarshaler.
func (f *RoleFilter) UnmarshalJSON(text []byte) error {
	type plain RoleFilter
	if err := json.Unmarshal(text, (*plain)(f)); err != nil {
		return err
	}
	f.raw = append(json.RawMessage(nil), text...)
	return nil
}

// MarshalJSON implements json.Marshaler.
func (f RoleFilter) MarshalJSON() ([]byte, error) {
	if f.raw != nil {
		return f.raw, nil
	}
	type plain RoleFilter
	return json.Marshal(plain(f))
}

// UnmarshalJSON implements json.Unmarshaler.
func (u *User) UnmarshalJSON(text []byte) error {
	type plain User
	if err := json.Unmarshal(text, (*plain)(u)); err != nil {
		return err
	}
	return json.Unmarshal(text, &u.other)
}

// userBody is a user as it is sent: all of what Devtron returned, with other permissions. "groups"
// is the list of an older API, and must be empty (406 otherwise).
type userBody struct {
	noSecrets
	User
}

// MarshalJSON implements json.Marshaler.
func (b userBody) MarshalJSON() ([]byte, error) {
	fields := map[string]any{}
	for name, value := range b.other {
		fields[name] = value
	}
	fields["id"], fields["email_id"], fields["superAdmin"], fields["groups"] = b.ID, b.Email, b.SuperAdmin, []string{}
	fields["roleFilters"] = append([]RoleFilter{}, b.RoleFilters...)
	fields["userRoleGroups"] = append([]UserRoleGroup{}, b.RoleGroups...)
	return json.Marshal(fields)
}

const routeUser = "user"

// ReadUser returns a user with the permissions. The lists of users contain neither permissions nor
// the users of API tokens. One that does not exist, or whose API token was deleted, is NotFound
// (27-34).
func (c *Client) ReadUser(ctx context.Context, id int) (User, error) {
	return sendForObject[User](ctx, c, &call{
		operation: fmt.Sprintf("read the permissions of the user %d", id), method: http.MethodGet,
		route: fmt.Sprintf("%s/%d", routeUser, id), empty: emptyIsNotFound,
	})
}

// UpdateUser replaces the permissions of a user, which must be as ReadUser returned it otherwise. A
// role that Devtron does not know is a ServerError without a user message (28-14), and a permission
// group that does not exist crashes Devtron (28-16). The reply repeats the request, so that it
// proves nothing.
func (c *Client) UpdateUser(ctx context.Context, user User) error {
	if name, ok := strings.CutPrefix(user.Email, apiTokenUser); ok {
		if err := c.notOwn(name); err != nil {
			return err
		}
	}
	return c.send(ctx, &call{
		operation: fmt.Sprintf("set the permissions of the user %s (id %d)", user.Email, user.ID), method: http.MethodPut,
		route: routeUser, body: userBody{User: user},
	}, nil)
}

// ListRoleGroups returns the permission groups (source; no recording).
func (c *Client) ListRoleGroups(ctx context.Context) ([]RoleGroup, error) {
	return sendForList[RoleGroup](ctx, c, &call{
		operation: "list the permission groups", method: http.MethodGet, route: routeUser + "/role/group", empty: emptyIsNone,
	})
}

// UnknownRole reports whether Devtron refused a permission because it does not know its role
// (28-12, 28-14).
func (e *Error) UnknownRole() bool { return strings.Contains(e.Message, "default policy not found") }
