// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// once is a fault for one request that writes.
func once(f sandbox.Fault, method, path string) sandbox.Fault {
	f.Method, f.Path, f.Times = method, path, 1
	return f
}

// TestLostRepliesAreSettledByReading: each write is carried out once, and its reply is lost.
func TestLostRepliesAreSettledByReading(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"reset":     {Handle: true, Reset: true},
		"EOF":       {Handle: true, Close: true},
		"502":       {Handle: true, Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"},
		"504":       {Handle: true, Status: 504, Body: "upstream timed out", ContentType: "text/plain"},
		"truncated": {Handle: true, Truncate: 20},
		"time-out":  {Handle: true, Delay: 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			args := required(box).With("description", `"one"`, "timeouts", `{ create = "3s", update = "3s", delete = "3s" }`)
			w := acctest.NewWorkspace(t, box, args.At(prod))
			box.Devtron.Inject(once(fault, "PUT", descriptionRoute))
			box.Devtron.Inject(once(fault, "POST", route))
			w.Apply().Ok().Warns("answer was lost")
			want := row(box)
			want.ID, want.Description = stored(t, box).ID, "one"
			expectStored(t, box, want)
			expectWrites(t, box, "POST ", "PUT /description")

			box.Devtron.Inject(once(fault, "PUT", descriptionRoute))
			box.Devtron.Inject(once(fault, "PUT", route))
			w.Write(args.With("description", `"two"`, "production", "true").At(prod))
			w.Apply().Ok().Warns("answer was lost")
			want.Description, want.Production = "two", true
			expectStored(t, box, want)
			expectWrites(t, box, "PUT ", "PUT /description")
			w.Plan().Empty()

			box.Devtron.Inject(once(fault, "DELETE", route))
			w.Destroy().Ok()
			expectWrites(t, box, "DELETE ")
			if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 {
				t.Errorf("Devtron has %d clusters", len(rows))
			}
		})
	}
}

// TestWritesThatDidNotArriveAreToldApart: each write is lost once, and the next apply makes it.
func TestWritesThatDidNotArriveAreToldApart(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"reset": {Reset: true},
		"EOF":   {Close: true},
		"500":   {Status: 500, Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","userMessage":"pq: something"}]}`, ContentType: "application/json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			args := required(box).With("description", `"one"`)
			w := acctest.NewWorkspace(t, box, args.At(prod))
			box.Devtron.Inject(once(fault, "POST", route))
			w.Apply().Fails("could not be created", "nothing was stored")
			if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 {
				t.Errorf("Devtron has %d clusters", len(rows))
			}
			// An error about the description would make Terraform replace the cluster.
			box.Devtron.Inject(once(fault, "PUT", descriptionRoute))
			w.Apply().Ok().Warns("The description is not set", "Apply again")
			want := row(box)
			want.ID = stored(t, box).ID
			expectStored(t, box, want)
			w.Apply().Ok()
			want.Description = "one"
			expectStored(t, box, want)
			expectWrites(t, box, "POST ", "POST ", "PUT /description", "PUT /description")

			w.Write(args.With("description", `"two"`, "production", "true").At(prod))
			box.Devtron.Inject(once(fault, "PUT", route))
			w.Apply().Fails("could not be updated", "nothing was stored")
			expectStored(t, box, want)
			box.Devtron.Inject(once(fault, "PUT", descriptionRoute))
			w.Apply().Fails("description of the cluster could not be changed", "All other changes of the cluster are stored")
			want.Production = true
			expectStored(t, box, want)
			w.Apply().Ok()
			want.Description = "two"
			expectStored(t, box, want)
			expectWrites(t, box, "PUT ", "PUT ", "PUT /description", "PUT /description")
			w.Plan().Empty()

			box.Devtron.Inject(once(fault, "DELETE", route))
			w.Destroy().Fails("could not be deleted")
			w.Destroy().Ok()
			expectWrites(t, box, "DELETE ", "DELETE ")
		})
	}
}

// TestLostReplyToAChangeOfCredentialsAlone: nothing can show whether Devtron has stored them, so they are sent again.
func TestLostReplyToAChangeOfCredentialsAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, required(box).At(prod))
	w.Apply().Ok()
	token := box.Cluster.IssueToken(true, time.Time{})
	w.Write(required(box).With("bearer_token", acctest.Quote(token)).At(prod))
	box.Devtron.Inject(once(sandbox.Fault{Handle: true, Reset: true}, "PUT", route))
	w.Apply().Fails("could not find out whether Devtron stored the cluster", "Plan again")
	if e := w.Plan().Ok(); !e.Changes {
		t.Error("the plan forgets the new token")
	}
	w.Apply().Ok()
	if got := stored(t, box).Config.BearerToken; got != token {
		t.Error("Devtron does not have the new token")
	}
	w.Plan().Empty()
}

func TestClusterThatAppearsAfterTheTimeOutIsFoundByTheNextRun(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	// Devtron tries to connect for 30 seconds to an address that answers nothing.
	box.Devtron.Inject(once(sandbox.Fault{Handle: true, Late: true, Delay: 15 * time.Second}, "POST", route))
	w := acctest.NewWorkspace(t, box, required(box).With("timeouts", `{ create = "1s" }`).At(prod))
	w.Apply().Fails("timed out", "may still be processing")
	deadline := time.Now().Add(30 * time.Second)
	for len(box.Devtron.Clusters.Rows()) == 1 && time.Now().Before(deadline) {
		time.Sleep(100 * time.Millisecond)
	}
	w.Plan().Fails("The cluster already exists", "import {")
	if run := w.Folder.Import(t.Context(), prod, "prod"); run.Err != nil {
		t.Fatal(run.Output)
	}
	w.Apply().Ok()
	w.Plan().Empty()
	if n := len(stored(t, box).Config.BearerToken); n == 0 || strings.Count(stored(t, box).Name, "prod") != 1 {
		t.Error("the cluster is not as it was wanted")
	}
}
