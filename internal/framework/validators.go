// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// StringValidator applies rules to an argument.
type StringValidator struct{ Rules rule.Rules }

// Check returns the validators that apply rules to an argument.
func Check(r ...rule.Rule) []validator.String {
	return []validator.String{StringValidator{r}}
}

// Description implements validator.String.
func (StringValidator) Description(context.Context) string {
	return "must be a value that its consumer accepts"
}

// MarkdownDescription implements validator.String.
func (v StringValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v StringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if p := v.Rules.Validate(rule.Argument{Name: argument(req.Path)}, req.ConfigValue.ValueString()); p != nil {
		resp.Diagnostics.AddAttributeError(topLevel(req.Path), p.Summary, p.Detail)
	}
}

// argument is the name of an argument in messages. The path of an element of a set contains the
// element, which the message quotes.
func argument(p path.Path) string {
	name := path.Empty()
	for _, step := range p.Steps() {
		switch s := step.(type) {
		case path.PathStepAttributeName:
			name = name.AtName(string(s))
		case path.PathStepElementKeyInt:
			name = name.AtListIndex(int(s))
		case path.PathStepElementKeyString:
			name = name.AtMapKey(string(s))
		}
	}
	return name.String()
}

// topLevel returns the argument at the root of a path. With a path into an object, a CLI does not
// find the argument and shows the first line of the resource instead.
func topLevel(p path.Path) path.Path {
	steps := p.Steps()
	if len(steps) == 0 {
		return p
	}
	return path.Empty().AtName(steps[0].String())
}

// ConflictsWith refuses an argument that is set together with another one.
type ConflictsWith struct{ Other string }

// Description implements validator.String.
func (v ConflictsWith) Description(context.Context) string {
	return "cannot be set together with " + v.Other
}

// MarkdownDescription implements validator.String.
func (v ConflictsWith) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v ConflictsWith) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	other, diags := GetString(ctx, req.Config, path.Root(v.Other))
	resp.Diagnostics.Append(diags...)
	// An unknown value may turn out to be null.
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || other.IsNull() || other.IsUnknown() {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Two arguments for one value",
		fmt.Sprintf("Both %s and %s are set. Keep one of them.", req.Path, v.Other))
}
