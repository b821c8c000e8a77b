// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// defaultHost is a plan modifier that sets host to the public host of the git provider. A default
// of the schema cannot depend on another argument.
type defaultHost struct{}

func (defaultHost) Description(context.Context) string {
	return "Defaults to the public host of the git provider."
}

func (m defaultHost) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (defaultHost) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	var gitProvider types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, pathGitProvider, &gitProvider)...)
	if host := gittoken.DefaultHost(gittoken.Provider(gitProvider.ValueString())); host != "" {
		resp.PlanValue = types.StringValue(host)
	}
}
