// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

var _ datasource.DataSourceWithConfigure = (*configDataSource)(nil)

type configDataSource struct {
	framework.DataSource[area, *area]
}

// storedConfigModel is a configuration as Devtron tells it.
type storedConfigModel struct {
	targetModel
	ID                    types.String `tfsdk:"id"`
	Active                types.Bool   `tfsdk:"active"`
	AllowCustomRepository types.Bool   `tfsdk:"allow_custom_repository"`
	TLS                   types.Object `tfsdk:"tls"`
}

type configDataSourceModel struct {
	storedConfigModel
	IncludeToken types.Bool   `tfsdk:"include_token"`
	Token        types.String `tfsdk:"token"`
}

// storedTLSTypes tell of TLS material what Devtron tells: that it is there.
var storedTLSTypes = map[string]attr.Type{
	"ca_certificate_present":     types.BoolType,
	"client_certificate_present": types.BoolType,
	"client_key_present":         types.BoolType,
}

func newConfigDataSource() datasource.DataSource { return &configDataSource{} }

func (d *configDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_gitops_config"
}

func (d *configDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := storedConfigAttributes()
	attributes["id"] = schema.StringAttribute{
		MarkdownDescription: "The id of the configuration to read. Conflicts with `git_provider`.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{framework.ConflictsWith{Other: "git_provider"}},
	}
	attributes["git_provider"] = schema.StringAttribute{
		MarkdownDescription: "The git provider of the configuration to read: " + oneOf(gitProviders) + ".",
		Optional:            true,
		Computed:            true,
		Validators:          framework.Check(rule.OneOf(gitProviders...)),
	}
	attributes["include_token"] = schema.BoolAttribute{
		MarkdownDescription: "Whether to read the stored git token, too. Terraform then stores the token in the state, unencrypted. Default: `false`.",
		Optional:            true,
	}
	attributes["token"] = schema.StringAttribute{
		MarkdownDescription: "The stored git token; null unless `include_token` is `true`.",
		Computed:            true,
		Sensitive:           true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one GitOps configuration of Devtron: by `id`, by `git_provider`, or the active one if you set neither.",
		Attributes:          attributes,
	}
}

func (d *configDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model configDataSourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	store := d.Area.connected()
	if resp.Diagnostics.HasError() {
		return
	}
	if store == nil {
		resp.Diagnostics.Append(framework.NotConnected(framework.ReadWithDependency)...)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	const failed = "The GitOps configuration could not be read"
	rows, err := store.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(d.Area.diagnose(failed, "", err)...)
		return
	}
	row, ok := model.choose(rows)
	if !ok {
		resp.Diagnostics.AddError("No such GitOps configuration", "Devtron has no "+model.wanted()+"."+describeStored(rows))
		return
	}
	model.storedConfigModel = storedConfig(row)
	model.Token = types.StringNull()
	if model.IncludeToken.ValueBool() {
		// Only this route returns the token, in clear.
		full, err := store.Client().GetGitOpsConfig(ctx, row.ID)
		if err != nil {
			resp.Diagnostics.Append(d.Area.diagnose(failed, "", err)...)
			return
		}
		model.Token = types.StringValue(full.Token)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func (m configDataSourceModel) choose(rows []devtron.Config) (devtron.Config, bool) {
	switch {
	case !m.ID.IsNull():
		id, err := strconv.Atoi(m.ID.ValueString())
		if err != nil || id <= 0 {
			return devtron.Config{}, false
		}
		return configs.Find(rows, id, "")
	case !m.GitProvider.IsNull():
		return configs.Find(rows, 0, m.GitProvider.ValueString())
	default:
		return configs.Active(rows)
	}
}

func (m configDataSourceModel) wanted() string {
	switch {
	case !m.ID.IsNull():
		return fmt.Sprintf("GitOps configuration with id %q", m.ID.ValueString())
	case !m.GitProvider.IsNull():
		return m.GitProvider.ValueString() + " configuration"
	default:
		return "active GitOps configuration"
	}
}

// storedConfigAttributes are the computed attributes that both data sources have.
func storedConfigAttributes() map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	flag := func(description string) schema.BoolAttribute {
		return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
	}
	attributes := map[string]schema.Attribute{
		"id":                      text("The id of the configuration in Devtron, a number."),
		"git_provider":            text("The git provider: " + oneOf(gitProviders) + "."),
		"host":                    text("The web address of the git host."),
		"username":                text("The user name that the token belongs to."),
		"active":                  flag("Whether Devtron uses this configuration."),
		"allow_custom_repository": flag("Whether each application may name its own GitOps repository."),
		"tls": schema.SingleNestedAttribute{
			MarkdownDescription: "The TLS material that is stored for the git host, as far as Devtron exposes it; null if TLS is not configured.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"ca_certificate_present":     flag("Whether a CA certificate is stored."),
				"client_certificate_present": flag("Whether a client certificate is stored."),
				"client_key_present":         flag("Whether a client key is stored."),
			},
		},
	}
	for _, f := range ownerFields {
		attributes[f.attribute] = text(f.what + "; null for other git providers.")
	}
	return attributes
}

// storedConfig converts a row.
func storedConfig(row devtron.Config) storedConfigModel {
	tls := types.ObjectNull(storedTLSTypes)
	if row.EnableTLSVerification {
		tls = types.ObjectValueMust(storedTLSTypes, map[string]attr.Value{
			"ca_certificate_present":     types.BoolValue(row.IsCADataPresent),
			"client_certificate_present": types.BoolValue(row.IsTLSCertDataPresent),
			"client_key_present":         types.BoolValue(row.IsTLSKeyDataPresent),
		})
	}
	return storedConfigModel{
		ID:                    types.StringValue(strconv.Itoa(row.ID)),
		targetModel:           targetModel{}.withRow(row),
		Active:                types.BoolValue(row.Active),
		AllowCustomRepository: types.BoolValue(row.AllowCustomRepository),
		TLS:                   tls,
	}
}
