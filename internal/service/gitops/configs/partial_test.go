// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"errors"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// failures are faults at a later step of an operation. It is certain that the step was not done.
var failures = map[string]sandbox.Fault{
	"403":   {Status: 403},
	"500":   {Status: 500, Body: internalServerError},
	"reset": {Reset: true},
	"404":   {Status: 404, Body: "404 page not found"},
}

// TestFailedReadBackOfCreate tests that a creation which Devtron confirmed succeeds.
func TestFailedReadBackOfCreate(t *testing.T) {
	for name, fault := range failures {
		box := sandbox.ForTest(t)
		fault.Method, fault.Skip = "GET", 1
		box.Devtron.Inject(fault)
		out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
		if err != nil || !out.Stored || out.Config.ID != 0 || !out.Config.Active || out.Validation == nil {
			t.Errorf("%s: got %+v, %v", name, out, err)
		}
		wantWarnings(t, out, ReadBackFailed)
		if n := box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", ""); n != 1 {
			t.Errorf("%s: sent %d writes", name, n)
		}
		stored(t, box, "GITHUB")
	}
}

// TestFailedReadBackOfStandby tests that a new configuration cannot be deactivated without its id. The next run deactivates it.
func TestFailedReadBackOfStandby(t *testing.T) {
	for name, fault := range failures {
		box := sandbox.ForTest(t)
		fault.Method, fault.Skip = "GET", 1
		box.Devtron.Inject(fault)
		out, err := newStore(t, box).Create(t.Context(), standby(github(box)), Approval{})
		_ = wantPartial(t, out, err, StepDeactivate)
		wantError[*devtron.Error](t, err)
		if !out.Stored || !out.Config.Active || out.Config.ID != 0 {
			t.Errorf("%s: got %+v", name, out)
		}
		box.Devtron.ClearFaults()
		out, err = newStore(t, box).Create(t.Context(), standby(github(box)), Approval{ConfigID: 1})
		if err != nil || out.Config.ID != 1 || out.Config.Active {
			t.Errorf("%s: the next run got %+v, %v", name, out, err)
		}
	}
}

// TestReadBackWithoutConfig tests a list that contradicts the reply: the configuration does not count as stored.
func TestReadBackWithoutConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Skip: 1, Status: 200, Body: `{"code":200,"status":"OK","result":[]}`})
	out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
	if !errors.Is(err, reconcile.ErrGone) || out.Stored || out.Config.ID != 0 {
		t.Errorf("got %+v, %v", out, err)
	}
}

// TestFailedRestore tests that the new configuration stays active if the previous one cannot be reactivated.
func TestFailedRestore(t *testing.T) {
	for name, fault := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			earlier := put(box, github(box))
			fault.Method = "PUT"
			box.Devtron.Inject(fault)
			out, err := newStore(t, box).Create(t.Context(), standby(gitlab(box)), Approval{})
			e := wantPartial(t, out, err, StepRestore)
			if e.Config.ID != earlier.ID || !e.Config.Active || e.Config.Token != "" || out.Config.ID != 2 || !out.Config.Active {
				t.Errorf("got %+v, error about %+v", out, e.Config)
			}
			wantActive(t, box, "GITLAB")
			if n := box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", ""); n != 2 {
				t.Errorf("sent %d writes", n)
			}
		})
	}
}

// TestRestoreWithFailedDryRun tests a previous configuration whose token has expired.
func TestRestoreWithFailedDryRun(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	earlier := github(box)
	earlier.Token = "ghp_expired0123456789"
	put(box, earlier)
	out, err := newStore(t, box).Create(t.Context(), standby(gitlab(box)), Approval{})
	e := wantPartial(t, out, err, StepRestore)
	wantError[*DryRunError](t, err)
	if e.Config.Provider != "GITHUB" || !out.Config.Active {
		t.Errorf("got %+v, error about %+v", out, e.Config)
	}
}

// TestLostReplyToRestore tests that the store reads after a lost reply, as after that to any other write.
func TestLostReplyToRestore(t *testing.T) {
	box := sandbox.ForTest(t)
	before := put(box, github(box))
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Handle: true, Reset: true})
	out, err := newStore(t, box).Create(t.Context(), standby(gitlab(box)), Approval{})
	if err != nil || out.Config.Active || stored(t, box, "GITHUB") != before {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, ReplyLost)
	wantSent(t, box, "GET POST PUT GET GET")
}

func TestFailedDeactivationOfNewStandby(t *testing.T) {
	for name, fault := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			fault.Method = "PUT"
			box.Devtron.Inject(fault)
			out, err := newStore(t, box).Create(t.Context(), standby(github(box)), Approval{})
			e := wantPartial(t, out, err, StepDeactivate)
			if e.Config.ID != 1 || out.Config.ID != 1 || !out.Config.Active {
				t.Errorf("got %+v, error about %+v", out, e.Config)
			}

			// The next run deactivates the configuration.
			box.Devtron.ClearFaults()
			wanted := standby(github(box))
			wanted.ID, wanted.Token = 1, ""
			if out, err := newStore(t, box).Update(t.Context(), wanted); err != nil || out.Config.Active {
				t.Errorf("the next run got %+v, %v", out, err)
			}
			wantActive(t, box)
		})
	}
}

// TestFailedSecondWriteOfStandby tests that the configuration is written and active if it cannot be deactivated.
func TestFailedSecondWriteOfStandby(t *testing.T) {
	for name, fault := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			row := standby(github(box))
			row.ID = put(box, row).ID
			row.Username = "another"
			fault.Method, fault.Skip = "PUT", 1
			box.Devtron.Inject(fault)
			out, err := newStore(t, box).Update(t.Context(), row)
			e := wantPartial(t, out, err, StepDeactivate)
			if e.Config.ID != 1 || !out.Config.Active || out.Config.Username != "another" {
				t.Errorf("got %+v, error about %+v", out, e.Config)
			}
			wantActive(t, box, "GITHUB")
		})
	}
}

// TestFailedFirstWriteOfStandby tests that no second write follows a failed one.
func TestFailedFirstWriteOfStandby(t *testing.T) {
	box := sandbox.ForTest(t)
	row := standby(github(box))
	before := put(box, row)
	row.ID, row.Username = before.ID, "another"
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 500, Body: internalServerError})
	out, err := newStore(t, box).Update(t.Context(), row)
	if wantError[*reconcile.NotStoredError](t, err); out.Stored || stored(t, box, "GITHUB") != before {
		t.Errorf("got %+v, %v", out, err)
	}
	if n := box.Log.Count("devtron", "PUT", ""); n != 1 {
		t.Errorf("sent %d PUT requests", n)
	}
}
