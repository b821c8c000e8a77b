// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// revoke makes a host refuse the ready-made token.
func revokeGitHub(box *sandbox.Sandbox) {
	box.GitHub.AddToken(sandbox.GitHubToken{Token: box.GitHub.Token(), Login: sandbox.Username, Revoked: true})
}

func TestDestroyWithAnExpiredTokenUnderArgoCD(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	revokeGitHub(box)
	w.destroy().ok().
		announces("will be deactivated, not deleted", "stays stored in Devtron", "revoke it").
		warns("Deactivated without a dry run", "allowCustomRepository = true", "401 Bad credentials")
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || !row.AllowCustomRepository {
		t.Errorf("Devtron has %+v", row)
	}
}

func TestDestroyOfGitLabWithAnExpiredTokenUnderArgoCDNamesTheWayOut(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := newWorkspace(t, box, gitlabArgs(box).at(gitlab))
	w.apply().ok()
	box.GitLab.AddToken(sandbox.GitLabToken{Token: box.GitLab.Token(), Username: sandbox.Username, Revoked: true})
	stored, _ := box.Devtron.Row("GITLAB")

	w.destroy().fails("refuses to deactivate", `deletion_policy = "abandon"`, "still in the Terraform state", "401")
	if now, _ := box.Devtron.Row("GITLAB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}

	w.write(gitlabArgs(box).with("deletion_policy", `"abandon"`).at(gitlab))
	box.Log.Reset()
	w.apply().ok()
	w.destroy().ok().announces("stays in Devtron", "only forgets it")
	if writes(box) != 0 {
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
				w := newWorkspace(t, box, githubArgs(box).at(github))
				w.apply().ok()
				row, _ := box.Devtron.Row("GITHUB")
				change(box.Devtron, row)
				box.Log.Reset()
				w.destroyWith(refresh).ok()
				if writes(box) != 0 {
					t.Error("it wrote")
				}
			})
		}
	}
}

func TestReplacementOfTheKindSaysWhatBecomesOfTheOldOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	w.write(gitlabArgs(box).at(github))
	w.plan().ok().warns("will be deactivated, not deleted", "GITHUB")
	w.apply().ok()
	if problem := oneActive(box, "GITLAB"); problem != "" {
		t.Error(problem)
	}
	w.plan().empty().quiet()
}

func TestExpiredTokenDoesNotBlockTheRestOfThePlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	revokeGitHub(box)
	w.plan().empty().warns("token", "401")
	w.write(githubArgs(box).with("allow_custom_repository", "true").at(github))
	w.apply().ok()
	w.destroy().ok()
}
