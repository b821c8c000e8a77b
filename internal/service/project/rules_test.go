// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package project

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

func TestProjectNames(t *testing.T) {
	for name, valid := range map[string]bool{
		"abc": true, "7-up": true, "a-b-c": true, strings.Repeat("a", 25): true, "123": true,
		"ab": false, strings.Repeat("a", 26): false, "Team": false, "a--b": false, "-abc": false, "abc-": false, "a_b": false, "a b": false, "äbc": false, "abc\n": false,
	} {
		wanted := model{Name: types.StringValue(name)}
		created := planProject(t.Context(), nil, object.Planned[model, devtron.Project]{Plan: wanted})
		if created.HasError() == valid {
			t.Errorf("%q: %v", name, created)
		}
		if kept := planProject(t.Context(), nil, object.Planned[model, devtron.Project]{Plan: wanted, State: &wanted}); kept.HasError() {
			t.Errorf("%q is refused although the project has it: %v", name, kept)
		}
		renamed := planProject(t.Context(), nil, object.Planned[model, devtron.Project]{Plan: wanted, State: &model{Name: types.StringValue("other")}})
		if renamed.HasError() == valid {
			t.Errorf("renamed to %q: %v", name, renamed)
		}
	}
	if d := planProject(t.Context(), nil, object.Planned[model, devtron.Project]{Plan: model{Name: types.StringUnknown()}}); d.HasError() {
		t.Errorf("an unknown name is refused: %v", d)
	}
}
