// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type otherEquivalence struct{}

func (otherEquivalence) Equivalent(string, string) bool { return true }

func caseInsensitive(value types.String) CaseInsensitiveString {
	return CaseInsensitiveString{StringValue: value}
}

func TestEquivalentStringTypesDifferByEquivalence(t *testing.T) {
	if !(CaseInsensitiveStringType{}).Equal(CaseInsensitiveStringType{}) {
		t.Error("a type does not equal itself")
	}
	for _, other := range []attr.Type{types.StringType, EquivalentStringType[otherEquivalence]{}} {
		if (CaseInsensitiveStringType{}).Equal(other) {
			t.Errorf("equals %s", other)
		}
	}
}

func TestEquivalentStringFromTerraform(t *testing.T) {
	for name, c := range map[string]struct {
		raw  any
		want types.String
	}{
		"known":   {"Key", types.StringValue("Key")},
		"null":    {nil, types.StringNull()},
		"unknown": {tftypes.UnknownValue, types.StringUnknown()},
	} {
		got, err := CaseInsensitiveStringType{}.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.String, c.raw))
		if err != nil || !got.Equal(caseInsensitive(c.want)) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
	if got, err := (CaseInsensitiveStringType{}).ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.Bool, true)); err == nil {
		t.Errorf("a bool became %v", got)
	}
}

func TestEquivalentStringSemanticEquality(t *testing.T) {
	for _, c := range []struct {
		a, b      string
		equal     bool
		identical bool
	}{
		{"key", "key", true, true},
		{"key", "KEY", true, false},
		{"key", "keys", false, false},
	} {
		a, b := caseInsensitive(types.StringValue(c.a)), caseInsensitive(types.StringValue(c.b))
		if equal, diags := a.StringSemanticEquals(t.Context(), b); equal != c.equal || diags.HasError() {
			t.Errorf("%s, %s: semantically equal %t, %v", c.a, c.b, equal, diags)
		}
		if a.Equal(b) != c.identical {
			t.Errorf("%s, %s: equal %t", c.a, c.b, !c.identical)
		}
	}
	if equal, _ := caseInsensitive(types.StringValue("key")).StringSemanticEquals(t.Context(), types.StringValue("key")); equal {
		t.Error("a value of another type is semantically equal")
	}
}

func TestUseStateForEquivalent(t *testing.T) {
	plan := tfsdk.Plan{Schema: schema.Schema{Attributes: map[string]schema.Attribute{
		"any_case": schema.StringAttribute{Optional: true, CustomType: CaseInsensitiveStringType{}},
		"plain":    schema.StringAttribute{Optional: true},
	}}}
	null, unknown, text := types.StringNull(), types.StringUnknown(), types.StringValue
	for _, c := range []struct {
		attribute            string
		state, planned, want types.String
	}{
		{"any_case", text("KEY"), text("key"), text("KEY")},
		{"any_case", text("KEY"), text("other"), text("other")},
		{"any_case", text("KEY"), null, null},
		{"any_case", text("KEY"), unknown, unknown},
		{"any_case", null, text("key"), text("key")},
		{"any_case", null, text(""), text("")},
		{"plain", text("KEY"), text("key"), text("key")},
	} {
		resp := planmodifier.StringResponse{PlanValue: c.planned}
		UseStateForEquivalent().PlanModifyString(t.Context(), planmodifier.StringRequest{
			Path: path.Root(c.attribute), Plan: plan, StateValue: c.state, PlanValue: c.planned,
		}, &resp)
		if resp.Diagnostics.HasError() || !resp.PlanValue.Equal(c.want) {
			t.Errorf("%s, %s in the state, %s planned: got %s, %v", c.attribute, c.state, c.planned, resp.PlanValue, resp.Diagnostics)
		}
	}
}
