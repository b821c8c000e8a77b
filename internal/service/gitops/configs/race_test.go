// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const rounds = 50

// TestParallelCreates creates an active and a standby configuration in parallel, as Terraform does, at a server without a lock. In
// either order, the right one is active at the end, and Devtron has one of each.
func TestParallelCreates(t *testing.T) {
	for name, suffixes := range map[string][2]string{
		"one store":                         {"", ""},
		"two stores":                        {"", ""},
		"two stores by different spellings": {"", "/dashboard/app/list"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{Race: 3 * time.Millisecond})
			first := newStore(t, box, suffixes[0])
			second := first
			if name != "one store" {
				second = newStore(t, box, suffixes[1])
			}
			orders := map[string]int{}
			for round := range rounds {
				box.Devtron.Empty()
				box.Log.Reset()
				wanted, other := github(box), standby(gitlab(box))
				wanted.Host, other.Host = "https://github.com/", "https://gitlab.com/"
				if round%2 == 1 {
					wanted.Active, other.Active = false, true
				}
				createInParallel(t, first, wanted, second, other)
				rows := box.Devtron.Rows()
				if len(rows) != 2 || rows[0].Provider == rows[1].Provider {
					t.Fatalf("round %d: Devtron has %+v", round, rows)
				}
				want := "GITHUB"
				if other.Active {
					want = "GITLAB"
				}
				if got := activeProviders(box); !slices.Equal(got, []string{want}) {
					t.Fatalf("round %d: active: %q, want %s; requests: %s", round, got, want, sent(box))
				}
				if n := box.Log.Count("devtron", "POST", ""); n != 2 {
					t.Fatalf("round %d: sent %d POST requests", round, n)
				}
				orders[rows[0].Provider]++
			}
			t.Logf("created first: %v", orders)
		})
	}
}

// createInParallel runs two creations at the same time.
func createInParallel(t *testing.T, first *Store, a devtron.Config, second *Store, b devtron.Config) {
	t.Helper()
	var wait sync.WaitGroup
	start := make(chan struct{})
	for _, c := range []struct {
		store  *Store
		wanted devtron.Config
	}{{first, a}, {second, b}} {
		wait.Go(func() {
			<-start
			if out, err := c.store.Create(t.Context(), c.wanted, Approval{}); err != nil || out.Config.Active != c.wanted.Active {
				t.Errorf("%s: got %+v, %v", c.wanted.Provider, out, err)
			}
		})
	}
	close(start)
	wait.Wait()
}

// TestParallelCreatesFailWithoutLock proves that TestParallelCreates depends on the lock.
func TestParallelCreatesFailWithoutLock(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{Race: 20 * time.Millisecond})
	first, second := newStore(t, box), newStore(t, box)
	second.lock = make(reconcile.WriteLock, 1)
	for range rounds {
		box.Devtron.Empty()
		a, b := github(box), gitlab(box)
		a.Host, b.Host = "https://github.com/", "https://gitlab.com/"
		var wait sync.WaitGroup
		wait.Go(func() { _, _ = first.Create(t.Context(), a, Approval{}) })
		wait.Go(func() { _, _ = second.Create(t.Context(), b, Approval{}) })
		wait.Wait()
		if len(activeProviders(box)) != 1 {
			return
		}
	}
	t.Errorf("%d rounds without a lock, and only one configuration was active in each", rounds)
}

// TestParallelCreatesOfOneConfig tests that one of two equal creations succeeds, and that the other one reports the conflict.
func TestParallelCreatesOfOneConfig(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{Race: 3 * time.Millisecond})
	stores := []*Store{newStore(t, box), newStore(t, box, "/")}
	for range rounds / 5 {
		box.Devtron.Empty()
		wanted := github(box)
		wanted.Host = "https://github.com/"
		errs := make([]error, 2)
		var wait sync.WaitGroup
		for i := range stores {
			wait.Go(func() { _, errs[i] = stores[i].Create(t.Context(), wanted, Approval{}) })
		}
		wait.Wait()
		if errs[0] == nil {
			errs[0], errs[1] = errs[1], errs[0]
		}
		if e := errorAs[*ConflictError](t, errs[0]); e.Status != Matching || errs[1] != nil {
			t.Errorf("got %v", errs)
		}
		stored(t, box, "GITHUB")
	}
}

// TestLockOfOtherInstallation tests that a write does not wait for a write to another Devtron.
func TestLockOfOtherInstallation(t *testing.T) {
	one, other := sandbox.ForTest(t), sandbox.ForTest(t)
	busy := newStore(t, one)
	if err := busy.lock.Hold(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer busy.lock.Release()
	if _, err := newStore(t, other).Create(t.Context(), github(other), Approval{}); err != nil {
		t.Error(err)
	}
}
