// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestListIsShared(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, github(box))
	box.Devtron.Inject(sandbox.Fault{Delay: 200 * time.Millisecond})
	store := newStore(t, box)
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			rows, err := store.List(t.Context())
			if err != nil || len(rows) != 1 || rows[0].Provider != "GITHUB" {
				t.Errorf("got %v, %v", rows, err)
				return
			}
			rows[0].Provider = "somebody's own copy"
		})
	}
	wait.Wait()
	wantSent(t, box, "GET")
	if rows, err := store.List(t.Context()); err != nil || rows[0].Provider != "GITHUB" {
		t.Errorf("got %v, %v", rows, err)
	}
	wantSent(t, box, "GET")
}

// TestListOfACancelledCaller: it returns at once, the others get their answer.
func TestListOfACancelledCaller(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, github(box))
	hold(box)
	store := newStore(t, box)
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := store.List(ctx)
		first <- err
	}()
	await(t, func() bool { return sent(box) == "GET" })
	others := make(chan error)
	for range 5 {
		go func() {
			rows, err := store.List(t.Context())
			if err == nil && len(rows) != 1 {
				err = fmt.Errorf("%d rows", len(rows))
			}
			others <- err
		}()
	}
	await(t, func() bool { return store.list.Waiting() == 6 })
	cancel()
	if err := <-first; !devtron.IsKind(err, devtron.Canceled) {
		t.Errorf("the cancelled one got %v", err)
	}
	late, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	if _, err := store.List(late); !devtron.IsKind(err, devtron.Timeout) {
		t.Errorf("the one without time got %v", err)
	}
	for range 5 {
		if err := <-others; err != nil {
			t.Errorf("another one got %v", err)
		}
	}
	wantSent(t, box, "GET")
}

// TestListLastsAsLongAsTheMostPatientCaller: the one who asked first bounds nobody else, and a request that nobody waits
// for ends.
func TestListLastsAsLongAsTheMostPatientCaller(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, github(box))
	box.Devtron.Inject(sandbox.Fault{Delay: 400 * time.Millisecond})
	store := newStore(t, box)
	impatient := make(chan error)
	go func() {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		_, err := store.List(ctx)
		impatient <- err
	}()
	await(t, func() bool { return len(box.Log.All()) > 0 || sent(box) == "GET" })
	if rows, err := store.List(t.Context()); err != nil || len(rows) != 1 {
		t.Errorf("the patient one got %v, %v", rows, err)
	}
	if err := <-impatient; !devtron.IsKind(err, devtron.Timeout) {
		t.Errorf("the impatient one got %v", err)
	}

	hold(box)
	store = newStore(t, box)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := store.List(ctx); !devtron.IsKind(err, devtron.Timeout) {
		t.Errorf("got %v", err)
	}
	await(t, func() bool { return store.list.Waiting() == 0 })
}

func TestListKeepsNoFailure(t *testing.T) {
	for _, fault := range []sandbox.Fault{{Status: 401}, {Status: 500}, {Reset: true}, {Status: 200, Body: "<html>"}, {Status: 200, Body: `{"items":[]}`}, {Truncate: 3}} {
		box := sandbox.ForTest(t)
		put(box, github(box))
		fault.Times = 1
		box.Devtron.Inject(fault)
		store := newStore(t, box)
		if rows, err := store.List(t.Context()); err == nil || rows != nil {
			t.Errorf("%+v: got %v", fault, rows)
		}
		if rows, err := store.List(t.Context()); err != nil || len(rows) != 1 {
			t.Errorf("%+v: then got %v, %v", fault, rows, err)
		}
		wantSent(t, box, "GET GET")
	}
}

// TestListAfterAWrite asks again, whatever became of the write, unless the write
// itself has read the table since.
func TestListAfterAWrite(t *testing.T) {
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
		if rows, err := store.List(t.Context()); err != nil || len(rows) != 0 {
			t.Fatalf("got %v, %v", rows, err)
		}
		box.Devtron.Inject(c.fault)
		_, err := store.Create(t.Context(), github(box), Agreed{})
		rows, listErr := store.List(t.Context())
		if listErr != nil || (len(rows) == 1) != (err == nil) {
			t.Errorf("%s: got %v, %v after %v", name, rows, listErr, err)
		}
		wantSent(t, box, c.sent)
	}

	box := sandbox.ForTest(t)
	row := put(box, github(box))
	store := newStore(t, box)
	if _, err := store.Deactivate(t.Context(), row.ID, "GITHUB"); err != nil {
		t.Fatal(err)
	}
	if rows, err := store.List(t.Context()); err != nil || rows[0].Active {
		t.Errorf("deactivated: got %v, %v", rows, err)
	}
	wantSent(t, box, "GET PUT GET")
}

// TestListThatWasAskedForBeforeAWrite and answered after it says what was: it must
// not replace what the write has read back, nor serve who asks after the write.
func TestListThatWasAskedForBeforeAWrite(t *testing.T) {
	box := sandbox.ForTest(t)
	store := newStore(t, box)
	hold(box)
	slow := make(chan []devtron.Config)
	go func() {
		rows, err := store.List(t.Context())
		if err != nil {
			t.Error(err)
		}
		slow <- rows
	}()
	await(t, func() bool { return sent(box) == "GET" })
	if _, err := store.Create(t.Context(), github(box), Agreed{}); err != nil {
		t.Fatal(err)
	}
	if rows, err := store.List(t.Context()); err != nil || len(rows) != 1 {
		t.Errorf("before the slow one came: got %v, %v", rows, err)
	}
	if rows := <-slow; len(rows) != 0 {
		t.Errorf("the slow one got %v", rows)
	}
	if rows, err := store.List(t.Context()); err != nil || len(rows) != 1 {
		t.Errorf("after the slow one came: got %v, %v", rows, err)
	}

	// The write's own read-back fails: the next list asks, and joins nothing old.
	box = sandbox.ForTest(t)
	store = newStore(t, box)
	row := put(box, github(box))
	hold(box)
	go func() {
		rows, err := store.List(t.Context())
		if err != nil {
			t.Error(err)
		}
		slow <- rows
	}()
	await(t, func() bool { return sent(box) == "GET" })
	if _, err := store.Deactivate(t.Context(), row.ID, "GITHUB"); err != nil {
		t.Fatal(err)
	}
	if rows, err := store.List(t.Context()); err != nil || rows[0].Active {
		t.Errorf("got %v, %v", rows, err)
	}
	<-slow
	if rows, err := store.List(t.Context()); err != nil || rows[0].Active {
		t.Errorf("got %v, %v", rows, err)
	}
}

// hold makes the next list say what is there now, and only after a while.
func hold(box *sandbox.Sandbox) {
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Times: 1, Handle: true, Delay: time.Second})
}

// await waits for something that another goroutine brings about.
func await(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(soon); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not come about")
		}
	}
}
