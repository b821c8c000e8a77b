// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// writeOnly are the arguments of private with a write-only password, which is the variable
// "secret".
func writeOnly(box *sandbox.Sandbox, version string) acctest.Args {
	return private(box).With("password", "", "password_wo", "var.secret", "password_wo_version", version)
}

func setSecret(w *acctest.Workspace, value string) {
	w.File(acctest.VariablesFile, "secret = "+acctest.Quote(value)+"\n")
}

// TestUpdateAlwaysSendsTheWriteOnlyPassword: Devtron clears a password that an update does not
// contain (26-35).
func TestUpdateAlwaysSendsTheWriteOnlyPassword(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	password := box.Charts.Password()
	box.Charts.AddRepository("/other", sandbox.ChartsUsername, password)
	w := acctest.NewWorkspace(t, box, acctest.EphemeralVariable+writeOnly(box, "1").At(acme))
	setSecret(w, password)
	w.Apply().Ok().Quiet()
	want := privateRow(box)
	want.ID = stored(t, box).ID
	expectStored(t, box, want)
	expectWrites(t, box, create)

	// Only the URL, and then only a flag, with the same version.
	args := writeOnly(box, "1").With("url", acctest.Quote(box.Charts.URL()+"/other"))
	w.Write(acctest.EphemeralVariable + args.At(acme))
	w.Apply().Ok().Quiet()
	want.URL = box.Charts.URL() + "/other"
	expectStored(t, box, want)
	w.Write(acctest.EphemeralVariable + args.With("allow_insecure_connection", "true").At(acme))
	w.Apply().Ok().Quiet()
	want.Insecure = true
	expectStored(t, box, want)
	expectWrites(t, box, update, update)

	// A new value without a new version is no change; with one, it is sent.
	box.Charts.AddRepository("/other", sandbox.ChartsUsername, "new-passw0rd")
	setSecret(w, "new-passw0rd")
	w.Plan().Empty().Quiet()
	args = args.With("allow_insecure_connection", "true", "password_wo_version", "2")
	w.Write(acctest.EphemeralVariable + args.At(acme))
	w.Apply().Ok().Quiet()
	want.Password = "new-passw0rd"
	expectStored(t, box, want)
	expectWrites(t, box, update)
	w.Plan().Empty().Quiet()
	w.AssertNoSecrets(password, "new-passw0rd")

	// From the write-only argument to the plain one, and back.
	w.Write(acctest.EphemeralVariable + args.With("password_wo", "", "password_wo_version", "", "password", `"new-passw0rd"`).At(acme))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	w.Write(acctest.EphemeralVariable + args.With("password_wo_version", "").At(acme))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	expectStored(t, box, want)
	expectWrites(t, box, update, update)
	w.AssertNoSecrets(password)
}

// TestIgnoredPasswordStaysAsItIs in Devtron when another argument changes, which sends it.
func TestIgnoredPasswordStaysAsItIs(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const ignored = "lifecycle {\n    ignore_changes = [password]\n  }"
	w := acctest.NewWorkspace(t, box, private(box).At(acme, ignored))
	w.Apply().Ok()
	w.Write(private(box).With("password", `"another"`, "allow_insecure_connection", "true").At(acme, ignored))
	w.Apply().Ok()
	w.Plan().Empty()
	want := privateRow(box)
	want.ID, want.Insecure = stored(t, box).ID, true
	expectStored(t, box, want)
}

// TestImportedChartRepositoryKeepsItsPassword until something is to be changed, which is refused
// without the password.
func TestImportedChartRepositoryKeepsItsPassword(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	want := box.Devtron.ChartRepositories.Put(privateRow(box))
	bare := private(box).With("password", "")
	w := acctest.NewWorkspace(t, box, bare.At(acme))
	w.Import(acme, "acme-charts").Ok()
	w.Plan().Empty().Quiet()
	for _, change := range [][]string{{"active", "false"}, {"url", acctest.Quote(box.Charts.PublicURL())}, {"username", `"somebody"`}} {
		w.Write(bare.With(change...).At(acme))
		w.Plan().Fails("The password is missing", "Devtron clears a password that an update does not contain", "password_wo", "username =")
	}
	// A change in Devtron is one too.
	w.Write(bare.At(acme))
	change(box, want.ID, func(r *sandbox.ChartRepository) { r.Insecure = true })
	w.Plan().Fails("The password is missing")
	expectWrites(t, box)
	expectStored(t, box, row(box, want.ID))
	box.Devtron.ChartRepositories.Put(want)

	// Its password is sent as soon as it is configured, and removed with the user name.
	w.Write(private(box).At(acme))
	w.Apply().Ok().Quiet()
	expectStored(t, box, want)
	w.Write(bare.At(acme))
	w.Plan().Fails("The password is missing")
	w.Write(public(box).At(acme))
	w.Apply().Ok().Quiet()
	expectWrites(t, box, update, update)
	want.URL, want.AuthMode, want.Username, want.Password = box.Charts.PublicURL(), "ANONYMOUS", "", ""
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()
}

