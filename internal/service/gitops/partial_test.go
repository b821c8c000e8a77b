// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestFailureAfterStoringIsToldAndFinishedByTheNextApply(t *testing.T) {
	t.Parallel()
	down := sandbox.Fault{Status: 500, Body: `{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"no connection to the database"}]}`, ContentType: "application/json"}
	for name, c := range map[string]struct {
		earlier bool
		active  string
		fault   func(sandbox.Fault) sandbox.Fault
		words   []string
	}{
		"restoring what was active": {
			active: "false", earlier: true,
			fault: func(f sandbox.Fault) sandbox.Fault { f.Method, f.Times = "PUT", 1; return f },
			words: []string{"stored", "GITLAB configuration (id 1", "active again failed", "no connection to the database"},
		},
		"deactivating": {
			active: "false",
			fault:  func(f sandbox.Fault) sandbox.Fault { f.Method, f.Times = "PUT", 1; return f },
			words:  []string{"stored, but it is active", "deactivating it failed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			if c.earlier {
				acctest.Needs(t, acctest.ImportBlocks)
				box.Devtron.Put(acctest.GitLabRow(box))
			}
			config := acctest.GitHubArgs(box).With("active", c.active).At(github)
			if c.earlier {
				config += acctest.GitLabArgs(box).With("token", "").At(gitlab) + "import {\n  to = " + gitlab + "\n  id = \"GITLAB\"\n}\n"
			}
			w := acctest.NewWorkspace(t, box, noRetries+config)
			box.Devtron.Inject(c.fault(down))
			w.Apply().Fails(c.words...)
			box.Devtron.ClearFaults()

			w.Apply().Ok()
			row, _ := box.Devtron.Row("GITHUB")
			if n := box.Log.Count("devtron", "POST", ""); n != 1 || row.Active != (c.active == "true") {
				t.Errorf("%d POST requests, Devtron has %+v", n, box.Devtron.Rows())
			}
			if c.earlier {
				if problem := oneActive(box, "GITLAB"); problem != "" {
					t.Error(problem)
				}
			}
			w.Plan().Empty()
			if n := box.Log.Count("devtron", "GET", configRoute+"/"); n != 0 {
				t.Errorf("tokens were read %d times", n)
			}
		})
	}
}

// What Devtron confirmed is stored, in a creation as in an update: an error would make Terraform replace the resource, and
// deactivate the configuration in use on the way.
func TestReadBackThatFailsAfterACreationIsAWarning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, noRetries+acctest.GitHubArgs(box).At(github))
	// The plan, the plan within the apply, and the creation read before.
	box.Devtron.Inject(sandbox.Fault{
		Method: "GET", Skip: 3, Times: 1, Status: 500, ContentType: "application/json",
		Body: `{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"no connection to the database"}]}`,
	})
	w.Apply().Ok().Warns("could not be read back", "no connection to the database")
	box.Devtron.ClearFaults()
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	w.Apply().Ok()
	if n := acctest.Writes(box); n != 0 {
		t.Errorf("%d writes after the creation", n)
	}
	if row, _ := box.Devtron.Row("GITHUB"); !row.Active {
		t.Errorf("Devtron has %+v", row)
	}
}

// The TLS material that an import found is unreadable: only the private state knows that it has to be kept.
func TestAFailedUpdateForgetsNothingThatIsStored(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	ca, _, _ := testCertificates(t)
	box := sandbox.ForTest(t)
	row := acctest.GitHubRow(box)
	row.EnableTLSVerification, row.CAData = true, "stored by somebody else"
	row = box.Devtron.Put(row)
	imported := acctest.GitHubArgs(box).With("token", "")
	w := acctest.NewWorkspace(t, box, noRetries+imported.At(github)+"import {\n  to = "+github+"\n  id = \"GITHUB\"\n}\n")
	w.Apply().Ok()

	w.Write(noRetries + imported.With("tls", "{ ca_certificate = "+heredoc(ca)+" }").At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Fails("internal server error")
	box.Devtron.ClearFaults()

	w.Write(noRetries + imported.At(github))
	w.Plan().Empty()
	w.Write(noRetries + imported.With("allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	row.AllowCustomRepository = true
	if now, _ := box.Devtron.Row("GITHUB"); now != row {
		t.Errorf("Devtron has %+v, want %+v", now, row)
	}
}

// Terraform replaces what failed to be created, and forgets with it what was
// active before, unless it is told that the resource is all right.
func TestUntaintedStandByActivatesWhatWasActiveBefore(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	earlier := box.Devtron.Put(acctest.GitLabRow(box))
	w := acctest.NewWorkspace(t, box, noRetries+acctest.GitHubArgs(box).With("active", "false").At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Times: 1, Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Fails("active again failed", `"terraform untaint"`)

	if output, err := w.Run("untaint", github); err != nil {
		t.Fatal(output)
	}
	w.Apply().Ok()
	if now, _ := box.Devtron.Row("GITLAB"); now != earlier {
		t.Errorf("Devtron has %+v", now)
	}
	if problem := oneActive(box, "GITLAB"); problem != "" {
		t.Error(problem)
	}
	w.Plan().Empty().Quiet()
}

func TestStateKeepsWhatIsStored(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, noRetries+acctest.GitHubArgs(box).With("active", "false").At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Fails("stored, but it is active")
	state := stateOf(t, w)
	if !acctest.HasAll(state, []string{`"id": "1"`, `"active": true`, `"git_provider": "GITHUB"`}) {
		t.Errorf("the state does not have it:\n%s", state)
	}
}

func TestRefusedDryRunStoresNothingAndPointsAtTheArgument(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	box.GitHub.AddToken(sandbox.GitHubToken{
		Token: "ghp_cannot0123456789012345678901234567", Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"}, CannotCreate: true,
	})
	config := acctest.GitHubArgs(box).With("token", acctest.Quote("ghp_cannot0123456789012345678901234567"))
	w := acctest.NewWorkspace(t, box, config.At(github))
	w.Apply().Fails("dry run failed: Create Repo", "Nothing was stored", "github client error", "organization")
	if rows := box.Devtron.Rows(); len(rows) != 0 {
		t.Errorf("Devtron has %+v", rows)
	}
	if state := w.Plan().Ok(); !state.Changes {
		t.Error("the state has a configuration that Devtron has not")
	}

	// The same on an update: the state stays as it was.
	w.Write(acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(config.At(github))
	w.Apply().Fails("dry run failed")
	w.Write(acctest.GitHubArgs(box).At(github))
	w.Plan().Empty()
}
