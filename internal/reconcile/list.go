// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package reconcile holds what every area of Devtron needs to keep its objects as wanted, on top of an API that has no lock,
// no unique index and replies that can be lost: a list that all callers share, one lock for the writes of each installation,
// and the settling of a write whose reply was lost by reading. It knows nothing of Terraform.
package reconcile

import (
	"context"
	"slices"
	"sync"
)

// List is a list of objects at the server that all callers share, so that a refresh of many resources costs one request. It
// is safe for concurrent use.
type List[T any] struct {
	fetch func(context.Context) ([]T, error)

	mu     sync.Mutex // guards what follows
	flight *sharedRead[T]
	items  []T
	fresh  bool
	// writes counts the writes so far. What was asked before one is outdated after it, even if it is answered later.
	writes int
}

// NewList returns a list that is fetched when it is first asked for.
func NewList[T any](fetch func(context.Context) ([]T, error)) *List[T] {
	return &List[T]{fetch: fetch}
}

// Get returns the objects as they were when first asked for, or after the last write of this process. A caller whose context
// ends does not disturb the others, and gets the context's error. A failure is not kept.
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
	if writes == l.writes {
		l.items, l.fresh = items, true
	}
	l.mu.Unlock()
	return items, nil
}

// Invalidate makes the next Get ask the server. Every write calls it, whatever became of the write.
func (l *List[T]) Invalidate() {
	l.mu.Lock()
	l.fresh = false
	l.writes++
	l.mu.Unlock()
}

// sharedRead is one request for the list and those who wait for it. It lasts as long as the most patient of them.
type sharedRead[T any] struct {
	writes  int // when it was sent
	waiting int
	cancel  context.CancelFunc
	done    chan struct{} // closed when items and err are set
	items   []T
	err     error
}

// join takes part in the read that is under way, or starts one where there is none or a write came after it. The caller
// holds the mutex.
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

// leave ends the read when nobody waits for it anymore.
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
