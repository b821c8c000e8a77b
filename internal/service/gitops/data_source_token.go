// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

var (
	_ datasource.DataSourceWithConfigure      = (*tokenDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*tokenDataSource)(nil)
)

type tokenDataSource struct {
	framework.DataSource[area, *area]
}

type tokenModel struct {
	targetModel
	Token          types.String `tfsdk:"token"`
	TLS            types.Object `tfsdk:"tls"` // tlsModel
	RequiredScopes types.Set    `tfsdk:"required_scopes"`
	Kind           types.String `tfsdk:"kind"`
	Owner          types.String `tfsdk:"owner"`
	Scopes         []string     `tfsdk:"scopes"`
	MissingScopes  []string     `tfsdk:"missing_scopes"`
	ExpiresAt      types.String `tfsdk:"expires_at"`
	Verdict        types.String `tfsdk:"verdict"`
	Problems       []string     `tfsdk:"problems"`
}

func newTokenDataSource() datasource.DataSource { return &tokenDataSource{} }

func (d *tokenDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_git_token"
}

func (d *tokenDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Checks what a git token can do for Devtron and returns the result as data, for `check` blocks and preconditions. " +
			"It sends read-only requests to the git host, and none to Devtron. It never fails because of the token.",
		Attributes: map[string]schema.Attribute{
			"git_provider": schema.StringAttribute{
				MarkdownDescription: "The git provider: " + oneOf(gitProviders) + ".",
				Required:            true,
				Validators:          framework.Check(rule.OneOf(gitProviders...)),
			},
			"token": schema.StringAttribute{
				MarkdownDescription: "The token to check. It is sent only to `host`, and Terraform stores it in the state.",
				Required:            true,
				Sensitive:           true,
			},
			"host": schema.StringAttribute{
				MarkdownDescription: "The web address of the git host. Required for `" + azureDevOps + "`. " + defaultHosts(),
				Optional:            true,
				CustomType:          hostStringType{},
				Validators:          framework.Check(gitHostRules...),
			},
			"username": schema.StringAttribute{
				MarkdownDescription: "The user name that the token belongs to. Required for `" + bitbucketCloud + "`, where it is part of the credential. Otherwise, the check compares it with the owner of the token.",
				Optional:            true,
				Validators:          framework.Check(rule.Text...),
			},
			"tls": schema.SingleNestedAttribute{
				MarkdownDescription: "The TLS material for a git host with a private CA or mutual TLS.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"ca_certificate":     schema.StringAttribute{MarkdownDescription: "The CA certificates, as PEM text.", Optional: true, Validators: framework.Check(rule.CACertificate.Rule)},
					"client_certificate": schema.StringAttribute{MarkdownDescription: "The client certificate, as PEM text. Requires `client_key`.", Optional: true, Validators: framework.Check(rule.ClientCertificate.Rule)},
					"client_key":         schema.StringAttribute{MarkdownDescription: "The private key of the client certificate, as PEM text.", Optional: true, Sensitive: true, Validators: framework.Check(rule.ClientKey.Rule)},
				},
			},
			"required_scopes": schema.SetAttribute{
				MarkdownDescription: "The scopes that the check requires. Default: " + documentedScopes() + ".",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			"kind":  schema.StringAttribute{MarkdownDescription: "The kind of token, such as `" + gittoken.KindClassic + "`; null if it is unknown.", Computed: true},
			"owner": schema.StringAttribute{MarkdownDescription: "The account that the token belongs to; null if it is unknown.", Computed: true},
			"scopes": schema.SetAttribute{
				MarkdownDescription: "The scopes that the token has; null if the git host does not expose them, for example for a fine-grained token.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"missing_scopes": schema.SetAttribute{
				MarkdownDescription: "The required scopes that the token neither has nor implies; empty if `scopes` is null.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"expires_at": schema.StringAttribute{MarkdownDescription: "The time at which the token expires, in RFC 3339 format; null if it does not expire or the time is unknown.", Computed: true},
			"verdict": schema.StringAttribute{
				MarkdownDescription: "The verdict of the check: `" + string(gittoken.Sufficient) + "`, `" + string(gittoken.Insufficient) + "`, or `" + string(gittoken.Unverifiable) +
					"` if the git host could not be reached or does not expose what the check needs.",
				Computed: true,
			},
			"problems": schema.ListAttribute{
				MarkdownDescription: "The findings of the check, as texts.",
				ElementType:         types.StringType,
				Computed:            true,
			},
		},
	}
	for _, f := range ownerFields {
		resp.Schema.Attributes[f.attribute] = tokenOwnerAttribute(f)
	}
}

// ValidateConfig applies the rules that concern several arguments. A problem of the token is a
// result and no error.
func (d *tokenDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var config tokenModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	arguments := config.config()
	resp.Diagnostics.Append(validateForeignOwners(arguments)...)
	resp.Diagnostics.Append(validateHost(arguments)...)
	resp.Diagnostics.Append(validateTLS(ctx, arguments)...)
	if gittoken.NeedsUsername(gittoken.Provider(config.GitProvider.ValueString())) && config.Username.IsNull() {
		resp.Diagnostics.AddAttributeError(pathUsername, "username is missing", "git_provider = \""+config.GitProvider.ValueString()+"\" takes a token together with a user name only.")
	}
}

func (d *tokenDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model tokenModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	arguments := model.config()
	question, diags := arguments.question(ctx, model.Token.ValueString())
	resp.Diagnostics.Append(diags...)
	required, diags := arguments.requirements(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	question.Thorough = true
	required.Hint = gittoken.HintNone
	answer := d.Area.checker.Check(ctx, question, required)
	resp.Diagnostics.Append(resp.State.Set(ctx, model.withAnswer(answer))...)
}

// config returns the arguments as a resource has them.
func (m tokenModel) config() configModel {
	return configModel{targetModel: m.targetModel, TLS: m.TLS, RequiredScopes: m.RequiredScopes}
}

func tokenOwnerAttribute(f ownerField) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: f.what + " in which Devtron creates repositories, for `" + f.gitProvider + "`. If you omit it, only the token is checked.",
		Optional:            true,
		Validators:          f.validators(),
		CustomType:          f.customType,
	}
}

// withAnswer returns the model with the result of the check.
func (m tokenModel) withAnswer(a gittoken.Answer) tokenModel {
	m.Kind = framework.StringOrNull(a.Kind)
	m.Owner = framework.StringOrNull(a.Owner)
	m.Scopes = nil
	if a.ScopesKnown {
		m.Scopes = append([]string{}, a.Scopes...)
	}
	m.MissingScopes = append([]string{}, a.MissingScopes...)
	m.ExpiresAt = types.StringNull()
	if !a.ExpiresAt.IsZero() {
		m.ExpiresAt = types.StringValue(a.ExpiresAt.UTC().Format(time.RFC3339))
	}
	m.Verdict = types.StringValue(string(a.Verdict))
	m.Problems = make([]string, 0, len(a.Problems))
	for _, p := range a.Problems {
		m.Problems = append(m.Problems, p.Summary+". "+p.Detail)
	}
	return m
}
