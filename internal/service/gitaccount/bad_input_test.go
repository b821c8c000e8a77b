// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestBadInputIsRefusedWhilePlanning: nothing is sent, and the message shows the line of the
// argument.
func TestBadInputIsRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	key := acctest.Quote(sshKey(t))
	certificate := quoted("client_certificate", box.Cluster.ClientCertificate)
	w := acctest.NewWorkspace(t, box, "")
	for _, test := range []struct {
		change []string
		words  []string
	}{
		{[]string{"name", `""`}, []string{"name is empty", "name "}},
		{[]string{"name", acctest.Quote(strings.Repeat("a", 251))}, []string{"name is too long", "at most 250"}},
		{[]string{"url", `""`}, []string{"url is empty"}},
		{[]string{"url", `"https://octo:hunter2@git.example.com"`}, []string{"Password in url", "url "}},
		{[]string{"url", `"octo:hunter2@git.example.com"`}, []string{"Password in url"}},
		{[]string{"url", `"octo:hunter2@git.example.com:acme/shop"`}, []string{"Password in url"}},
		{[]string{"url", `"https://octo:hunter2%zz@git.example.com"`}, []string{"Password in url"}},
		{[]string{"url", `"https://octo:hunter2#/@git.example.com"`}, []string{"Password in url"}},
		{[]string{"url", `"github.com"`}, []string{"The git account already exists", "import {", `id = "github.com"`}},
		{[]string{"username", ""}, []string{"username is missing", "password "}},
		{[]string{"username", `"gitlab+deploy-token-1234567"`}, []string{"username is too long for Devtron", "27 characters", "at most 25", "project access token"}},
		{[]string{"username", `"somebody.with.a.long.name@example.com"`}, []string{"username is too long for Devtron", "e-mail"}},
		{[]string{"username", `"x-bitbucket-api-token-auth"`}, []string{"username is too long for Devtron", "Bitbucket account"}},
		{[]string{"username", `"aaaaaaaaaaaaaaaaaaaaaaaaaa"`}, []string{"username is too long for Devtron", "ssh_private_key"}},
		{[]string{"password", `"pw "`}, []string{"White space around password"}},
		{[]string{"password", acctest.Quote(strings.Repeat("a", 251))}, []string{"password is too long"}},
		{[]string{"password", ""}, []string{"The credential is missing", "username "}},
		{[]string{"access_token", `"token"`}, []string{"Two ways to sign in", "password and access_token"}},
		{[]string{"ssh_private_key", key}, []string{"Two ways to sign in", "ssh_private_key "}},
		{[]string{"password", "", "ssh_private_key", key}, []string{"username is not used with an SSH key"}},
		{[]string{"password", "", "username", "", "ssh_private_key", `"ssh-ed25519 AAAA me@example.com"`}, []string{"Invalid SSH key", "public key"}},
		{[]string{"password", "", "username", "", "ssh_private_key", `"~/.ssh/id_ed25519"`}, []string{"Invalid PEM text", `file("id_ed25519")`}},
		{[]string{"password_wo", `"pw"`}, []string{"Two arguments for one value"}},
		{[]string{"username", "", "password", "", "password_wo", `"pw"`}, []string{"username is missing", "password_wo "}},
		{[]string{"password_wo_version", "1"}, []string{"password_wo is missing"}},
		{[]string{"access_token_wo_version", "1"}, []string{"access_token_wo is missing"}},
		{[]string{"ssh_private_key_wo_version", "1"}, []string{"ssh_private_key_wo is missing"}},
		{[]string{"access_token_wo", `"token"`}, []string{"Two ways to sign in", "access_token_wo "}},
		{[]string{"tls", "{}"}, []string{"tls is empty"}},
		{[]string{"tls", tls(`ca_certificate = "ca.pem"`)}, []string{"Invalid PEM text", "tls.ca_certificate"}},
		{[]string{"tls", tls(certificate)}, []string{"client_key is missing"}},
		{[]string{"tls", tls(quoted("client_key", other.ClientKey))}, []string{"client_certificate is missing"}},
		{[]string{"tls", tls(certificate, quoted("client_key", other.ClientKey))}, []string{"does not belong to client_certificate"}},
		{[]string{"tls", tls(certificate, quoted("client_key_wo", other.ClientKey))}, []string{"does not belong to client_certificate"}},
		{[]string{"password", "", "access_token", `"token"`, "tls", tls(quoted("ca_certificate", other.CACertificate))}, []string{"tls needs a password", "tls "}},
	} {
		if strings.Contains(strings.Join(test.change, " "), "_wo") && !acctest.Has(t, acctest.WriteOnly) {
			continue
		}
		w.Write(withPassword().With(test.change...).At(this))
		run := w.Plan().Fails(test.words...)
		if strings.Contains(run.Listing(), "hunter2\" is") {
			t.Errorf("a password is quoted:\n%s", run.Listing())
		}
	}
	expectWrites(t, box)
}

