// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// keepName is the plan modifier of pull_secret.value. Where it is not set, a secret of the type
// "name" keeps its name: Terraform generates a configuration without the values of sensitive
// arguments. Nothing else is kept.
type keepName struct{}

// Description implements planmodifier.Describer.
func (keepName) Description(context.Context) string { return "The name of a pull secret is kept." }

// MarkdownDescription implements planmodifier.Describer.
func (m keepName) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (keepName) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	var before, now types.String
	at := req.Path.ParentPath().AtName("type")
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, at, &now)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, at, &before)...)
	}
	switch {
	case now.IsUnknown():
		resp.PlanValue = types.StringUnknown()
	case now.ValueString() == "name" && before.ValueString() == "name":
		resp.PlanValue = req.StateValue
	default:
		resp.PlanValue = types.StringNull()
	}
}
