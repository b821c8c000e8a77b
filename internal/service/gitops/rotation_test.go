// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// newGitHubToken makes another token that does for Devtron.
func newGitHubToken(box *sandbox.Sandbox, text string) string {
	box.GitHub.AddToken(sandbox.GitHubToken{
		Token: text, Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"},
	})
	return text
}

// sentTokens are the tokens of the writes since the log was emptied.
func sentTokens(t *testing.T, box *sandbox.Sandbox) []string {
	t.Helper()
	var tokens []string
	for _, request := range box.Log.To("devtron") {
		if request.Method != "PUT" && request.Method != "POST" {
			continue
		}
		var body struct{ Token string }
		if err := json.Unmarshal(request.Body, &body); err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, body.Token)
	}
	return tokens
}

func expectSent(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	got := sentTokens(t, box)
	if len(got) != len(want) {
		t.Fatalf("%d writes with tokens %q, wanted %q", len(got), got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("tokens sent: %q, wanted %q", got, want)
		}
	}
	box.Log.Reset()
}

func TestChangedTokenIsSentOnceAndNothingElseSendsOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	second := newGitHubToken(box, "ghp_second0123456789012345678901234567")
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())

	w.Write(acctest.GitHubArgs(box).With("token", acctest.Quote(second)).At(github))
	w.Apply().Ok()
	expectSent(t, box, second)

	w.Write(acctest.GitHubArgs(box).With("token", acctest.Quote(second), "allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	expectSent(t, box, "")

	w.Apply().Ok()
	expectSent(t, box)

	// What Devtron knows nothing of costs no write.
	w.Write(acctest.GitHubArgs(box).With("token", acctest.Quote(second), "allow_custom_repository", "true", "git_token_check", `"warn"`,
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
	second := newGitHubToken(box, "ghp_second0123456789012345678901234567")
	wo := acctest.GitHubArgs(box).With("token", "", "token_wo", "var.secret")
	w := acctest.NewWorkspace(t, box, acctest.EphemeralVariable+wo.With("token_wo_version", "1").At(github))
	w.SetVariable("secret", box.GitHub.Token())
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())
	w.Plan().Empty().Quiet()

	// A new value alone is not noticed, by design: it is in no state.
	w.SetVariable("secret", second)
	w.Plan().Empty()
	w.Write(acctest.EphemeralVariable + wo.With("token_wo_version", "2").At(github))
	w.AssertNowhere(second, box.GitHub.Token())
	w.Apply().Ok()
	expectSent(t, box, second)

	w.Write(acctest.EphemeralVariable + wo.With("token_wo_version", "2", "username", `"Acme-Bot"`).At(github))
	w.AssertNowhere(second, box.GitHub.Token())
	w.Apply().Ok()
	expectSent(t, box, "")
	w.AssertNowhere(second, box.GitHub.Token())
}

func TestMovingBetweenTokenAndWriteOnlyTokenInPlace(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	acctest.Needs(t, acctest.WriteOnly)
	second := newGitHubToken(box, "ghp_second0123456789012345678901234567")
	plain := acctest.GitHubArgs(box)
	w := acctest.NewWorkspace(t, box, plain.At(github))
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())

	w.Write(acctest.EphemeralVariable + plain.With("token", "", "token_wo", "var.secret").At(github))
	w.SetVariable("secret", second)
	w.Apply().Ok()
	expectSent(t, box, second)
	w.Plan().Empty().Quiet()
	// What Terraform keeps as a backup is the state before the move.
	if err := os.Remove(filepath.Join(w.Folder.Dir, "terraform.tfstate.backup")); err != nil {
		t.Fatal(err)
	}
	w.AssertNowhere(second, box.GitHub.Token())

	w.Write(plain.At(github))
	w.UnsetVariables()
	w.Apply().Ok()
	expectSent(t, box, box.GitHub.Token())
	w.Plan().Empty().Quiet()
	if row, _ := box.Devtron.Row("GITHUB"); row.ID != 1 || len(box.Devtron.Rows()) != 1 {
		t.Errorf("not in place: %+v", row)
	}
}

func TestDroppingTheTokenKeepsTheStoredOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	box.Log.Reset()
	w.Write(acctest.GitHubArgs(box).With("token", "").At(github))
	w.Apply().Ok()
	expectSent(t, box)
	w.Plan().Empty().Quiet()
	if row, _ := box.Devtron.Row("GITHUB"); row.Token != box.GitHub.Token() {
		t.Errorf("Devtron has the token %q", row.Token)
	}
}

// A token that another resource rotates is known in the apply only, which asks before it sends the token. Known while
// planning, the same token stops the plan, with -refresh=false as well.
func TestARotatedTokenIsCheckedBeforeItIsSent(t *testing.T) {
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
					use(acctest.GitHubArgs(box), version).At(github)
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
				t.Errorf("%d writes", n)
			}

			w.Write(config(box.GitHub.Token(), "3"))
			w.Apply().Ok()
		})
	}
}

// From the first run with "off" on nothing is asked, whatever the run does.
func TestOffAsksNothingFromTheFirstRun(t *testing.T) {
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
			w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
			w.Apply().Ok()
			w.Write(acctest.GitHubArgs(box).With("git_token_check", `"off"`).At(github))
			box.Log.Reset()
			run(w).Ok()
			if n := asked(t, box); n != 0 {
				t.Errorf("%d requests to git hosts", n)
			}
		})
	}
}
