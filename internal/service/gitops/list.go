// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

var _ list.ListResourceWithConfigure = (*configList)(nil)

// configList answers "terraform query" (Terraform 1.14 and newer).
type configList struct {
	framework.Resource[area, *area]
}

type configListModel struct {
	Active types.Bool `tfsdk:"active"`
}

func newConfigList() list.ListResource { return &configList{} }

func (l *configList) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_gitops_config"
}

func (l *configList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the GitOps configurations in Devtron, to import them with `terraform query`. Requires Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"active": schema.BoolAttribute{
				MarkdownDescription: "Whether to list only active (`true`) or only inactive (`false`) configurations. Default: all of them.",
				Optional:            true,
			},
		},
	}
}

func (l *configList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config configListModel
	diags := req.Config.Get(ctx, &config)
	rows, found := l.rows(ctx)
	diags.Append(found...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	var results []list.ListResult
	for _, row := range rows {
		if !config.Active.IsNull() && config.Active.ValueBool() != row.Active {
			continue
		}
		if req.Limit > 0 && int64(len(results)) == req.Limit {
			break
		}
		results = append(results, listResult(ctx, req, row))
	}
	stream.Results = slices.Values(results)
}

func (l *configList) rows(ctx context.Context) ([]devtron.Config, diag.Diagnostics) {
	store := l.Area.connected()
	if store == nil {
		return nil, framework.NotConnected(framework.QueryWithLiteral)
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	rows, err := store.List(ctx)
	if err != nil {
		return nil, l.Area.diagnose("The GitOps configurations could not be listed", "", err)
	}
	return byID(rows), nil
}

func listResult(ctx context.Context, req list.ListRequest, row devtron.Config) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = describeConfig(row)
	result.Diagnostics.Append(identify(ctx, result.Identity, types.StringValue(row.Provider))...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, importedModel(row))...)
	}
	return result
}

// importedModel is the resource as an import of the row would make it.
func importedModel(row devtron.Config) configModel {
	empty := configModel{
		AdoptExisting:  types.BoolValue(false),
		DeletionPolicy: types.StringValue(policyDeactivate),
		TLS:            types.ObjectNull(tlsTypes),
		RequiredScopes: types.SetNull(types.StringType),
		LastValidation: types.ObjectNull(validationTypes),
		Timeouts: timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
			"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
		})},
	}
	return empty.withRow(row, storedTLSOf(row))
}
