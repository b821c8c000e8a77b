// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// targetModel says where Devtron creates repositories, and as which user. All models of a
// configuration contain it.
type targetModel struct {
	GitProvider          types.String                    `tfsdk:"git_provider"`
	Host                 hostString                      `tfsdk:"host"`
	Organization         types.String                    `tfsdk:"organization"`
	GroupID              types.String                    `tfsdk:"group_id"`
	AzureProject         types.String                    `tfsdk:"azure_project"`
	BitbucketWorkspaceID types.String                    `tfsdk:"bitbucket_workspace_id"`
	BitbucketProjectKey  framework.CaseInsensitiveString `tfsdk:"bitbucket_project_key"`
	Username             types.String                    `tfsdk:"username"`
}

// configModel is the resource.
type configModel struct {
	targetModel
	ID                    types.String   `tfsdk:"id"`
	Token                 types.String   `tfsdk:"token"`
	TokenWO               types.String   `tfsdk:"token_wo"`
	TokenWOVersion        types.Int64    `tfsdk:"token_wo_version"`
	Active                types.Bool     `tfsdk:"active"`
	AllowCustomRepository types.Bool     `tfsdk:"allow_custom_repository"`
	TLS                   types.Object   `tfsdk:"tls"` // tlsModel
	RequiredScopes        types.Set      `tfsdk:"required_scopes"`
	GitTokenCheck         types.String   `tfsdk:"git_token_check"`
	AdoptExisting         types.Bool     `tfsdk:"adopt_existing"`
	DeletionPolicy        types.String   `tfsdk:"deletion_policy"`
	LastValidation        types.Object   `tfsdk:"last_validation"` // validationModel
	Timeouts              timeouts.Value `tfsdk:"timeouts"`
}

// configID returns the id of the configuration; 0 where it is unknown.
func (m configModel) configID() int {
	id, _ := strconv.Atoi(m.ID.ValueString())
	return id
}

// toConfig returns the configuration to be written. It sets every field, because a PUT replaces the
// configuration. An empty token keeps the stored one.
func (m configModel) toConfig(ctx context.Context, token string, kept storedTLS) (devtron.Config, diag.Diagnostics) {
	wanted := devtron.Config{
		ID:                    m.configID(),
		Provider:              m.GitProvider.ValueString(),
		Username:              m.Username.ValueString(),
		Token:                 token,
		Host:                  m.Host.ValueString(),
		Active:                m.Active.ValueBool(),
		AllowCustomRepository: m.AllowCustomRepository.ValueBool(),
	}
	for _, field := range ownerFields {
		*field.inAPI(&wanted) = field.inModel(&m.targetModel).ValueString()
	}
	tls, diags := tlsOf(ctx, m.TLS)
	tls.apply(&wanted, kept)
	return wanted, diags
}

// withStored returns the model with the values of a stored configuration. It keeps what Devtron
// does not return.
func (m configModel) withStored(ctx context.Context, stored devtron.Config, kept storedTLS) (configModel, diag.Diagnostics) {
	m.ID = types.StringValue(strconv.Itoa(stored.ID))
	m.targetModel = targetOf(stored)
	m.Active = types.BoolValue(stored.Active)
	m.AllowCustomRepository = types.BoolValue(stored.AllowCustomRepository)
	tls, diags := tlsOf(ctx, m.TLS)
	object, converted := types.ObjectValueFrom(ctx, tlsTypes, tls.refreshed(stored, kept))
	m.TLS = object
	return m, append(diags, converted...)
}

// unwritten returns the state of a plan that could not be written over the configuration with an
// id. A refresh reads what the configuration contains. The token, which a refresh does not read, is
// the one that was stored before.
func (m configModel) unwritten(id int) configModel {
	m.ID = types.StringNull()
	if id != 0 {
		m.ID = types.StringValue(strconv.Itoa(id))
	}
	m.Token, m.TokenWOVersion, m.LastValidation = types.StringNull(), types.Int64Null(), types.ObjectNull(validationTypes)
	return m
}

// targetOf returns the target of a stored configuration.
func targetOf(stored devtron.Config) targetModel {
	m := targetModel{
		GitProvider: types.StringValue(stored.Provider),
		Host:        hostString{StringValue: types.StringValue(stored.Host)},
		Username:    types.StringValue(stored.Username),
	}
	for _, field := range ownerFields {
		*field.inModel(&m) = framework.StringOrNull(*field.inAPI(&stored))
	}
	return m
}

// question returns what the plan-time check asks about the configuration.
func (m configModel) question(ctx context.Context, token string) (gittoken.Question, diag.Diagnostics) {
	q := gittoken.Question{
		Provider: gittoken.Provider(m.GitProvider.ValueString()),
		Host:     m.Host.ValueString(),
		Username: m.Username.ValueString(),
		Token:    token,
	}
	for _, field := range ownerFields {
		*field.inQuestion(&q) = field.inModel(&m.targetModel).ValueString()
	}
	tls, diags := tlsOf(ctx, m.TLS)
	if tls != nil {
		q.TLS = gittoken.TLS{
			CACertificate:     tls.CACertificate.ValueString(),
			ClientCertificate: tls.ClientCertificate.ValueString(),
			ClientKey:         tls.ClientKey.ValueString(),
		}
	}
	return q, diags
}

// configuredToken returns the token of a configuration, from either argument.
func (m configModel) configuredToken() string {
	if !m.TokenWO.IsNull() {
		return m.TokenWO.ValueString()
	}
	return m.Token.ValueString()
}

// tokenToSend returns the token that an update sends; empty, which keeps the stored one, unless the
// token changed. Terraform does not store a write-only token, so a new version stands for a new
// token, and so does a switch from token to token_wo.
func tokenToSend(config, plan, state configModel) string {
	if !config.TokenWO.IsNull() {
		if !plan.TokenWOVersion.Equal(state.TokenWOVersion) || !state.Token.IsNull() {
			return config.TokenWO.ValueString()
		}
		return ""
	}
	if !plan.Token.Equal(state.Token) {
		return plan.Token.ValueString()
	}
	return ""
}

// needsWrite reports whether an update changes the configuration in Devtron. Some arguments concern
// only the provider.
func needsWrite(config, plan, state configModel) bool {
	sendsToken := tokenToSend(config, plan, state) != "" || config.TokenWO.IsUnknown() || plan.Token.IsUnknown()
	return sendsToken || !plan.Host.Equal(state.Host) || !plan.Username.Equal(state.Username) || !plan.Active.Equal(state.Active) ||
		!plan.AllowCustomRepository.Equal(state.AllowCustomRepository) || !plan.TLS.Equal(state.TLS) || ownerChanged(plan, state)
}

func ownerChanged(plan, state configModel) bool {
	for _, field := range ownerFields {
		if !field.inModel(&plan.targetModel).Equal(*field.inModel(&state.targetModel)) {
			return true
		}
	}
	return false
}
