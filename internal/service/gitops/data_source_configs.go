// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

var _ datasource.DataSourceWithConfigure = (*configsDataSource)(nil)

type configsDataSource struct {
	framework.DataSource[area, *area]
}

type configsModel struct {
	Configured            types.Bool          `tfsdk:"configured"`
	AllowCustomRepository types.Bool          `tfsdk:"allow_custom_repository"`
	Configs               []storedConfigModel `tfsdk:"configs"`
}

func newConfigsDataSource() datasource.DataSource { return &configsDataSource{} }

func (d *configsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_gitops_configs"
}

func (d *configsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all GitOps configurations of Devtron, including inactive ones. It sends no extra request if the same run already reads them.",
		Attributes: map[string]schema.Attribute{
			"configured": schema.BoolAttribute{
				MarkdownDescription: "Whether a configuration is active. Without one, applications that deploy through GitOps cannot be deployed.",
				Computed:            true,
			},
			"allow_custom_repository": schema.BoolAttribute{
				MarkdownDescription: "Whether the active configuration allows each application to name its own GitOps repository.",
				Computed:            true,
			},
			"configs": schema.ListNestedAttribute{
				MarkdownDescription: "The configurations, sorted by id.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: storedConfigAttributes()},
			},
		},
	}
}

func (d *configsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	store := d.Area.connected()
	if store == nil {
		resp.Diagnostics.Append(framework.NotConnected(framework.ReadWithDependency)...)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	stored, err := store.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(d.Area.diagnose("The GitOps configurations could not be read", "", err)...)
		return
	}
	active, exists := configs.Active(stored)
	model := configsModel{
		Configured:            types.BoolValue(exists),
		AllowCustomRepository: types.BoolValue(active.AllowCustomRepository),
		Configs:               []storedConfigModel{},
	}
	for _, config := range configs.SortedByID(stored) {
		model.Configs = append(model.Configs, newStoredConfigModel(config))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
