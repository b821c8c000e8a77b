// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// revoke makes a host refuse the ready-made token.
func revokeGitHub(box *sandbox.Sandbox) {
	box.GitHub.AddToken(sandbox.GitHubToken{Token: box.GitHub.Token(), Login: sandbox.Username, Revoked: true})
}

func TestDestroyWithAnExpiredTokenUnderArgoCD(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	revokeGitHub(box)
	w.Destroy().Ok().
		Announces("will be deactivated, not deleted", "stays stored in Devtron", "revoke it").
		Warns("Deactivated without a dry run", "allowCustomRepository = true", "401 Bad credentials")
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || !row.AllowCustomRepository {
		t.Errorf("Devtron has %+v", row)
	}
}

func TestDestroyOfGitLabWithAnExpiredTokenUnderArgoCDNamesTheWayOut(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := acctest.NewWorkspace(t, box, acctest.GitLabArgs(box).At(gitlab))
	w.Apply().Ok()
	box.GitLab.AddToken(sandbox.GitLabToken{Token: box.GitLab.Token(), Username: sandbox.Username, Revoked: true})
	stored, _ := box.Devtron.Row("GITLAB")

	w.Destroy().Fails("refuses to deactivate", `deletion_policy = "abandon"`, "still in the Terraform state", "401")
	if now, _ := box.Devtron.Row("GITLAB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}

	w.Write(acctest.GitLabArgs(box).With("deletion_policy", `"abandon"`).At(gitlab))
	box.Log.Reset()
	w.Apply().Ok()
	w.Destroy().Ok().Announces("stays in Devtron", "only forgets it")
	if acctest.Writes(box) != 0 {
		t.Error("abandoning wrote")
	}
}

func TestDestroyOfWhatIsGoneOrInactiveSendsNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*sandbox.Devtron, sandbox.Row){
		"gone":     func(d *sandbox.Devtron, r sandbox.Row) { d.Remove(r.ID) },
		"inactive": func(d *sandbox.Devtron, r sandbox.Row) { r.Active = false; d.Put(r) },
	} {
		for _, refresh := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, refresh %t", name, refresh), func(t *testing.T) {
				t.Parallel()
				box := sandbox.ForTest(t)
				w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
				w.Apply().Ok()
				row, _ := box.Devtron.Row("GITHUB")
				change(box.Devtron, row)
				box.Log.Reset()
				w.DestroyWith(refresh).Ok()
				if acctest.Writes(box) != 0 {
					t.Error("it wrote")
				}
			})
		}
	}
}

func TestReplacementOfTheKindSaysWhatBecomesOfTheOldOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(acctest.GitLabArgs(box).At(github))
	w.Plan().Ok().Warns("will be deactivated, not deleted", "GITHUB")
	w.Apply().Ok()
	if problem := oneActive(box, "GITLAB"); problem != "" {
		t.Error(problem)
	}
	w.Plan().Empty().Quiet()
}

func TestExpiredTokenDoesNotBlockTheRestOfThePlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	revokeGitHub(box)
	w.Plan().Empty().Warns("token", "401")
	w.Write(acctest.GitHubArgs(box).With("allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	w.Destroy().Ok()
}
