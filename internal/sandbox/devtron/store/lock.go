// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package store

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Lock makes a check and the write that follows it atomic. A real Devtron has no such lock and no
// unique index, so parallel requests can create duplicates. SetRace removes the lock.
type Lock struct {
	lifetime func() context.Context // of the server
	mu       sync.Mutex
	race     atomic.Int64 // nanoseconds
}

// NewLock creates a lock. The context of lifetime ends when the server stops.
func NewLock(lifetime func() context.Context) *Lock { return &Lock{lifetime: lifetime} }

// SetRace removes the lock and sets the duration of Pause; 0 restores the lock. With a real
// Devtron, three parallel POSTs created duplicates in 10 of 10 rounds for projects, and in 4 of 10
// for environments and for clusters.
func (l *Lock) SetRace(pause time.Duration) { l.race.Store(int64(pause)) }

// Racing reports whether the lock is removed.
func (l *Lock) Racing() bool { return l.race.Load() > 0 }

// Hold acquires the lock until release is called.
func (l *Lock) Hold() (release func()) {
	if l.Racing() {
		return func() {}
	}
	l.mu.Lock()
	return l.mu.Unlock
}

// Pause waits between a check and a write if the lock is removed.
func (l *Lock) Pause() { server.Pause(l.lifetime(), time.Duration(l.race.Load())) }
