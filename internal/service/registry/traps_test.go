// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const withCharts = `{ action = "PULL_PUSH", repositories = ["charts/demo"] }`

// TestFailedChartSyncIsNoFailureOfTheWrite: the registry is stored, although Devtron answers 500.
// Nothing is sent twice, and nothing is tainted.
func TestFailedChartSyncIsNoFailureOfTheWrite(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	box.Devtron.ChartSync.SetLingers(true)
	const words = "job deletion takes more time than expected"
	args := required("tf-reg").With("charts", withCharts)
	w := acctest.NewWorkspace(t, box, args.At(this))
	w.Apply().Ok().Warns("Devtron stored the container registry, but did not finish", words)
	wantWrites(t, box, "POST")
	w.Plan().Empty()
	// A password, which reading does not show.
	w.Write(args.With("password", `"reg-secret-2"`).At(this))
	w.Apply().Ok().Warns("did not finish", words)
	wantWrites(t, box, "PUT")
	if r, _ := get(box, "tf-reg"); r.Password != "reg-secret-2" {
		t.Errorf("the password is %q", r.Password)
	}
	w.Plan().Empty()
	w.Destroy().Ok()
}

// TestWritesOfChartsWaitForEachOther, longer than a timeout of one of them.
func TestWritesOfChartsWaitForEachOther(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	box.Devtron.ChartSync.SetWait(700 * time.Millisecond)
	var config strings.Builder
	for i := range 5 {
		config.WriteString(at(fmt.Sprintf("reg-%d", i), "charts", withCharts, "timeouts", `{ create = "2s" }`))
	}
	w := acctest.NewWorkspace(t, box, config.String())
	w.Apply().Ok().Quiet()
	var last time.Time
	for _, r := range box.Log.To("devtron") {
		if r.Method != "POST" {
			continue
		}
		if !last.IsZero() && r.Time.Sub(last) < 600*time.Millisecond {
			t.Errorf("a write began %s after the one before", r.Time.Sub(last))
		}
		last = r.Time
	}
}

// TestDuplicateThatAppearsDuringTheApplyIsRefused: Devtron answers 500, and what is there is of
// somebody else, even if it is the same.
func TestDuplicateThatAppearsDuringTheApplyIsRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Delay: time.Second})
	stored := make(chan struct{})
	go func() {
		defer close(stored)
		for box.Log.Count("devtron", "POST", route) == 0 && box.Devtron.FaultCount() == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		box.Devtron.Registries.Put(row("tf-reg"))
	}()
	w := acctest.NewWorkspace(t, box, required("tf-reg").At(this))
	w.Apply().Fails("already exists", "import {")
	<-stored
}

