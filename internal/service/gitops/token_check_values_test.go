// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object makes a value of the schema's type; what is not given is null.
func (w *walk) object(schema *tfprotov6.Schema, given values) tftypes.Value {
	w.t.Helper()
	return w.value(schema.ValueType(), given)
}

func (w *walk) value(kind tftypes.Type, given any) tftypes.Value {
	w.t.Helper()
	switch v := given.(type) {
	case unknownValue:
		return tftypes.NewValue(kind, tftypes.UnknownValue)
	case []string:
		element := tftypes.Type(tftypes.String)
		var list []tftypes.Value
		for _, s := range v {
			list = append(list, w.value(element, s))
		}
		return tftypes.NewValue(kind, list)
	case values:
		types := kind.(tftypes.Object).AttributeTypes
		attributes := map[string]tftypes.Value{}
		for name, t := range types {
			attributes[name] = w.value(t, v[name])
		}
		for name := range v {
			if types[name] == nil {
				w.t.Fatalf("there is no argument %q", name)
			}
		}
		return tftypes.NewValue(kind, attributes)
	default:
		return tftypes.NewValue(kind, v)
	}
}

// proposed is Terraform's first guess of a plan: what is configured and, of what the provider computes, what was.
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

// text reads a string attribute; "" is null.
func (w *walk) text(v tftypes.Value) string {
	w.t.Helper()
	var s *string
	w.must(v.As(&s))
	if s == nil {
		return ""
	}
	return *s
}

// texts reads a list or set of strings, sorted if it is a set; nil is null.
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
