// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Whether the two are new, in the state, or one of each, no order of them is let in.
func TestTwoResourcesOfOneGitProviderAreRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	first, second := githubArgs(box).at(github), githubArgs(box).at("devtron_gitops_config.second")
	refused := []string{"Two resources for one configuration", "2 resources", "GITHUB", "moved {"}
	w := newWorkspace(t, box, first+second)
	w.plan().fails(refused...)
	w.write(first)
	w.apply().ok()
	w.write(first + second)
	w.plan().fails(refused...)
	if n := writes(box); n != 1 {
		t.Errorf("%d writes", n)
	}

	// An older version of the provider may have let the second one in.
	if output, err := w.run("state", "mv", github, "devtron_gitops_config.second"); err != nil {
		t.Fatal(output)
	}
	state := stateOf(t, w)
	w.apply() // refused: only the second one is in the state
	if stateOf(t, w) != state {
		t.Error("a refused plan changed the state")
	}
	needs(t, importBlocks)
	w.write(first + second + "import {\n  to = " + github + "\n  id = \"GITHUB\"\n}\n")
	w.plan().fails(refused...)

	// Removing one of them leaves the other and the configuration as they are.
	w.write(second)
	w.plan().empty().quiet()
}

// A for_each over git providers that names one twice is caught as well, and one over several is not.
func TestOneResourceForEachGitProviderIsLetIn(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, both(box))
	w.plan().ok().quiet()
	w.apply().ok()
	w.plan().empty().quiet()
}

// Two git providers change places between two resources.
func TestSwappedGitProvidersStayAsWritten(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at("devtron_gitops_config.a")+gitlabArgs(box).with("active", "false").at("devtron_gitops_config.b"))
	w.apply().ok()
	w.write(githubArgs(box).at("devtron_gitops_config.b") + gitlabArgs(box).with("active", "false").at("devtron_gitops_config.a"))
	w.apply().ok()
	if problem := oneActive(box, "GITHUB"); problem != "" {
		t.Error(problem)
	}
	w.plan().empty()
}

func TestARenamedResourceIsToldAboutMoved(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at("devtron_gitops_config.old"))
	w.apply().ok()
	for _, custom := range []string{"false", "true"} {
		w.write(githubArgs(box).with("allow_custom_repository", custom).at("devtron_gitops_config.new"))
		w.plan().ok().warns("moved {\n  from = devtron_gitops_config.OLD\n  to   = devtron_gitops_config.NEW\n}")
	}
}

// What is a rename to this state is somebody else's configuration to another one.
func TestAnotherStateIsNotTakenForARename(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at("devtron_gitops_config.old"))
	w.apply().ok()
	other := newWorkspace(t, box, githubArgs(box).with("allow_custom_repository", "true").at("devtron_gitops_config.new"))
	other.plan().fails("another configuration of this git provider", "allow_custom_repository: Devtron has false, this resource says true")
}

// The resource that takes the place of a renamed one fails in the apply: the configuration stays in use and in the state.
func TestAFailedSuccessorKeepsTheConfiguration(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config, changed := githubArgs(box), githubArgs(box).with("allow_custom_repository", "true")
	w := newWorkspace(t, box, noRetries+block(config, "x", createFirst)+dependent("x"))
	w.apply().ok()
	stored, _ := box.Devtron.Row("GITHUB")

	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.write(noRetries + block(changed, "y", createFirst) + dependent("y"))
	w.apply().fails("internal server error")
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	box.Devtron.ClearFaults()
	w.apply().ok()
	stored.AllowCustomRepository = true
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
	w.plan().empty()
}

// Without dependencies Terraform destroys the old one although the new one has failed before it.
func TestADestroyAfterAFailedSuccessorChangesNothing(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubValues(box)
	s := created(t, box, config)
	stored, _ := box.Devtron.Row("GITHUB")
	w := begin(t, box, nil)
	_, found := w.plan(nil, config.with(values{"token": classicToken}))
	if !found.has(severityError) {
		t.Fatal(found)
	}
	w.destroy(s).are(t, stops("", "is not deactivated", "stays in use and in the Terraform state", "moved {"))
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}
}
