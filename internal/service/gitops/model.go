// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// configModel is the resource as Terraform keeps it.
type configModel struct {
	targetModel
	ID                    types.String   `tfsdk:"id"`
	Token                 types.String   `tfsdk:"token"`
	TokenWO               types.String   `tfsdk:"token_wo"`
	TokenWOVersion        types.Int64    `tfsdk:"token_wo_version"`
	Active                types.Bool     `tfsdk:"active"`
	AllowCustomRepository types.Bool     `tfsdk:"allow_custom_repository"`
	TLS                   types.Object   `tfsdk:"tls"`
	RequiredScopes        types.Set      `tfsdk:"required_scopes"`
	GitTokenCheck         types.String   `tfsdk:"git_token_check"`
	AdoptExisting         types.Bool     `tfsdk:"adopt_existing"`
	DeletionPolicy        types.String   `tfsdk:"deletion_policy"`
	LastValidation        types.Object   `tfsdk:"last_validation"`
	Timeouts              timeouts.Value `tfsdk:"timeouts"`
}

// rowID is the number of the row, 0 where it is not known.
func (m configModel) rowID() int {
	id, _ := strconv.Atoi(m.ID.ValueString())
	return id
}

// unwritten is a plan that could not be written over the row with that id. A refresh reads what the row holds; the token, which
// it does not read, is the one that the row had before.
func (m configModel) unwritten(id int) configModel {
	m.ID = types.StringNull()
	if id != 0 {
		m.ID = types.StringValue(strconv.Itoa(id))
	}
	m.Token, m.TokenWOVersion, m.LastValidation = types.StringNull(), types.Int64Null(), types.ObjectNull(validationTypes)
	return m
}

// toRow makes the row to be written: every field is said, as PUT is a full
// replacement. The token is the caller's decision; an empty one keeps the stored.
func (m configModel) toRow(token string, kept storedTLS) devtron.Config {
	row := devtron.Config{
		ID:                    m.rowID(),
		Provider:              m.GitProvider.ValueString(),
		Username:              m.Username.ValueString(),
		Token:                 token,
		Host:                  m.Host.ValueString(),
		Active:                m.Active.ValueBool(),
		AllowCustomRepository: m.AllowCustomRepository.ValueBool(),
	}
	for _, field := range ownerFields {
		*field.inAPI(&row) = field.inModel(&m.targetModel).ValueString()
	}
	tlsOf(m.TLS).toRow(&row, kept)
	return row
}

// withRow returns the model as the row says, keeping what the API does not tell
// and the user's spelling of what means the same.
func (m configModel) withRow(row devtron.Config, kept storedTLS) configModel {
	m.ID = types.StringValue(strconv.Itoa(row.ID))
	m.targetModel = m.targetModel.withRow(row)
	m.Active = types.BoolValue(row.Active)
	m.AllowCustomRepository = types.BoolValue(row.AllowCustomRepository)
	m.TLS = tlsOf(m.TLS).withRow(row, kept).object()
	return m
}

// withRow returns the target as the row says, keeping the user's spelling.
func (m targetModel) withRow(row devtron.Config) targetModel {
	m.GitProvider = types.StringValue(row.Provider)
	if m.Host.IsNull() || m.Host.IsUnknown() || !weburl.Same(m.Host.ValueString(), row.Host) {
		m.Host = types.StringValue(row.Host)
	}
	for _, field := range ownerFields {
		value := field.inModel(&m)
		stored := *field.inAPI(&row)
		if field.anyCase && strings.EqualFold(value.ValueString(), stored) {
			continue
		}
		*value = emptyIsNull(stored)
	}
	m.Username = types.StringValue(row.Username)
	return m
}

// question is what the plan-time check asks about this configuration.
func (m configModel) question(token string) gittoken.Question {
	q := gittoken.Question{
		Provider: gittoken.Provider(m.GitProvider.ValueString()),
		Host:     m.Host.ValueString(),
		Username: m.Username.ValueString(),
		Token:    token,
	}
	for _, field := range ownerFields {
		*field.inQuestion(&q) = field.inModel(&m.targetModel).ValueString()
	}
	if tls := tlsOf(m.TLS); tls != nil {
		q.TLS = gittoken.TLS{
			CACertificate:     tls.CACertificate.ValueString(),
			ClientCertificate: tls.ClientCertificate.ValueString(),
			ClientKey:         tls.ClientKey.ValueString(),
		}
	}
	return q
}

func emptyIsNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// validationTypes are the attributes of last_validation.
var validationTypes = map[string]attr.Type{
	"passed":  types.BoolType,
	"skipped": types.BoolType,
	"stages":  types.ListType{ElemType: types.StringType},
	"time":    types.StringType,
}

// validationValue renders what the dry run said. Without a reply it is null.
func validationValue(v *devtron.Validation) types.Object {
	if v == nil {
		return types.ObjectNull(validationTypes)
	}
	stages := make([]attr.Value, 0, len(v.SuccessfulStages))
	for _, stage := range v.SuccessfulStages {
		stages = append(stages, types.StringValue(stage))
	}
	at := types.StringNull()
	if !v.ValidatedOn.IsZero() {
		at = types.StringValue(v.ValidatedOn.UTC().Format(time.RFC3339))
	}
	return types.ObjectValueMust(validationTypes, map[string]attr.Value{
		"passed":  types.BoolValue(!v.Refused() && !v.Skipped && len(v.SuccessfulStages) > 0),
		"skipped": types.BoolValue(v.Skipped),
		"stages":  types.ListValueMust(types.StringType, stages),
		"time":    at,
	})
}