// TestFailureOfTheDatabaseIsNoExistingRegistry: Devtron says that the registry exists, and has
// none.
func TestFailureOfTheDatabaseIsNoExistingRegistry(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	box.Devtron.Inject(sandbox.Fault{
		Path: route, Method: "POST", Times: 1, Status: 500, ContentType: "application/json",
		Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"3001","userMessage":"Container registry [tf-reg] already exists."}]}`,
	})
	w := acctest.NewWorkspace(t, box, required("tf-reg").At(this))
	if run := w.Apply().Fails("every failure of its database", "nothing was stored", "Apply again"); strings.Contains(run.Output, "import it") {
		t.Errorf("nothing can be imported:\n%s", run.Listing())
	}
	w.Apply().Ok()
	w.Plan().Empty()
}

// TestNameWithSlashIsRefused for a new registry, as Devtron does not find it by its id. An existing
// one is managed through the list.
func TestNameWithSlashIsRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	w := acctest.NewWorkspace(t, box, "")
	for _, name := range []string{"tf/slash", "tf reg", "ab"} {
		w.Write(required(name).At(this))
		w.Plan().Fails("Invalid registry name", fmt.Sprintf("%q", name))
	}
	box.Devtron.Registries.Put(row("tf/slash"))
	w.Write(required("tf/slash").At(this))
	w.Import(this, "tf/slash").Ok()
	w.Write(required("tf/slash").With("username", `"alice"`).At(this))
	w.Apply().Ok()
	w.Plan().Empty()
	w.Destroy().Ok()
	if _, ok := get(box, "tf/slash"); ok {
		t.Error("it is still there")
	}
}

// TestDeletedNameIsRevived with nothing of what was stored before.
func TestDeletedNameIsRevived(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	w := acctest.NewWorkspace(t, box, required("tf-reg").With("pull_secret", `{ clusters = ["all"] }`).At(this))
	w.Apply().Ok()
	w.Destroy().Ok()
	w.Write(required("tf-reg").With("password", `"reg-secret-2"`).At(this))
	w.Apply().Ok()
	want := row("tf-reg")
	want.Password = "reg-secret-2"
	wantStored(t, box, want)
	w.Plan().Empty().Quiet()
}

// TestDevtronsOwnTestOfCredentials, which it does for some registries with charts, is reported at
// the password.
func TestDevtronsOwnTestOfCredentialsIsReportedAtThePassword(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	box.Devtron.Registries.RefusePassword("bad-pw")
	args := required("tf-reg").With("type", `"quay"`, "url", `"quay.io"`, "charts", withCharts)
	w := acctest.NewWorkspace(t, box, args.With("password", `"bad-pw"`).At(this))
	w.Apply().Fails("could not be created: the registry does not accept the credentials", "error in validating oci registry", "nothing was stored", "password")
	w.Write(args.At(this))
	w.Apply().Ok()
	w.Write(args.With("password", `"bad-pw"`).At(this))
	w.Apply().Fails("could not be updated: the registry does not accept the credentials")
	w.Plan().Ok()
}

func TestRegistryInUseIsNotDeleted(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	w := acctest.NewWorkspace(t, box, required("tf-reg").At(this))
	w.Apply().Ok()
	r, _ := get(box, "tf-reg")
	r.InUse = true
	box.Devtron.Registries.Put(r)
	w.Destroy().Fails("builds or deployments use the registry", "Please update all related docker config", "still in the Terraform state")
	r.InUse = false
	box.Devtron.Registries.Put(r)
	w.Destroy().Ok()
}

// TestSecretsOfRegistriesAppearNowhere: not in plans, logs, or errors, and in the state only where
// they are configured for it.
func TestSecretsOfRegistriesAppearNowhere(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	secret := func(config string) string { return acctest.EphemeralVariable + config }
	pull := `{ type = "custom", value_wo = jsonencode({ server = "s", username = "u", password = var.secret, email = "" }), value_wo_version = 1, clusters = ["all"] }`
	config := secret(at("aaa", "password", "", "password_wo", "var.secret", "password_wo_version", "1", "pull_secret", pull)) +
		at("ecr", "type", `"ecr"`, "username", "", "password", "", "aws", `{ region = "eu-west-1", access_key_id = "AKIA", secret_access_key_wo = var.secret, secret_access_key_wo_version = 1 }`)
	w := acctest.NewWorkspace(t, box, config)
	const first, second = "hidden-secret-1", "hidden-secret-2"
	w.SetVariable("secret", first)
	w.Apply().Ok()
	w.AssertNoSecrets(first)
	w.Plan().Empty()
	if r, _ := get(box, "ecr"); r.AWSSecretAccessKey != first {
		t.Errorf("the secret access key is %q", r.AWSSecretAccessKey)
	}
	w.SetVariable("secret", second)
	w.Plan().Empty()
	w.Write(strings.NewReplacer("_version = 1", "_version = 2").Replace(config))
	box.Devtron.Inject(sandbox.Fault{
		Method: "PUT", Path: route, Status: 500, ContentType: "application/json",
		Body: fmt.Sprintf(`{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"cannot store %s with %s"}]}`, second, first),
	})
	trace := w.Trace("apply", "-auto-approve", "-no-color")
	if !strings.Contains(trace, "cannot store") {
		t.Error("the error does not quote Devtron")
	}
	if leaks := acctest.Leaks(trace, second); len(leaks) > 0 {
		t.Errorf("the log contains %q", leaks)
	}
	box.Devtron.ClearFaults()
	w.Apply().Ok()
	if r, _ := get(box, "aaa"); r.Password != second || !strings.Contains(r.PullSecret.CredentialValue, second) {
		t.Error("the new secrets are not stored")
	}
	w.AssertNoSecrets(first, second)
	w.Plan().Empty()
	for _, r := range box.Log.To("devtron") {
		if r.Method == "GET" && strings.HasPrefix(r.Path, route+"/") {
			t.Errorf("%s returns secrets", r.Path)
		}
	}
}
