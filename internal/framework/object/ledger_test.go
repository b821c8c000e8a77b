// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestLedgerKeepsAnAccountOfEachKey(t *testing.T) {
	l := newLedger()
	l.update("a", func(e *entry) { e.instances++ })
	l.update("a", func(e *entry) { e.instances++; e.created = true })
	l.hold("b")
	for key, want := range map[string]entry{"a": {instances: 2, created: true}, "b": {held: true}, "c": {}} {
		if got := l.update(key, nil); got != want {
			t.Errorf("%s: %+v, want %+v", key, got, want)
		}
	}
}

func TestLedgerCountsEachOfManyInstances(t *testing.T) {
	l := newLedger()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { l.update("a", func(e *entry) { e.instances++ }) })
	}
	all.Wait()
	if n := l.update("a", nil).instances; n != 50 {
		t.Errorf("%d instances", n)
	}
}

func TestWaitHeldWaitsForAnObjectThatBecomesKnown(t *testing.T) {
	for name, c := range map[string]struct {
		key   string        // that becomes known
		after time.Duration // 0: before
		held  bool
		took  time.Duration
	}{
		"known":           {"a", 0, true, 0},
		"becomes known":   {"a", patience / 2, true, patience / 2},
		"too late":        {"a", 2 * patience, false, patience},
		"another becomes": {"b", patience / 2, false, patience},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLedger()
				if c.after == 0 {
					l.hold(c.key)
				} else {
					time.AfterFunc(c.after, func() { l.hold(c.key) })
				}
				started := time.Now()
				if held := l.waitHeld(t.Context(), "a"); held != c.held || time.Since(started) != c.took {
					t.Errorf("%t after %s", held, time.Since(started))
				}
				time.Sleep(3 * patience)
			})
		})
	}
}

func TestWaitHeldEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	started := time.Now()
	if newLedger().waitHeld(ctx, "a") || time.Since(started) > patience/2 {
		t.Errorf("it waited for %s", time.Since(started))
	}
}
