// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestInactiveConfigIsAdopted(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	left := githubRow(box)
	left.Active, left.GitHubOrgID, left.Token = false, "former-org", "former-token"
	box.Devtron.Put(left)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))

	w.Plan().Ok().Warns("inactive configuration will be taken over", "id 1", `organization: "former-org" -> "acme-gitops"`)
	if acctest.Writes(box) != 0 {
		t.Error("the plan wrote to Devtron")
	}
	w.Apply().Ok()
	if n := box.Log.Count("devtron", "POST", ""); n != 0 {
		t.Errorf("sent %d POST requests for an existing configuration", n)
	}
	want := githubRow(box)
	want.ID = 1
	if row, _ := box.Devtron.Row("GITHUB"); row != want {
		t.Errorf("Devtron has %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestMatchingActiveConfigIsAdopted(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	left := githubRow(box)
	left.Token, left.Host = "former-token", box.GitHub.URL()+"/"
	box.Devtron.Put(left)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))

	w.Plan().Ok().Warns("existing configuration will be taken over", "id 1")
	w.Apply().Ok()
	row, _ := box.Devtron.Row("GITHUB")
	if row.ID != 1 || row.Token != box.GitHub.Token() {
		t.Errorf("Devtron has %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestDifferentActiveConfigFailsPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	existing := githubRow(box)
	existing.Username, existing.AllowCustomRepository = "somebody", true
	box.Devtron.Put(existing)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))

	w.Plan().Fails("another configuration of this git provider", "id 1",
		`username: Devtron has "somebody", this resource says "acme-bot"`,
		"allow_custom_repository: Devtron has true, this resource says false",
		strings.TrimSpace(acctest.ImportBlock(github, "GITHUB")), "adopt_existing")

	// The import block in the message works.
	acctest.Needs(t, acctest.ImportBlocks)
	w.Write(githubArgs(box).At(github) + acctest.ImportBlock(github, "GITHUB"))
	w.Apply().Ok()
	row, _ := box.Devtron.Row("GITHUB")
	if row.ID != 1 || row.Username != sandbox.Username || box.Log.Count("devtron", "POST", "") != 0 {
		t.Errorf("Devtron has %+v", row)
	}
}

func TestAdoptExistingOverwritesWithWarning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	existing := githubRow(box)
	existing.Username, existing.Token = "somebody", "existing-token"
	box.Devtron.Put(existing)
	w := acctest.NewWorkspace(t, box, githubArgs(box).With("adopt_existing", "true").At(github))

	w.Plan().Ok().Warns("active configuration will be overwritten", "id 1", `username: "somebody" -> "acme-bot"`, "its token included")
	w.Apply().Ok()
	want := githubRow(box)
	want.ID = 1
	if row, _ := box.Devtron.Row("GITHUB"); row != want {
		t.Errorf("Devtron has %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestConfigThatAppearsAfterPlanIsReported(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*sandbox.Row){
		"with other content": func(r *sandbox.Row) { r.Username = "somebody" },
		"inactive":           func(r *sandbox.Row) { r.Active = false },
		"the same":           func(*sandbox.Row) {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
			w.SavePlan()
			row := githubRow(box)
			row.Token = "existing-token"
			change(&row)
			stored := box.Devtron.Put(row)

			e := w.ApplySaved()
			if len(e.Diagnostics) == 0 {
				t.Fatalf("the apply reported nothing:\n%s", e.Output)
			}
			if now, _ := box.Devtron.Row("GITHUB"); e.Err != nil && now != stored {
				t.Errorf("the apply failed and overwrote the configuration: %+v", now)
			}
			if name == "with other content" && e.Err == nil {
				t.Error("an active configuration with other content was overwritten")
			}
			if box.Log.Count("devtron", "POST", "") != 0 {
				t.Error("a second configuration was created")
			}
		})
	}
}

func TestDestroyAndApplyRepeatedly(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"deactivate", "abandon"} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, githubArgs(box).With("deletion_policy", acctest.Quote(policy)).At(github))
			for round := range 3 {
				w.Apply().Ok()
				w.Plan().Empty().Quiet()
				w.Destroy().Ok()
				rows := box.Devtron.Rows()
				if len(rows) != 1 || rows[0].ID != 1 || rows[0].Active != (policy == "abandon") {
					t.Fatalf("round %d: Devtron has %+v", round, rows)
				}
			}
			if n := box.Log.Count("devtron", "POST", ""); n != 1 {
				t.Errorf("%d POST requests", n)
			}
		})
	}
}
