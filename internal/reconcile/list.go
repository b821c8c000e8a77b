// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package reconcile has what every area of Devtron needs to keep its objects as wanted, on top of
// an API that has no lock and no unique index and whose replies can be lost: a list that all
// callers share (List), a lock for the writes to each kind of objects (WriteLock), the settling by
// reading of a write whose reply was lost (List.Settle), and on top of them a Collection of any
// kind of objects. It knows nothing of Terraform.
package reconcile

import (
	"context"
	"slices"
	"sync"
	"time"
)

// List is a list of objects at the server that all callers share, so that a refresh of many
// resources costs one request. It is safe for concurrent use.
type List[T any] struct {
	fetch func(context.Context) ([]T, error)

	mu     sync.Mutex // guards what follows
	flight *sharedRead[T]
	items  []T
	fresh  bool
	// writes counts the writes so far. A read that began before a write is outdated after it, even
	// where its reply comes later.
	writes int
	readAt time.Time // when the last read was complete
}

// NewList returns a list that is fetched when it is first asked for.
func NewList[T any](fetch func(context.Context) ([]T, error)) *List[T] {
	return &List[T]{fetch: fetch}
}

// Get returns the objects as they were when first asked for, or after the last write of this
// process. A caller whose context ends does not disturb the others, and gets the context's error. A
// failure is not remembered.
func (l *List[T]) Get(ctx context.Context) ([]T, error) {
	l.mu.Lock()
	if l.fresh {
		defer l.mu.Unlock()
		return slices.Clone(l.items), nil
	}
	read := l.join(ctx)
	l.mu.Unlock()
	defer l.leave(read)
	select {
	case <-read.done:
		return slices.Clone(read.items), read.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Read asks the server in any case, and remembers the answer for Get.
func (l *List[T]) Read(ctx context.Context) ([]T, error) {
	l.mu.Lock()
	writes := l.writes
	l.mu.Unlock()
	items, err := l.fetch(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	l.readAt = time.Now()
	if writes == l.writes {
		l.items, l.fresh = items, true
	}
	l.mu.Unlock()
	return items, nil
}

// ReadAt is when the server last returned the objects.
func (l *List[T]) ReadAt() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.readAt
}

// Invalidate makes the next Get ask the server. Every write calls it, whether or not it succeeded.
func (l *List[T]) Invalidate() {
	l.mu.Lock()
	l.fresh = false
	l.writes++
	l.mu.Unlock()
}

// sharedRead is one request for the list, and its callers. It lasts until the last of them is gone.
type sharedRead[T any] struct {
	writes  int // when it was sent
	waiting int
	cancel  context.CancelFunc
	done    chan struct{} // closed when items and err are set
	items   []T
	err     error
}

// join waits for the read that is under way, or starts one where there is none or a write came
// after it. The caller holds the mutex.
func (l *List[T]) join(ctx context.Context) *sharedRead[T] {
	read := l.flight
	if read == nil || read.writes != l.writes {
		shared, cancel := context.WithCancel(context.WithoutCancel(ctx))
		read = &sharedRead[T]{writes: l.writes, cancel: cancel, done: make(chan struct{})}
		l.flight = read
		go func() {
			defer cancel()
			read.items, read.err = l.Read(shared)
			l.mu.Lock()
			if l.flight == read {
				l.flight = nil
			}
			l.mu.Unlock()
			close(read.done)
		}()
	}
	read.waiting++
	return read
}

// leave ends the read when its last caller is gone.
func (l *List[T]) leave(read *sharedRead[T]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if read.waiting--; read.waiting == 0 {
		read.cancel()
		if l.flight == read {
			l.flight = nil
		}
	}
}
