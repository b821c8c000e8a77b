// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"
	"strconv"

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

// storedConfigModel is a stored configuration, as far as Devtron returns it.
type storedConfigModel struct {
	targetModel
	ID                    types.String    `tfsdk:"id"`
	Active                types.Bool      `tfsdk:"active"`
	AllowCustomRepository types.Bool      `tfsdk:"allow_custom_repository"`
	TLS                   *storedTLSModel `tfsdk:"tls"`
}

// storedTLSModel says which TLS material Devtron stores.
type storedTLSModel struct {
	CACertificatePresent     types.Bool `tfsdk:"ca_certificate_present"`
	ClientCertificatePresent types.Bool `tfsdk:"client_certificate_present"`
	ClientKeyPresent         types.Bool `tfsdk:"client_key_present"`
}

type configDataSourceModel struct {
	storedConfigModel
	IncludeToken types.Bool   `tfsdk:"include_token"`
	Token        types.String `tfsdk:"token"`
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
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	const failed = "The GitOps configuration could not be read"
	stored, err := store.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(d.Area.diagnose(failed, "", err)...)
		return
	}
	config, ok := model.find(stored)
	if !ok {
		resp.Diagnostics.AddError("No such GitOps configuration", "Devtron has no "+model.describe()+"."+describeStored(stored))
		return
	}
	model.storedConfigModel = newStoredConfigModel(config)
	model.Token = types.StringNull()
	if model.IncludeToken.ValueBool() {
		// Only this route returns the token, in cleartext.
		full, err := store.Client().GetGitOpsConfig(ctx, config.ID)
		if err != nil {
			resp.Diagnostics.Append(d.Area.diagnose(failed, "", err)...)
			return
		}
		model.Token = types.StringValue(full.Token)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// find returns the configuration that the arguments select.
func (m configDataSourceModel) find(stored []devtron.Config) (devtron.Config, bool) {
	switch {
	case !m.ID.IsNull():
		id, err := strconv.Atoi(m.ID.ValueString())
		if err != nil || id <= 0 {
			return devtron.Config{}, false
		}
		return configs.Find(stored, id, "")
	case !m.GitProvider.IsNull():
		return configs.Find(stored, 0, m.GitProvider.ValueString())
	default:
		return configs.Active(stored)
	}
}

// describe names the configuration that the arguments select.
func (m configDataSourceModel) describe() string {
	switch {
	case !m.ID.IsNull():
		return fmt.Sprintf("GitOps configuration with id %q", m.ID.ValueString())
	case !m.GitProvider.IsNull():
		return m.GitProvider.ValueString() + " configuration"
	default:
		return "active GitOps configuration"
	}
}

// storedConfigAttributes returns the computed attributes of a stored configuration.
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
		"host":                    schema.StringAttribute{MarkdownDescription: "The web address of the git host.", Computed: true, CustomType: hostStringType{}},
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
		attributes[f.attribute] = schema.StringAttribute{MarkdownDescription: f.what + "; null for other git providers.", Computed: true, CustomType: f.customType}
	}
	return attributes
}

func newStoredConfigModel(stored devtron.Config) storedConfigModel {
	m := storedConfigModel{
		ID:                    types.StringValue(strconv.Itoa(stored.ID)),
		targetModel:           targetOf(stored),
		Active:                types.BoolValue(stored.Active),
		AllowCustomRepository: types.BoolValue(stored.AllowCustomRepository),
	}
	if stored.EnableTLSVerification {
		m.TLS = &storedTLSModel{
			CACertificatePresent:     types.BoolValue(stored.IsCADataPresent),
			ClientCertificatePresent: types.BoolValue(stored.IsTLSCertDataPresent),
			ClientKeyPresent:         types.BoolValue(stored.IsTLSKeyDataPresent),
		}
	}
	return m
}
