// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// UseStateForEquivalent returns a plan modifier for attributes with a custom type. It plans the
// prior value where the configuration spells the same value differently: the framework compares
// spellings on refresh and after a write, but not in a plan.
func UseStateForEquivalent() planmodifier.String { return useStateForEquivalent{} }

type useStateForEquivalent struct{}

func (useStateForEquivalent) Description(context.Context) string {
	return "Another spelling of the same value is no change."
}

func (m useStateForEquivalent) MarkdownDescription(ctx context.Context) string {
	return m.Description(ctx)
}

func (useStateForEquivalent) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	attribute, diags := req.Plan.Schema.AttributeAtPath(ctx, req.Path)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	custom, ok := attribute.GetType().(basetypes.StringTypable)
	if !ok {
		return
	}
	planned, diags := custom.ValueFromString(ctx, req.PlanValue)
	resp.Diagnostics.Append(diags...)
	prior, diags := custom.ValueFromString(ctx, req.StateValue)
	resp.Diagnostics.Append(diags...)
	value, ok := planned.(basetypes.StringValuableWithSemanticEquals)
	if resp.Diagnostics.HasError() || !ok {
		return
	}
	equal, diags := value.StringSemanticEquals(ctx, prior)
	resp.Diagnostics.Append(diags...)
	if equal {
		resp.PlanValue = req.StateValue
	}
}
