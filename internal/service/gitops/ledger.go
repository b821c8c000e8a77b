// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// ledger records, for one walk of Terraform (a plan or an apply), what the run does with the configuration of each git
// provider. Resource instances cannot see each other, Terraform calls them in any order, and one run can meet one
// configuration several times: both halves of a replacement, a deposed object, a resource that was renamed. Plan and apply
// decide by what the run leaves, not by the single step.
type ledger struct {
	mu      sync.Mutex
	entries map[string]*ledgerEntry
	// changed is closed and replaced whenever an object of the state is recorded.
	changed chan struct{}
}

// ledgerEntry is the account of the configuration of one git provider.
type ledgerEntry struct {
	// instances counts the resource instances of the configuration, each of which Terraform validates once in a walk.
	instances int
	// held are the ids to which objects of the state refer, kept those that an instance of the run goes on managing, and
	// released those of objects that are destroyed. Devtron may hold two configurations of one git provider (before v1.8.0).
	held, kept, released idSet
	// wantsActive says that an instance of the run is to be active, inactive that one is not to be.
	wantsActive, wantsInactive bool
	// refreshed says that an instance was read in this walk, which Terraform does in a plan only.
	refreshed bool
	// failed says that the instance that was to manage the configuration could not be planned or created.
	failed bool
	// refused is what a creation was refused for. The object that explains it may be planned after it.
	refused *consent
	agreed  configs.Agreed
}

// idSet holds ids of configurations. The id 0 stands for one that is not known, and equals every other.
type idSet map[int]bool

func (s idSet) has(id int) bool { return s[id] || s[0] || id == 0 && len(s) > 0 }

func newLedger() *ledger {
	return &ledger{entries: map[string]*ledgerEntry{}, changed: make(chan struct{})}
}

// update changes the entry of a git provider and returns a copy of it.
func (l *ledger) update(gitProvider string, change func(*ledgerEntry)) ledgerEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry := l.entries[gitProvider]
	if entry == nil {
		entry = &ledgerEntry{held: idSet{}, kept: idSet{}, released: idSet{}}
		l.entries[gitProvider] = entry
	}
	if change != nil {
		change(entry)
	}
	return *entry
}

// announce counts an instance of the configuration.
func (l *ledger) announce(gitProvider string) {
	l.update(gitProvider, func(e *ledgerEntry) { e.instances++ })
}

// hold records that an object of the state refers to the configuration.
func (l *ledger) hold(gitProvider string, id int) {
	l.update(gitProvider, func(e *ledgerEntry) {
		e.held[id] = true
		close(l.changed)
		l.changed = make(chan struct{})
	})
}

// held reports whether an object of the state refers to the configuration.
func (l *ledger) held(gitProvider string, id int) bool {
	var held bool
	l.update(gitProvider, func(e *ledgerEntry) { held = e.held.has(id) })
	return held
}

// waitHeld is held, with some patience: Terraform handles an object that has lost its resource at the same time as the
// resource that took its place, and it may come a moment later.
func (l *ledger) waitHeld(ctx context.Context, gitProvider string, id int, patience time.Duration) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		var held bool
		var changed chan struct{}
		l.update(gitProvider, func(e *ledgerEntry) { held, changed = e.held.has(id), l.changed })
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

// keep records that an instance goes on managing the configuration, and reports whether the destroy of another object has
// been let through already.
func (l *ledger) keep(gitProvider string, id int) (released bool) {
	l.update(gitProvider, func(e *ledgerEntry) {
		e.kept[id] = true
		released = e.released.has(id)
	})
	return released
}

// release records the destroy of an object, unless another instance keeps its configuration: then there is nothing to do
// in Devtron.
func (l *ledger) release(gitProvider string, id int) (kept bool) {
	l.update(gitProvider, func(e *ledgerEntry) {
		kept = e.kept.has(id)
		if !kept {
			e.released[id] = true
		}
	})
	return kept
}

// otherActive returns another git provider whose configuration is to be active after this run.
func (l *ledger) otherActive(gitProvider string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for other, entry := range l.entries {
		if other != gitProvider && entry.wantsActive {
			return other, true
		}
	}
	return "", false
}
