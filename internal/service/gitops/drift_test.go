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

func TestDriftOfEachFieldIsCorrected(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	ca, certificate, key := acctest.Certificates(t)
	config := githubArgs(box).With("tls", "{ ca_certificate = "+acctest.Quote(ca)+", client_certificate = "+acctest.Quote(certificate)+", client_key = "+acctest.Quote(key)+" }")
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
		if run := w.PlanText(); run.Err != nil || !run.Changes || !strings.Contains(run.Output, attribute) {
			t.Errorf("%s: the plan does not show the drift:\n%s", attribute, run.Output)
		}
		w.Apply().Ok()
		if now, _ := box.Devtron.Row("GITHUB"); now != stored {
			t.Errorf("%s: the apply did not correct the drift: %+v", attribute, now)
		}
		w.Plan().Empty()
	}
}

func TestTLSOfAnotherUserIsDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	stored, _ := box.Devtron.Row("GITHUB")
	foreign := stored
	foreign.EnableTLSVerification, foreign.CAData = true, "somebody's"
	box.Devtron.Put(foreign)
	if e := w.Plan().Ok(); !e.Changes {
		t.Error("the plan does not show the drift")
	}
	w.Apply().Ok()
	if now, _ := box.Devtron.Row("GITHUB"); now != stored {
		t.Errorf("the apply did not correct the drift: %+v", now)
	}
	w.Plan().Empty()
}

func TestEquivalentHostIsNoDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	box.Log.Reset()
	stored, _ := box.Devtron.Row("GITHUB")
	stored.Host = strings.ToUpper(stored.Host[:4]) + stored.Host[4:] + "/"
	box.Devtron.Put(stored)
	w.Plan().Empty().Quiet()
	w.Write(githubArgs(box).With("host", acctest.Quote(box.GitHub.URL()+"//")).At(github))
	w.Apply().Ok()
	if acctest.Writes(box) != 0 {
		t.Error("another spelling of the host was written")
	}
}

// Devtron compares the host with github.com byte for byte, and takes any other spelling for a GitHub
// Enterprise Server.
func TestSpellingOfGitHubThatDevtronCannotUseIsCorrected(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	row := githubRow(box)
	row.Host = "https://GitHub.com/"
	box.Devtron.Put(row)
	config := githubArgs(box).With("host", "").At(github)
	w := acctest.NewWorkspace(t, box, config+acctest.ImportBlock(github, "GITHUB"), publicHosts(t, box)...)
	host := func(want string) {
		t.Helper()
		if now, _ := box.Devtron.Row("GITHUB"); now.Host != want {
			t.Errorf("the host is %q, want %q", now.Host, want)
		}
	}
	w.Apply().Ok()
	host("https://github.com/")
	w.Plan().Empty().Quiet()

	stored, _ := box.Devtron.Row("GITHUB")
	stored.Host = row.Host
	box.Devtron.Put(stored)
	if !w.Plan().Ok().Changes {
		t.Error("the drift is not noticed")
	}
	w.Apply().Ok()
	host("https://github.com/")

	// The spelling of the configuration makes no difference while Devtron has one that it can use.
	w.Write(githubArgs(box).With("host", `"https://GITHUB.com"`).At(github))
	w.Plan().Empty().Quiet()
}

func TestRemovedConfigIsCreatedAgain(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	box.Devtron.Remove(1)
	if run := w.PlanText(); !strings.Contains(run.Output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan does not create the configuration:\n%s", run.Output)
	}
	w.Apply().Ok()
	if row, _ := box.Devtron.Row("GITHUB"); row.ID != 2 || !row.Active {
		t.Errorf("Devtron has %+v", row)
	}
	w.Plan().Empty().Quiet()
}

func TestActivatedOtherConfigIsDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	mine, _ := box.Devtron.Row("GITHUB")
	mine.Active = false
	box.Devtron.Put(mine)
	box.Devtron.Put(gitlabRow(box))
	w.Plan().Ok().Warns("Another configuration will be deactivated", "GITLAB")
	w.Apply().Ok()
	if err := checkActive(box, "GITHUB"); err != nil {
		t.Error(err)
	}
}

// The API allows a change of the git provider. The result counts as another configuration, which
// another user depends on.
func TestConfigWithChangedGitProviderIsNotWritten(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	foreign := gitlabRow(box)
	foreign.ID = 1
	box.Devtron.Put(foreign)
	if run := w.PlanText(); !strings.Contains(run.Output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan does not create the configuration:\n%s", run.Output)
	}
	box.Log.Reset()
	w.Destroy(tfexec.Refresh(false)).Ok()
	if acctest.Writes(box) != 0 {
		t.Error("the configuration of another user was written")
	}
}

func TestTLSRemovedAfterPlanIsReported(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	row := githubRow(box)
	row.EnableTLSVerification, row.CAData = true, "unreadable"
	row = box.Devtron.Put(row)
	config := githubArgs(box).With("token", "")
	w := acctest.NewWorkspace(t, box, config.At(github))
	w.Import(github, "GITHUB").Ok()
	w.Write(config.With("username", `"somebody"`).At(github))
	w.SavePlan()
	row.EnableTLSVerification, row.CAData = false, ""
	box.Devtron.Put(row)
	w.ApplySaved().Fails("TLS settings are incomplete", "CA certificate: to be kept as stored; client certificate: none; client key: none", "HTTP 412")
}

// Devtron does not prevent two processes that write at the same time from leaving two behind.
func TestTwoActiveConfigsAreReportedUntilOneIsLeft(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	box.Devtron.Put(gitlabRow(box))
	for range 2 {
		w.Plan().Empty().Warns("Two configurations are active", "GITLAB configuration (id 2", "active = false")
	}
	w.Write(githubWithStandby(box))
	w.Apply().Ok()
	if err := checkActive(box, "GITHUB"); err != nil {
		t.Error(err)
	}
	w.Plan().Empty().Quiet()
}
