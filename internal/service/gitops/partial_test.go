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

func TestNextApplyCompletesPartialCreate(t *testing.T) {
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
				box.Devtron.Put(gitlabRow(box))
			}
			config := githubArgs(box).With("active", c.active).At(github)
			if c.earlier {
				config += gitlabArgs(box).With("token", "").At(gitlab) + acctest.ImportBlock(gitlab, "GITLAB")
			}
			w := acctest.NewWorkspace(t, box, acctest.NoRetries+config)
			box.Devtron.Inject(c.fault(down))
			w.Apply().Fails(c.words...)
			box.Devtron.ClearFaults()

			w.Apply().Ok()
			row, _ := box.Devtron.Row("GITHUB")
			if n := box.Log.Count("devtron", "POST", ""); n != 1 || row.Active != (c.active == "true") {
				t.Errorf("%d POST requests, Devtron has %+v", n, box.Devtron.Rows())
			}
			if c.earlier {
				if err := checkActive(box, "GITLAB"); err != nil {
					t.Error(err)
				}
			}
			w.Plan().Empty()
			if n := box.Log.Count("devtron", "GET", configRoute+"/"); n != 0 {
				t.Errorf("read tokens %d times", n)
			}
		})
	}
}

// Devtron has confirmed the write. An error would make Terraform replace the resource, which
// deactivates the configuration in use.
func TestFailedReadBackAfterCreateIsWarning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github))
	// The plan, the plan within the apply, and the creation read the list before.
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
		t.Errorf("sent %d writes after the creation", n)
	}
	if row, _ := box.Devtron.Row("GITHUB"); !row.Active {
		t.Errorf("Devtron has %+v", row)
	}
}

// Only a refresh reads the id that the creation could not read back.
func TestUpdateWithoutRefreshFindsTheID(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Skip: 3, Times: 1, Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Ok().Warns("could not be read back")
	box.Devtron.ClearFaults()
	w.Write(acctest.NoRetries + githubArgs(box).With("allow_custom_repository", "true").At(github))
	w.Apply(tfexec.Refresh(false)).Ok()
	if row, _ := box.Devtron.Row("GITHUB"); !row.AllowCustomRepository || !strings.Contains(w.State(), `"id": "1"`) {
		t.Errorf("Devtron has %+v, the state is\n%s", row, w.State())
	}
	w.Plan().Empty().Quiet()
}

// Devtron does not return TLS material: only the private state records that an import found some,
// which has to be kept.
func TestFailedUpdateKeepsImportedTLS(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	ca, _, _ := acctest.Certificates(t)
	box := sandbox.ForTest(t)
	row := githubRow(box)
	row.EnableTLSVerification, row.CAData = true, "stored by somebody else"
	row = box.Devtron.Put(row)
	imported := githubArgs(box).With("token", "")
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+imported.At(github)+acctest.ImportBlock(github, "GITHUB"))
	w.Apply().Ok()

	w.Write(acctest.NoRetries + imported.With("tls", "{ ca_certificate = "+acctest.Quote(ca)+" }").At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Fails("internal server error")
	box.Devtron.ClearFaults()

	w.Write(acctest.NoRetries + imported.At(github))
	w.Plan().Empty()
	w.Write(acctest.NoRetries + imported.With("allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	row.AllowCustomRepository = true
	if now, _ := box.Devtron.Row("GITHUB"); now != row {
		t.Errorf("Devtron has %+v, want %+v", now, row)
	}
}

// Terraform replaces a resource whose creation failed, and loses the record of the previously
// active configuration with it, unless the user untaints the resource.
func TestUntaintedStandbyReactivatesPreviousConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	earlier := box.Devtron.Put(gitlabRow(box))
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).With("active", "false").At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Times: 1, Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Fails("active again failed", `"terraform untaint"`)

	w.MustRun("untaint", github)
	w.Apply().Ok()
	if now, _ := box.Devtron.Row("GITLAB"); now != earlier {
		t.Errorf("Devtron has %+v", now)
	}
	if err := checkActive(box, "GITLAB"); err != nil {
		t.Error(err)
	}
	w.Plan().Empty().Quiet()
}

func TestStateContainsPartialCreate(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).With("active", "false").At(github))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: `{"error":"internal server error"}`})
	w.Apply().Fails("stored, but it is active")
	state := w.State()
	if !acctest.HasAll(state, []string{`"id": "1"`, `"active": true`, `"git_provider": "GITHUB"`}) {
		t.Errorf("the state does not contain the configuration:\n%s", state)
	}
}

func TestFailedDryRunStoresNothing(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	box.GitHub.AddToken(sandbox.GitHubToken{
		Token: "ghp_cannot0123456789012345678901234567", Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"}, CannotCreate: true,
	})
	config := githubArgs(box).With("token", acctest.Quote("ghp_cannot0123456789012345678901234567"))
	w := acctest.NewWorkspace(t, box, config.At(github))
	w.Apply().Fails("dry run failed: Create Repo", "Nothing was stored", "github client error", "organization")
	if rows := box.Devtron.Rows(); len(rows) != 0 {
		t.Errorf("Devtron has %+v", rows)
	}
	if state := w.Plan().Ok(); !state.Changes {
		t.Error("the state contains a configuration that Devtron did not store")
	}

	// A failed dry run of an update leaves the state unchanged.
	w.Write(githubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(config.At(github))
	w.Apply().Fails("dry run failed")
	w.Write(githubArgs(box).At(github))
	w.Plan().Empty()
}
