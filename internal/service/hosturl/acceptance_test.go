// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package hosturl_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestHostURLAcceptance(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const next = "https://devtron2.acme.example"
	step := func(url string, action plancheck.ResourceActionType, before func()) resource.TestStep {
		return resource.TestStep{
			PreConfig:        before,
			Config:           acctest.ProviderBlock(box) + config(url),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(this, action)}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(this, tfjsonpath.New("url"), knownvalue.StringExact(url)),
			},
		}
	}
	acctest.Run(t,
		step(wanted, plancheck.ResourceActionCreate, nil),
		step(wanted, plancheck.ResourceActionNoop, func() { expect(t, box, wanted) }),
		step(next, plancheck.ResourceActionUpdate, nil),
		step(next, plancheck.ResourceActionUpdate, func() { box.Devtron.Attributes.Set(key, wanted) }),
	)
	expect(t, box, next) // A destroy leaves it.
}
