// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// The plan refuses the second resource, whether both are new, both are in the state, or only one of
// them is.
func TestTwoResourcesOfOneGitProviderFailPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	first, second := githubArgs(box).At(github), githubArgs(box).At("devtron_gitops_config.second")
	want := []string{"Two resources for one configuration", "2 resources", "GITHUB", "moved {"}
	w := acctest.NewWorkspace(t, box, first+second)
	w.Plan().Fails(want...)
	w.Write(first)
	w.Apply().Ok()
	w.Write(first + second)
	w.Plan().Fails(want...)
	if n := acctest.Writes(box); n != 1 {
		t.Errorf("sent %d writes", n)
	}

	// An older version of the provider may have accepted the second resource.
	w.MustRun("state", "mv", github, "devtron_gitops_config.second")
	state := w.State()
	w.Apply() // It fails: only the second resource is in the state.
	if w.State() != state {
		t.Error("a failed plan changed the state")
	}
	acctest.Needs(t, acctest.ImportBlocks)
	w.Write(first + second + acctest.ImportBlock(github, "GITHUB"))
	w.Plan().Fails(want...)

	// Removing one of them changes neither the other one nor the configuration.
	w.Write(second)
	w.Plan().Empty().Quiet()
}

func TestOneResourceOfEachGitProvider(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubWithStandby(box))
	w.Plan().Ok().Quiet()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

// Two resources exchange their git providers.
func TestSwappedGitProviders(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At("devtron_gitops_config.a")+gitlabArgs(box).With("active", "false").At("devtron_gitops_config.b"))
	w.Apply().Ok()
	w.Write(githubArgs(box).At("devtron_gitops_config.b") + gitlabArgs(box).With("active", "false").At("devtron_gitops_config.a"))
	w.Apply().Ok()
	if err := checkActive(box, "GITHUB"); err != nil {
		t.Error(err)
	}
	w.Plan().Empty()
}

func TestPlanOfRenamedResourceShowsMovedBlock(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(oldResource))
	w.Apply().Ok()
	for _, custom := range []string{"false", "true"} {
		w.Write(githubArgs(box).With("allow_custom_repository", custom).At(newResource))
		w.Plan().Ok().Warns(strings.TrimSpace(acctest.MovedBlock("devtron_gitops_config.OLD", "devtron_gitops_config.NEW")))
	}
}

// A plan must not call a standby configuration of this state left over or in use, and neither must
// the apply.
func TestReplacedStandbyIsNotCalledLeftOver(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	standby := gitlabArgs(box).With("active", "false")
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github)+standby.At(resourceX, createFirst))
	w.Apply().Ok()
	for _, address := range []string{resourceX, newResource} {
		w.MustRun("taint", resourceX)
		w.Write(githubArgs(box).At(github) + standby.At(address, createFirst))
		run := w.Apply().Ok().Warns("overwritten, not created again", "GITLAB")
		for _, wrong := range []string{"interrupted run", "earlier destroy", "in use", "will be deactivated"} {
			if strings.Contains(run.Listing(), wrong) {
				t.Errorf("%s: the plan says %q:\n%s", address, wrong, run.Listing())
			}
		}
	}
	w.Plan().Empty().Quiet()
}

// A configuration that belongs to another state was not renamed in this one.
func TestConfigOfAnotherStateFailsPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(oldResource))
	w.Apply().Ok()
	other := acctest.NewWorkspace(t, box, githubArgs(box).With("allow_custom_repository", "true").At(newResource))
	other.Plan().Fails("another configuration of this git provider", "allow_custom_repository: Devtron has false, this resource says true")
}

// The resource that takes the place of a renamed one fails in the apply: the configuration stays in
// use and in the state.
func TestFailedSuccessorKeepsConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config, changed := githubArgs(box), githubArgs(box).With("allow_custom_repository", "true")
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+config.At(resourceX, createFirst)+dependent(resourceX))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")

	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.Write(acctest.NoRetries + changed.At(newResource, createFirst) + dependent(newResource))
	w.Apply().Fails("internal server error")
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	box.Devtron.ClearFaults()
	w.Apply().Ok()
	stored.AllowCustomRepository = true
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	w.Plan().Empty()
}

// Terraform destroys the old object of a replacement first and removes it from the state. If the
// creation fails after that, the configuration is still in use, and in the state.
func TestHalfFailedReplacementKeepsConfig(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ address, policy string }{
		"replaced":            {github, "deactivate"},
		"renamed":             {"devtron_gitops_config.renamed", "deactivate"},
		"replaced, abandoned": {github, "abandon"},
		"renamed, abandoned":  {"devtron_gitops_config.renamed", "abandon"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			config := githubArgs(box).With("deletion_policy", acctest.Quote(c.policy))
			w := acctest.NewWorkspace(t, box, acctest.NoRetries+config.At(github))
			w.Apply().Ok()
			stored, _ := box.Devtron.Row("GITHUB")
			w.MustRun("taint", github)

			box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
			other := addGitHubToken(box, "ghp_another456789abcdefghijklmnopqrstuvwx")
			w.Write(acctest.NoRetries + config.With("allow_custom_repository", "true", "token", acctest.Quote(other)).At(c.address))
			w.Apply().Fails("internal server error")
			box.Devtron.ClearFaults()
			if now, _ := box.Devtron.Row("GITHUB"); now != stored {
				t.Errorf("Devtron has %+v", now)
			}
			if !strings.Contains(w.State(), `"id": "1"`) {
				t.Errorf("the state lost the configuration:\n%s", w.State())
			}

			// The next run is on another machine, which does not know what the plan has shown.
			w.ForgetCache()
			w.Apply().Ok()
			stored.AllowCustomRepository, stored.Token = true, other
			if now, _ := box.Devtron.Row("GITHUB"); now != stored {
				t.Errorf("Devtron has %+v", now)
			}
			w.Plan().Empty().Quiet()
		})
	}
}

// The apply checks a token that the plan does not know, after it has destroyed the old object of a
// replacement.
func TestReplacementWithRejectedTokenKeepsConfig(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	config := githubArgs(box).With("token", "terraform_data.secret.output").At(github)
	secret := func(token string) string { return acctest.UnknownValue("secret", acctest.Quote(token)) }
	w := acctest.NewWorkspace(t, box, config+secret(box.GitHub.Token()))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")

	w.Write(config + secret("ghp_refused3456789abcdefghijklmnopqrstuvw"))
	w.Apply(tfexec.Replace(github)).Fails("GitHub does not accept the token")
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	if !strings.Contains(w.State(), `"id": "1"`) {
		t.Errorf("the state lost the configuration:\n%s", w.State())
	}
	w.Write(config + secret(box.GitHub.Token()))
	w.Apply().Ok()
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	w.Plan().Empty()
}

// Without dependencies, Terraform destroys the old resource although the new one has failed.
func TestDestroyAfterFailedSuccessorChangesNothing(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubValues(box)
	s := created(t, box, config)
	stored, _ := box.Devtron.Row("GITHUB")
	w := begin(t, box, nil)
	_, found := w.Plan(nil, config.With(values{"token": classicToken}))
	if !found.Has(severityError) {
		t.Fatal(found)
	}
	w.Destroy(s).expect(t, stops("", "stays in the state", "stays in use and in the Terraform state", "moved {"))
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
}
