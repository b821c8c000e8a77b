// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// ledger records, for one walk of Terraform (a plan or an apply), what the run does with the
// configuration of each git provider. Resource instances cannot see each other, Terraform calls
// them in any order, and one run can touch one configuration several times: in both halves of a
// replacement, for a deposed object, or for a resource that was renamed. Plan and apply decide by
// the result of the whole run, not by a single step.
type ledger struct {
	mu      sync.Mutex
	entries map[string]*ledgerEntry
	// changed is closed and replaced whenever an entry changes.
	changed chan struct{}
}

// ledgerEntry records what a run does with the configuration of one git provider.
type ledgerEntry struct {
	// instances counts the resource instances of the configuration. Terraform validates each of
	// them once in a walk.
	instances int
	// referenced are the ids in objects of the state, kept those that an instance of the run
	// continues to manage, and released those of objects that the run destroys. Devtron before
	// v1.8.0 may have two configurations of one git provider.
	referenced, kept, released idSet
	// wantsActive says that the run activates the configuration, and wantsInactive that it
	// deactivates it.
	wantsActive, wantsInactive bool
	// refreshed says that an instance was read in this walk. Terraform reads only in a plan.
	refreshed bool
	// failed says that the instance that was to manage the configuration could not be planned, for
	// these errors, or created.
	failed bool
	errors diag.Diagnostics
	// forgotten is the id of an object that the run removed from the state although its
	// configuration stays, for the resource that takes its place.
	forgotten *int
	// refusal is the consent that a refused creation needed. Terraform may plan the object that
	// gives it later.
	refusal *consent
	// approval is what the plan of the creation has shown.
	approval configs.Approval
}

// idSet is a set of ids of configurations. The id 0 stands for an unknown one and equals every
// other.
type idSet map[int]bool

func (s idSet) has(id int) bool { return s[id] || s[0] || id == 0 && len(s) > 0 }

func newLedger() *ledger {
	return &ledger{entries: map[string]*ledgerEntry{}, changed: make(chan struct{})}
}

// entry returns the entry of a git provider. It is called with the lock held, like everything that
// reads the sets of an entry.
func (l *ledger) entry(gitProvider string) *ledgerEntry {
	entry := l.entries[gitProvider]
	if entry == nil {
		entry = &ledgerEntry{referenced: idSet{}, kept: idSet{}, released: idSet{}}
		l.entries[gitProvider] = entry
	}
	return entry
}

// update changes the entry of a git provider and returns a copy of it. Its sets must not be read
// without the lock.
func (l *ledger) update(gitProvider string, change func(*ledgerEntry)) ledgerEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry := l.entry(gitProvider)
	change(entry)
	close(l.changed)
	l.changed = make(chan struct{})
	return *entry
}

// read returns a copy of the entry of a git provider. Its sets must not be read without the lock.
func (l *ledger) read(gitProvider string) ledgerEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return *l.entry(gitProvider)
}

// check reports whether a condition is true for the entry of a git provider.
func (l *ledger) check(gitProvider string, condition func(*ledgerEntry) bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return condition(l.entry(gitProvider))
}

// isReferenced is the condition that an object of the state refers to the configuration.
func isReferenced(id int) func(*ledgerEntry) bool {
	return func(e *ledgerEntry) bool { return e.referenced.has(id) }
}

// isReleased is the condition that the run destroys an object of the configuration.
func isReleased(id int) func(*ledgerEntry) bool {
	return func(e *ledgerEntry) bool { return e.released.has(id) }
}

// leavesUse is the condition that the run deactivates the configuration.
func leavesUse(id int) func(*ledgerEntry) bool {
	return func(e *ledgerEntry) bool { return e.wantsInactive || isReleased(id)(e) }
}

// addInstance counts a resource instance of the configuration.
func (l *ledger) addInstance(gitProvider string) {
	l.update(gitProvider, func(e *ledgerEntry) { e.instances++ })
}

// addReference records that an object of the state refers to the configuration.
func (l *ledger) addReference(gitProvider string, id int) {
	l.update(gitProvider, func(e *ledgerEntry) { e.referenced[id] = true })
}

// keep records that an instance continues to manage the configuration. It reports whether another
// object of the configuration has already been destroyed.
func (l *ledger) keep(gitProvider string, id int) (released bool) {
	l.update(gitProvider, func(e *ledgerEntry) {
		e.kept[id] = true
		released = e.released.has(id)
	})
	return released
}

// release records that the run destroys an object, unless another instance keeps its configuration:
// then the destroy must not change anything in Devtron.
func (l *ledger) release(gitProvider string, id int) (kept bool) {
	l.update(gitProvider, func(e *ledgerEntry) {
		kept = e.kept.has(id)
		if !kept {
			e.released[id] = true
		}
	})
	return kept
}

// otherActive returns another git provider whose configuration this run activates.
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

// Terraform handles an object that has lost its resource at the same time as the resource that
// takes its place, and either may come a moment later. It starts both at the beginning of a run;
// only requests to a server take longer.
const (
	startPatience  = 200 * time.Millisecond
	renamePatience = time.Second
)

// waitReferenced waits for an object of the state that refers to the configuration.
func (l *ledger) waitReferenced(ctx context.Context, gitProvider string, id int) bool {
	return l.wait(ctx, gitProvider, renamePatience, isReferenced(id))
}

// waitKept waits for an instance that continues to manage the configuration. In a "terraform
// destroy", Terraform validates no instance.
func (l *ledger) waitKept(ctx context.Context, gitProvider string, id int) bool {
	return l.wait(ctx, gitProvider, startPatience, func(e *ledgerEntry) bool { return e.instances > 0 }) &&
		l.wait(ctx, gitProvider, renamePatience, func(e *ledgerEntry) bool { return e.kept.has(id) })
}

// wait waits until a condition is true for the entry of a git provider. It reports false if that
// takes too long.
func (l *ledger) wait(ctx context.Context, gitProvider string, patience time.Duration, condition func(*ledgerEntry) bool) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		l.mu.Lock()
		met, changed := condition(l.entry(gitProvider)), l.changed
		l.mu.Unlock()
		if met {
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
