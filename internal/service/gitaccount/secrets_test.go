// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// ephemeral declares variables that are in no plan and no state.
func ephemeral(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString("variable \"" + name + "\" {\n  type      = string\n  ephemeral = true\n}\n")
	}
	return b.String()
}

// setVariables writes the values of variables.
func setVariables(w *acctest.Workspace, values map[string]string) {
	var b strings.Builder
	for name, value := range values {
		b.WriteString(name + " = " + acctest.Quote(value) + "\n")
	}
	w.File(acctest.VariablesFile, b.String())
}

func TestWriteOnlyCredentialsAreSentWhenTheirVersionChanges(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	first, second := sshKey(t), sshKey(t)
	for _, test := range []struct {
		name, argument, first, second, field string
		args                                 acctest.Args
		stored                               func(sandbox.GitAccount) string
	}{
		{"password", "password_wo", "pw-secret-1", "pw-secret-2", "password", anonymous().With("username", `"octo"`), func(r sandbox.GitAccount) string { return r.Password }},
		{"token", "access_token_wo", "token-secret-1", "token-secret-2", "accessToken", anonymous(), func(r sandbox.GitAccount) string { return r.AccessToken }},
		{"SSH key", "ssh_private_key_wo", first, second, "sshPrivateKey", anonymous(), func(r sandbox.GitAccount) string { return r.SSHKey }},
	} {
		config := func(version string, more ...string) string {
			return ephemeral("secret") + test.args.With(test.argument, "var.secret", test.argument+"_version", version).With(more...).At(this)
		}
		w := acctest.NewWorkspace(t, box, config("1"))
		setVariables(w, map[string]string{"secret": test.first})
		w.Apply().Ok().Quiet()
		w.Plan().Empty().Quiet()
		setVariables(w, map[string]string{"secret": test.second})
		w.Plan().Empty().Quiet()
		w.Write(config("1", "name", `"Renamed"`))
		w.Apply().Ok().Quiet()
		if body := sent(t, box, "PUT"); body[test.field] != "" || test.stored(stored(t, box)) != test.first {
			t.Errorf("%s: a change of the name sends it", test.name)
		}
		w.Write(config("2", "name", `"Renamed"`))
		w.Apply().Ok().Quiet()
		if test.stored(stored(t, box)) != test.second {
			t.Errorf("%s: the new version is not sent", test.name)
		}
		w.Plan().Empty().Quiet()
		w.AssertNoSecrets(strings.TrimSpace(test.first), strings.TrimSpace(test.second))
		// A lost reply to a change of the secret alone cannot be settled by reading.
		w.Write(config("3", "name", `"Renamed"`))
		box.Devtron.Inject(sandbox.Fault{Method: "PUT", Path: route, Times: 1, Handle: true, Reset: true})
		w.Apply().Fails("could not find out whether Devtron stored the git account", "Plan again")
		w.Apply().Ok()
		// Without a version, removing the secret is noticed all the same.
		w.Write(ephemeral("secret") + test.args.With(test.argument, "var.secret", "name", `"Renamed"`).At(this))
		w.Apply().Ok()
		w.Write(anonymous().With("name", `"Renamed"`).At(this))
		w.Apply().Ok()
		if r := stored(t, box); r.AuthMode != "ANONYMOUS" {
			t.Errorf("%s: Devtron has %+v", test.name, r)
		}
		w.Destroy().Ok()
	}
}

// TestIgnoredVersionOfACredentialIsNotSent together with a change that is not ignored.
func TestIgnoredVersionOfACredentialIsNotSent(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	config := func(version string, more ...string) string {
		args := anonymous().With("username", `"octo"`, "password_wo", "var.secret", "password_wo_version", version)
		return ephemeral("secret") + args.With(more...).At(this, "lifecycle {\n    ignore_changes = [password_wo_version, active]\n  }")
	}
	w := acctest.NewWorkspace(t, box, config("1"))
	setVariables(w, map[string]string{"secret": "pw-secret-1"})
	w.Apply().Ok()
	setVariables(w, map[string]string{"secret": "pw-secret-2"})
	w.Write(config("2", "active", "false", "name", `"Renamed"`))
	w.Apply().Ok()
	w.Plan().Empty()
	want := row()
	want.Name = "Renamed"
	expectStored(t, box, want)
}

// lines are the lines of a key that identify it.
func lines(key string) []string {
	var found []string
	for _, line := range strings.Split(key, "\n") {
		if len(line) > 20 && !strings.HasPrefix(line, "-----") {
			found = append(found, line)
		}
	}
	return found
}

func TestSecretsOfGitAccountsAreInNoOutputAtAnyLogLevel(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	values := map[string]string{"password": "pw-secret-1-hunter", "token": "token-secret-1-hunter", "ssh": sshKey(t), "key": box.Cluster.ClientKey}
	config := func(version string) string {
		second, third := anonymous().With("url", `"two.example.com"`), anonymous().With("url", `"three.example.com"`)
		return acctest.NoRetries + ephemeral("password", "token", "ssh", "key") +
			anonymous().With("username", `"octo"`, "password_wo", "var.password", "password_wo_version", version,
				"tls", tls(quoted("client_certificate", box.Cluster.ClientCertificate), "client_key_wo = var.key", "client_key_wo_version = "+version)).At(this) +
			second.With("access_token_wo", "var.token", "access_token_wo_version", "1").At("devtron_git_account.two") +
			third.With("ssh_private_key_wo", "var.ssh", "ssh_private_key_wo_version", "1").At("devtron_git_account.three")
	}
	secrets := append([]string{values["password"], values["token"]}, append(lines(values["ssh"]), lines(values["key"])...)...)
	w := acctest.NewWorkspace(t, box, config("1"))
	setVariables(w, values)
	step := func(name, output, want string) {
		t.Helper()
		if found := acctest.Leaks(output, secrets...); len(found) > 0 {
			t.Errorf("%s shows %.20q", name, found)
		}
		if !strings.Contains(output, want) {
			t.Errorf("%s: the output has no %q, so the step is not what the test means", name, want)
		}
	}
	step("apply", w.Trace("apply", "-auto-approve"), "Apply complete!")
	w.AssertNoSecrets(secrets...)
	step("state", w.Trace("show", "-json"), "three.example.com")

	// Devtron and a proxy quote the request.
	w.Write(config("2"))
	echo, err := json.Marshal("bad request with " + strings.Join(append(lines(values["key"]), values["key"], values["password"]), " and "))
	if err != nil {
		t.Fatal(err)
	}
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes secrets": {Status: 500, ContentType: "application/json", Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","internalMessage":"x","userMessage":` + string(echo) + `}]}`},
		"a page that quotes secrets":   {Status: 502, ContentType: "text/html", Body: "<html>" + string(echo) + "</html>"},
		"a reply that is cut off":      {Handle: true, Truncate: 150},
	} {
		fault.Method, fault.Path = "PUT", route
		box.Devtron.Inject(fault)
		step(name, w.Trace("apply", "-auto-approve"), "Devtron API request")
		box.Devtron.ClearFaults()
	}
	step("destroy", w.Trace("destroy", "-auto-approve"), "Destroy complete!")
	expectRoutesWithoutSecrets(t, box)
}

// expectRoutesWithoutSecrets fails the test if a route was read that returns secrets.
func expectRoutesWithoutSecrets(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	for _, r := range box.Log.To("devtron") {
		if r.Method == "GET" && strings.HasPrefix(r.Path, route+"/") {
			t.Errorf("a route that returns secrets was used: %s", r.Path)
		}
	}
}
