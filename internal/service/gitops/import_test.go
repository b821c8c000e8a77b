// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestImportByKindAndByID(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"kind": "GITHUB", "kind in lower case": "github", "id": "2"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			other := acctest.GitLabRow(box)
			other.Active = false
			box.Devtron.Put(other)
			box.Devtron.Put(acctest.GitHubRow(box))
			w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).With("token", "").At(github))
			if run := w.Folder.Import(t.Context(), github, id); run.Err != nil {
				t.Fatal(run.Output)
			}
			w.Plan().Empty().Quiet()

			// With a token it is the token alone that changes.
			w.Write(acctest.GitHubArgs(box).At(github))
			if e := w.Plan().Ok(); !e.Changes || strings.Count(e.Output, `"action":"update"`) == 0 {
				t.Error(e.Output)
			}
			if acctest.Writes(box) != 0 {
				t.Error("importing wrote")
			}
			w.Apply().Ok()
			expectSent(t, box, box.GitHub.Token())
			w.Plan().Empty().Quiet()
		})
	}
}

func TestImportOfWhatIsNotThereSaysWhatIs(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(acctest.GitLabRow(box))
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	for _, id := range []string{"GITHUB", "7", "0", "-1", "nonsense", " "} {
		run := w.Folder.Import(t.Context(), github, id)
		if run.Err == nil || !strings.Contains(run.Output, "GITLAB configuration (id 1") {
			t.Errorf("%q: %s", id, run.Output)
		}
	}
	box.Devtron.Empty()
	if run := w.Folder.Import(t.Context(), github, "GITHUB"); !strings.Contains(run.Output, "no GitOps configuration at all") {
		t.Error(run.Output)
	}
}

func TestImportBlockGeneratesAConfigurationThatPlansClean(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	row := acctest.GitHubRow(box)
	row.EnableTLSVerification, row.CAData, row.Username = true, "unreadable", "somebody"
	stored := box.Devtron.Put(row)
	w := acctest.NewWorkspace(t, box, "import {\n  to = devtron_gitops_config.github\n  id = \"GITHUB\"\n}\n")
	run, _ := w.Folder.PlanJSON(t.Context(), tfexec.GenerateConfigOut("generated.tf"))
	if run.Err != nil {
		t.Fatal(run.Output)
	}
	text, err := os.ReadFile(filepath.Join(w.Folder.Dir, "generated.tf"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), box.GitHub.Token()) {
		t.Error("the generated configuration holds the token")
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if acctest.Writes(box) != 0 {
		t.Error("importing wrote")
	}

	// A later write keeps the TLS material that nobody here has set.
	w.Write("")
	changed := strings.Replace(string(text), `"somebody"`, `"somebody-else"`, 1)
	if err := os.WriteFile(filepath.Join(w.Folder.Dir, "generated.tf"), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Apply().Ok()
	stored.Username = "somebody-else"
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("Devtron has\n%+v, wanted\n%+v", now, stored)
	}
	w.Plan().Empty().Quiet()
}
