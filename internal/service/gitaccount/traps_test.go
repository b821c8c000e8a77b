// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const incomplete = "Devtron stored the git account, but did not finish"

// TestEOFWithTheAccountStored: git-sensor is down, and Devtron closes the connection. One PUT
// follows, which may succeed or not.
func TestEOFWithTheAccountStored(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.GitAccounts.SetGitSensor(false)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok().Warns("Devtron's answer was lost").Warns(incomplete, "git provider failed to update in sync")
	expectWrites(t, box, "POST", "PUT")
	expectStored(t, box, row())
	w.Plan().Empty().Quiet()

	box.Devtron.GitAccounts.SetGitSensor(true)
	w.Destroy().Ok()
	box.Log.Reset()
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Handle: true, Close: true})
	run := w.Apply().Ok().Warns("Devtron's answer was lost")
	if run.HasDiagnostic("warning", []string{incomplete}) {
		t.Errorf("git-sensor has the account:\n%s", run.Listing())
	}
	expectWrites(t, box, "POST", "PUT")
	w.Plan().Empty().Quiet()
}

// TestEOFWithoutTheAccountStored, as where the git host is removed after the plan.
func TestEOFWithoutTheAccountStored(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Close: true})
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Fails("The git account could not be created: Devtron closed the connection without an answer", "nothing was stored", "orchestrator pod")
	expectWrites(t, box, "POST")
	w.Apply().Ok().Quiet()
	expectStored(t, box, row())
}

// TestUpdateAndDeleteWithGitSensorDownAreDone, although Devtron answers 500. Nothing can be read of
// a change of the password.
func TestUpdateAndDeleteWithGitSensorDownAreDone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok()
	box.Log.Reset()
	box.Devtron.GitAccounts.SetGitSensor(false)
	want := row()
	for _, change := range []struct {
		args []string
		set  func()
	}{
		{[]string{"name", `"Renamed"`}, func() { want.Name = "Renamed" }},
		{[]string{"name", `"Renamed"`, "password", `"pw-secret-2"`}, func() { want.Password = "pw-secret-2" }},
	} {
		w.Write(withPassword().With(change.args...).At(this))
		w.Apply().Ok().Warns(incomplete, "Check that the pod of git-sensor is running")
		change.set()
		expectWrites(t, box, "PUT")
		expectStored(t, box, want)
		w.Plan().Empty().Quiet()
	}
	w.Destroy().Ok()
	expectWrites(t, box, "DELETE")
	if rows := box.Devtron.GitAccounts.At(address); len(rows) != 0 {
		t.Errorf("Devtron has %v", rows)
	}
}

// TestUnknownGitHostIsRefusedWhilePlanning: Devtron would close the connection.
func TestUnknownGitHostIsRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, anonymous().With("git_host_id", "99").At(this))
	words := []string{"The git host does not exist", "number 99", "2 (Bitbucket Cloud)", "git_host_id "}
	w.Plan().Fails(words...)
	w.Write(anonymous().With("git_host_id", "0").At(this))
	w.Plan().Fails("at least 1")
	w.Write(anonymous().With("git_host_id", "3").At(this))
	w.Apply().Ok()
	w.Write(anonymous().With("git_host_id", "99").At(this))
	w.Plan().Fails(words...)
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: hostRoute, Status: 500, Body: `{"code":500,"errors":[{"userMessage":"no"}]}`, ContentType: "application/json"})
	w.Plan().Fails("Devtron could not be asked for its git hosts", "Nothing was changed")
	expectWrites(t, box, "POST")

	if acctest.Has(t, acctest.TerraformData) {
		box.Devtron.ClearFaults()
		w.Write(acctest.UnknownValue("host", "99") + anonymous().With("git_host_id", "terraform_data.host.output").At(this))
		w.Apply().Fails(words[:2]...)
		expectWrites(t, box)
	}
}

// TestGitHostIsFoundByTheURL. Devtron stores 0 where there is none.
func TestGitHostIsFoundByTheURL(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := ""
	want := map[string]int{
		"https://github.com": 1, "git@github.com:acme": 1, "ssh.GitHub.com": 1, "https://octo@bitbucket.org/acme": 2, "gitlab.com/acme": 3,
		"ssh://git@gitlab.com:22": 3, "https://gitlab.com.example.com": 0, "notgithub.com": 0, "git.example.com": 0,
	}
	i := 'a'
	for url := range want {
		config += anonymous().With("url", acctest.Quote(url)).At("devtron_git_account." + string(i))
		i++
	}
	w := acctest.NewWorkspace(t, box, config)
	w.Apply().Ok().Quiet()
	for url, host := range want {
		if rows := box.Devtron.GitAccounts.At(url); len(rows) != 1 || rows[0].GitHostID != host {
			t.Errorf("%s: Devtron has %+v, want the git host %d", url, rows, host)
		}
	}
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	if n := box.Log.Count("devtron", "GET", hostRoute); n != 0 {
		t.Errorf("an unchanged plan asks %d times for git hosts", n)
	}
}

// TestEmptySecretInAnUpdateKeepsTheStoredOne, so that an update does not repeat it.
func TestEmptySecretInAnUpdateKeepsTheStoredOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok().Quiet()
	w.Write(withPassword().With("name", `"Renamed"`, "active", "false", "git_host_id", "1").At(this))
	w.Apply().Ok().Quiet()
	if body := sent(t, box, "PUT"); body["password"] != "" || body["active"] != false {
		t.Errorf("sent %v", body)
	}
	want := row()
	want.Name, want.Active, want.GitHostID = "Renamed", false, 1
	expectStored(t, box, want)
	// An inactive account stays visible.
	w.Plan().Empty().Quiet()
	w.Destroy().Ok()
	if body := sent(t, box, "DELETE"); body["name"] != "Renamed" || body["authMode"] != "USERNAME_PASSWORD" || body["url"] != address || body["id"] == nil {
		t.Errorf("sent %v", body)
	}
}

