// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
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

// knownHost is a plan modifier that keeps the spelling of host in the state where the configuration
// names the same server, unless Devtron can use only the spelling of the configuration.
type knownHost struct{}

func (knownHost) Description(context.Context) string {
	return "Another spelling of the same server is no change."
}

func (m knownHost) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (knownHost) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	known, planned := req.StateValue.ValueString(), req.PlanValue.ValueString()
	if weburl.Same(known, planned) && (gittoken.UsableHost(gittoken.GitHub, known) || !gittoken.UsableHost(gittoken.GitHub, planned)) {
		resp.PlanValue = req.StateValue
	}
}
