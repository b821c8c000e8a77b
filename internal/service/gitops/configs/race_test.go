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

// TestParallelCreations: one is to be active and one a stand-by, made at the same
// moment, as Terraform does, at a server without a lock. Whichever comes first,
// the right one is active in the end, and there is one row of each.
func TestParallelCreations(t *testing.T) {
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
					t.Fatalf("round %d: rows %+v", round, rows)
				}
				want := "GITHUB"
				if other.Active {
					want = "GITLAB"
				}
				if got := activeProviders(box); !slices.Equal(got, []string{want}) {
					t.Fatalf("round %d: active are %q, want %s; %s", round, got, want, sent(box))
				}
				if n := box.Log.Count("devtron", "POST", ""); n != 2 {
					t.Fatalf("round %d: %d POSTs", round, n)
				}
				orders[rows[0].Provider]++
			}
			t.Logf("first were %v", orders)
		})
	}
}

// createInParallel runs two creations at the same moment.
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

// TestTheRaceIsReal: without the lock the same server does go wrong. It keeps the
// test above honest.
func TestTheRaceIsReal(t *testing.T) {
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
	t.Errorf("%d rounds without a lock, and all went well", rounds)
}

// TestParallelCreationsOfTheSame: one makes the row, the other one is told of it.
func TestParallelCreationsOfTheSame(t *testing.T) {
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

// TestWritesOfDifferentInstallationsDoNotWait for each other.
func TestWritesOfDifferentInstallationsDoNotWait(t *testing.T) {
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
