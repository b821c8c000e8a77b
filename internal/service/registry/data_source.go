// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

// dataModel is the data source.
type dataModel struct {
	ID         types.String `tfsdk:"id"`
	Name       types.String `tfsdk:"name"`
	Type       types.String `tfsdk:"type"`
	URL        types.String `tfsdk:"url"`
	Username   types.String `tfsdk:"username"`
	AWSRegion  types.String `tfsdk:"aws_region"`
	Connection types.String `tfsdk:"connection_type"`
	Default    types.Bool   `tfsdk:"default"`
	Containers types.Bool   `tfsdk:"containers"`
	Charts     types.Object `tfsdk:"charts"`
	Public     types.Bool   `tfsdk:"public"`
}

var found = object.Found[dataModel, devtron.ContainerRegistry]{
	Description: "Reads a container registry by `name`. It contains no credentials.",
	Attributes: map[string]schema.Attribute{
		"type":            schema.StringAttribute{MarkdownDescription: "Type of the registry, for example `docker-hub`.", Computed: true},
		"url":             schema.StringAttribute{MarkdownDescription: "Address of the registry, as Devtron stores it.", Computed: true},
		"username":        schema.StringAttribute{MarkdownDescription: "User name; null for the type `ecr` and for a public registry.", Computed: true},
		"aws_region":      schema.StringAttribute{MarkdownDescription: "AWS region of a registry of the type `ecr`; null for other types.", Computed: true},
		"connection_type": schema.StringAttribute{MarkdownDescription: "How Devtron connects to the registry: `secure`, `insecure`, or `secure-with-cert`.", Computed: true},
		"default":         schema.BoolAttribute{MarkdownDescription: "Whether new builds use this registry unless another one is selected.", Computed: true},
		"containers":      schema.BoolAttribute{MarkdownDescription: "Whether the registry holds container images.", Computed: true},
		"charts": schema.SingleNestedAttribute{
			MarkdownDescription: "Use of the registry for OCI Helm charts; null if there is none.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"action":       schema.StringAttribute{MarkdownDescription: "`PULL`, `PUSH`, or `PULL_PUSH`.", Computed: true},
				"repositories": schema.SetAttribute{MarkdownDescription: "Repositories that charts are pulled from.", ElementType: types.StringType, Computed: true},
			},
		},
		"public": schema.BoolAttribute{MarkdownDescription: "Whether charts are pulled without credentials.", Computed: true},
	},
	Model: func(r devtron.ContainerRegistry) dataModel {
		return dataModel{
			ID: types.StringValue(r.Name), Name: types.StringValue(r.Name), Type: types.StringValue(r.Type), URL: types.StringValue(r.URL),
			Username: emptyIsNull(r.Username), AWSRegion: emptyIsNull(r.AWS.Region), Connection: types.StringValue(connectionOf(r)),
			Default: types.BoolValue(r.IsDefault()), Containers: types.BoolValue(r.Containers), Public: types.BoolValue(r.Public),
			Charts: storedCharts(types.ObjectNull(chartsTypes), r),
		}
	},
}
