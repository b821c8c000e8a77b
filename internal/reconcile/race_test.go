// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// TestParallelCreations, at a server without a lock, by collections that do not know each other.
func TestParallelCreations(t *testing.T) {
	f := &fake{pause: time.Millisecond}
	var wait sync.WaitGroup
	var mu sync.Mutex
	created, existed := 0, 0
	for i := range 20 {
		c := things(t, f)
		wait.Go(func() {
			if _, err := c.Create(t.Context(), thing{Name: fmt.Sprint("different-", i)}); err != nil {
				t.Error(err)
			}
		})
		wait.Go(func() {
			_, err := c.Create(t.Context(), thing{Name: "same"})
			mu.Lock()
			defer mu.Unlock()
			var exists *ExistsError[thing]
			switch {
			case err == nil:
				created++
			case errors.As(err, &exists):
				existed++
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if created != 1 || existed != 19 || len(f.all()) != 21 {
		t.Errorf("%d created, %d existed, %d rows", created, existed, len(f.all()))
	}
}

// TestWaitingEndsWithTheContext, for the lock and for the list.
func TestWaitingEndsWithTheContext(t *testing.T) {
	block := make(chan struct{})
	f := &fake{before: func(string) error { <-block; return nil }}
	c := things(t, f)
	done := make(chan error)
	go func() { _, err := c.Create(t.Context(), thing{Name: "a"}); done <- err }()
	await(t, func() bool { return f.sent() == "GET POST" })
	late, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	if _, err := c.Create(late, thing{Name: "b"}); !devtron.IsKind(err, devtron.Timeout) {
		t.Errorf("got %v", err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range []error{
		func() error { _, err := c.Update(canceled, thing{ID: 1}); return err }(),
		c.Delete(canceled, ID{Number: 1}),
	} {
		if e := as[*devtron.Error](t, err); e.Kind != devtron.Canceled || e.Operation != "wait for the things" || e.MaybeHandled() && e.Attempts != 0 {
			t.Errorf("got %+v", *e)
		}
	}
	close(block)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestKindsWithOneLockWriteOneAtATime, and kinds with locks of their own do not wait for each
// other.
func TestKindsWithOneLockWriteOneAtATime(t *testing.T) {
	for _, shared := range []bool{true, false} {
		block := make(chan struct{})
		slow := &fake{before: func(string) error { <-block; return nil }}
		kinds := [2]Kind[thing]{slow.kind(), (&fake{}).kind()}
		for i := range kinds {
			kinds[i].Name = fmt.Sprint(t.Name(), i)
			if shared {
				kinds[i].Lock = t.Name()
			}
		}
		done := make(chan error)
		first := NewCollection("", kinds[0], DefaultPatience)
		go func() { _, err := first.Create(t.Context(), thing{Name: "a"}); done <- err }()
		await(t, func() bool { return slow.sent() == "GET POST" })
		late, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		_, err := NewCollection("", kinds[1], DefaultPatience).Create(late, thing{Name: "b"})
		stop()
		if devtron.IsKind(err, devtron.Timeout) != shared {
			t.Errorf("one lock: %t, got %v", shared, err)
		}
		close(block)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
