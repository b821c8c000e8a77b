// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Read reads a configuration, a plan, or a state into a model, as its method Get does. That method
// compiles a regular expression for each field of each object, which took a quarter of the time that
// the provider spent on an environment in an unchanged plan. A model that is not a struct of values
// of the framework, and whatever else is unusual, is left to Get.
func Read[S tfsdk.Config | tfsdk.Plan | tfsdk.State](ctx context.Context, from S, model any) diag.Diagnostics {
	raw, schema, get := parts(from)
	target := reflect.ValueOf(model).Elem()
	l := layoutOf(ctx, target.Type(), schema)
	var values map[string]tftypes.Value
	if l == nil || raw.IsNull() || !raw.IsKnown() || raw.As(&values) != nil {
		return get(ctx, model)
	}
	for _, f := range l.fields {
		value, err := f.of.ValueFromTerraform(ctx, values[f.name])
		field := target.FieldByIndex(f.index)
		if err != nil || !reflect.TypeOf(value).AssignableTo(field.Type()) {
			return get(ctx, model)
		}
		field.Set(reflect.ValueOf(value))
	}
	return nil
}

// Write writes a model into a state, as Set of the state does; see Read.
func Write(ctx context.Context, model any, to *tfsdk.State) diag.Diagnostics {
	source := reflect.ValueOf(model)
	l := layoutOf(ctx, source.Type(), to.Schema)
	if l == nil {
		return to.Set(ctx, model)
	}
	values := make(map[string]tftypes.Value, len(l.fields))
	for _, f := range l.fields {
		value, _ := source.FieldByIndex(f.index).Interface().(attr.Value)
		raw, err := value.ToTerraformValue(ctx)
		if err != nil {
			return to.Set(ctx, model)
		}
		values[f.name] = raw
	}
	if tftypes.ValidateValue(l.object, values) != nil {
		return to.Set(ctx, model)
	}
	to.Raw = tftypes.NewValue(l.object, values)
	return nil
}

// schemaType is what a layout needs of a schema, whose own type is internal to the framework.
type schemaType interface{ Type() attr.Type }

func parts[S tfsdk.Config | tfsdk.Plan | tfsdk.State](from S) (tftypes.Value, schemaType, func(context.Context, any) diag.Diagnostics) {
	switch from := any(from).(type) {
	case tfsdk.Config:
		return from.Raw, from.Schema, from.Get
	case tfsdk.Plan:
		return from.Raw, from.Schema, from.Get
	default:
		state, _ := from.(tfsdk.State)
		return state.Raw, state.Schema, state.Get
	}
}

// layout says which field of a model has which attribute of its schema.
type layout struct {
	object tftypes.Type
	fields []layoutField
}

type layoutField struct {
	name  string
	index []int
	of    attr.Type
}

// layouts holds the layouts by the type of the model. All objects of a model have the same schema.
var layouts sync.Map

// layoutOf returns nil where the fields are not values of the framework, one for each attribute.
func layoutOf(ctx context.Context, model reflect.Type, schema schemaType) *layout {
	if known, ok := layouts.Load(model); ok {
		l, _ := known.(*layout)
		return l
	}
	l := newLayout(ctx, model, schema.Type())
	layouts.Store(model, l)
	return l
}

func newLayout(ctx context.Context, model reflect.Type, of attr.Type) *layout {
	object, ok := of.(attr.TypeWithAttributeTypes)
	if !ok || model.Kind() != reflect.Struct {
		return nil
	}
	attributes := object.AttributeTypes()
	l := &layout{object: of.TerraformType(ctx)}
	for _, field := range reflect.VisibleFields(model) {
		name, tagged := field.Tag.Lookup("tfsdk")
		if !tagged || name == "-" {
			continue // an embedded struct, whose fields follow, or no attribute
		}
		attribute, ok := attributes[name]
		if !ok || !field.Type.Implements(reflect.TypeFor[attr.Value]()) {
			return nil
		}
		l.fields = append(l.fields, layoutField{name: name, index: field.Index, of: attribute})
	}
	if len(l.fields) != len(attributes) {
		return nil
	}
	return l
}
