// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestResourceLifecycle(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := acctest.ProviderBlock(box) + githubArgs(box).At(github)
	acctest.Run(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(github, tfjsonpath.New("id"), knownvalue.StringExact("1")),
				statecheck.ExpectKnownValue(github, tfjsonpath.New("active"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(github, tfjsonpath.New("allow_custom_repository"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(github, tfjsonpath.New("last_validation").AtMapKey("skipped"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(github, tfjsonpath.New("deletion_policy"), knownvalue.StringExact("deactivate")),
			},
			Check: func(*terraform.State) error {
				row, _ := box.Devtron.Row("GITHUB")
				row.ID = 0
				if row != githubRow(box) {
					return fmt.Errorf("Devtron has %+v", row)
				}
				if n := box.Log.Count("devtron", "POST", ""); n != 1 {
					return fmt.Errorf("%d POST requests", n)
				}
				return nil
			},
		},
		resource.TestStep{
			PreConfig: box.Log.Reset,
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				if n := acctest.Writes(box); n != 0 {
					return fmt.Errorf("sent %d writes for an unchanged configuration", n)
				}
				return nil
			},
		},
	)
	if row, _ := box.Devtron.Row("GITHUB"); row.Active {
		t.Error("the destroyed configuration is still active")
	}
}
