// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestChartRepositoryIsKeptWhereTheSynchronizationJobFails: Devtron says 500, although it is
// stored.
func TestChartRepositoryIsKeptWhereTheSynchronizationJobFails(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.ChartSync.SetLingers(true)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok().Warns("Devtron stored the chart repository, but did not finish", "job deletion takes more time than expected", "refresh the charts")
	expectWrites(t, box, create)
	want := privateRow(box)
	want.ID = stored(t, box).ID
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()
	w.Write(private(box).With("allow_insecure_connection", "true").At(acme))
	w.Apply().Ok().Quiet() // only a creation reports the job
	expectWrites(t, box, update)
	w.Plan().Empty().Quiet()
}

// TestFailedJobIsNoFailureOfAnUpdate, also of one that changes only the password, which reading
// does not show: Devtron itself reports the job after a creation, and may do so after an update.
// Where nothing is stored, the error says so.
func TestFailedJobIsNoFailureOfAnUpdate(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const words = "job deletion takes more time than expected"
	fault := sandbox.Fault{
		Method: "POST", Path: updateRoute, Handle: true, Status: 500, ContentType: "application/json",
		Body: `{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"` + words + `"}]}`,
	}
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	box.Devtron.Inject(fault)
	changed := private(box).With("allow_insecure_connection", "true")
	w.Write(changed.At(acme))
	w.Apply().Ok().Warns("did not finish", words)
	w.Plan().Empty().Quiet()
	box.Charts.AddRepository("/private", sandbox.ChartsUsername, "new-passw0rd")
	changed = changed.With("password", `"new-passw0rd"`)
	w.Write(changed.At(acme))
	w.Apply().Ok().Warns("did not finish", words)
	expectWrites(t, box, create, update, update)
	w.Plan().Empty().Quiet()
	box.Devtron.ClearFaults()
	fault.Handle = false
	box.Devtron.Inject(fault)
	w.Write(changed.With("active", "false").At(acme))
	w.Apply().Fails("could not be updated", words, "nothing was stored")
	box.Devtron.ClearFaults()
	w.Apply().Ok()
	w.Plan().Empty()
}

// TestOldPasswordIsInNoError: Devtron repeats the stored one where the request has a new one, or
// none.
func TestOldPasswordIsInNoError(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	w.Write(private(box).With("password", `"new-passw0rd"`).At(acme))
	echo := `{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"refused: ` + box.Charts.Password() + `"}]}`
	for _, f := range []sandbox.Fault{{Method: "POST", Path: updateRoute}, {Method: "DELETE", Path: route}} {
		f.Status, f.ContentType, f.Body = 500, "application/json", echo
		box.Devtron.Inject(f)
	}
	for _, run := range []acctest.Result{w.Apply(), w.Destroy()} {
		run.Fails("refused: (sensitive)")
		for _, d := range run.Diagnostics {
			if strings.Contains(d.Summary+d.Detail, box.Charts.Password()) {
				t.Errorf("%s\n%s", d.Summary, d.Detail)
			}
		}
	}
}

// TestQueuedWritesDoNotTimeOut: each write waits for the job, and all writes wait for each other,
// longer than the timeout of one.
func TestQueuedWritesDoNotTimeOut(t *testing.T) {
	t.Parallel()
	const (
		count = 8
		job   = 300 * time.Millisecond
	)
	box := sandbox.ForTest(t)
	box.Devtron.ChartSync.SetWait(job)
	config := acctest.Args{
		"count": fmt.Sprint(count), "name": `"charts-${count.index}"`, "url": acctest.Quote(box.Charts.PublicURL()), "active": "false",
		"timeouts": `{ create = "2s", delete = "2s" }`,
	}
	w := acctest.NewWorkspace(t, box, config.At(acme))
	run := func(args ...string) {
		t.Helper()
		started := time.Now()
		if output, err := w.Run(append(args, "-auto-approve", "-no-color", "-parallelism=50")...); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, output)
		}
		if took := time.Since(started); args[0] == "apply" && took < 2*count*job {
			t.Errorf("%s took %s, so the writes did not wait for each other", args, took)
		}
	}
	run("apply")
	if n := len(box.Devtron.ChartRepositories.Rows()); n != 15+count {
		t.Errorf("Devtron has %d chart repositories", n)
	}
	w.Plan().Empty().Quiet()
	run("destroy")
	if n := len(box.Devtron.ChartRepositories.Rows()); n != 15 {
		t.Errorf("Devtron has %d chart repositories", n)
	}
}

