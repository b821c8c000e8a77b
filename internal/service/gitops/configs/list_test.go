// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestListIsShared tests that all callers share one request. Package reconcile tests how.
func TestListIsShared(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, github(box))
	store := newStore(t, box)
	for range 2 {
		if stored, err := store.List(t.Context()); err != nil || len(stored) != 1 || stored[0].Provider != "GITHUB" {
			t.Errorf("got %v, %v", stored, err)
		}
	}
	wantSent(t, box, "GET")
}

// TestListWithEndedContext tests that an ended context is reported as an error of the API client.
func TestListWithEndedContext(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Delay: time.Second})
	store := newStore(t, box)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	late, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	for want, ctx := range map[devtron.Kind]context.Context{devtron.Canceled: canceled, devtron.Timeout: late} {
		if _, err := store.List(ctx); !devtron.IsKind(err, want) {
			t.Errorf("got %v", err)
		}
	}
}

func TestListDoesNotKeepErrors(t *testing.T) {
	for _, fault := range []sandbox.Fault{{Status: 401}, {Status: 500}, {Reset: true}, {Status: 200, Body: "<html>"}, {Status: 200, Body: `{"items":[]}`}, {Truncate: 3}} {
		box := sandbox.ForTest(t)
		put(box, github(box))
		fault.Times = 1
		box.Devtron.Inject(fault)
		store := newStore(t, box)
		if stored, err := store.List(t.Context()); err == nil || stored != nil {
			t.Errorf("%+v: got %v", fault, stored)
		}
		if stored, err := store.List(t.Context()); err != nil || len(stored) != 1 {
			t.Errorf("%+v: the next call got %v, %v", fault, stored, err)
		}
		wantSent(t, box, "GET GET")
	}
}

// TestListAfterWrite tests that a list is read again after every write, unless the write has read it already.
func TestListAfterWrite(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		sent  string
	}{
		"stored":      {sandbox.Fault{Path: "/nothing"}, "GET GET POST GET"},
		"rejected":    {sandbox.Fault{Method: "POST", Status: 400}, "GET GET POST GET"},
		"turned away": {sandbox.Fault{Method: "POST", Status: 429}, "GET GET POST GET"},
	} {
		box := sandbox.ForTest(t)
		store := newStore(t, box)
		if stored, err := store.List(t.Context()); err != nil || len(stored) != 0 {
			t.Fatalf("got %v, %v", stored, err)
		}
		box.Devtron.Inject(c.fault)
		_, err := store.Create(t.Context(), github(box), Approval{})
		stored, listErr := store.List(t.Context())
		if listErr != nil || (len(stored) == 1) != (err == nil) {
			t.Errorf("%s: got %v, %v after %v", name, stored, listErr, err)
		}
		wantSent(t, box, c.sent)
	}

	box := sandbox.ForTest(t)
	row := put(box, github(box))
	store := newStore(t, box)
	if _, err := store.Deactivate(t.Context(), row.ID, "GITHUB"); err != nil {
		t.Fatal(err)
	}
	if stored, err := store.List(t.Context()); err != nil || stored[0].Active {
		t.Errorf("deactivated: got %v, %v", stored, err)
	}
	wantSent(t, box, "GET PUT GET")
}
