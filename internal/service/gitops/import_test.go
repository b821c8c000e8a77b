// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestImportByGitProviderAndByID(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"git provider": "GITHUB", "git provider in lower case": "github", "id": "2"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			other := gitlabRow(box)
			other.Active = false
			box.Devtron.Put(other)
			box.Devtron.Put(githubRow(box))
			w := acctest.NewWorkspace(t, box, githubArgs(box).With("token", "").At(github))
			w.Import(github, id).Ok()
			w.Plan().Empty().Quiet()

			// With a token, only the token changes.
			w.Write(githubArgs(box).At(github))
			if e := w.Plan().Ok(); !e.Changes || strings.Count(e.Output, `"action":"update"`) == 0 {
				t.Error(e.Output)
			}
			if acctest.Writes(box) != 0 {
				t.Error("the import wrote to Devtron")
			}
			w.Apply().Ok()
			expectSent(t, box, box.GitHub.Token())
			w.Plan().Empty().Quiet()
		})
	}
}

func TestImportOfMissingConfigListsExistingOnes(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(gitlabRow(box))
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	for _, id := range []string{"GITHUB", "7", "0", "-1", "nonsense", " "} {
		run := w.Import(github, id)
		if run.Err == nil || !strings.Contains(run.Output, "GITLAB configuration (id 1") {
			t.Errorf("%q: %s", id, run.Output)
		}
	}
	box.Devtron.Empty()
	if run := w.Import(github, "GITHUB"); !strings.Contains(run.Output, "no GitOps configuration at all") {
		t.Error(run.Output)
	}
}

func TestEveryKindOfImport(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(githubRow(box))
	imported := acctest.Imported{
		Address: github, Config: githubArgs(box).With("token", "").At(github), ID: "GITHUB", Identity: acctest.Args{"git_provider": `"GITHUB"`},
	}
	acctest.CheckImport(t, box, imported)
	acctest.CheckGeneratedConfig(t, box, imported, box.GitHub.Token(), box.Devtron.AdminToken())
}

func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	row := githubRow(box)
	row.EnableTLSVerification, row.CAData, row.Username = true, "unreadable", "somebody"
	stored := box.Devtron.Put(row)
	w := acctest.NewWorkspace(t, box, "")
	generated := w.GenerateConfig(acctest.ImportBlock(github, "GITHUB"))
	if len(acctest.Leaks(generated, box.GitHub.Token())) > 0 {
		t.Error("the generated configuration contains the token")
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if acctest.Writes(box) != 0 {
		t.Error("the import wrote to Devtron")
	}

	// A later write keeps the TLS material, which the configuration does not contain.
	w.SetGenerated(strings.Replace(generated, `"somebody"`, `"somebody-else"`, 1))
	w.Apply().Ok()
	stored.Username = "somebody-else"
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has\n%+v, want\n%+v", now, stored)
	}
	w.Plan().Empty().Quiet()
}
