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

// Whether the two are new, in the state, or one of each, no order of them is let in.
func TestTwoResourcesOfOneGitProviderAreRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	first, second := acctest.GitHubArgs(box).At(github), acctest.GitHubArgs(box).At("devtron_gitops_config.second")
	refused := []string{"Two resources for one configuration", "2 resources", "GITHUB", "moved {"}
	w := acctest.NewWorkspace(t, box, first+second)
	w.Plan().Fails(refused...)
	w.Write(first)
	w.Apply().Ok()
	w.Write(first + second)
	w.Plan().Fails(refused...)
	if n := acctest.Writes(box); n != 1 {
		t.Errorf("%d writes", n)
	}

	// An older version of the provider may have let the second one in.
	if output, err := w.Run("state", "mv", github, "devtron_gitops_config.second"); err != nil {
		t.Fatal(output)
	}
	state := stateOf(t, w)
	w.Apply() // refused: only the second one is in the state
	if stateOf(t, w) != state {
		t.Error("a refused plan changed the state")
	}
	acctest.Needs(t, acctest.ImportBlocks)
	w.Write(first + second + "import {\n  to = " + github + "\n  id = \"GITHUB\"\n}\n")
	w.Plan().Fails(refused...)

	// Removing one of them leaves the other and the configuration as they are.
	w.Write(second)
	w.Plan().Empty().Quiet()
}

// A for_each over git providers that names one twice is caught as well, and one over several is not.
func TestOneResourceForEachGitProviderIsLetIn(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, both(box))
	w.Plan().Ok().Quiet()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

// Two git providers change places between two resources.
func TestSwappedGitProvidersStayAsWritten(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At("devtron_gitops_config.a")+acctest.GitLabArgs(box).With("active", "false").At("devtron_gitops_config.b"))
	w.Apply().Ok()
	w.Write(acctest.GitHubArgs(box).At("devtron_gitops_config.b") + acctest.GitLabArgs(box).With("active", "false").At("devtron_gitops_config.a"))
	w.Apply().Ok()
	if problem := oneActive(box, "GITHUB"); problem != "" {
		t.Error(problem)
	}
	w.Plan().Empty()
}

func TestARenamedResourceIsToldAboutMoved(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At("devtron_gitops_config.old"))
	w.Apply().Ok()
	for _, custom := range []string{"false", "true"} {
		w.Write(acctest.GitHubArgs(box).With("allow_custom_repository", custom).At("devtron_gitops_config.new"))
		w.Plan().Ok().Warns("moved {\n  from = devtron_gitops_config.OLD\n  to   = devtron_gitops_config.NEW\n}")
	}
}

// What this state manages is neither left over nor in use where it is on standby, in the plan and in the apply.
func TestAReplacementIsNotTakenForALeftover(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	standby := acctest.GitLabArgs(box).With("active", "false")
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github)+block(standby, "x", createFirst))
	w.Apply().Ok()
	for _, address := range []string{"x", "renamed"} {
		if output, err := w.Run("taint", "devtron_gitops_config.x"); err != nil {
			t.Fatal(output)
		}
		w.Write(acctest.GitHubArgs(box).At(github) + block(standby, address, createFirst))
		run := w.Apply().Ok().Warns("overwritten, not created again", "GITLAB")
		for _, wrong := range []string{"interrupted run", "earlier destroy", "in use", "will be deactivated"} {
			if strings.Contains(run.Listing(), wrong) {
				t.Errorf("%s: %q is said:\n%s", address, wrong, run.Listing())
			}
		}
	}
	w.Plan().Empty().Quiet()
}

// What is a rename to this state is somebody else's configuration to another one.
func TestAnotherStateIsNotTakenForARename(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At("devtron_gitops_config.old"))
	w.Apply().Ok()
	other := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).With("allow_custom_repository", "true").At("devtron_gitops_config.new"))
	other.Plan().Fails("another configuration of this git provider", "allow_custom_repository: Devtron has false, this resource says true")
}

// The resource that takes the place of a renamed one fails in the apply: the configuration stays in use and in the state.
func TestAFailedSuccessorKeepsTheConfiguration(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config, changed := acctest.GitHubArgs(box), acctest.GitHubArgs(box).With("allow_custom_repository", "true")
	w := acctest.NewWorkspace(t, box, noRetries+block(config, "x", createFirst)+dependent("x"))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")

	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.Write(noRetries + block(changed, "y", createFirst) + dependent("y"))
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

// The destroy half of a replacement comes first and removes the object from the state. Where the creation half fails after it,
// the configuration is still in use, and in the state.
func TestAReplacementThatFailsHalfwayLosesNothing(t *testing.T) {
	t.Parallel()
	for name, changed := range map[string]func(acctest.Args) string{
		"replaced": func(a acctest.Args) string { return a.At(github) },
		"renamed":  func(a acctest.Args) string { return a.At("devtron_gitops_config.renamed") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			config := acctest.GitHubArgs(box)
			w := acctest.NewWorkspace(t, box, noRetries+config.At(github))
			w.Apply().Ok()
			stored, _ := box.Devtron.Row("GITHUB")
			if output, err := w.Run("taint", github); err != nil {
				t.Fatal(output)
			}

			box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
			other := newGitHubToken(box, "ghp_another456789abcdefghijklmnopqrstuvwx")
			w.Write(noRetries + changed(config.With("allow_custom_repository", "true", "token", acctest.Quote(other))))
			w.Apply().Fails("internal server error")
			box.Devtron.ClearFaults()
			if now, _ := box.Devtron.Row("GITHUB"); now != stored {
				t.Errorf("Devtron has %+v", now)
			}
			if !strings.Contains(stateOf(t, w), `"id": "1"`) {
				t.Errorf("the state lost the configuration:\n%s", stateOf(t, w))
			}

			// On another machine, which does not know what the plan before has shown.
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

// A token that is known in the apply only is refused there, after the destroy half of the replacement.
func TestAReplacementWithARefusedTokenLosesNothing(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	config := acctest.GitHubArgs(box).With("token", "terraform_data.secret.output").At(github)
	secret := func(token string) string {
		return "resource \"terraform_data\" \"secret\" {\n  input = " + acctest.Quote(token) + "\n}\n"
	}
	w := acctest.NewWorkspace(t, box, config+secret(box.GitHub.Token()))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")

	w.Write(config + secret("ghp_refused3456789abcdefghijklmnopqrstuvw"))
	w.Apply(tfexec.Replace(github)).Fails("GitHub does not accept the token")
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	if !strings.Contains(stateOf(t, w), `"id": "1"`) {
		t.Errorf("the state lost the configuration:\n%s", stateOf(t, w))
	}
	w.Write(config + secret(box.GitHub.Token()))
	w.Apply().Ok()
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	w.Plan().Empty()
}

// Without dependencies Terraform destroys the old one although the new one has failed before it.
func TestADestroyAfterAFailedSuccessorChangesNothing(t *testing.T) {
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
	w.Destroy(s).are(t, stops("", "is not deactivated", "stays in use and in the Terraform state", "moved {"))
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
}
