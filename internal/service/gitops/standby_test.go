// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestStandbyKeepsActiveConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	earlier := gitlabRow(box)
	earlier.AllowCustomRepository, earlier.EnableTLSVerification, earlier.CAData = true, true, "a CA of its own"
	earlier = box.Devtron.Put(earlier)
	w := acctest.NewWorkspace(t, box, githubArgs(box).With("active", "false").At(github))

	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITLAB"); row != earlier {
		t.Errorf("the active configuration changed:\n%+v\n%+v", earlier, row)
	}
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || row.Token != box.GitHub.Token() {
		t.Errorf("the standby configuration is %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestSingleStandbyIsInactive(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).With("active", "false").At(github))
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active {
		t.Error("the standby configuration is active")
	}

	// Devtron refuses to write an inactive configuration while no other one is active.
	w.Write(githubArgs(box).With("active", "false", "allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || !row.AllowCustomRepository {
		t.Errorf("the standby configuration is %+v", row)
	}
	w.Plan().Empty().Quiet()

	// The next apply adopts it again.
	w.Destroy().Ok()
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || row.ID != 1 {
		t.Errorf("the standby configuration is %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestActiveConfigDoesNotDependOnOrder(t *testing.T) {
	t.Parallel()
	for _, first := range []string{github, gitlab} {
		t.Run(first+" first", func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			active, standby := githubArgs(box), gitlabArgs(box).With("active", "false")
			if first == github {
				standby = standby.With("depends_on", "["+github+"]")
			} else {
				active = active.With("depends_on", "["+gitlab+"]")
			}
			w := acctest.NewWorkspace(t, box, active.At(github)+standby.At(gitlab))
			w.Apply().Ok()
			if err := checkActive(box, "GITHUB"); err != nil {
				t.Error(err)
			}
			w.Plan().Empty().Quiet()
		})
	}
}

func TestParallelCreatesLeaveOneActive(t *testing.T) {
	t.Parallel()
	const rounds, workers = 50, 2
	for worker := range workers {
		t.Run(fmt.Sprint("worker ", worker), func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{Race: 20 * time.Millisecond})
			w := acctest.NewWorkspace(t, box, githubArgs(box).At(github)+gitlabArgs(box).With("active", "false").At(gitlab))
			for round := range rounds / workers {
				box.Devtron.Empty()
				w.SetState(emptyState)
				w.Apply().Ok()
				if err := checkActive(box, "GITHUB"); err != nil {
					t.Fatalf("round %d: %v", round, err)
				}
			}
			w.Plan().Empty().Quiet()
		})
	}
}

func TestTwoActiveResourcesFailPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github)+gitlabArgs(box).At(gitlab))
	w.Plan().Fails("Two configurations are to be active", "GITHUB", "GITLAB", "active = false")
	if acctest.Writes(box) != 0 {
		t.Error("the plan wrote to Devtron")
	}
}

func TestTwoNewResourcesOfOneGitProviderFailPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github)+githubArgs(box).At("devtron_gitops_config.twin"))
	w.Plan().Fails("Two resources for one configuration", "GITHUB")
}

func TestPlanWarnsBeforeDeactivatingOtherConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(gitlabRow(box))
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Plan().Ok().Warns("Another configuration will be deactivated", "GITLAB configuration (id 1", "activates GITHUB")
	w.Apply().Ok()
	if err := checkActive(box, "GITHUB"); err != nil {
		t.Error(err)
	}
}

func TestActiveConfigCanBeSwitched(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github)+gitlabArgs(box).With("active", "false").At(gitlab))
	w.Apply().Ok()
	w.Write(githubArgs(box).With("active", "false").At(github) + gitlabArgs(box).At(gitlab))
	w.Apply().Ok()
	if err := checkActive(box, "GITLAB"); err != nil {
		t.Error(err)
	}
	w.Plan().Empty().Quiet()
	for _, request := range box.Log.To("devtron") {
		if request.Method == "PUT" && strings.Contains(string(request.Body), box.GitHub.Token()) {
			t.Error("a token was sent again")
		}
	}
}

func TestPlanWarnsBeforeDeactivatingLastActiveConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubWithStandby(box))
	w.Apply().Ok()
	w.Write(githubArgs(box).With("active", "false").At(github) + gitlabArgs(box).With("active", "false").At(gitlab))
	w.Plan().Ok().Warns("no active GitOps configuration", "the only active one", "GITHUB")
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}
