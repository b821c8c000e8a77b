// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestOnlyChangedTokenIsSent(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	second := addGitHubToken(box, "ghp_second0123456789012345678901234567")
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())

	w.Write(githubArgs(box).With("token", acctest.Quote(second)).At(github))
	w.Apply().Ok()
	expectSent(t, box, second)

	w.Write(githubArgs(box).With("token", acctest.Quote(second), "allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	expectSent(t, box, "")

	w.Apply().Ok()
	expectSent(t, box)

	// Arguments that are not part of the configuration in Devtron cause no write.
	w.Write(githubArgs(box).With("token", acctest.Quote(second), "allow_custom_repository", "true", "git_token_check", `"warn"`,
		"deletion_policy", `"abandon"`, "adopt_existing", "true").At(github))
	w.Apply().Ok()
	expectSent(t, box)
	if row, _ := box.Devtron.Row("GITHUB"); row.Token != second {
		t.Errorf("Devtron has the token %q", row.Token)
	}
}

func TestWriteOnlyTokenIsSentWhenItsVersionChanges(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	acctest.Needs(t, acctest.WriteOnly)
	second := addGitHubToken(box, "ghp_second0123456789012345678901234567")
	wo := githubArgs(box).With("token", "", "token_wo", "var.secret")
	w := acctest.NewWorkspace(t, box, acctest.EphemeralVariable+wo.With("token_wo_version", "1").At(github))
	w.SetVariable("secret", box.GitHub.Token())
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())
	w.Plan().Empty().Quiet()

	// Terraform cannot detect a new value without a new version, because the state does not contain
	// the value.
	w.SetVariable("secret", second)
	w.Plan().Empty()
	w.Write(acctest.EphemeralVariable + wo.With("token_wo_version", "2").At(github))
	w.AssertNoSecrets(second, box.GitHub.Token())
	w.Apply().Ok()
	expectSent(t, box, second)

	w.Write(acctest.EphemeralVariable + wo.With("token_wo_version", "2", "username", `"Acme-Bot"`).At(github))
	w.AssertNoSecrets(second, box.GitHub.Token())
	w.Apply().Ok()
	expectSent(t, box, "")
	w.AssertNoSecrets(second, box.GitHub.Token())
}

func TestSwitchBetweenTokenAndWriteOnlyToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	acctest.Needs(t, acctest.WriteOnly)
	second := addGitHubToken(box, "ghp_second0123456789012345678901234567")
	plain := githubArgs(box)
	w := acctest.NewWorkspace(t, box, plain.At(github))
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())

	w.Write(acctest.EphemeralVariable + plain.With("token", "", "token_wo", "var.secret").At(github))
	w.SetVariable("secret", second)
	w.Apply().Ok()
	expectSent(t, box, second)
	w.Plan().Empty().Quiet()
	// The backup is the state from before the switch.
	w.RemoveFile("terraform.tfstate.backup")
	w.AssertNoSecrets(second, box.GitHub.Token())

	w.Write(plain.At(github))
	w.UnsetVariables()
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())
	w.Plan().Empty().Quiet()
	if row, _ := box.Devtron.Row("GITHUB"); row.ID != 1 || len(box.Devtron.Rows()) != 1 {
		t.Errorf("the configuration was not updated in place: %+v", row)
	}
}

func TestRemovedTokenArgumentKeepsStoredToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	box.Log.Reset()
	w.Write(githubArgs(box).With("token", "").At(github))
	w.Apply().Ok()
	expectSent(t, box)
	w.Plan().Empty().Quiet()
	if row, _ := box.Devtron.Row("GITHUB"); row.Token != box.GitHub.Token() {
		t.Errorf("Devtron has the token %q", row.Token)
	}
}

// A token that another resource rotates is known only in the apply, which checks the token before
// it sends it. If the plan knows the token, the check stops the plan, with -refresh=false, too.
func TestRotatedTokenIsCheckedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]func(a acctest.Args, version string) acctest.Args{
		"token": func(a acctest.Args, _ string) acctest.Args { return a.With("token", "terraform_data.secret.output") },
		"token_wo": func(a acctest.Args, version string) acctest.Args {
			return a.With("token", "", "token_wo", "terraform_data.secret.output", "token_wo_version", version)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.Needs(t, acctest.TerraformData)
			if name == "token_wo" {
				acctest.Needs(t, acctest.WriteOnly)
			}
			box := sandbox.ForTest(t)
			config := func(token, version string) string {
				return "resource \"terraform_data\" \"secret\" {\n  input            = " + acctest.Quote(token) + "\n  triggers_replace = " + version + "\n}\n" +
					use(githubArgs(box), version).At(github)
			}
			w := acctest.NewWorkspace(t, box, config(box.GitHub.Token(), "1"))
			w.Apply().Ok()
			stored, _ := box.Devtron.Row("GITHUB")

			w.Write(config(box.GitHub.Token()+"BAD", "2"))
			w.Plan().Ok()
			w.Apply().Fails("GitHub does not accept the token")
			if now, _ := box.Devtron.Row("GITHUB"); now != stored {
				t.Errorf("Devtron has %+v", now)
			}
			w.Plan().Fails("GitHub does not accept the token")
			w.Plan(tfexec.Refresh(false)).Fails("GitHub does not accept the token")
			if n := acctest.Writes(box); n != 1 {
				t.Errorf("sent %d writes", n)
			}

			w.Write(config(box.GitHub.Token(), "3"))
			w.Apply().Ok()
		})
	}
}

// The first run with "off" already sends no request to a git host.
func TestCheckOffSendsNothingInFirstRun(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(*acctest.Workspace) acctest.Result{
		"plan":         func(w *acctest.Workspace) acctest.Result { return w.Plan() },
		"apply":        func(w *acctest.Workspace) acctest.Result { return w.Apply() },
		"refresh-only": func(w *acctest.Workspace) acctest.Result { return w.Apply(tfexec.RefreshOnly(true)) },
		"destroy":      func(w *acctest.Workspace) acctest.Result { return w.Destroy() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
			w.Apply().Ok()
			w.Write(githubArgs(box).With("git_token_check", `"off"`).At(github))
			box.Log.Reset()
			run(w).Ok()
			if n := countChecks(t, box); n != 0 {
				t.Errorf("sent %d requests to git hosts", n)
			}
		})
	}
}
