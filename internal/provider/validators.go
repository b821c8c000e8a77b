// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// stringValidator applies rules to the argument of a schema.
type stringValidator struct{ rules rules }

// check makes the validators of a schema from rules.
func check(r ...rule) []validator.String {
	return []validator.String{stringValidator{r}}
}

func (stringValidator) Description(context.Context) string {
	return "must be a value that its consumer accepts"
}

func (v stringValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v stringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if p := v.rules.judge(argument{name: req.Path.String()}, req.ConfigValue.ValueString()); p != nil {
		resp.Diagnostics.AddAttributeError(shownAt(req.Path), p.Summary, p.Detail)
	}
}

// shownAt is the path with which a CLI shows the line of an argument: it finds no
// argument inside of an object and would show the first line of the resource.
func shownAt(p path.Path) path.Path {
	steps := p.Steps()
	if len(steps) == 0 {
		return p
	}
	return path.Empty().AtName(steps[0].String())
}

// tokenValidator refuses what gittoken.TokenProblems calls an error. Its warnings
// are for the plan of what is about to be written.
type tokenValidator struct{}

func (tokenValidator) Description(context.Context) string {
	return "must be a token that Devtron and the git host can use"
}

func (v tokenValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (tokenValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	// Unknown, null and what cannot be read are "" here, which stands for any.
	var gitProvider types.String
	_ = req.Config.GetAttribute(ctx, pathGitProvider, &gitProvider)
	resp.Diagnostics.Append(tokenProblems(gitProvider.ValueString(), req.ConfigValue.ValueString(), gittoken.Error, req.Path)...)
}

// tokenProblems are the problems of one severity that a token shows by itself.
func tokenProblems(gitProvider, token string, severity gittoken.Severity, at path.Path) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, p := range gittoken.TokenProblems(gittoken.Provider(gitProvider), token) {
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

// conflictsWith refuses an argument beside another one.
type conflictsWith struct{ other string }

func (v conflictsWith) Description(context.Context) string {
	return "cannot be set together with " + v.other
}

func (v conflictsWith) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v conflictsWith) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var other types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(v.other), &other)...)
	// What is unknown may become null.
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || other.IsNull() || other.IsUnknown() {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Two arguments for one value",
		fmt.Sprintf("Both %s and %s are set. Keep one of them.", req.Path, v.other))
}

// needsTokenWO refuses a version of a token that is not there.
type needsTokenWO struct{}

func (needsTokenWO) Description(context.Context) string { return "needs token_wo" }

func (v needsTokenWO) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (needsTokenWO) ValidateInt64(ctx context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	var token types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, pathTokenWO, &token)...)
	if req.ConfigValue.IsNull() || !token.IsNull() {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "token_wo is missing",
		"token_wo_version says when a new token_wo is sent, so it needs token_wo. A token in the argument token is sent when it changes.")
}
