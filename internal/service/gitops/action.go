// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

var (
	_ action.ActionWithConfigure      = (*validateAction)(nil)
	_ action.ActionWithValidateConfig = (*validateAction)(nil)
	_ action.ActionWithModifyPlan     = (*validateAction)(nil)
)

// validateAction runs Devtron's dry run (Terraform 1.14 or newer).
type validateAction struct{ framework.Action[area, *area] }

type validateModel struct {
	targetModel
	Token                 types.String `tfsdk:"token"`
	AllowCustomRepository types.Bool   `tfsdk:"allow_custom_repository"`
	TLS                   types.Object `tfsdk:"tls"` // tlsModel
}

func newValidateAction() action.Action { return &validateAction{} }

func (a *validateAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_gitops_validate"
}

// Schema has no write-only arguments, because the framework (1.19) refuses every value of one when
// it validates an action.
func (a *validateAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Runs Devtron's dry run without saving a configuration: Devtron creates a repository at the git host, clones it, commits and pushes to it, and deletes it. " +
			"If you set only `git_provider`, the action tests the stored configuration with its stored token. Otherwise, it tests the configuration that you set. " +
			"A dry run can take more than a minute. Devtron skips it if Argo CD is not installed or custom repositories are allowed. Requires Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"git_provider": schema.StringAttribute{
				MarkdownDescription: "The git provider: " + oneOf(gitProviders) + ".",
				Required:            true,
				Validators:          framework.Check(rule.OneOf(gitProviders...)),
			},
			"host": schema.StringAttribute{
				MarkdownDescription: "The web address of the git host. Required for `" + azureDevOps + "`. " + defaultHosts(),
				Optional:            true,
				CustomType:          hostStringType{},
				Validators:          framework.Check(gitHostRules...),
			},
			"username": schema.StringAttribute{MarkdownDescription: "The user name that the token belongs to.", Optional: true, Validators: framework.Check(rule.Text...)},
			"token": schema.StringAttribute{
				MarkdownDescription: "The token to test. If you omit it, Devtron uses the token that it has stored for the git provider. Pass it as a sensitive variable. It cannot be ephemeral, and a saved plan file contains it.",
				Optional:            true,
				Validators:          []validator.String{tokenValidator{}},
			},
			"allow_custom_repository": schema.BoolAttribute{
				MarkdownDescription: "Whether the configuration allows custom repositories. If `true`, Devtron skips the dry run. Default: `false`.",
				Optional:            true,
			},
			"tls": schema.SingleNestedAttribute{
				MarkdownDescription: "The TLS material for a git host with a private CA or mutual TLS.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"ca_certificate":     schema.StringAttribute{MarkdownDescription: "The CA certificates, as PEM text.", Optional: true, Validators: framework.Check(rule.CACertificate.Rule)},
					"client_certificate": schema.StringAttribute{MarkdownDescription: "The client certificate, as PEM text. Requires `client_key`.", Optional: true, Validators: framework.Check(rule.ClientCertificate.Rule)},
					"client_key":         schema.StringAttribute{MarkdownDescription: "The private key of the client certificate, as PEM text. Pass it as a sensitive variable.", Optional: true, Validators: framework.Check(rule.ClientKey.Rule)},
				},
			},
		},
	}
	for _, f := range ownerFields {
		resp.Schema.Attributes[f.attribute] = schema.StringAttribute{
			MarkdownDescription: f.what + ", for `" + f.gitProvider + "`.", Optional: true, Validators: f.validators(), CustomType: f.customType,
		}
	}
}

func (a *validateAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var model validateModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	resp.Diagnostics.Append(a.validate(ctx, req.Config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	store := a.Area.connected()
	if store == nil {
		resp.Diagnostics.Append(framework.NotConnected(framework.InvokeAfterApply)...)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, framework.WriteTimeout)
	defer cancel()
	report := func(message string) { resp.SendProgress(action.InvokeProgressEvent{Message: message}) }

	config, diags := a.configToTest(ctx, store, model)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	report("Devtron tries " + describeConfig(config) + " at the git host; nothing is saved")
	result, err := store.Client().ValidateGitOpsConfig(ctx, config)
	if err != nil {
		resp.Diagnostics.Append(a.Area.Failure(framework.Operation{
			Summary: "The configuration could not be validated", Consequence: "Nothing was changed.", Object: "configuration", Explain: a.explain,
		}, err)...)
		return
	}
	for _, stage := range result.SuccessfulStages {
		report("Passed: " + stage)
	}
	resp.Diagnostics.Append(dryRunDiagnostics(config, result)...)
	if !resp.Diagnostics.HasError() && !result.Skipped && len(result.SuccessfulStages) > 0 {
		report("The configuration works: " + strings.Join(result.SuccessfulStages, ", "))
	}
}

// explain says of a dry run that timed out what an action, which has no timeouts, can do about it.
func (a *validateAction) explain(e *devtron.Error) (at path.Path, reason, advice string) {
	if e.Kind == devtron.Timeout {
		return path.Empty(), "the request timed out", fmt.Sprintf("Devtron did not answer within %d minutes. Check whether it reaches the git host, and invoke the action again.", int(framework.WriteTimeout.Minutes()))
	}
	return a.Area.explain(e)
}

// configToTest returns the configuration of the arguments, or the stored one where only
// git_provider is set.
func (a *validateAction) configToTest(ctx context.Context, store *configs.Store, model validateModel) (devtron.Config, diag.Diagnostics) {
	gitProvider := model.GitProvider.ValueString()
	if !model.testsStored() {
		arguments := model.config()
		if arguments.Host.IsNull() {
			arguments.Host.StringValue = types.StringValue(gittoken.DefaultHost(gittoken.Provider(gitProvider)))
		}
		config, diags := arguments.toConfig(ctx, model.Token.ValueString(), storedTLS{})
		config.Active = true
		return config, diags
	}
	stored, err := store.List(ctx)
	if err != nil {
		return devtron.Config{}, a.Area.diagnose("The configuration could not be validated", "", err)
	}
	config, ok := configs.Find(stored, 0, gitProvider)
	if !ok {
		return devtron.Config{}, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathGitProvider, "No such GitOps configuration",
			"Devtron has no "+gitProvider+" configuration."+describeStored(stored))}
	}
	return config.Kept(), nil
}

// testsStored reports whether only git_provider is set.
func (m validateModel) testsStored() bool {
	for _, field := range ownerFields {
		if !field.inModel(&m.targetModel).IsNull() {
			return false
		}
	}
	return m.Host.IsNull() && m.Username.IsNull() && m.Token.IsNull() && m.AllowCustomRepository.IsNull() && m.TLS.IsNull()
}

// config returns the arguments as a resource has them.
func (m validateModel) config() configModel {
	return configModel{targetModel: m.targetModel, Token: m.Token, AllowCustomRepository: m.AllowCustomRepository, TLS: m.TLS}
}
