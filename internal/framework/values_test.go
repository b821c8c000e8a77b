// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestGetStringOfAnyType(t *testing.T) {
	s := schema.Schema{Attributes: map[string]schema.Attribute{
		"plain":    schema.StringAttribute{Optional: true},
		"any_case": schema.StringAttribute{Optional: true, CustomType: CaseInsensitiveStringType{}},
		"number":   schema.Int64Attribute{Optional: true},
	}}
	objectType := s.Type().TerraformType(t.Context())
	for name, c := range map[string]struct {
		raw  any
		want types.String
	}{
		"known":   {"text", types.StringValue("text")},
		"null":    {nil, types.StringNull()},
		"unknown": {tftypes.UnknownValue, types.StringUnknown()},
	} {
		config := tfsdk.Config{Schema: s, Raw: tftypes.NewValue(objectType, map[string]tftypes.Value{
			"plain": tftypes.NewValue(tftypes.String, c.raw), "any_case": tftypes.NewValue(tftypes.String, c.raw), "number": tftypes.NewValue(tftypes.Number, 1),
		})}
		for _, attribute := range []string{"plain", "any_case"} {
			if got, diags := GetString(t.Context(), config, path.Root(attribute)); !got.Equal(c.want) || diags.HasError() {
				t.Errorf("%s, %s: got %s, %v", name, attribute, got, diags)
			}
		}
		if got, diags := GetString(t.Context(), config, path.Root("number")); !got.IsNull() || diags.HasError() {
			t.Errorf("a number: got %s, %v", got, diags)
		}
		if _, diags := GetString(t.Context(), config, path.Root("missing")); !diags.HasError() {
			t.Error("no error for an attribute that is not in the schema")
		}
	}
}

func TestIsFullyKnown(t *testing.T) {
	objectTypes := map[string]attr.Type{"text": types.StringType}
	for name, c := range map[string]struct {
		value attr.Value
		want  bool
	}{
		"null":                   {types.ObjectNull(objectTypes), true},
		"unknown":                {types.ObjectUnknown(objectTypes), false},
		"known":                  {types.ObjectValueMust(objectTypes, map[string]attr.Value{"text": types.StringNull()}), true},
		"unknown inside":         {types.ObjectValueMust(objectTypes, map[string]attr.Value{"text": types.StringUnknown()}), false},
		"unknown element of set": {types.SetValueMust(types.StringType, []attr.Value{types.StringUnknown()}), false},
	} {
		if got := IsFullyKnown(t.Context(), c.value); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
