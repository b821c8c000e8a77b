// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestGeneratedConfigurationOfEachRegistryIsAccepted, and changes nothing. Terraform leaves out the
// values of sensitive arguments.
func TestGeneratedConfigurationOfEachRegistryIsAccepted(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	imports := ""
	var rows []sandbox.RegistryRow
	for name, change := range map[string]func(*sandbox.RegistryRow){
		// Devtron makes its first registry the default, also one that builds cannot use.
		"public": func(r *sandbox.RegistryRow) {
			r.Public, r.Default, r.Username, r.Password, r.PullSecret = true, true, "", "", nil
			r.OCIConfig, r.Repositories = map[string]string{"CHART": "PULL"}, []string{"demo"}
		},
		"named": func(r *sandbox.RegistryRow) {
			r.PullSecret = &sandbox.PullSecret{CredentialType: "NAME", CredentialValue: "my-secret", AppliedClusterIDs: "-1"}
		},
		"except": func(r *sandbox.RegistryRow) {
			r.PullSecret = &sandbox.PullSecret{CredentialType: "SAME_AS_REGISTRY", IgnoredClusterIDs: "2,1"}
		},
	} {
		r := row(name)
		change(&r)
		rows = append(rows, r)
		box.Devtron.Registries.Put(r)
		imports += acctest.ImportBlock("devtron_container_registry."+name, name)
	}
	w := acctest.NewWorkspace(t, box, "")
	config := w.GenerateConfig(imports)
	w.Apply().Ok()
	wantWrites(t, box, "")
	w.SetGenerated(config)
	w.Plan().Empty().Quiet()
	for _, r := range rows {
		wantStored(t, box, r)
	}
}

// TestNameOfThePullSecretIsKeptWhereItIsNotSet, but not for another type of pull secret, and not
// for a new one.
func TestNameOfThePullSecretIsKeptWhereItIsNotSet(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	args := required("tf-reg")
	w := acctest.NewWorkspace(t, box, args.With("pull_secret", `{ type = "name" }`).At(this))
	w.Plan().Fails("value is missing", "pull_secret.value")
	w.Write(args.With("pull_secret", `{ type = "name", value = "my-secret", clusters = [1] }`).At(this))
	w.Apply().Ok()
	w.Write(args.With("pull_secret", `{ type = "name", clusters = [2] }`).At(this))
	w.Apply().Ok()
	want := row("tf-reg")
	want.PullSecret = &sandbox.PullSecret{CredentialType: "NAME", CredentialValue: "my-secret", AppliedClusterIDs: "2"}
	wantStored(t, box, want)
	w.Plan().Empty().Quiet()
	w.Write(args.With("pull_secret", `{ clusters = [2] }`).At(this))
	w.Apply().Ok()
	want.PullSecret.CredentialType, want.PullSecret.CredentialValue = "SAME_AS_REGISTRY", ""
	wantStored(t, box, want)
	w.Plan().Empty().Quiet()
	w.Write(args.With("pull_secret", `{ type = "name", clusters = [2] }`).At(this))
	w.Plan().Fails("value is missing", "pull_secret.value")
}
