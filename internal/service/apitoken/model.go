// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

type diagnostics = diag.Diagnostics

// model is the resource as Terraform keeps it.
type model struct {
	object.Common
	Rights
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	ExpiresAt   instant      `tfsdk:"expires_at"`
	Token       types.String `tfsdk:"token"`
	UserID      types.Int64  `tfsdk:"user_id"`

	memory memory
}

// memory is what the private state keeps.
type memory struct {
	// Imported says that the value of the token is the one that an import found, and was never
	// known.
	Imported bool `json:"imported"`
}

// Rights are the arguments for the permissions of a token.
type Rights struct {
	SuperAdmin       types.Bool `tfsdk:"super_admin"`
	Permissions      types.Set  `tfsdk:"permissions"`
	PermissionGroups types.Set  `tfsdk:"permission_groups"`
}

func noRights() Rights {
	return Rights{
		SuperAdmin: types.BoolValue(false), Permissions: types.SetNull(permissionType), PermissionGroups: types.SetNull(types.StringType),
	}
}

func (r Rights) sameRights(other Rights) bool {
	return r.SuperAdmin.Equal(other.SuperAdmin) && r.Permissions.Equal(other.Permissions) && r.PermissionGroups.Equal(other.PermissionGroups)
}

// permission is an element of permissions.
type permission struct {
	Project      types.String `tfsdk:"project"`
	Environments types.Set    `tfsdk:"environments"`
	Applications types.Set    `tfsdk:"applications"`
	Role         types.String `tfsdk:"role"`
}

var permissionType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"project":      types.StringType,
	"environments": types.SetType{ElemType: types.StringType},
	"applications": types.SetType{ElemType: types.StringType},
	"role":         types.StringType,
}}

// Paths of arguments that diagnostics point at. A CLI shows no line of an argument inside of an
// object.
var (
	pathName        = path.Root("name")
	pathExpiresAt   = path.Root("expires_at")
	pathSuperAdmin  = path.Root("super_admin")
	pathPermissions = path.Root("permissions")
	pathGroups      = path.Root("permission_groups")
	pathToken       = path.Root("token")
)

// sameInstant ignores the time zone, and what is shorter than the milliseconds that Devtron stores.
type sameInstant struct{}

// Equivalent implements framework.Equivalence.
func (sameInstant) Equivalent(a, b string) bool {
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	return errX == nil && errY == nil && x.UnixMilli() == y.UnixMilli()
}

// instant is a time in the form of RFC 3339.
type (
	instant     = framework.EquivalentString[sameInstant]
	instantType = framework.EquivalentStringType[sameInstant]
)

// milliseconds is an expiry as Devtron stores it; 0 means never.
func milliseconds(at instant) int64 {
	t, err := time.Parse(time.RFC3339, at.ValueString())
	if err != nil {
		return 0
	}
	return t.UnixMilli()
}

// instantOf is the inverse of milliseconds.
func instantOf(milliseconds int64) instant {
	if milliseconds == 0 {
		return instant{StringValue: types.StringNull()}
	}
	return instant{StringValue: types.StringValue(time.UnixMilli(milliseconds).UTC().Format(time.RFC3339Nano))}
}