func TestValuesThatBecomeKnownInTheApplyAreCheckedBeforeTheyAreSent(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	for _, test := range []struct {
		value string
		args  acctest.Args
		words []string
	}{
		{strings.Repeat("u", 26), withPassword().With("username", "terraform_data.late.output"), []string{"username is too long for Devtron"}},
		{"ssh-rsa AAAA", anonymous().With("ssh_private_key", "terraform_data.late.output"), []string{"Invalid SSH key"}},
		{"token", withPassword().With("access_token", "terraform_data.late.output"), []string{"Two ways to sign in"}},
		{"x", withPassword().With("tls", "{ ca_certificate = terraform_data.late.output }"), []string{"Invalid PEM text", "tls.ca_certificate"}},
	} {
		w.Write(acctest.UnknownValue("late", acctest.Quote(test.value)) + test.args.At(this))
		w.Plan().Ok().Quiet()
		w.Apply().Fails(test.words...)
		w.Write("")
		w.Apply().Ok()
	}
	expectWrites(t, box)

	// Everything may be unknown while planning, and the mode and the git host with it.
	w.Write(acctest.UnknownValue("late", `{ name = "Example", url = "https://gitlab.com", username = "octo", password = "pw-secret-1" }`) + acctest.Args{
		"name": "terraform_data.late.output.name", "url": "terraform_data.late.output.url", "username": "terraform_data.late.output.username", "password": "terraform_data.late.output.password",
	}.At(this))
	w.Apply().Ok().Quiet()
	if rows := box.Devtron.GitAccounts.At("https://gitlab.com"); len(rows) != 1 || rows[0].GitHostID != 3 || rows[0].Password != "pw-secret-1" {
		t.Errorf("Devtron has %+v", rows)
	}
	w.Plan().Empty().Quiet()
}

// TestTokenInTheURLIsAWarning: Devtron shows the URL to everybody.
func TestTokenInTheURLIsAWarning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().With("url", `"https://ghp_012345678901234567890123456789012345@git.example.com"`).At(this))
	w.Plan().Ok().Warns("Token in url", "set access_token", "url ")
	w.Write(anonymous().With("url", `"git@git.example.com"`).At(this))
	w.Plan().Ok().Quiet()
}

// TestLongCredentialIsAWarning: whether Devtron can store it depends on its version.
func TestLongCredentialIsAWarning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	long := acctest.Quote(strings.Repeat("a", 159))
	w := acctest.NewWorkspace(t, box, withPassword().With("password", long).At(this))
	w.Plan().Ok().Warns("The credential may be too long for Devtron", "password has 159 bytes", "at most 158")
	w.Apply().Fails("Devtron closed the connection without an answer", "cannot store a value: password has 159 bytes", "nothing was stored", "password =")
	w.Write(anonymous().With("access_token", acctest.Quote(strings.Repeat("a", 158))).At(this))
	w.Apply().Ok().Quiet()
	w.Write(anonymous().With("access_token", long).At(this))
	w.Apply().Fails("Devtron's database refused a value", "accessToken has 159 bytes", "access_token ")
	if acctest.Has(t, acctest.WriteOnly) {
		w.Write(anonymous().With("access_token_wo", long, "access_token_wo_version", "1").At(this))
		w.Apply().Fails("Devtron's database refused a value", "access_token_wo ")
	}
}
