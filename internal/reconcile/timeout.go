// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"sync"
	"time"
)

// WithTimeout returns a context that ends as one of context.WithTimeout does, except that the time
// that a write waits for its lock does not count. Otherwise, the timeout of each of many resources
// that are written one after the other would have to be long enough for all of them. Such a wait
// still ends with the parent.
func WithTimeout(parent context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	t := &timeoutContext{Context: parent, done: make(chan struct{}), deadline: time.Now().Add(timeout)}
	t.mu.Lock() // The timer may fire before it is assigned.
	t.timer = time.AfterFunc(timeout, func() { t.end(context.DeadlineExceeded) })
	t.mu.Unlock()
	stop := context.AfterFunc(parent, func() { t.end(parent.Err()) })
	return t, func() {
		stop()
		t.end(context.Canceled)
	}
}

// timeoutContext is a context whose timer can be stopped for a while.
type timeoutContext struct {
	context.Context // the parent

	done  chan struct{}
	timer *time.Timer

	mu       sync.Mutex // guards what follows
	deadline time.Time
	err      error
}

type timeoutKey struct{}

// Value implements context.Context.
func (t *timeoutContext) Value(key any) any {
	if key == (timeoutKey{}) {
		return t
	}
	return t.Context.Value(key)
}

// Done implements context.Context.
func (t *timeoutContext) Done() <-chan struct{} { return t.done }

// Err implements context.Context.
func (t *timeoutContext) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// Deadline implements context.Context.
func (t *timeoutContext) Deadline() (time.Time, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if parent, ok := t.Context.Deadline(); ok && parent.Before(t.deadline) {
		return parent, true
	}
	return t.deadline, true
}

// end ends the context, unless it has ended before.
func (t *timeoutContext) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.timer.Stop()
		t.err = err
		close(t.done)
	}
}

// pauseTimeout stops the timer of a context of WithTimeout until resume is called. On any other
// context it has no effect.
func pauseTimeout(ctx context.Context) (resume func()) {
	t, ok := ctx.Value(timeoutKey{}).(*timeoutContext)
	if !ok || !t.timer.Stop() { // it has ended
		return func() {}
	}
	paused := time.Now()
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.err == nil {
			t.deadline = t.deadline.Add(time.Since(paused))
			t.timer.Reset(time.Until(t.deadline))
		}
	}
}