// TestGeneratedConfigurationHasNoPassword, nor the data source.
func TestGeneratedConfigurationHasNoPassword(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	r := privateRow(box)
	r.Active, r.Insecure = false, true
	box.Devtron.ChartRepositories.Put(r)
	shown := private(box).With("password", "", "active", "false", "allow_insecure_connection", "true")
	o := acctest.Imported{Address: acme, Config: shown.At(acme), ID: "acme-charts", Identity: acctest.Args{"name": `"acme-charts"`}}
	acctest.CheckGeneratedConfig(t, box, o, r.Password)

	w := acctest.NewWorkspace(t, box, acctest.Args{"name": `"acme-charts"`}.Data("devtron_chart_repository.acme")+"output \"all\" {\n  value = data.devtron_chart_repository.acme\n}\n")
	w.Apply().Ok().Quiet()
	output, err := w.Run("output", "-json", "all")
	if err != nil || !acctest.HasAll(output, []string{`"username":"` + sandbox.ChartsUsername, `"active":false`, `"allow_insecure_connection":true`, r.URL}) {
		t.Errorf("%v\n%s", err, output)
	}
	w.AssertNoSecrets(r.Password)
}

func TestPasswordsAreInNoOutputAtAnyLogLevel(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	password := box.Charts.Password()
	config := func(version string) string {
		return acctest.NoRetries + acctest.EphemeralVariable + writeOnly(box, version).With("active", "false").At(acme)
	}
	w := acctest.NewWorkspace(t, box, config("1"))
	setSecret(w, password)
	step := func(name, output, want string) {
		t.Helper()
		if len(acctest.Leaks(output, password)) > 0 {
			t.Errorf("%s shows the password", name)
		}
		if !strings.Contains(output, want) {
			t.Errorf("%s: the output has no %q, so the step is not what the test means", name, want)
		}
	}
	step("plan", w.Trace("plan", "-out="+acctest.PlanFile), "Devtron API request")
	step("apply", w.Trace("apply", acctest.PlanFile), "Apply complete!")
	step("unchanged plan", w.Trace("plan"), "No changes.")
	step("state", w.Trace("show", "-json"), "acme-charts")
	w.AssertNoSecrets(password)

	// Devtron and a proxy quote the request, and Devtron repeats the stored password.
	w.Write(config("2"))
	echo, err := json.Marshal("refused: " + password)
	if err != nil {
		t.Fatal(err)
	}
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes the password":   {Status: 500, ContentType: "application/json", Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","userMessage":` + string(echo) + `}]}`},
		"an index that quotes the password":   {Status: 412, ContentType: "application/json", Body: `{"code":412,"result":{"customErrMsg":` + string(echo) + `,"actualErrMsg":` + string(echo) + `}}`},
		"a web page that quotes the password": {Status: 502, ContentType: "text/html", Body: "<html>" + string(echo) + "</html>"},
		"a reply that is cut off":             {Handle: true, Truncate: 300},
	} {
		fault.Method, fault.Path, fault.Times = "POST", updateRoute, 1
		box.Devtron.Inject(fault)
		step(name, w.Trace("apply", "-auto-approve"), "Devtron API request")
		box.Devtron.ClearFaults()
	}
	step("destroy", w.Trace("destroy", "-auto-approve"), "Destroy complete!")
	for _, r := range box.Log.All() {
		if r.Server != "devtron" && r.Server != "charts" && strings.Contains(string(r.Body), password) {
			t.Errorf("the password was sent to %s", r.Server)
		}
		if r.Method == "GET" && strings.HasPrefix(r.Path, route) && r.Path != listRoute {
			t.Errorf("the provider read %s", r.Path)
		}
	}
}
