// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// StringValidator applies rules to the argument of a schema.
type StringValidator struct{ Rules rule.Rules }

// Check makes the validators of a schema from rules.
func Check(r ...rule.Rule) []validator.String {
	return []validator.String{StringValidator{r}}
}

func (StringValidator) Description(context.Context) string {
	return "must be a value that its consumer accepts"
}

func (v StringValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v StringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if p := v.Rules.Judge(rule.Argument{Name: req.Path.String()}, req.ConfigValue.ValueString()); p != nil {
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

// ConflictsWith refuses an argument beside another one.
type ConflictsWith struct{ Other string }

func (v ConflictsWith) Description(context.Context) string {
	return "cannot be set together with " + v.Other
}

func (v ConflictsWith) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v ConflictsWith) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var other types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(v.Other), &other)...)
	// What is unknown may become null.
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || other.IsNull() || other.IsUnknown() {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Two arguments for one value",
		fmt.Sprintf("Both %s and %s are set. Keep one of them.", req.Path, v.Other))
}
