// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// ValidateConfig applies the rules that concern several arguments.
func (a *validateAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	resp.Diagnostics.Append(a.validateTogether(ctx, req.Config)...)
}

// ModifyPlan applies all rules again: the CLI validates an action while variables are unknown, and
// does not repeat it.
func (a *validateAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	resp.Diagnostics.Append(a.validate(ctx, req.Config)...)
	var model validateModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if !resp.Diagnostics.HasError() && model.Token.ValueString() != "" {
		resp.Diagnostics.Append(tokenProblems(model.GitProvider, model.Host.StringValue, model.Token, gittoken.Warning, pathToken)...)
	}
}

// validate applies all rules: those of the schema, and those that concern several arguments.
func (a *validateAction) validate(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	var schemaResp action.SchemaResponse
	a.Schema(ctx, action.SchemaRequest{}, &schemaResp)
	diags := validateStrings(ctx, schemaResp.Schema.Attributes, config, path.Empty())
	if !diags.HasError() {
		diags.Append(a.validateTogether(ctx, config)...)
	}
	return diags
}

func (a *validateAction) validateTogether(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	var model validateModel
	diags := config.Get(ctx, &model)
	if diags.HasError() || model.testsStored() {
		return diags
	}
	arguments := model.config()
	diags.Append(validateOwner(arguments)...)
	diags.Append(validateHost(arguments)...)
	diags.Append(validateTLS(ctx, arguments)...)
	if model.Username.IsNull() {
		diags.AddAttributeError(pathUsername, "username is missing", "To try a configuration, set its username too. To try the stored configuration, set git_provider alone.")
	}
	return diags
}

// validateStrings runs the validators of all strings of a schema, including those in nested
// objects.
func validateStrings(ctx context.Context, attributes map[string]schema.Attribute, config tfsdk.Config, parent path.Path) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		at := parent.AtName(name)
		switch attribute := attributes[name].(type) {
		case schema.SingleNestedAttribute:
			var object types.Object
			diags.Append(config.GetAttribute(ctx, at, &object)...)
			if !object.IsNull() && !object.IsUnknown() {
				diags.Append(validateStrings(ctx, attribute.Attributes, config, at)...)
			}
		case schema.StringAttribute:
			value, failed := framework.GetString(ctx, config, at)
			diags.Append(failed...)
			for _, v := range attribute.Validators {
				var resp validator.StringResponse
				v.ValidateString(ctx, validator.StringRequest{Path: at, PathExpression: at.Expression(), Config: config, ConfigValue: value}, &resp)
				diags.Append(resp.Diagnostics...)
			}
		}
	}
	return diags
}
