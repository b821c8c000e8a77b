// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Descriptions that the resource, the ephemeral resource, and the data source share.
const (
	aboutSuperAdmin  = "Whether the token can do everything. It cannot be combined with `permissions` and `permission_groups`, which have no effect for a super-admin."
	aboutPermissions = "Permissions on applications that Devtron builds and deploys. Permissions of other kinds, such as for Helm applications, jobs, chart groups, and resources of a cluster, can be given through `permission_groups`."
	aboutGroups      = "Names of permission groups, which give the token their permissions. Upper and lower case make no difference."
	aboutProject     = "Name of the project, or `*` for every project."
	aboutEnvironment = "Environments by their `identifier`, which is the name of the cluster and the namespace, joined by two underscores. Omit it for all environments."
	aboutApplication = "Names of applications of the project. Omit it for all applications."
	aboutRole        = "Role: `view`, `build` (build and deploy), `trigger` (deploy), `admin`, or `manager`."
	aboutUser        = "Number of the user in Devtron that has the permissions of the token."
)

func tokenSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An API token for a pipeline, a script, or another program that uses Devtron's API. Terraform stores the token in the state. " +
			"For a token that only one run needs, use the ephemeral resource `devtron_api_token`, which leaves nothing in the state.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the token, unique in the installation: 3 to 50 characters, lower-case letters, digits, and `_` and `-` between them. Changing it replaces the token. " +
					"Devtron takes `_` for a wildcard, so names such as `ci_bot` and `ci-bot` exclude each other.",
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:    framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable),
			},

			// Optional.
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of up to 350 characters.",
				Optional:            true,
				Validators:          framework.Check(validDescription),
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "When the token expires, in the form of RFC 3339, for example `2027-01-31T00:00:00Z`. Omit it for a token that never expires. " +
					"Changing it makes Devtron issue a new token, and the old one stops working immediately. The same time in another time zone is no change. A time that changes with every plan, as one from `plantimestamp` or `timestamp` does, makes every apply issue a new token.",
				CustomType:    instantType{},
				Optional:      true,
				PlanModifiers: []planmodifier.String{framework.UseStateForEquivalent()},
				Validators:    framework.Check(validTime),
			},
			"super_admin": schema.BoolAttribute{
				MarkdownDescription: aboutSuperAdmin + " Default: `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"permissions": schema.SetNestedAttribute{
				MarkdownDescription: aboutPermissions + " If the token was given such other permissions in Devtron's web page, they are left alone. Permissions on applications that are not in this list are removed by the next apply.",
				Optional:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"project":      schema.StringAttribute{MarkdownDescription: aboutProject, Required: true},
					"environments": schema.SetAttribute{MarkdownDescription: aboutEnvironment, Optional: true, ElementType: types.StringType},
					"applications": schema.SetAttribute{MarkdownDescription: aboutApplication, Optional: true, ElementType: types.StringType},
					"role":         schema.StringAttribute{MarkdownDescription: aboutRole, Required: true},
				}},
			},
			"permission_groups": schema.SetAttribute{
				MarkdownDescription: aboutGroups,
				Optional:            true, ElementType: types.StringType,
			},

			// Computed.
			"token": schema.StringAttribute{
				MarkdownDescription: "The token, kept in the Terraform state. Null after an import until `expires_at` is changed, which issues a new token. If somebody creates the token again in Devtron, the next apply reads its new value, unless Devtron hides the values (HIDE_API_TOKENS).",
				Computed:            true, Sensitive: true,
				PlanModifiers: []planmodifier.String{keepToken{}},
			},
			"user_id": schema.Int64Attribute{
				MarkdownDescription: aboutUser,
				Computed:            true,
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
		},
	}
}

// keepToken plans the value of the state unless the expiry changes, and where the state has lost
// it. It is the counterpart of UseStateForUnknown for a value that an update can change.
type keepToken struct{}

// Description implements planmodifier.Describer.
func (keepToken) Description(context.Context) string {
	return "A new expires_at makes Devtron issue a new token."
}

// MarkdownDescription implements planmodifier.Describer.
func (m keepToken) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (keepToken) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() {
		return
	}
	var planned, before instant
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, pathExpiresAt, &planned)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, pathExpiresAt, &before)...)
	var known memory
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, object.PrivateMemory, &known)...)
	switch {
	case resp.Diagnostics.HasError():
	case planned.IsUnknown() || milliseconds(planned) != milliseconds(before):
		resp.PlanValue = types.StringUnknown()
	case req.StateValue.IsNull() && !known.Imported:
		resp.PlanValue = types.StringUnknown() // the next apply reads it
	default:
		resp.PlanValue = req.StateValue
	}
}
