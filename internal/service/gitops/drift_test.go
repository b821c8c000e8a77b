// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestDriftOfEachFieldIsSeenAndMended(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	ca, certificate, key := testCertificates(t)
	config := acctest.GitHubArgs(box).With("tls", "{ ca_certificate = "+heredoc(ca)+", client_certificate = "+heredoc(certificate)+", client_key = "+heredoc(key)+" }")
	w := acctest.NewWorkspace(t, box, config.At(github))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")
	if stored.CAData != ca || stored.TLSCertData != certificate || stored.TLSKeyData != key {
		t.Fatalf("Devtron has %+v", stored)
	}

	for attribute, change := range map[string]func(*sandbox.Row){
		"username":                func(r *sandbox.Row) { r.Username = "somebody" },
		"organization":            func(r *sandbox.Row) { r.GitHubOrgID = "another-org" },
		"host":                    func(r *sandbox.Row) { r.Host = "https://github.example.com/" },
		"active":                  func(r *sandbox.Row) { r.Active = false },
		"allow_custom_repository": func(r *sandbox.Row) { r.AllowCustomRepository = true },
		"tls": func(r *sandbox.Row) {
			r.EnableTLSVerification, r.CAData, r.TLSCertData, r.TLSKeyData = false, "", "", ""
		},
		"ca_certificate":     func(r *sandbox.Row) { r.CAData = "" },
		"client_certificate": func(r *sandbox.Row) { r.TLSCertData, r.TLSKeyData = "", "" },
	} {
		changed := stored
		change(&changed)
		box.Devtron.Put(changed)
		if run := w.Folder.Plan(t.Context()); run.Err != nil || !run.Changes || !strings.Contains(run.Output, attribute) {
			t.Errorf("%s: not seen:\n%s", attribute, run.Output)
		}
		w.Apply().Ok()
		if now, _ := box.Devtron.Row("GITHUB"); now != stored {
			t.Errorf("%s: not mended: %+v", attribute, now)
		}
		w.Plan().Empty()
	}
}

func TestTLSThatNobodyHereHasSetIsDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")
	foreign := stored
	foreign.EnableTLSVerification, foreign.CAData = true, "somebody's"
	box.Devtron.Put(foreign)
	if e := w.Plan().Ok(); !e.Changes {
		t.Error("not seen")
	}
	w.Apply().Ok()
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("not mended: %+v", now)
	}
	w.Plan().Empty()
}

func TestEqualSpellingsOfAHostAreNoDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	box.Log.Reset()
	stored, _ := box.Devtron.Row("GITHUB")
	stored.Host = strings.ToUpper(stored.Host[:4]) + stored.Host[4:] + "/"
	box.Devtron.Put(stored)
	w.Plan().Empty().Quiet()
	w.Write(acctest.GitHubArgs(box).With("host", acctest.Quote(box.GitHub.URL()+"//")).At(github))
	w.Apply().Ok()
	if acctest.Writes(box) != 0 {
		t.Error("another spelling was written")
	}
}

func TestRemovedRowIsPlannedForCreation(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	box.Devtron.Remove(1)
	if run := w.Folder.Plan(t.Context()); !strings.Contains(run.Output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan does not say create:\n%s", run.Output)
	}
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.ID != 2 || !row.Active {
		t.Errorf("Devtron has %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestAnotherActivatedConfigurationIsDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	mine, _ := box.Devtron.Row("GITHUB")
	mine.Active = false
	box.Devtron.Put(mine)
	box.Devtron.Put(acctest.GitLabRow(box))
	w.Plan().Ok().Warns("Another configuration will be deactivated", "GITLAB")
	w.Apply().Ok()
	if problem := oneActive(box, "GITHUB"); problem != "" {
		t.Error(problem)
	}
}

// The API lets a row change its git provider. It is another configuration then,
// which somebody else relies on.
func TestRowOfAnotherKindUnderTheSameNumberIsLeftAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	foreign := acctest.GitLabRow(box)
	foreign.ID = 1
	box.Devtron.Put(foreign)
	if run := w.Folder.Plan(t.Context()); !strings.Contains(run.Output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan does not say create:\n%s", run.Output)
	}
	box.Log.Reset()
	if run := w.Folder.Destroy(t.Context(), tfexec.Refresh(false)); run.Err != nil {
		t.Error(run.Output)
	}
	if acctest.Writes(box) != 0 {
		t.Error("somebody else's configuration was written")
	}
}

func TestTLSThatVanishedAfterThePlanIsNamed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	row := acctest.GitHubRow(box)
	row.EnableTLSVerification, row.CAData = true, "unreadable"
	row = box.Devtron.Put(row)
	config := acctest.GitHubArgs(box).With("token", "")
	w := acctest.NewWorkspace(t, box, config.At(github))
	if run := w.Folder.Import(t.Context(), github, "GITHUB"); run.Err != nil {
		t.Fatal(run.Output)
	}
	w.Write(config.With("username", `"somebody"`).At(github))
	w.SavePlan()
	row.EnableTLSVerification, row.CAData = false, ""
	box.Devtron.Put(row)
	w.ApplySaved().Fails("TLS settings are incomplete", "CA certificate: to be kept as stored; client certificate: none; client key: none", "HTTP 412")
}
