// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"sync"
)

// WriteLock is a mutex that can be waited for under a context.
type WriteLock chan struct{}

var (
	locksMu sync.Mutex
	locks   = map[string]WriteLock{}
)

// LockOf returns the one lock of this process for a name, such as an installation together with a kind of object. Two
// parallel writes leave Devtron with twins, as it has no lock and no unique index of its own.
func LockOf(name string) WriteLock {
	locksMu.Lock()
	defer locksMu.Unlock()
	lock, ok := locks[name]
	if !ok {
		lock = make(WriteLock, 1)
		locks[name] = lock
	}
	return lock
}

// Hold waits for the lock. The error is that of a context that ended before.
func (l WriteLock) Hold(ctx context.Context) error {
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Release gives the lock back.
func (l WriteLock) Release() { <-l }
