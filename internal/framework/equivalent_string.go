// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.StringTypable                    = EquivalentStringType[ignoreCase]{}
	_ basetypes.StringValuableWithSemanticEquals = EquivalentString[ignoreCase]{}
)

// Equivalence decides which texts are spellings of the same value. Its zero value is used.
type Equivalence interface {
	Equivalent(a, b string) bool
}

type ignoreCase struct{}

func (ignoreCase) Equivalent(a, b string) bool { return strings.EqualFold(a, b) }

// CaseInsensitiveString is a string whose case makes no difference.
type CaseInsensitiveString = EquivalentString[ignoreCase]

// CaseInsensitiveStringType is the type of CaseInsensitiveString.
type CaseInsensitiveStringType = EquivalentStringType[ignoreCase]

// EquivalentStringType is the type of an attribute whose value has several spellings. Terraform shows no difference between
// them: the framework keeps the prior spelling on refresh and after a write, and UseStateForEquivalent keeps it in a plan.
type EquivalentStringType[E Equivalence] struct{ basetypes.StringType }

// Equal implements attr.Type.
func (t EquivalentStringType[E]) Equal(other attr.Type) bool {
	_, ok := other.(EquivalentStringType[E])
	return ok
}

// String implements attr.Type.
func (t EquivalentStringType[E]) String() string {
	var e E
	return fmt.Sprintf("framework.EquivalentStringType[%T]", e)
}

// ValueType implements attr.Type.
func (t EquivalentStringType[E]) ValueType(context.Context) attr.Value { return EquivalentString[E]{} }

// ValueFromString implements basetypes.StringTypable.
func (t EquivalentStringType[E]) ValueFromString(_ context.Context, value basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return EquivalentString[E]{StringValue: value}, nil
}

// ValueFromTerraform implements attr.Type.
func (t EquivalentStringType[E]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("unexpected value type %T", value)
	}
	return EquivalentString[E]{StringValue: text}, nil
}

// EquivalentString is a value of EquivalentStringType.
type EquivalentString[E Equivalence] struct{ basetypes.StringValue }

// Equal implements attr.Value. It compares the spellings.
func (s EquivalentString[E]) Equal(other attr.Value) bool {
	o, ok := other.(EquivalentString[E])
	return ok && s.StringValue.Equal(o.StringValue)
}

// Type implements attr.Value.
func (s EquivalentString[E]) Type(context.Context) attr.Type { return EquivalentStringType[E]{} }

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals.
func (s EquivalentString[E]) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(EquivalentString[E])
	var e E
	return ok && e.Equivalent(s.ValueString(), o.ValueString()), nil
}
