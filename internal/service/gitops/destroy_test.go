// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestDestroyWithExpiredToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	revokeGitHubToken(box)
	w.Destroy().Ok().
		WarnsOfDestroy("will be deactivated, not deleted", "stays stored in Devtron", "revoke it").
		Warns("Deactivated without a dry run", "allowCustomRepository = true", "401 Bad credentials")
	if row, _ := box.Devtron.Row("GITHUB"); row.Active || !row.AllowCustomRepository {
		t.Errorf("Devtron has %+v", row)
	}
}

func TestDestroyOfGitLabWithExpiredToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := acctest.NewWorkspace(t, box, gitlabArgs(box).At(gitlab))
	w.Apply().Ok()
	box.GitLab.AddToken(sandbox.GitLabToken{Token: box.GitLab.Token(), Username: sandbox.Username, Revoked: true})
	stored, _ := box.Devtron.Row("GITLAB")

	w.Destroy().Fails("refuses to deactivate", `deletion_policy = "abandon"`, "still in the Terraform state", "401")
	if now, _ := box.Devtron.Row("GITLAB"); now != stored {
		t.Errorf("Devtron has %+v", now)
	}

	w.Write(gitlabArgs(box).With("deletion_policy", `"abandon"`).At(gitlab))
	box.Log.Reset()
	w.Apply().Ok()
	w.Destroy().Ok().WarnsOfDestroy("stays in Devtron", "only forgets it")
	if acctest.Writes(box) != 0 {
		t.Error("the policy abandon wrote to Devtron")
	}
}

func TestDestroyOfMissingOrInactiveConfigSendsNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*sandbox.Devtron, sandbox.Row){
		"gone":     func(d *sandbox.Devtron, r sandbox.Row) { d.Remove(r.ID) },
		"inactive": func(d *sandbox.Devtron, r sandbox.Row) { r.Active = false; d.Put(r) },
	} {
		for _, refresh := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, refresh %t", name, refresh), func(t *testing.T) {
				t.Parallel()
				box := sandbox.ForTest(t)
				w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
				w.Apply().Ok()
				row, _ := box.Devtron.Row("GITHUB")
				change(box.Devtron, row)
				box.Log.Reset()
				w.Destroy(tfexec.Refresh(refresh)).Ok()
				if acctest.Writes(box) != 0 {
					t.Error("the destroy wrote to Devtron")
				}
			})
		}
	}
}

func TestChangedGitProviderDeactivatesPreviousConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(gitlabArgs(box).At(github))
	w.Plan().Ok().Warns("will be deactivated, not deleted", "GITHUB")
	w.Apply().Ok()
	if err := checkActive(box, "GITLAB"); err != nil {
		t.Error(err)
	}
	w.Plan().Empty().Quiet()
}

func TestExpiredTokenDoesNotBlockOtherChanges(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	revokeGitHubToken(box)
	w.Plan().Empty().Warns("token", "401")
	w.Write(githubArgs(box).With("allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	w.Destroy().Ok()
}

// Terraform plans the creation of a replacement in a second call, and drops the warnings of that.
func TestChangedGitProviderWarnsAboutTheNewOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At("devtron_gitops_config.this"))
	w.Apply().Ok()
	standby := gitlabRow(box)
	standby.Active = false
	box.Devtron.Put(standby)
	box.GitLab.AddToken(sandbox.GitLabToken{Token: box.GitLab.Token(), Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: 40}})
	w.Write(gitlabArgs(box).At("devtron_gitops_config.this"))
	for _, words := range []string{"deactivated, not deleted", "An inactive configuration will be taken over", "cannot delete projects"} {
		w.Plan().Ok().Warns(words)
	}
	w.Apply().Ok()
	if err := checkActive(box, "GITLAB"); err != nil {
		t.Error(err)
	}
}
