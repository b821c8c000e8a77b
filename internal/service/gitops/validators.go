// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// gitHostRules are the rules for the address of a git host.
var gitHostRules = append(rule.Text[:len(rule.Text):len(rule.Text)], gitHost)

// gitHost accepts the addresses that weburl.Parse accepts. It does not show a token in the wrong
// argument.
func gitHost(a rule.Argument, value string) *rule.Problem {
	if gittoken.LooksLikeToken(value) {
		return rule.New("Invalid git host", a.Subject()+" looks like a token. Check that the host and the token are not swapped.")
	}
	if _, err := weburl.Parse(value); err != nil {
		return rule.New("Invalid git host", a.Subject()+" cannot be used: "+err.Error()+".")
	}
	return nil
}

// tokenValidator reports the errors of gittoken.TokenProblems. Its warnings belong to the plan that
// writes the token.
type tokenValidator struct{}

func (tokenValidator) Description(context.Context) string {
	return "must be a token that Devtron and the git host can use"
}

func (v tokenValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (tokenValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	gitProvider, diags := framework.GetString(ctx, req.Config, pathGitProvider)
	resp.Diagnostics.Append(diags...)
	host, diags := framework.GetString(ctx, req.Config, pathHost)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(tokenProblems(gitProvider, host, req.ConfigValue, gittoken.Error, req.Path)...)
}

// tokenProblems returns the problems of one severity in the form of a token. An unknown git
// provider or host stands for any.
func tokenProblems(gitProvider, host, token types.String, severity gittoken.Severity, at path.Path) diag.Diagnostics {
	var diags diag.Diagnostics
	provider := gittoken.Provider(gitProvider.ValueString())
	if host.IsNull() {
		host = types.StringValue(gittoken.DefaultHost(provider))
	}
	for _, p := range gittoken.TokenProblems(provider, host.ValueString(), token.ValueString()) {
		switch {
		case p.Severity != severity:
		case severity == gittoken.Error:
			diags.AddAttributeError(at, p.Summary, p.Detail)
		default:
			diags.AddAttributeWarning(at, p.Summary, p.Detail)
		}
	}
	return diags
}

// requiresTokenWO refuses token_wo_version without token_wo.
type requiresTokenWO struct{}

func (requiresTokenWO) Description(context.Context) string { return "needs token_wo" }

func (v requiresTokenWO) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (requiresTokenWO) ValidateInt64(ctx context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	var token types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, pathTokenWO, &token)...)
	if req.ConfigValue.IsNull() || !token.IsNull() {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "token_wo is missing",
		"token_wo_version says when a new token_wo is sent, so it needs token_wo. A token in the argument token is sent when it changes.")
}
