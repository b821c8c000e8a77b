// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

// dataModel is the data source. It never contains the value of a token.
type dataModel struct {
	Rights
	ID          types.Int64  `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	ExpiresAt   types.String `tfsdk:"expires_at"`
	UserID      types.Int64  `tfsdk:"user_id"`
}

var found = object.Found[dataModel, devtron.APIToken]{
	Description: "Reads an API token by `name` or `id`, without its value.",
	Attributes: map[string]schema.Attribute{
		"description": schema.StringAttribute{MarkdownDescription: "Description; null if there is none.", Computed: true},
		"expires_at":  schema.StringAttribute{MarkdownDescription: "When the token expires, in the form of RFC 3339; null if it never does.", Computed: true},
		"super_admin": schema.BoolAttribute{MarkdownDescription: "Whether the token can do everything.", Computed: true},
		"permissions": schema.SetNestedAttribute{
			MarkdownDescription: "Permissions on applications that Devtron builds and deploys; null if there are none, and for a super-admin.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"project":      schema.StringAttribute{MarkdownDescription: aboutProject, Computed: true},
				"environments": schema.SetAttribute{MarkdownDescription: "Environments by their `identifier`; null for all environments.", Computed: true, ElementType: types.StringType},
				"applications": schema.SetAttribute{MarkdownDescription: "Names of applications of the project; null for all applications.", Computed: true, ElementType: types.StringType},
				"role":         schema.StringAttribute{MarkdownDescription: "Role, such as `view` or `admin`.", Computed: true},
			}},
		},
		"permission_groups": schema.SetAttribute{MarkdownDescription: "Names of permission groups; null if there are none, and for a super-admin.", Computed: true, ElementType: types.StringType},
		"user_id":           schema.Int64Attribute{MarkdownDescription: aboutUser, Computed: true},
	},
	Model: func(t devtron.APIToken) dataModel {
		return dataModel{
			Rights: noRights(), ID: object.Int64(t.ID), Name: types.StringValue(t.Name), Description: object.OptionalString(types.StringNull(), t.Description),
			ExpiresAt: instantOf(t.ExpireAtInMs).StringValue, UserID: object.Int64(t.UserID),
		}
	},
	Details: func(ctx context.Context, d *framework.Data, m *dataModel) error {
		return readInto(ctx, d, int(m.UserID.ValueInt64()), &m.Rights)
	},
}
