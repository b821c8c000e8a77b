// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// StringOrNull returns a string; null where it is empty, because Devtron does not distinguish the
// two.
func StringOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// IsFullyKnown reports whether neither a value nor anything in it is unknown.
func IsFullyKnown(ctx context.Context, value attr.Value) bool {
	raw, err := value.ToTerraformValue(ctx)
	return err == nil && raw.IsFullyKnown()
}

// GetString reads a string from a configuration. Unlike Config.GetAttribute, it supports attributes
// of every custom type.
func GetString(ctx context.Context, config tfsdk.Config, at path.Path) (types.String, diag.Diagnostics) {
	attribute, diags := config.Schema.AttributeAtPath(ctx, at)
	if diags.HasError() {
		return types.StringNull(), diags
	}
	target := reflect.New(reflect.TypeOf(attribute.GetType().ValueType(ctx)))
	diags.Append(config.GetAttribute(ctx, at, target.Interface())...)
	value, ok := target.Elem().Interface().(basetypes.StringValuable)
	if diags.HasError() || !ok {
		return types.StringNull(), diags
	}
	text, converted := value.ToStringValue(ctx)
	diags.Append(converted...)
	return text, diags
}