// TestAccountThatIsGoneIsNotUpdated: Devtron answers 500 then.
func TestAccountThatIsGoneIsNotUpdated(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok()
	box.Log.Reset()
	w.Write(withPassword().With("name", `"Renamed"`).At(this))
	w.SavePlan().Ok()
	box.Devtron.GitAccounts.Remove(stored(t, box).ID)
	w.ApplySaved().Fails("no longer exists in Devtron", "Plan again")
	expectWrites(t, box)
	w.Apply().Ok()
}

func TestGitAccountInUseIsNotDestroyed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok()
	r := stored(t, box)
	r.InUse = true
	box.Devtron.GitAccounts.Put(r)
	w.Destroy().Fails("The git account could not be deleted: applications use the git account", "delete all related git materials", "choose another git account")
	r.InUse = false
	box.Devtron.GitAccounts.Put(r)
	w.Plan().Empty().Quiet()
	w.Destroy().Ok()
}

// TestDefaultGitAccount: a new Devtron has an anonymous account for github.com.
func TestDefaultGitAccount(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	public := acctest.Args{"name": `"Github Public"`, "url": `"github.com"`}
	w := acctest.NewWorkspace(t, box, public.At(this))
	w.Plan().Fails("The git account already exists", "id 1", `id = "github.com"`)
	if output, err := w.Run("import", "-no-color", this, "Github Public"); err != nil {
		t.Fatal(output)
	}
	w.Plan().Empty().Quiet()
	w.Destroy().Ok().Quiet() // there is no credential
	w.Apply().Ok().Quiet()
	expectWrites(t, box, "DELETE", "POST")
}

// TestNamesOfGitAccountsMayRepeat, but such a name identifies none.
func TestNamesOfGitAccountsMayRepeat(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this)+withPassword().With("url", `"other.example.com"`).At("devtron_git_account.other"))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	w.MustRun("state", "rm", this)
	output, err := w.Run("import", "-no-color", this, "Example")
	if err == nil || !acctest.HasAll(output, []string{"The git account could not be imported", "2 git accounts with the name", "id or the url"}) {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write("data \"devtron_git_account\" \"a\" {\n  name = \"Example\"\n}\n")
	w.Plan().Fails("2 git accounts with the name")
	w.Write("data \"devtron_git_account\" \"a\" {\n  name = \"Nothing\"\n}\n")
	w.Plan().Fails("No such git account", `git account "Nothing"`, `other.example.com (id`, `name "Example"`)
	w.Write("data \"devtron_git_account\" \"a\" {\n  name = \"Github Public\"\n}\noutput \"x\" {\n  value = data.devtron_git_account.a.url\n}\n")
	w.Apply().Ok()
	if output, err := w.Run("output", "-raw", "x"); err != nil || output != "github.com" {
		t.Errorf("%v %s", err, output)
	}
}

func TestGitHostDataSource(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "data \"devtron_git_host\" \"a\" {\n  name = \"Bitbucket Cloud\"\n}\ndata \"devtron_git_host\" \"b\" {\n  id = 3\n}\n"+
		anonymous().With("git_host_id", "data.devtron_git_host.a.id", "name", "data.devtron_git_host.b.name").At(this))
	w.Apply().Ok().Quiet()
	if r := stored(t, box); r.GitHostID != 2 || r.Name != "Gitlab" {
		t.Errorf("Devtron has %+v", r)
	}
	w.Write("data \"devtron_git_host\" \"a\" {\n  name = \"github\"\n}\n")
	w.Plan().Fails("No such git host", `git host "github"`, "Github (id 1)")
	w.Write("provider \"devtron\" {\n  api_token = " + acctest.Quote(box.Devtron.PowerlessToken()) + "\n}\ndata \"devtron_git_host\" \"a\" {\n  name = \"Github\"\n}\n")
	w.Plan().Fails("the API token is not super-admin")
}

// TestAccountThatSomebodyCreatedAgainIsNotPlannedAsNew: the apply would only then be refused. The
// error says how to manage the new one.
func TestAccountThatSomebodyCreatedAgainIsNotPlannedAsNew(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	w.Apply().Ok()
	again := stored(t, box)
	box.Devtron.GitAccounts.Remove(again.ID)
	again.ID = 0
	again = box.Devtron.GitAccounts.Put(again)
	w.Plan().Fails("already exists", "url =", fmt.Sprintf("(id %d)", again.ID), "terraform state rm", "import {")
	w.MustRun("state", "rm", this)
	w.Import(this, address).Ok()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	expectStored(t, box, again)

	// One that is only gone is created again.
	box.Devtron.GitAccounts.Remove(again.ID)
	w.Apply().Ok()
	expectStored(t, box, row())
}

// TestAccountThatIsStoredOtherwiseIsNotReplaced where its user does what the error says: Terraform
// marks it as tainted.
func TestAccountThatIsStoredOtherwiseIsNotReplaced(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, withPassword().At(this))
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Handle: true, Delay: time.Second})
	go func() {
		for len(box.Devtron.GitAccounts.At(address)) == 0 {
			time.Sleep(time.Millisecond)
		}
		other := box.Devtron.GitAccounts.At(address)[0]
		other.Name = "Another process"
		box.Devtron.GitAccounts.Put(other)
	}()
	w.Apply().Fails("could not be created as written", "returns a different one", "terraform untaint", "The plan then shows the difference")
	id := stored(t, box).ID
	w.MustRun("untaint", this)
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	want := row()
	want.ID = id
	expectStored(t, box, want)
}
