// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// ledger records, for one walk of Terraform, what the run does with each key: instances cannot see
// each other, and Terraform calls them in any order.
type ledger struct {
	mu      sync.Mutex
	entries map[string]*entry
	// changed is closed and replaced whenever an object of the state is recorded.
	changed chan struct{}
}

// entry is the account of one key.
type entry struct {
	// instances counts the resource instances of the configuration, each of which Terraform
	// validates once in a walk.
	instances int
	// held says that an object of the state has the key, created that an instance of the run
	// creates it, and destroyed that an object of the state with it is destroyed. lost says that
	// the object that had the key in the state is gone, or has another key in Devtron.
	held, created, destroyed, lost bool
}

// ledgerKey is the key of framework.Data.Once for the ledger of a type of resources.
type ledgerKey string

// ledgerOf returns the ledger of a type of resources for this walk.
func ledgerOf(d *framework.Data, resourceType string) *ledger {
	shared, _ := d.Once(ledgerKey(resourceType), func() any { return newLedger() }).(*ledger)
	return shared
}

func newLedger() *ledger {
	return &ledger{entries: map[string]*entry{}, changed: make(chan struct{})}
}

// update changes the entry of a key and returns a copy.
func (l *ledger) update(key string, change func(*entry)) entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[key]
	if e == nil {
		e = &entry{}
		l.entries[key] = e
	}
	if change != nil {
		change(e)
	}
	return *e
}

// hold records that an object of the state has the key.
func (l *ledger) hold(key string) {
	l.update(key, func(e *entry) {
		e.held = true
		close(l.changed)
		l.changed = make(chan struct{})
	})
}

// configured reports whether there is an instance of the configuration.
func (l *ledger) configured() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		if e.instances > 0 {
			return true
		}
	}
	return false
}

// follow records what a refresh has found of an object that the state has with a key: it has
// another key in Devtron, or, where that is empty, it is gone.
func (l *ledger) follow(before, now string) {
	if before == now {
		return
	}
	l.update(before, func(e *entry) { e.held, e.lost = false, true })
	if now != "" {
		l.hold(now)
	}
}

// patience is how long a creation that is about to be refused waits for an object of the state that
// explains what it meets.
const patience = 3 * time.Second

// waitHeld reports whether an object of the state has the key, which may become known a moment
// later.
func (l *ledger) waitHeld(ctx context.Context, key string) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		var held bool
		var changed chan struct{}
		l.update(key, func(e *entry) { held, changed = e.held, l.changed })
		if held {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}
