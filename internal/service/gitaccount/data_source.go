// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

// dataModel is the data source.
type dataModel struct {
	ID        types.Int64  `tfsdk:"id"`
	Name      types.String `tfsdk:"name"`
	URL       types.String `tfsdk:"url"`
	AuthMode  types.String `tfsdk:"auth_mode"`
	Username  types.String `tfsdk:"username"`
	GitHostID types.Int64  `tfsdk:"git_host_id"`
	Active    types.Bool   `tfsdk:"active"`
}

var found = object.Found[dataModel, devtron.GitAccount]{
	Description: "Reads a git account by `url`, by `name` where only one account has it, or by `id`. It never contains credentials.",
	Attributes: map[string]schema.Attribute{
		"auth_mode":   schema.StringAttribute{MarkdownDescription: "How Devtron signs in: `USERNAME_PASSWORD`, `ACCESS_TOKEN`, `SSH`, or `ANONYMOUS`.", Computed: true},
		"username":    schema.StringAttribute{MarkdownDescription: "User name; null if there is none.", Computed: true},
		"git_host_id": schema.Int64Attribute{MarkdownDescription: "Number of the git host; null if there is none.", Computed: true},
		"active":      schema.BoolAttribute{MarkdownDescription: "Whether applications can use the account.", Computed: true},
	},
	Model: func(a devtron.GitAccount) dataModel {
		m := stored(imported(), a)
		return dataModel{ID: m.ID, Name: m.Name, URL: m.URL, AuthMode: m.AuthMode, Username: m.Username, GitHostID: m.GitHostID, Active: m.Active}
	},
}
