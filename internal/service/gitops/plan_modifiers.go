// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// hostPlanModifier fills in the default host of the git provider and keeps the
// earlier spelling of a host that means the same.
type hostPlanModifier struct{}

func (hostPlanModifier) Description(context.Context) string {
	return "defaults to the public host of the git provider; spellings that mean the same are equal"
}

func (m hostPlanModifier) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (hostPlanModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.ConfigValue.IsUnknown() {
		return
	}
	if req.ConfigValue.IsNull() {
		var kind types.String
		resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, pathGitProvider, &kind)...)
		if standard := gittoken.DefaultHost(gittoken.Provider(kind.ValueString())); standard != "" {
			resp.PlanValue = types.StringValue(standard)
		}
	}
	if !req.StateValue.IsNull() && weburl.Same(resp.PlanValue.ValueString(), req.StateValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// anyCasePlanModifier keeps the earlier spelling of a value whose case does not
// matter: Devtron puts a Bitbucket project key in upper case.
type anyCasePlanModifier struct{}

func (anyCasePlanModifier) Description(context.Context) string {
	return "upper and lower case are equal"
}

func (m anyCasePlanModifier) MarkdownDescription(ctx context.Context) string {
	return m.Description(ctx)
}

func (anyCasePlanModifier) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.StateValue.IsNull() && strings.EqualFold(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}
