// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

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
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	expectSent(t, box, box.GitHub.Token())

	w.write(githubArgs(box).with("token", quote(second)).at(github))
	w.apply().ok()
	expectSent(t, box, second)

	w.write(githubArgs(box).with("token", quote(second), "allow_custom_repository", "true").at(github))
	w.apply().ok()
	expectSent(t, box, "")

	w.apply().ok()
	expectSent(t, box)

	// What Devtron knows nothing of costs no write.
	w.write(githubArgs(box).with("token", quote(second), "allow_custom_repository", "true", "git_token_check", `"warn"`,
		"deletion_policy", `"abandon"`, "adopt_existing", "true").at(github))
	w.apply().ok()
	expectSent(t, box)
	if row, _ := box.Devtron.Row("GITHUB"); row.Token != second {
		t.Errorf("Devtron has the token %q", row.Token)
	}
}

func TestWriteOnlyTokenIsSentWhenItsVersionChanges(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	needs(t, writeOnly)
	second := newGitHubToken(box, "ghp_second0123456789012345678901234567")
	wo := githubArgs(box).with("token", "", "token_wo", "var.secret")
	w := newWorkspace(t, box, ephemeralVariable+wo.with("token_wo_version", "1").at(github))
	w.setVariable("secret", box.GitHub.Token())
	w.apply().ok()
	expectSent(t, box, box.GitHub.Token())
	w.plan().empty().quiet()

	// A new value alone is not noticed, by design: it is in no state.
	w.setVariable("secret", second)
	w.plan().empty()
	w.write(ephemeralVariable + wo.with("token_wo_version", "2").at(github))
	w.assertNowhere(second, box.GitHub.Token())
	w.apply().ok()
	expectSent(t, box, second)

	w.write(ephemeralVariable + wo.with("token_wo_version", "2", "username", `"Acme-Bot"`).at(github))
	w.assertNowhere(second, box.GitHub.Token())
	w.apply().ok()
	expectSent(t, box, "")
	w.assertNowhere(second, box.GitHub.Token())
}

func TestMovingBetweenTokenAndWriteOnlyTokenInPlace(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	needs(t, writeOnly)
	second := newGitHubToken(box, "ghp_second0123456789012345678901234567")
	plain := githubArgs(box)
	w := newWorkspace(t, box, plain.at(github))
	w.apply().ok()
	expectSent(t, box, box.GitHub.Token())

	w.write(ephemeralVariable + plain.with("token", "", "token_wo", "var.secret").at(github))
	w.setVariable("secret", second)
	w.apply().ok()
	expectSent(t, box, second)
	w.plan().empty().quiet()
	// What Terraform keeps as a backup is the state before the move.
	if err := os.Remove(filepath.Join(w.folder.Dir, "terraform.tfstate.backup")); err != nil {
		t.Fatal(err)
	}
	w.assertNowhere(second, box.GitHub.Token())

	w.write(plain.at(github))
	w.unsetVariables()
	w.apply().ok()
	expectSent(t, box, box.GitHub.Token())
	w.plan().empty().quiet()
	if row, _ := box.Devtron.Row("GITHUB"); row.ID != 1 || len(box.Devtron.Rows()) != 1 {
		t.Errorf("not in place: %+v", row)
	}
}

func TestDroppingTheTokenKeepsTheStoredOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	box.Log.Reset()
	w.write(githubArgs(box).with("token", "").at(github))
	w.apply().ok()
	expectSent(t, box)
	w.plan().empty().quiet()
	if row, _ := box.Devtron.Row("GITHUB"); row.Token != box.GitHub.Token() {
		t.Errorf("Devtron has the token %q", row.Token)
	}
}

// A token that another resource rotates is known in the apply only, which asks before it sends the token. Known while
// planning, the same token stops the plan, with -refresh=false as well.
func TestARotatedTokenIsCheckedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]func(a args, version string) args{
		"token": func(a args, _ string) args { return a.with("token", "terraform_data.secret.output") },
		"token_wo": func(a args, version string) args {
			return a.with("token", "", "token_wo", "terraform_data.secret.output", "token_wo_version", version)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			needs(t, terraformData)
			if name == "token_wo" {
				needs(t, writeOnly)
			}
			box := sandbox.ForTest(t)
			config := func(token, version string) string {
				return "resource \"terraform_data\" \"secret\" {\n  input            = " + quote(token) + "\n  triggers_replace = " + version + "\n}\n" +
					use(githubArgs(box), version).at(github)
			}
			w := newWorkspace(t, box, config(box.GitHub.Token(), "1"))
			w.apply().ok()
			stored, _ := box.Devtron.Row("GITHUB")

			w.write(config(box.GitHub.Token()+"BAD", "2"))
			w.plan().ok()
			w.apply().fails("GitHub does not accept the token")
			if now, _ := box.Devtron.Row("GITHUB"); now != stored {
				t.Errorf("Devtron has %+v", now)
			}
			w.plan().fails("GitHub does not accept the token")
			run, found := w.folder.PlanJSON(t.Context(), tfexec.Refresh(false))
			ended{t, run, found}.fails("GitHub does not accept the token")
			if n := writes(box); n != 1 {
				t.Errorf("%d writes", n)
			}

			w.write(config(box.GitHub.Token(), "3"))
			w.apply().ok()
		})
	}
}

// From the first run with "off" on nothing is asked, whatever the run does.
func TestOffAsksNothingFromTheFirstRun(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(*workspace) ended{
		"plan":         func(w *workspace) ended { return w.plan() },
		"apply":        func(w *workspace) ended { return w.apply() },
		"refresh-only": func(w *workspace) ended { return w.apply(tfexec.RefreshOnly(true)) },
		"destroy":      func(w *workspace) ended { return w.destroy() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := newWorkspace(t, box, githubArgs(box).at(github))
			w.apply().ok()
			w.write(githubArgs(box).with("git_token_check", `"off"`).at(github))
			box.Log.Reset()
			run(w).ok()
			if n := asked(t, box); n != 0 {
				t.Errorf("%d requests to git hosts", n)
			}
		})
	}
}
