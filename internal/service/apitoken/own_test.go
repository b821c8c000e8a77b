// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestTheProvidersOwnTokenIsNeverTouched: it can be imported, and nothing else.
func TestTheProvidersOwnTokenIsNeverTouched(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	own := acctest.Args{"name": `"tf-admin"`, "description": `"loopback"`, "super_admin": "true"}
	w := acctest.NewWorkspace(t, box, own.At(this))
	w.Plan().Fails("The API token already exists", "import {")
	w.Import(this, "tf-admin").Ok()
	w.Plan().Empty().Quiet()
	for _, change := range [][]string{
		{"description", `"other"`}, {"expires_at", `"2099-01-31T10:00:00Z"`}, {"super_admin", "false"}, {"super_admin", "", "permissions", viewer},
	} {
		w.Write(own.With(change...).At(this))
		w.Plan().Fails("The provider's own API token cannot be changed", `"tf-admin"`, "Nothing was changed", "name = ")
	}
	refused := []string{"The provider's own API token cannot be destroyed", "removed {", "destroy = false"}
	w.Write(own.With("name", `"tf-other"`).At(this))
	w.Plan().Fails(refused...)
	w.Write(own.At(this))
	w.Plan(tfexec.Replace(this)).Fails(refused...)
	if acctest.Has(t, acctest.DestroyWarnings) {
		w.Plan(tfexec.Destroy(true)).Fails(refused...)
	}
	w.Destroy().Fails("own API token")
	expectWrites(t, box)

	// Another token of the provider, under which the plan was made, does not help.
	acctest.NewWorkspace(t, box, args("name", `"tf-second"`, "super_admin", "true").At(this)).Apply().Ok()
	other, _ := box.Devtron.APITokens.Named("tf-second")
	box.Log.Reset()
	w.Write(own.With("description", `"other"`).At(this))
	second := acctest.NewWorkspace(t, box, own.With("description", `"other"`).At(this), "DEVTRON_API_TOKEN", other.Token)
	second.SetState(w.State())
	second.SavePlan()
	w.File(acctest.PlanFile, second.ReadFile(acctest.PlanFile))
	w.ApplySaved().Fails("The provider's own API token cannot be changed")
	second.ApplySaved().Ok()
	expectWrites(t, box, "PUT /api-token/ID")
}
