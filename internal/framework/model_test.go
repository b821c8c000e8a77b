// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type embedded struct {
	ID       types.Int64    `tfsdk:"id"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

type wholeModel struct {
	embedded
	Name   types.String          `tfsdk:"name"`
	Key    CaseInsensitiveString `tfsdk:"key"`
	Scopes types.Set             `tfsdk:"scopes"`
	TLS    types.Object          `tfsdk:"tls"`
}

// goModel has a field that is no value of the framework.
type goModel struct {
	embedded
	Name   string                `tfsdk:"name"`
	Key    CaseInsensitiveString `tfsdk:"key"`
	Scopes types.Set             `tfsdk:"scopes"`
	TLS    types.Object          `tfsdk:"tls"`
}

func modelSchema(ctx context.Context) schema.Schema {
	return schema.Schema{Attributes: map[string]schema.Attribute{
		"id":       schema.Int64Attribute{Computed: true},
		"timeouts": Timeouts(ctx),
		"name":     schema.StringAttribute{Required: true},
		"key":      schema.StringAttribute{Optional: true, CustomType: CaseInsensitiveStringType{}},
		"scopes":   schema.SetAttribute{Optional: true, ElementType: types.StringType},
		"tls": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"ca_certificate": schema.StringAttribute{Optional: true},
		}},
	}}
}

// states returns states with known, null, and unknown values.
func states(ctx context.Context) []tfsdk.State {
	s := modelSchema(ctx)
	object, _ := s.Type().TerraformType(ctx).(tftypes.Object)
	at := object.AttributeTypes
	tls, _ := at["tls"].(tftypes.Object)
	known := map[string]tftypes.Value{
		"id": tftypes.NewValue(at["id"], 7), "timeouts": tftypes.NewValue(at["timeouts"], nil),
		"name": tftypes.NewValue(at["name"], "one"), "key": tftypes.NewValue(at["key"], "KEY"),
		"scopes": tftypes.NewValue(at["scopes"], []tftypes.Value{tftypes.NewValue(tftypes.String, "repo")}),
		"tls":    tftypes.NewValue(tls, map[string]tftypes.Value{"ca_certificate": tftypes.NewValue(tftypes.String, "PEM")}),
	}
	null, unknown := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	for name, of := range at {
		null[name], unknown[name] = tftypes.NewValue(of, nil), tftypes.NewValue(of, tftypes.UnknownValue)
	}
	var all []tfsdk.State
	for _, values := range []map[string]tftypes.Value{known, null, unknown} {
		all = append(all, tfsdk.State{Schema: s, Raw: tftypes.NewValue(object, values)})
	}
	return append(all, tfsdk.State{Schema: s, Raw: tftypes.NewValue(object, nil)})
}

func TestModelsAreReadAndWrittenAsTheFrameworkDoes(t *testing.T) {
	ctx := t.Context()
	for i, state := range states(ctx) {
		var got, want wholeModel
		gotDiags, wantDiags := Read(ctx, state, &got), state.Get(ctx, &want)
		if !reflect.DeepEqual(got, want) || !gotDiags.Equal(wantDiags) {
			t.Errorf("state %d: read %+v, %v, want %+v, %v", i, got, gotDiags, want, wantDiags)
		}
		if wantDiags.HasError() {
			continue
		}
		written := tfsdk.State{Schema: state.Schema}
		if diags := Write(ctx, want, &written); diags.HasError() || !written.Raw.Equal(state.Raw) {
			t.Errorf("state %d: wrote %s, %v, want %s", i, written.Raw, diags, state.Raw)
		}
	}
	var text goModel
	if diags := Read(ctx, states(ctx)[0], &text); diags.HasError() || text.Name != "one" {
		t.Errorf("a model with a Go string: %+v, %v", text, diags)
	}
}

// A custom type whose values had another type would leave every object to the slow way.
func TestModelsOfValuesHaveALayout(t *testing.T) {
	ctx := t.Context()
	if newLayout(ctx, reflect.TypeFor[wholeModel](), modelSchema(ctx).Type()) == nil {
		t.Error("a model of values has no layout")
	}
	if newLayout(ctx, reflect.TypeFor[goModel](), modelSchema(ctx).Type()) != nil {
		t.Error("a model with a Go string has a layout")
	}
	allocations := testing.AllocsPerRun(10, func() { Read(ctx, states(ctx)[0], &wholeModel{}) }) - testing.AllocsPerRun(10, func() { states(ctx) })
	slow := testing.AllocsPerRun(10, func() { states(ctx)[0].Get(ctx, &wholeModel{}) }) - testing.AllocsPerRun(10, func() { states(ctx) })
	if allocations > slow/3 {
		t.Errorf("%.0f allocations, and %.0f with the framework's method", allocations, slow)
	}
}
