// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// WriteLock is a mutex with a wait that ends with a context.
type WriteLock chan struct{}

var (
	locksMu sync.Mutex
	locks   = map[string]WriteLock{}
)

// LockOf returns the one lock of this process for a name, such as an installation together with a
// kind of objects. Two parallel writes leave Devtron with twins, as it has no lock and no unique
// index of its own.
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

// ChartSync is the Kind.Lock of kinds whose writes make Devtron synchronize its charts: chart
// repositories, and registries with charts. Each such write recreates the same Kubernetes Job,
// which takes about 7 seconds, and fails while another write does so (25-17).
const ChartSync = "chart sync"

// Hold waits for the lock. The error is that of the context, where it ends first. The wait does not
// count against a timeout that WithTimeout has set.
func (l WriteLock) Hold(ctx context.Context) error {
	defer pauseTimeout(ctx)()
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Release gives the lock back.
func (l WriteLock) Release() { <-l }

// Ended is the failure of a caller whose context ended while it waited for a list or for the lock.
// what is the kind of objects, such as "projects".
func Ended(ctx context.Context, what, url string) *devtron.Error {
	kind := devtron.Timeout
	if errors.Is(ctx.Err(), context.Canceled) {
		kind = devtron.Canceled
	}
	return &devtron.Error{Kind: kind, Operation: "wait for the " + what, Method: http.MethodGet, URL: url, Err: ctx.Err()}
}
