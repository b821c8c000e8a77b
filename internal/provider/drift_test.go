// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestDriftOfEachFieldIsSeenAndMended(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	ca, certificate, key := testCertificates(t)
	config := githubArgs(box).with("tls", "{ ca_certificate = "+heredoc(ca)+", client_certificate = "+heredoc(certificate)+", client_key = "+heredoc(key)+" }")
	w := newWorkspace(t, box, config.at(github))
	w.apply().ok()
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
		if run := w.folder.Plan(t.Context()); run.Err != nil || !run.Changes || !strings.Contains(run.Output, attribute) {
			t.Errorf("%s: not seen:\n%s", attribute, run.Output)
		}
		w.apply().ok()
		if now, _ := box.Devtron.Row("GITHUB"); now != stored {
			t.Errorf("%s: not mended: %+v", attribute, now)
		}
		w.plan().empty()
	}
}

func TestTLSThatNobodyHereHasSetIsDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	stored, _ := box.Devtron.Row("GITHUB")
	foreign := stored
	foreign.EnableTLSVerification, foreign.CAData = true, "somebody's"
	box.Devtron.Put(foreign)
	if e := w.plan().ok(); !e.Changes {
		t.Error("not seen")
	}
	w.apply().ok()
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("not mended: %+v", now)
	}
	w.plan().empty()
}

func TestEqualSpellingsOfAHostAreNoDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	box.Log.Reset()
	stored, _ := box.Devtron.Row("GITHUB")
	stored.Host = strings.ToUpper(stored.Host[:4]) + stored.Host[4:] + "/"
	box.Devtron.Put(stored)
	w.plan().empty().quiet()
	w.write(githubArgs(box).with("host", quote(box.GitHub.URL()+"//")).at(github))
	w.apply().ok()
	if writes(box) != 0 {
		t.Error("another spelling was written")
	}
}

func TestRemovedRowIsPlannedForCreation(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	box.Devtron.Remove(1)
	if run := w.folder.Plan(t.Context()); !strings.Contains(run.Output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan does not say create:\n%s", run.Output)
	}
	w.apply().ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.ID != 2 || !row.Active {
		t.Errorf("Devtron has %+v", row)
	}
	w.plan().empty().quiet()
}

func TestAnotherActivatedConfigurationIsDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	mine, _ := box.Devtron.Row("GITHUB")
	mine.Active = false
	box.Devtron.Put(mine)
	box.Devtron.Put(gitlabRow(box))
	w.plan().ok().warns("Another configuration will be deactivated", "GITLAB")
	w.apply().ok()
	if problem := oneActive(box, "GITHUB"); problem != "" {
		t.Error(problem)
	}
}

// The API lets a row change its git provider. It is another configuration then,
// which somebody else relies on.
func TestRowOfAnotherKindUnderTheSameNumberIsLeftAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	foreign := gitlabRow(box)
	foreign.ID = 1
	box.Devtron.Put(foreign)
	if run := w.folder.Plan(t.Context()); !strings.Contains(run.Output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan does not say create:\n%s", run.Output)
	}
	box.Log.Reset()
	if run := w.folder.Destroy(t.Context(), tfexec.Refresh(false)); run.Err != nil {
		t.Error(run.Output)
	}
	if writes(box) != 0 {
		t.Error("somebody else's configuration was written")
	}
}

func TestTLSThatVanishedAfterThePlanIsNamed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	row := githubRow(box)
	row.EnableTLSVerification, row.CAData = true, "unreadable"
	row = box.Devtron.Put(row)
	config := githubArgs(box).with("token", "")
	w := newWorkspace(t, box, config.at(github))
	if run := w.folder.Import(t.Context(), github, "GITHUB"); run.Err != nil {
		t.Fatal(run.Output)
	}
	w.write(config.with("username", `"somebody"`).at(github))
	w.savePlan()
	row.EnableTLSVerification, row.CAData = false, ""
	box.Devtron.Put(row)
	w.applySaved().fails("TLS settings are incomplete", "CA certificate: to be kept as stored; client certificate: none; client key: none", "HTTP 412")
}
