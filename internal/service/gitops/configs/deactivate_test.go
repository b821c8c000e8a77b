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

func TestDeactivate(t *testing.T) {
	box := sandbox.ForTest(t)
	row := github(box)
	row.EnableTLSVerification, row.TLS = true, devtron.TLSConfig{CAData: "a", TLSCertData: "b", TLSKeyData: "c"}
	before := put(box, row)
	out, err := newStore(t, box).Deactivate(t.Context(), before.ID, "GITHUB")
	if err != nil || !out.Stored || out.Config.Active || out.Config.ID != before.ID {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, NothingActive)
	wantSent(t, box, "GET PUT")
	before.Active = false
	if after := stored(t, box, "GITHUB"); after != before {
		t.Errorf("stored %+v, want %+v", after, before)
	}
}

func TestDeactivateBesideOtherActiveConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	other := put(box, gitlab(box))
	row := put(box, github(box))
	out, err := newStore(t, box).Deactivate(t.Context(), row.ID, "GITHUB")
	if err != nil || stored(t, box, "GITLAB") != other {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out)
	wantActive(t, box, "GITLAB")
}

func TestDeactivateOfInactiveOrMissingConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	inactive := put(box, standby(github(box)))
	put(box, gitlab(box))
	out, err := newStore(t, box).Deactivate(t.Context(), inactive.ID, "GITHUB")
	if err != nil || !out.Stored || out.Config.ID != inactive.ID {
		t.Errorf("inactive: got %+v, %v", out, err)
	}
	out, err = newStore(t, box).Deactivate(t.Context(), 99, "GITHUB")
	if err != nil || out.Stored || out.Config.ID != 0 {
		t.Errorf("gone: got %+v, %v", out, err)
	}
	wantSent(t, box, "GET GET")
	wantActive(t, box, "GITLAB")
}

// TestDeactivateWithExpiredToken tests a failed dry run: the store sends the write again and skips
// the dry run.
func TestDeactivateWithExpiredToken(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	row := github(box)
	row.Token = "ghp_expired0123456789"
	before := put(box, row)
	out, err := newStore(t, box).Deactivate(t.Context(), before.ID, "GITHUB")
	if err != nil || !out.Stored || out.Config.Active {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, DryRunSkipped, NothingActive)
	wantError[*DryRunError](t, out.Warnings[0].Err)
	wantSent(t, box, "GET PUT PUT")
	before.Active, before.AllowCustomRepository = false, true
	if after := stored(t, box, "GITHUB"); after != before {
		t.Errorf("stored %+v, want %+v", after, before)
	}
}

// TestDeactivateWithValidToken tests that a passed dry run needs no second write.
func TestDeactivateWithValidToken(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	row := put(box, github(box))
	if _, err := newStore(t, box).Deactivate(t.Context(), row.ID, "GITHUB"); err != nil {
		t.Error(err)
	}
	wantSent(t, box, "GET PUT")
	if stored(t, box, "GITHUB").AllowCustomRepository {
		t.Error("custom repositories were allowed unnecessarily")
	}
}

// TestCannotDeactivate tests a GITLAB configuration under Argo CD, which needs a valid token for
// every write.
func TestCannotDeactivate(t *testing.T) {
	for custom, want := range map[bool]string{false: "GET PUT PUT GET", true: "GET PUT GET"} {
		box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
		row := gitlab(box)
		row.Token, row.AllowCustomRepository = "glpat-expired0123456789", custom
		before := put(box, row)
		out, err := newStore(t, box).Deactivate(t.Context(), before.ID, "GITLAB")
		e := errorAs[*CannotDeactivateError](t, err)
		if e.Config.ID != before.ID || !out.Stored || !out.Config.Active || stored(t, box, "GITLAB") != before {
			t.Errorf("custom %v: got %+v, %v", custom, out, err)
		}
		wantError[*devtron.Error](t, err)
		wantSent(t, box, want)
	}
}

// TestFailedDeactivate tests failures that a retry may not meet.
func TestFailedDeactivate(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		check func(t *testing.T, out Outcome, err error)
	}{
		"403": {sandbox.Fault{Status: 403}, func(t *testing.T, _ Outcome, err error) { wantError[*devtron.Error](t, err) }},
		"502": {sandbox.Fault{Status: 502}, func(t *testing.T, _ Outcome, err error) {
			if e := errorAs[*reconcile.NotStoredError](t, err); !e.Pending {
				t.Errorf("got %v", err)
			}
		}},
		"500": {sandbox.Fault{Status: 500, ContentType: "application/json", Body: `{"error":"internal server error"}`}, func(t *testing.T, _ Outcome, err error) {
			wantError[*reconcile.NotStoredError](t, err)
		}},
		"reset":    {sandbox.Fault{Reset: true}, func(t *testing.T, _ Outcome, err error) { wantError[*reconcile.NotStoredError](t, err) }},
		"redirect": {sandbox.Fault{Status: 301}, func(t *testing.T, _ Outcome, err error) { wantError[*devtron.Error](t, err) }},
	} {
		t.Run(name, func(t *testing.T) {
			box := sandbox.ForTest(t)
			row := put(box, github(box))
			c.fault.Method = "PUT"
			box.Devtron.Inject(c.fault)
			out, err := newStore(t, box).Deactivate(t.Context(), row.ID, "GITHUB")
			c.check(t, out, err)
			var cannot *CannotDeactivateError
			if !out.Stored || !out.Config.Active || errors.As(err, &cannot) {
				t.Errorf("got %+v, %v", out, err)
			}
			wantActive(t, box, "GITHUB")
		})
	}
}

func TestLostReplyToDeactivate(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{"reset": {Reset: true}, "502": {Status: 502}, "truncated": {Truncate: 5}} {
		box := sandbox.ForTest(t)
		row := put(box, github(box))
		fault.Method, fault.Handle = "PUT", true
		box.Devtron.Inject(fault)
		out, err := newStore(t, box).Deactivate(t.Context(), row.ID, "GITHUB")
		if err != nil || out.Config.Active || !out.Stored {
			t.Errorf("%s: got %+v, %v", name, out, err)
		}
		wantWarnings(t, out, ReplyLost, NothingActive)
		wantSent(t, box, "GET PUT GET")
	}
}