// TestChartRepositoryThatAppearsAfterThePlan is not taken over: Devtron says 409, or the provider
// sees it before.
func TestChartRepositoryThatAppearsAfterThePlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, public(box).At(acme))
	w.SavePlan()
	theirs := box.Devtron.ChartRepositories.Put(publicRow(box))
	w.ApplySaved().Fails("The chart repository already exists", fmt.Sprintf("id %d", theirs.ID), `id = "acme-charts"`)
	expectWrites(t, box)

	// It appears after the list is read, which only the reply to the creation shows.
	box.Devtron.ChartRepositories.Remove(theirs.ID)
	w.SavePlan()
	theirs = box.Devtron.ChartRepositories.Put(publicRow(box))
	box.Devtron.Inject(sandbox.Fault{
		Method: "GET", Path: listRoute, Times: 2, Status: 200, ContentType: "application/json",
		Body: `{"code":200,"status":"OK","result":[{"id":4,"name":"elastic","url":"https://helm.elastic.co","authMode":"ANONYMOUS","active":true}]}`,
	})
	box.Log.Reset()
	w.ApplySaved().Fails("The chart repository already exists", "Devtron said (HTTP 409)")
	expectWrites(t, box, create)
	expectStored(t, box, theirs)
}

// TestUpdateOfAChartRepositoryThatIsGone: Devtron answers 500, and a read by id answers 200 for
// anything (26-26, 26-37).
func TestUpdateOfAChartRepositoryThatIsGone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	w.Write(private(box).With("active", "false").At(acme))
	w.SavePlan()
	gone := stored(t, box)
	box.Devtron.ChartRepositories.Remove(gone.ID)
	w.ApplySaved().Fails("no longer exists in Devtron", "Plan again")
	w.Apply().Ok()
	if got := stored(t, box); got.ID == gone.ID || got.Active {
		t.Errorf("Devtron has %+v", got)
	}
	w.Plan().Empty().Quiet()
}

// TestLostReplyToAChangeOfThePasswordAlone: nothing can show whether Devtron has stored it, so it
// is sent again.
func TestLostReplyToAChangeOfThePasswordAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	box.Charts.AddRepository("/private", sandbox.ChartsUsername, "new-passw0rd")
	w.Write(private(box).With("password", `"new-passw0rd"`).At(acme))
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: updateRoute, Times: 1, Handle: true, Reset: true})
	w.Apply().Fails("could not find out whether Devtron stored the chart repository", "Plan again")
	if plan := w.Plan().Ok(); !plan.Changes {
		t.Error("the plan forgets the new password")
	}
	w.Apply().Ok()
	if got := stored(t, box).Password; got != "new-passw0rd" {
		t.Error("Devtron does not have the new password")
	}
	w.Plan().Empty()
}

// TestImportedChartRepositoryKeepsAnOlderName, as Devtron accepted names that are no DNS labels.
func TestImportedChartRepositoryKeepsAnOlderName(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	older := publicRow(box)
	older.Name = "acme_charts." + strings.Repeat("x", 60)
	box.Devtron.ChartRepositories.Put(older)
	args := public(box).With("name", acctest.Quote(older.Name))
	w := acctest.NewWorkspace(t, box, args.At(acme))
	w.Import(acme, older.Name).Ok()
	w.Write(args.With("active", "false").At(acme))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	w.Write(args.With("name", `"acme_charts"`).At(acme))
	w.Plan().Fails("Invalid chart repository name")
	w.Write(args.At(acme))
	w.Destroy().Ok()
}
