// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
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

// TestLostReplyToAChangeOfCredentialsAlone: nothing can show whether Devtron has stored them, so
// they are sent again.
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

// TestLostRepliesToDescriptions: a description is written by a request of its own.
func TestLostRepliesToDescriptions(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"reset":    {Handle: true, Reset: true},
		"EOF":      {Handle: true, Close: true},
		"502":      {Handle: true, Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"},
		"time-out": {Handle: true, Delay: 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			args := required(box).With("description", `"one"`, "timeouts", `{ create = "3s", update = "3s" }`)
			w := acctest.NewWorkspace(t, box, args.At(prod))
			box.Devtron.Inject(once(fault, "PUT", descriptionRoute))
			w.Apply().Ok()
			want := row(box)
			want.ID, want.Description = stored(t, box).ID, "one"
			expectStored(t, box, want)
			expectWrites(t, box, "POST ", "PUT /description")

			box.Devtron.Inject(once(fault, "PUT", descriptionRoute))
			w.Write(args.With("description", `"two"`, "production", "true").At(prod))
			w.Apply().Ok()
			want.Description, want.Production = "two", true
			expectStored(t, box, want)
			expectWrites(t, box, "PUT ", "PUT /description")
			w.Plan().Empty()
		})
	}
}

// TestDescriptionThatIsNotSetIsShownByTheNextPlan, and nothing else is lost.
func TestDescriptionThatIsNotSetIsShownByTheNextPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	fault := once(sandbox.Fault{Status: 500, Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","userMessage":"pq: something"}]}`, ContentType: "application/json"}, "PUT", descriptionRoute)
	args := required(box).With("description", `"one"`)
	w := acctest.NewWorkspace(t, box, args.At(prod))
	// An error about the description would make Terraform replace the cluster.
	box.Devtron.Inject(fault)
	w.Apply().Ok().Warns("The description is not set", "Apply again")
	want := row(box)
	want.ID = stored(t, box).ID
	expectStored(t, box, want)
	w.Apply().Ok()
	want.Description = "one"
	expectStored(t, box, want)
	expectWrites(t, box, "POST ", "PUT /description", "PUT /description")

	w.Write(args.With("description", `"two"`, "production", "true").At(prod))
	box.Devtron.Inject(fault)
	w.Apply().Fails("description of the cluster could not be changed", "All other changes of the cluster are stored")
	want.Production = true
	expectStored(t, box, want)
	w.Apply().Ok()
	want.Description = "two"
	expectStored(t, box, want)
	expectWrites(t, box, "PUT ", "PUT /description", "PUT /description")
	w.Plan().Empty()
}
