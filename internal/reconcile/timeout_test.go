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

// TestWaitForTheLockDoesNotCountAgainstTheTimeout: each of many writes has the whole timeout for
// itself.
func TestWaitForTheLockDoesNotCountAgainstTheTimeout(t *testing.T) {
	const writes, pause = 10, 50 * time.Millisecond
	f := &fake{pause: pause}
	c := things(t, f)
	started := time.Now()
	var all sync.WaitGroup
	for i := range writes {
		all.Go(func() {
			ctx, cancel := WithTimeout(t.Context(), writes*pause/2)
			defer cancel()
			// What derives from the context has the same timeout.
			derived, cancel := context.WithCancel(ctx)
			defer cancel()
			if out, err := c.Create(derived, thing{Name: fmt.Sprint(i)}); err != nil || !out.Stored {
				t.Errorf("got %+v, %v", out, err)
			}
		})
	}
	all.Wait()
	if took := time.Since(started); len(f.all()) != writes || took < writes*pause {
		t.Errorf("%d things in %s", len(f.all()), took)
	}
}

// TestTimeoutCountsTheWriteItself, and what was left of it before the wait.
func TestTimeoutCountsTheWriteItself(t *testing.T) {
	lock := LockOf(t.Name())
	if err := lock.Hold(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	before, _ := ctx.Deadline()
	time.AfterFunc(400*time.Millisecond, lock.Release)
	if err := lock.Hold(ctx); err != nil || ctx.Err() != nil {
		t.Fatalf("got %v, %v", err, ctx.Err())
	}
	defer lock.Release()
	after, _ := ctx.Deadline()
	if moved := after.Sub(before); moved < 350*time.Millisecond {
		t.Errorf("the deadline moved by %s", moved)
	}
	derived, stop := context.WithCancel(ctx)
	defer stop()
	<-derived.Done()
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) || !errors.Is(derived.Err(), context.DeadlineExceeded) {
		t.Errorf("got %v, %v", ctx.Err(), derived.Err())
	}
	if late := time.Since(after); late < 0 || late > 10*time.Second {
		t.Errorf("ended %s after the deadline", late)
	}
	if err := LockOf(t.Name() + " free").Hold(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestWaitForTheLockEndsWithTheParent, as where the user interrupts a run.
func TestWaitForTheLockEndsWithTheParent(t *testing.T) {
	lock := LockOf(t.Name())
	if err := lock.Hold(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		end  func(context.Context) (context.Context, context.CancelFunc)
		want devtron.Kind
	}{
		"interrupt": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(50*time.Millisecond, cancel)
			return ctx, cancel
		}, devtron.Canceled},
		"deadline of the parent": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 50*time.Millisecond)
		}, devtron.Timeout},
	} {
		parent, stop := test.end(t.Context())
		ctx, cancel := WithTimeout(parent, time.Hour)
		if err := lock.Hold(ctx); err == nil {
			t.Errorf("%s: it was held twice", name)
		}
		if got := Ended(ctx, "things", "").Kind; got != test.want {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
		cancel()
		stop()
	}
	ctx, cancel := WithTimeout(t.Context(), time.Hour)
	cancel()
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Errorf("got %v", ctx.Err())
	}
}
