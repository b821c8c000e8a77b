// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package secret

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestSecretsAreSentWhenTheyChange(t *testing.T) {
	t.Parallel()
	none, unknown := types.StringNull(), types.StringUnknown()
	plain := func(value string) Argument { return Argument{Plain: types.StringValue(value)} }
	writeOnly := func(value types.String, version int64) Argument {
		return Argument{WriteOnly: value, Version: types.Int64Value(version)}
	}
	v := types.StringValue
	for name, test := range map[string]struct {
		change        Change
		sent, removed bool
		value         string
	}{
		"new":                             {Change{Now: plain("a"), Creation: true}, true, false, "a"},
		"new and write-only":              {Change{Now: writeOnly(v("a"), 1), Creation: true}, true, false, "a"},
		"new without":                     {Change{Creation: true}, false, false, ""},
		"after an import":                 {Change{Now: plain("a")}, true, false, "a"},
		"write-only after an import":      {Change{Now: writeOnly(v("a"), 1)}, true, false, "a"},
		"without a version afterwards":    {Change{Now: Argument{WriteOnly: v("a")}}, false, false, ""},
		"none":                            {Change{}, false, false, ""},
		"unchanged":                       {Change{Now: plain("a"), Before: plain("a")}, false, false, ""},
		"changed":                         {Change{Now: plain("b"), Before: plain("a")}, true, false, "b"},
		"not known yet":                   {Change{Now: Argument{Plain: unknown}, Before: plain("a")}, true, false, ""},
		"the same version":                {Change{Now: writeOnly(v("b"), 1), Before: writeOnly(none, 1)}, false, false, ""},
		"another version":                 {Change{Now: writeOnly(v("b"), 2), Before: writeOnly(none, 1)}, true, false, "b"},
		"from plain to write-only":        {Change{Now: writeOnly(v("a"), 1), Before: plain("a")}, true, false, "a"},
		"from plain, without a version":   {Change{Now: Argument{WriteOnly: v("a")}, Before: plain("a")}, true, false, "a"},
		"from write-only to plain":        {Change{Now: plain("a"), Before: writeOnly(none, 1)}, true, false, "a"},
		"plain is removed":                {Change{Before: plain("a")}, false, true, ""},
		"write-only is removed":           {Change{Before: writeOnly(none, 1)}, false, true, ""},
		"write-only that is unknown":      {Change{Now: writeOnly(unknown, 2), Before: writeOnly(none, 1)}, true, false, ""},
		"only the version is left":        {Change{Now: Argument{Version: types.Int64Value(1)}, Before: writeOnly(none, 1)}, false, true, ""},
		"unknown where there was nothing": {Change{Now: Argument{Plain: unknown}}, true, false, ""},
	} {
		c := test.change
		if c.Sent() != test.sent || c.Removed() != test.removed || c.Value() != test.value {
			t.Errorf("%s: sent %t, removed %t, value %q", name, c.Sent(), c.Removed(), c.Value())
		}
	}
}
