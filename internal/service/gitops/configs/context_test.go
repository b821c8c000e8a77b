// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestDeadlineDuringWrite tests a deadline that expires while the server handles a write. The store still finds what the server
// stores, even if that is later than the deadline.
func TestDeadlineDuringWrite(t *testing.T) {
	for name, c := range map[string]struct {
		fault  sandbox.Fault
		stored bool
	}{
		"stored before": {sandbox.Fault{Handle: true, Delay: time.Minute}, true},
		"stored after":  {sandbox.Fault{Handle: true, Late: true, Delay: time.Second, Status: 200}, true},
		"not handled":   {sandbox.Fault{Delay: time.Minute}, false},
	} {
		for _, method := range []string{"POST", "PUT"} {
			t.Run(name+", "+method, func(t *testing.T) {
				t.Parallel()
				box := sandbox.ForTest(t)
				store := newStore(t, box)
				wanted := github(box)
				if method == "PUT" {
					wanted.Token = "ghp_the_old_one"
					wanted.ID = put(box, wanted).ID
					wanted.Token = box.GitHub.Token()
				}
				fault := c.fault
				fault.Method = method
				box.Devtron.Inject(fault)
				ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
				defer cancel()
				started := time.Now()
				var out Outcome
				var err error
				if method == "PUT" {
					out, err = store.Update(ctx, wanted)
				} else {
					out, err = store.Create(ctx, wanted, Approval{})
				}
				if took := time.Since(started); took > soon {
					t.Errorf("the call took %s", took)
				}
				if n := box.Log.Count("devtron", method, ""); n != 1 {
					t.Errorf("sent %d %s requests", n, method)
				}
				if !c.stored {
					e := errorAs[*reconcile.NotStoredError](t, err)
					if !e.Pending || out.Stored || !devtron.IsKind(err, devtron.Timeout) {
						t.Errorf("got %+v, %v", out, err)
					}
					return
				}
				if err != nil || !out.Stored || out.Config.ID != 1 || stored(t, box, "GITHUB").Token != box.GitHub.Token() {
					t.Errorf("got %+v, %v", out, err)
				}
				wantWarnings(t, out, ReplyLost)
			})
		}
	}
}

// TestDeadlineBeforeRestore tests a deadline that expires before the previous configuration is reactivated. The store reactivates it
// nevertheless, because Devtron would use the wrong configuration.
func TestDeadlineBeforeRestore(t *testing.T) {
	box := sandbox.ForTest(t)
	before := put(box, github(box))
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Handle: true, Delay: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	out, err := newStore(t, box).Create(ctx, standby(gitlab(box)), Approval{})
	if err != nil || !out.Stored || out.Config.Active || stored(t, box, "GITHUB") != before {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, ReplyLost)
	wantActive(t, box, "GITHUB")
}

// TestCancelReturnsImmediately tests a canceled context at every step of a creation.
func TestCancelReturnsImmediately(t *testing.T) {
	for name, c := range map[string]struct {
		faults []sandbox.Fault
		until  string // the requests that are sent before the cancellation
		check  func(*testing.T, error)
	}{
		"reading":  {[]sandbox.Fault{{Method: "GET", Delay: time.Minute}}, "GET", wantError[*devtron.Error]},
		"writing":  {[]sandbox.Fault{{Method: "POST", Delay: time.Minute}}, "GET POST", wantError[*reconcile.UnsettledError]},
		"settling": {[]sandbox.Fault{{Method: "POST", Reset: true}, {Method: "GET", Skip: 1, Delay: time.Minute}}, "GET POST GET", wantError[*reconcile.UnsettledError]},
		"reading back": {[]sandbox.Fault{{Method: "GET", Skip: 1, Delay: time.Minute}}, "GET POST GET", func(t *testing.T, err error) {
			t.Helper()
			if err != nil {
				t.Errorf("a stored configuration is reported as %v", err)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			store := newStore(t, box)
			store.patience = reconcile.Patience{Short: time.Minute, Long: time.Minute, Late: time.Minute}
			for _, fault := range c.faults {
				box.Devtron.Inject(fault)
			}
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				for ctx.Err() == nil && sent(box) != c.until {
					time.Sleep(time.Millisecond)
				}
				cancel()
			}()
			started := time.Now()
			_, err := store.Create(ctx, github(box), Approval{})
			if took := time.Since(started); took > soon {
				t.Errorf("the call took %s", took)
			}
			c.check(t, err)
			wantSent(t, box, c.until)

			// The store has released the lock.
			box.Devtron.ClearFaults()
			if _, err := store.Create(t.Context(), github(box), Approval{ConfigID: 1}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestCancelEndsWaitForLock tests a canceled context while another store holds the lock.
func TestCancelEndsWaitForLock(t *testing.T) {
	box := sandbox.ForTest(t)
	first, second := newStore(t, box), newStore(t, box, "/orchestrator/")
	if err := first.lock.Hold(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer first.lock.Release()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, write := range []func() (Outcome, error){
		func() (Outcome, error) { return second.Create(ctx, github(box), Approval{}) },
		func() (Outcome, error) { return second.Update(ctx, github(box)) },
		func() (Outcome, error) { return second.Deactivate(ctx, 1, "GITHUB") },
	} {
		if _, err := write(); !devtron.IsKind(err, devtron.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	wantSent(t, box, "")
}
