// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package objecttest

import (
	"fmt"
	"slices"
	"strconv"
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

// Acceptance creates an object, updates all arguments in one apply, corrects what somebody else has
// changed, and destroys the object, and checks each plan and each state.
func (k Kind) Acceptance(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	block := acctest.ProviderBlock(box)
	k.Updates = slices.DeleteFunc(slices.Clone(k.Updates), func(u Update) bool { return u.Alone })
	initial := []statecheck.StateCheck{k.expect(k.key(), knownvalue.StringExact(one)), k.expect("id", k.knownID())}
	steps := []resource.TestStep{{
		Config:            block + k.config(box, one),
		ConfigPlanChecks:  k.plans(plancheck.ResourceActionCreate),
		ConfigStateChecks: initial,
		Check:             func(*terraform.State) error { return k.stored(box, false) },
	}}
	if len(k.Updates) > 0 {
		var changes []string
		updated := slices.Clone(initial)
		for _, u := range k.Updates {
			changes = append(changes, u.Argument, u.Value)
			updated = append(updated, k.expect(u.Argument, known(u.Value)))
		}
		update := resource.TestStep{
			Config:            block + k.config(box, one, changes...),
			ConfigPlanChecks:  k.plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: updated,
			Check:             func(*terraform.State) error { return k.stored(box, true) },
		}
		correct := update
		correct.PreConfig = func() {
			for _, u := range k.Updates {
				u.Drift(box, k.only(t, box, one))
			}
		}
		steps = append(steps, update, correct)
	}
	steps = append(steps, resource.TestStep{
		Config:           steps[len(steps)-1].Config,
		ConfigPlanChecks: k.plans(plancheck.ResourceActionNoop),
	})
	acctest.Run(t, steps...)
	k.none(t, box)
}

func (k Kind) plans(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(k.this(), action)}}
}

func (k Kind) expect(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(k.this(), tfjsonpath.New(attribute), value)
}

func (k Kind) knownID() knownvalue.Check {
	if k.Named {
		return knownvalue.StringExact(one)
	}
	return knownvalue.NotNull()
}

// known is the value of a literal in HCL. Of collections, it only says that there is one.
func known(literal string) knownvalue.Check {
	if value, err := strconv.ParseBool(literal); err == nil {
		return knownvalue.Bool(value)
	}
	if value, err := strconv.Unquote(literal); err == nil {
		return knownvalue.StringExact(value)
	}
	return knownvalue.NotNull()
}

// stored expects one object in Devtron, with or without the updates.
func (k Kind) stored(box *sandbox.Sandbox, updated bool) error {
	ids := k.IDs(box, one)
	if len(ids) != 1 {
		return fmt.Errorf("Devtron has %d objects with the name %q", len(ids), one)
	}
	for _, u := range k.Updates {
		if u.Stored(box, ids[0]) != updated {
			return fmt.Errorf("%s = %s: stored %v, want %v", u.Argument, u.Value, !updated, updated)
		}
	}
	return nil
}
