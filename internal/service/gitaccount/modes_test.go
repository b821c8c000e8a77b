// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestModeFollowsWhatIsSet: between a password, a token, and nothing, the account changes in place.
func TestModeFollowsWhatIsSet(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok().Quiet()
	id := expectStored(t, box, row()).ID

	w.Write(anonymous().With("access_token", `"token-1"`).At(this))
	w.Apply().Ok().Quiet()
	want := sandbox.GitAccount{ID: id, Name: "Example", URL: address, AuthMode: "ACCESS_TOKEN", AccessToken: "token-1", Active: true}
	expectStored(t, box, want)
	w.Write(anonymous().With("access_token", `"token-1"`, "username", `"oauth2"`).At(this))
	w.Apply().Ok().Quiet()
	want.Username = "oauth2"
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()

	// A change to ANONYMOUS erases the password, and keeps the token.
	w.Write(anonymous().At(this))
	w.Apply().Ok().Warns("Devtron keeps the access token", "Revoke it")
	want.Username, want.AuthMode = "", "ANONYMOUS"
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()
	w.Write(withPassword().At(this))
	w.Apply().Ok().Quiet()
	w.Write(anonymous().At(this))
	w.Apply().Ok().Quiet()
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()

	// The user name alone keeps the password, and is no credential by itself.
	w.Write(anonymous().With("username", `"octo"`).At(this))
	w.Plan().Fails("The credential is missing", "password or access_token", "username ")
	w.Write(withPassword().At(this))
	w.Apply().Ok().Quiet()
	w.Write(anonymous().With("username", `"octo"`).At(this))
	w.Apply().Ok().Warns("Devtron keeps the password", "remove username, too")
	if r := stored(t, box); r.Password != "pw-secret-1" || r.ID != id {
		t.Errorf("Devtron has %+v", r)
	}
	w.Plan().Empty().Quiet()
}

// TestCredentialThatTurnsOutToBeNull in the apply gives the account another mode than it would have
// with it.
func TestCredentialThatTurnsOutToBeNull(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	const null, token = "terraform_data.null.output ? null : \"token-2\"", `"token-1"`
	w := acctest.NewWorkspace(t, box, "")
	for _, step := range []struct {
		args acctest.Args
		mode string
	}{
		{anonymous().With("access_token", token), "ACCESS_TOKEN"},
		{anonymous().With("access_token", null), "ANONYMOUS"},
		{withPassword().With("access_token", null), "USERNAME_PASSWORD"},
		{anonymous().With("username", null), "ANONYMOUS"},
		{anonymous().With("access_token", null, "ssh_private_key", acctest.Quote(sshKey(t))), "SSH"},
	} {
		// Each step has a value of its own that is not known in its plan.
		w.Write(acctest.UnknownValue("null", "true") + step.args.At(this))
		w.Apply(tfexec.Replace("terraform_data.null")).Ok()
		if r := stored(t, box); r.AuthMode != step.mode {
			t.Errorf("%v: Devtron has %+v", step.args, r)
		}
		w.Plan().Empty()
	}
}

// TestChangeBetweenHTTPSAndSSHReplaces, as Devtron's web page does not allow it.
func TestChangeBetweenHTTPSAndSSHReplaces(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	key := sshKey(t)
	ssh := anonymous().With("ssh_private_key", acctest.Quote(strings.TrimSpace(key)))
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok()
	id := stored(t, box).ID
	box.Log.Reset()
	w.Write(ssh.At(this))
	w.Apply().Ok().Warns("The git account will be replaced", "USERNAME_PASSWORD to SSH").Warns(staysValid)
	expectWrites(t, box, "DELETE", "POST")
	got := expectStored(t, box, sandbox.GitAccount{Name: "Example", URL: address, AuthMode: "SSH", SSHKey: key, Active: true})
	if got.ID == id {
		t.Error("it was not replaced")
	}
	w.Plan().Empty().Quiet()
	// The line break that Devtron adds is no change, and a key that does not change is not sent.
	w.Write(anonymous().With("ssh_private_key", acctest.Quote(strings.TrimSpace(key)), "name", `"Renamed"`).At(this))
	w.Apply().Ok().Quiet()
	if body := sent(t, box, "PUT"); body["sshPrivateKey"] != "" {
		t.Error("PUT sends a key that has not changed")
	}
	if r := stored(t, box); r.SSHKey != key || r.ID != got.ID {
		t.Errorf("Devtron has %+v", r)
	}
	other := sshKey(t)
	w.Write(anonymous().With("ssh_private_key", acctest.Quote(other), "name", `"Renamed"`).At(this))
	w.Apply().Ok().Quiet()
	if r := stored(t, box); r.SSHKey != other || r.ID != got.ID {
		t.Errorf("Devtron has %+v", r)
	}
	w.Write(anonymous().At(this))
	w.Apply().Ok().Warns("The git account will be replaced", "SSH to ANONYMOUS")
	expectStored(t, box, sandbox.GitAccount{Name: "Example", URL: address, AuthMode: "ANONYMOUS", Active: true})
	w.Plan().Empty().Quiet()
}

// TestImportWithoutTheUsernameWarns: the password would be lost.
func TestImportWithoutTheUsernameWarns(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.GitAccounts.Put(row())
	w := acctest.NewWorkspace(t, box, anonymous().At(this)+acctest.ImportBlock(this, address))
	w.Plan().Ok().Warns("Devtron will forget the password", `set username = "octo"`)
	w.Write(anonymous().With("username", `"octo"`).At(this) + acctest.ImportBlock(this, address))
	w.Apply().Ok().Quiet()
	expectStored(t, box, row())
}

