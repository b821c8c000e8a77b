// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object returns a value of the type of a schema. Attributes without a value are null.
func (w *walk) object(schema *tfprotov6.Schema, given values) tftypes.Value {
	w.t.Helper()
	return w.value(schema.ValueType(), given)
}

func (w *walk) value(valueType tftypes.Type, given any) tftypes.Value {
	w.t.Helper()
	switch v := given.(type) {
	case unknownValue:
		return tftypes.NewValue(valueType, tftypes.UnknownValue)
	case []string:
		element := tftypes.Type(tftypes.String)
		var list []tftypes.Value
		for _, s := range v {
			list = append(list, w.value(element, s))
		}
		return tftypes.NewValue(valueType, list)
	case values:
		types := valueType.(tftypes.Object).AttributeTypes
		attributes := map[string]tftypes.Value{}
		for name, t := range types {
			attributes[name] = w.value(t, v[name])
		}
		for name := range v {
			if types[name] == nil {
				w.t.Fatalf("the schema has no argument %q", name)
			}
		}
		return tftypes.NewValue(valueType, attributes)
	default:
		return tftypes.NewValue(valueType, v)
	}
}

// proposed returns the proposed new state of Terraform: the configured values, and the prior values
// of computed attributes.
func (w *walk) proposed(schema *tfprotov6.Schema, prior, config tftypes.Value) tftypes.Value {
	w.t.Helper()
	var was, is map[string]tftypes.Value
	w.must(config.As(&is))
	if !prior.IsNull() {
		w.must(prior.As(&was))
	}
	for _, a := range schema.Block.Attributes {
		switch {
		case a.WriteOnly:
			is[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		case a.Computed && is[a.Name].IsNull() && prior.IsNull():
			is[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		case a.Computed && is[a.Name].IsNull():
			is[a.Name] = was[a.Name]
		}
	}
	return tftypes.NewValue(schema.ValueType(), is)
}

func (w *walk) encode(schema *tfprotov6.Schema, v tftypes.Value) *tfprotov6.DynamicValue {
	w.t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(schema.ValueType(), v)
	w.must(err)
	return &encoded
}

func (w *walk) decode(schema *tfprotov6.Schema, v *tfprotov6.DynamicValue) tftypes.Value {
	w.t.Helper()
	decoded, err := v.Unmarshal(schema.ValueType())
	w.must(err)
	return decoded
}

// text returns a string attribute; "" stands for null.
func (w *walk) text(v tftypes.Value) string {
	w.t.Helper()
	var s *string
	w.must(v.As(&s))
	if s == nil {
		return ""
	}
	return *s
}

// texts returns a list of strings, or a sorted set of strings; nil stands for null.
func (w *walk) texts(v tftypes.Value) []string {
	w.t.Helper()
	if v.IsNull() {
		return nil
	}
	var elements []tftypes.Value
	w.must(v.As(&elements))
	list := []string{}
	for _, e := range elements {
		list = append(list, w.text(e))
	}
	if v.Type().Is(tftypes.Set{}) {
		slices.Sort(list)
	}
	return list
}
