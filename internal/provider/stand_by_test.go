// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestStandByLeavesWhatWasActiveAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	earlier := gitlabRow(box)
	earlier.AllowCustomRepository, earlier.EnableTLSVerification, earlier.CAData = true, true, "a CA of its own"
	earlier = box.Devtron.Put(earlier)
	w := newWorkspace(t, box, githubArgs(box).with("active", "false").at(github))

	w.apply().ok()
	if row, _ := box.Devtron.Row("GITLAB"); row != earlier {
		t.Errorf("the active configuration changed:\n%+v\n%+v", earlier, row)
	}
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || row.Token != box.GitHub.Token() {
		t.Errorf("the stand-by is %+v", row)
	}
	w.plan().empty().quiet()
}

func TestStandByAloneEndsInactive(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).with("active", "false").at(github))
	w.apply().ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active {
		t.Error("the stand-by is active")
	}

	// Devtron refuses to write an inactive row while nothing is active.
	w.write(githubArgs(box).with("active", "false", "allow_custom_repository", "true").at(github))
	w.apply().ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || !row.AllowCustomRepository {
		t.Errorf("the stand-by is %+v", row)
	}
	w.plan().empty().quiet()

	// And it can be adopted again.
	w.destroy().ok()
	w.apply().ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || row.ID != 1 {
		t.Errorf("the stand-by is %+v", row)
	}
	w.plan().empty().quiet()
}

func TestOrderOfCreationDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, first := range []string{github, gitlab} {
		t.Run(first+" first", func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			active, standBy := githubArgs(box), gitlabArgs(box).with("active", "false")
			if first == github {
				standBy = standBy.with("depends_on", "["+github+"]")
			} else {
				active = active.with("depends_on", "["+gitlab+"]")
			}
			w := newWorkspace(t, box, active.at(github)+standBy.at(gitlab))
			w.apply().ok()
			if problem := oneActive(box, "GITHUB"); problem != "" {
				t.Error(problem)
			}
			w.plan().empty().quiet()
		})
	}
}

func TestParallelCreationsNeverLeaveTwoActive(t *testing.T) {
	t.Parallel()
	const rounds, workers = 50, 2
	for worker := range workers {
		t.Run(fmt.Sprint("worker ", worker), func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{Race: 20 * time.Millisecond})
			w := newWorkspace(t, box, githubArgs(box).at(github)+gitlabArgs(box).with("active", "false").at(gitlab))
			for round := range rounds / workers {
				box.Devtron.Empty()
				if err := os.RemoveAll(filepath.Join(w.folder.Dir, "terraform.tfstate")); err != nil {
					t.Fatal(err)
				}
				w.apply().ok()
				if problem := oneActive(box, "GITHUB"); problem != "" {
					t.Fatalf("round %d: %s", round, problem)
				}
			}
			w.plan().empty().quiet()
		})
	}
}

// oneActive says what is wrong unless both kinds have one row and only that of
// the kind is active.
func oneActive(box *sandbox.Sandbox, kind string) string {
	rows := box.Devtron.Rows()
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row.Provider] = true
		if row.Active != (row.Provider == kind) {
			return fmt.Sprintf("Devtron has %+v", rows)
		}
	}
	if len(rows) != 2 || len(seen) != 2 {
		return fmt.Sprintf("Devtron has %+v", rows)
	}
	return ""
}

func TestTwoActiveResourcesAreRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github)+gitlabArgs(box).at(gitlab))
	w.plan().fails("Two configurations are to be active", "GITHUB", "GITLAB", "active = false")
	if writes(box) != 0 {
		t.Error("planning wrote")
	}
}

func TestTwoResourcesOfOneKindAreRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github)+githubArgs(box).at("devtron_gitops_config.twin"))
	w.plan().fails("Two resources for one configuration", "GITHUB")
}

func TestDeactivatingSomebodyElsesConfigurationIsAnnounced(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(gitlabRow(box))
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.plan().ok().warns("Another configuration will be deactivated", "GITLAB configuration (id 1", "activates GITHUB")
	w.apply().ok()
	if problem := oneActive(box, "GITHUB"); problem != "" {
		t.Error(problem)
	}
}

func TestActiveCanBeHandedOver(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github)+gitlabArgs(box).with("active", "false").at(gitlab))
	w.apply().ok()
	w.write(githubArgs(box).with("active", "false").at(github) + gitlabArgs(box).at(gitlab))
	w.apply().ok()
	if problem := oneActive(box, "GITLAB"); problem != "" {
		t.Error(problem)
	}
	w.plan().empty().quiet()
	for _, request := range box.Log.To("devtron") {
		if request.Method == "PUT" && strings.Contains(string(request.Body), box.GitHub.Token()) {
			t.Error("handing over sent a token again")
		}
	}
}

func TestDeactivatingTheOnlyActiveConfigurationWarnsWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, both(box))
	w.apply().ok()
	w.write(githubArgs(box).with("active", "false").at(github) + gitlabArgs(box).with("active", "false").at(gitlab))
	w.plan().ok().warns("no active GitOps configuration", "the only active one", "GITHUB")
	w.apply().ok()
	w.plan().empty().quiet()
}
