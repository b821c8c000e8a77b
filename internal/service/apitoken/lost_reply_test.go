// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestValueOfALostReplyIsRecovered by an update without changes, also where Devtron hides tokens in
// its list.
func TestValueOfALostReplyIsRecovered(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"reset":     {Handle: true, Reset: true},
		"truncated": {Handle: true, Truncate: 120},
		"504":       {Handle: true, Status: 504, Body: "upstream timed out", ContentType: "text/plain"},
		"time-out":  {Handle: true, Delay: 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			box.Devtron.APITokens.SetHidden(true)
			config := args("super_admin", "true", "timeouts", `{ create = "3s", update = "3s" }`)
			w := acctest.NewWorkspace(t, box, config.At(this))
			box.Devtron.Inject(once(fault, "POST", route))
			w.Apply().Ok().Warns("Devtron's answer was lost")
			expectWrites(t, box, "POST /api-token", "PUT /api-token/ID", "PUT /user")
			works(t, box, w)
			if row, _ := box.Devtron.APITokens.Named("ci-payments"); row.Version != 1 {
				t.Errorf("%d tokens were issued", row.Version)
			}
			w.Plan().Empty().Quiet()

			box.Devtron.ClearFaults()
			box.Devtron.Inject(once(fault, "PUT", route))
			w.Write(config.With("expires_at", `"2099-01-31T10:00:00Z"`).At(this))
			w.Apply().Ok().Warns("Devtron's answer was lost")
			expectWrites(t, box, "PUT /api-token/ID", "PUT /api-token/ID")
			works(t, box, w)
			if row, _ := box.Devtron.APITokens.Named("ci-payments"); row.Version != 2 {
				t.Errorf("%d tokens were issued", row.Version)
			}
			w.Plan().Empty()
		})
	}
}

// TestValueThatCannotBeRecovered: nobody knows the value of a new token, so that it is replaced,
// and an update reads it later.
func TestValueThatCannotBeRecovered(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args("super_admin", "true").At(this))
	box.Devtron.Inject(once(sandbox.Fault{Handle: true, Reset: true}, "POST", route))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Path: route, Close: true})
	w.Apply().Fails("The value of the API token could not be read", "marks it as tainted")
	expectWrites(t, box, "POST /api-token", "PUT /api-token/ID", "PUT /api-token/ID", "PUT /api-token/ID", "PUT /user")
	tokens.IDs(box, "ci-payments")
	box.Devtron.ClearFaults()
	w.Apply().Ok()
	works(t, box, w)
	w.Plan().Empty().Quiet()

	w.Write(args("super_admin", "true", "expires_at", `"2099-01-31T10:00:00Z"`).At(this))
	box.Devtron.Inject(once(sandbox.Fault{Handle: true, Reset: true}, "PUT", route))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Path: route, Close: true})
	w.Apply().Fails("The value of the API token could not be read", "Apply again")
	box.Devtron.ClearFaults()
	box.Log.Reset()
	if p := w.Plan().Ok(); !p.Changes {
		t.Error("the plan does not read the token")
	}
	w.Apply().Ok().Warns("The value of the API token is read again")
	expectWrites(t, box, "PUT /api-token/ID")
	works(t, box, w)
	w.Plan().Empty().Quiet()
}

// TestExpiryThatSomebodyChangesDuringTheApply: the apply changes it back, and the state has the new
// token.
func TestExpiryThatSomebodyChangesDuringTheApply(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args().At(this))
	w.Apply().Ok()
	w.Write(args("description", `"d"`).At(this))
	w.SavePlan()
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments", ExpireAtInMs: time.Now().Add(time.Hour).UnixMilli()})
	w.ApplySaved().Fails("A new API token was issued", "another process changed its expiration date")
	works(t, box, w)
	w.Plan().Empty().Quiet()
}
