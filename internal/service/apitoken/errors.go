// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// diagnose reports a failed operation.
func diagnose(summary string, d *framework.Data, consequence string, err error) diag.Diagnostics {
	return d.Failure(framework.Operation{Summary: summary, Consequence: consequence, Object: noun, Explain: explain}, err)
}

// explain says what a failed request about a token means, and which argument it is about.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	if e.UnknownRole() {
		return pathPermissions, "Devtron does not know a role",
			"Devtron has no policy for the role of one of the permissions. Set role to view, build, trigger, admin, or manager, or to a role that your Devtron has in addition."
	}
	if e.Kind == devtron.NotFound && strings.Contains(e.Operation, "of the user") {
		return pathName, "the user of the token does not exist",
			"Somebody has deleted the user that has the permissions of the token. Replace the token: terraform apply -replace=" + typeName + ".NAME"
	}
	return path.Empty(), "", ""
}

// rightsPath is the argument that gives a token its permissions.
func rightsPath(r Rights) path.Path {
	switch {
	case r.SuperAdmin.ValueBool():
		return pathSuperAdmin
	case r.Permissions.IsNull() && !r.PermissionGroups.IsNull():
		return pathGroups
	default:
		return pathPermissions
	}
}
