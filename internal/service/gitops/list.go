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
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

var _ list.ListResourceWithConfigure = (*configList)(nil)

// configList lists configurations for "terraform query" (Terraform 1.14 or newer).
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
	stored, failed := l.read(ctx)
	diags.Append(failed...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	var results []list.ListResult
	for _, found := range stored {
		if !config.Active.IsNull() && config.Active.ValueBool() != found.Active {
			continue
		}
		if req.Limit > 0 && int64(len(results)) == req.Limit {
			break
		}
		results = append(results, listResult(ctx, req, found))
	}
	stream.Results = slices.Values(results)
}

// read returns all configurations by id.
func (l *configList) read(ctx context.Context) ([]devtron.Config, diag.Diagnostics) {
	store := l.Area.connected()
	if store == nil {
		return nil, framework.NotConnected(framework.QueryWithLiteral)
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	stored, err := store.List(ctx)
	if err != nil {
		return nil, l.Area.diagnose("The GitOps configurations could not be listed", "", err)
	}
	return configs.SortedByID(stored), nil
}

func listResult(ctx context.Context, req list.ListRequest, stored devtron.Config) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = describeConfig(stored)
	result.Diagnostics.Append(setIdentity(ctx, result.Identity, types.StringValue(stored.Provider))...)
	if req.IncludeResource {
		imported, diags := importedModel(ctx, stored)
		result.Diagnostics.Append(diags...)
		result.Diagnostics.Append(result.Resource.Set(ctx, imported)...)
	}
	return result
}

// importedModel returns the state after an import of a configuration.
func importedModel(ctx context.Context, stored devtron.Config) (configModel, diag.Diagnostics) {
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
	return empty.withStored(ctx, stored, storedTLSOf(stored))
}
