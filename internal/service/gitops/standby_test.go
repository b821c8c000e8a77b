// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestStandByLeavesWhatWasActiveAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	earlier := acctest.GitLabRow(box)
	earlier.AllowCustomRepository, earlier.EnableTLSVerification, earlier.CAData = true, true, "a CA of its own"
	earlier = box.Devtron.Put(earlier)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).With("active", "false").At(github))

	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITLAB"); row != earlier {
		t.Errorf("the active configuration changed:\n%+v\n%+v", earlier, row)
	}
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || row.Token != box.GitHub.Token() {
		t.Errorf("the stand-by is %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestStandByAloneEndsInactive(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).With("active", "false").At(github))
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active {
		t.Error("the stand-by is active")
	}

	// Devtron refuses to write an inactive row while nothing is active.
	w.Write(acctest.GitHubArgs(box).With("active", "false", "allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || !row.AllowCustomRepository {
		t.Errorf("the stand-by is %+v", row)
	}
	w.Plan().Empty().Quiet()

	// And it can be adopted again.
	w.Destroy().Ok()
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || row.ID != 1 {
		t.Errorf("the stand-by is %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestOrderOfCreationDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, first := range []string{github, gitlab} {
		t.Run(first+" first", func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			active, standBy := acctest.GitHubArgs(box), acctest.GitLabArgs(box).With("active", "false")
			if first == github {
				standBy = standBy.With("depends_on", "["+github+"]")
			} else {
				active = active.With("depends_on", "["+gitlab+"]")
			}
			w := acctest.NewWorkspace(t, box, active.At(github)+standBy.At(gitlab))
			w.Apply().Ok()
			if problem := oneActive(box, "GITHUB"); problem != "" {
				t.Error(problem)
			}
			w.Plan().Empty().Quiet()
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
			w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github)+acctest.GitLabArgs(box).With("active", "false").At(gitlab))
			for round := range rounds / workers {
				box.Devtron.Empty()
				if err := os.RemoveAll(filepath.Join(w.Folder.Dir, "terraform.tfstate")); err != nil {
					t.Fatal(err)
				}
				w.Apply().Ok()
				if problem := oneActive(box, "GITHUB"); problem != "" {
					t.Fatalf("round %d: %s", round, problem)
				}
			}
			w.Plan().Empty().Quiet()
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
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github)+acctest.GitLabArgs(box).At(gitlab))
	w.Plan().Fails("Two configurations are to be active", "GITHUB", "GITLAB", "active = false")
	if acctest.Writes(box) != 0 {
		t.Error("planning wrote")
	}
}

func TestTwoResourcesOfOneKindAreRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github)+acctest.GitHubArgs(box).At("devtron_gitops_config.twin"))
	w.Plan().Fails("Two resources for one configuration", "GITHUB")
}

func TestDeactivatingSomebodyElsesConfigurationIsAnnounced(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(acctest.GitLabRow(box))
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Plan().Ok().Warns("Another configuration will be deactivated", "GITLAB configuration (id 1", "activates GITHUB")
	w.Apply().Ok()
	if problem := oneActive(box, "GITHUB"); problem != "" {
		t.Error(problem)
	}
}

func TestActiveCanBeHandedOver(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github)+acctest.GitLabArgs(box).With("active", "false").At(gitlab))
	w.Apply().Ok()
	w.Write(acctest.GitHubArgs(box).With("active", "false").At(github) + acctest.GitLabArgs(box).At(gitlab))
	w.Apply().Ok()
	if problem := oneActive(box, "GITLAB"); problem != "" {
		t.Error(problem)
	}
	w.Plan().Empty().Quiet()
	for _, request := range box.Log.To("devtron") {
		if request.Method == "PUT" && strings.Contains(string(request.Body), box.GitHub.Token()) {
			t.Error("handing over sent a token again")
		}
	}
}

func TestDeactivatingTheOnlyActiveConfigurationWarnsWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, both(box))
	w.Apply().Ok()
	w.Write(acctest.GitHubArgs(box).With("active", "false").At(github) + acctest.GitLabArgs(box).With("active", "false").At(gitlab))
	w.Plan().Ok().Warns("no active GitOps configuration", "the only active one", "GITHUB")
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}