// TestSSHKeysAreSentAsOpenSSHReadsThem: it refuses one with the line breaks of Windows.
func TestSSHKeysAreSentAsOpenSSHReadsThem(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	key := sshKey(t)
	windows := strings.ReplaceAll(key, "\n", "\r\n")
	w := acctest.NewWorkspace(t, box, "")
	for _, text := range []string{windows, strings.TrimSpace(windows), "\n" + key, "# deploy key\n" + key + "\n", strings.ReplaceAll(key, "\n", " \n")} {
		w.Write(anonymous().With("ssh_private_key", acctest.Quote(text)).At(this))
		w.Apply().Ok().Quiet()
		if r := stored(t, box); r.SSHKey != key {
			t.Errorf("%q became %q", text, r.SSHKey)
		}
		w.Plan().Empty().Quiet()
	}
}

// TestDriftOfAGitAccount is shown for every attribute that can be read, and corrected.
func TestDriftOfAGitAccount(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().With("git_host_id", "1").At(this))
	w.Apply().Ok().Quiet()
	want := stored(t, box)
	for name, change := range map[string]func(*sandbox.GitAccount){
		// Devtron has erased the password, so that it is sent again.
		"anonymous": func(r *sandbox.GitAccount) { r.AuthMode, r.Username, r.Password = "ANONYMOUS", "", "" },
		"mode":      func(r *sandbox.GitAccount) { r.AuthMode, r.Password, r.AccessToken = "ACCESS_TOKEN", "", "" },
		"git host":  func(r *sandbox.GitAccount) { r.GitHostID = 0 },
		"all":       func(r *sandbox.GitAccount) { r.GitHostID, r.Name, r.Username, r.Active = 2, "x", "y", false },
	} {
		r := want
		change(&r)
		box.Devtron.GitAccounts.Put(r)
		if !w.Plan().Ok().Changes {
			t.Errorf("%s: the drift is not noticed", name)
		}
		w.Apply().Ok()
		expectStored(t, box, want)
		w.Plan().Empty().Quiet()
	}

	// Another URL is another account.
	r := want
	r.URL = "elsewhere.example.com"
	box.Devtron.GitAccounts.Put(r)
	w.Apply().Ok().Warns(staysValid, "elsewhere.example.com")
	want.ID = 0
	expectStored(t, box, want)
	if rows := box.Devtron.GitAccounts.At("elsewhere.example.com"); len(rows) != 0 {
		t.Errorf("Devtron has %v", rows)
	}
}

// TestImportLeavesCredentialsAlone: Devtron does not return them. They are sent once the
// configuration has them.
func TestImportLeavesCredentialsAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	key := sshKey(t)
	for name, test := range map[string]struct {
		row    sandbox.GitAccount
		before acctest.Args // as a configuration is generated
		after  []string
	}{
		"password": {row(), anonymous().With("username", `"octo"`), []string{"password", `"pw-secret-1"`}},
		"token":    {sandbox.GitAccount{Name: "Example", AuthMode: "ACCESS_TOKEN", AccessToken: "token-1", Active: true}, anonymous(), []string{"access_token", `"token-1"`}},
		"token and username": {
			sandbox.GitAccount{Name: "Example", AuthMode: "ACCESS_TOKEN", AccessToken: "token-1", Username: "u", Active: true},
			anonymous().With("username", `"u"`),
			[]string{"access_token", `"token-1"`},
		},
		"SSH": {sandbox.GitAccount{Name: "Example", AuthMode: "SSH", SSHKey: key, Active: true}, anonymous(), []string{"ssh_private_key", acctest.Quote(key)}},
	} {
		r := test.row
		r.URL = address
		r = box.Devtron.GitAccounts.Put(r)
		w := acctest.NewWorkspace(t, box, test.before.At(this))
		if output, err := w.Run("import", "-no-color", this, address); err != nil {
			t.Fatal(output)
		}
		w.Plan().Empty().Quiet()
		w.Write(test.before.With("name", `"Renamed"`).At(this))
		w.Apply().Ok().Quiet()
		r.Name = "Renamed"
		if got := stored(t, box); got != r {
			t.Errorf("%s: Devtron has %+v, want %+v", name, got, r)
		}
		w.Write(test.before.With("url", `"other.example.com"`).At(this))
		w.Plan().Fails("The credential is missing", "set "+test.after[0], "url ")
		w.Write(test.before.With("name", `"Renamed"`).At(this))
		w.Plan(tfexec.Replace(this)).Fails("The credential is missing", test.after[0])
		box.Log.Reset()
		w.Write(test.before.With("name", `"Renamed"`).With(test.after...).At(this))
		w.Apply().Ok().Quiet()
		expectWrites(t, box, "PUT")
		if got := stored(t, box); got != r {
			t.Errorf("%s: Devtron has %+v, want %+v", name, got, r)
		}
		w.Plan().Empty().Quiet()
		// From now on the credential is managed, so that removing it makes the account anonymous.
		w.Write(anonymous().With("name", `"Renamed"`).At(this))
		w.Apply().Ok()
		if got := stored(t, box); got.AuthMode != "ANONYMOUS" {
			t.Errorf("%s: Devtron has %+v", name, got)
		}
		w.Destroy().Ok()
	}
}
