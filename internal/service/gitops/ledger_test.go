// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"testing"
	"time"
)

func TestIDSet(t *testing.T) {
	for _, c := range []struct {
		ids  []int
		id   int
		want bool
	}{
		{nil, 1, false},
		{nil, 0, false},
		{[]int{1}, 1, true},
		{[]int{1}, 2, false},
		{[]int{1}, 0, true}, // An unknown id may be any of the set.
		{[]int{0}, 2, true}, // The set has an unknown id.
		{[]int{1, 2}, 2, true},
	} {
		set := idSet{}
		for _, id := range c.ids {
			set[id] = true
		}
		if got := set.has(c.id); got != c.want {
			t.Errorf("%v has %d: got %t", c.ids, c.id, got)
		}
	}
}

// The steps are calls of the ledger, in an order in which Terraform may make them.
func TestLedgerKeepAndRelease(t *testing.T) {
	keep := func(id int) func(*ledger) bool { return func(l *ledger) bool { return l.keep("GITHUB", id) } }
	release := func(id int) func(*ledger) bool { return func(l *ledger) bool { return l.release("GITHUB", id) } }
	for name, c := range map[string]struct {
		steps []func(*ledger) bool
		// want is the result of the last step.
		want bool
	}{
		"release alone":                       {[]func(*ledger) bool{release(1)}, false},
		"release after keep":                  {[]func(*ledger) bool{keep(1), release(1)}, true},
		"release after keep of another id":    {[]func(*ledger) bool{keep(2), release(1)}, false},
		"release of an unknown id":            {[]func(*ledger) bool{keep(2), release(0)}, true},
		"keep alone":                          {[]func(*ledger) bool{keep(1)}, false},
		"keep after release":                  {[]func(*ledger) bool{release(1), keep(1)}, true},
		"keep after release of another id":    {[]func(*ledger) bool{release(2), keep(1)}, false},
		"keep after release of an unknown":    {[]func(*ledger) bool{release(0), keep(1)}, true},
		"a kept one is not released":          {[]func(*ledger) bool{keep(1), release(1), keep(1)}, false},
		"a second object of a kept one":       {[]func(*ledger) bool{keep(1), release(1), release(1)}, true},
		"a second object of a released one":   {[]func(*ledger) bool{release(1), release(1)}, false},
		"another git provider does not count": {[]func(*ledger) bool{func(l *ledger) bool { return l.keep("GITLAB", 1) }, release(1)}, false},
	} {
		l := newLedger()
		var got bool
		for _, step := range c.steps {
			got = step(l)
		}
		if got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestLedgerConditions(t *testing.T) {
	l := newLedger()
	l.addReference("GITHUB", 1)
	l.release("GITLAB", 2)
	for name, c := range map[string]struct {
		gitProvider string
		condition   func(*ledgerEntry) bool
		want        bool
	}{
		"referenced":                  {"GITHUB", isReferenced(1), true},
		"another id is referenced":    {"GITHUB", isReferenced(2), false},
		"another provider references": {"GITLAB", isReferenced(1), false},
		"released":                    {"GITLAB", isReleased(2), true},
		"not released":                {"GITHUB", isReleased(1), false},
	} {
		if got := l.check(c.gitProvider, c.condition); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestLedgerOtherActive(t *testing.T) {
	active := func(e *ledgerEntry) { e.wantsActive = true }
	inactive := func(e *ledgerEntry) { e.wantsInactive = true }
	for name, c := range map[string]struct {
		changes map[string]func(*ledgerEntry)
		want    string
	}{
		"nothing":                  {nil, ""},
		"only this one":            {map[string]func(*ledgerEntry){"GITHUB": active}, ""},
		"another one":              {map[string]func(*ledgerEntry){"GITHUB": active, "GITLAB": active}, "GITLAB"},
		"another one is inactive":  {map[string]func(*ledgerEntry){"GITHUB": active, "GITLAB": inactive}, ""},
		"another one without this": {map[string]func(*ledgerEntry){"GITLAB": active}, "GITLAB"},
	} {
		l := newLedger()
		for gitProvider, change := range c.changes {
			l.update(gitProvider, change)
		}
		if got, ok := l.otherActive("GITHUB"); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: got %q, %t", name, got, ok)
		}
	}
}

func TestLedgerCountsInstances(t *testing.T) {
	l := newLedger()
	l.addInstance("GITHUB")
	l.addInstance("GITHUB")
	l.addInstance("GITLAB")
	for gitProvider, want := range map[string]int{"GITHUB": 2, "GITLAB": 1, "AZURE_DEVOPS": 0} {
		if got := l.read(gitProvider).instances; got != want {
			t.Errorf("%s: %d instances, want %d", gitProvider, got, want)
		}
	}
}

func TestLedgerWaits(t *testing.T) {
	reference := func(l *ledger) { l.addReference("GITHUB", 1) }
	keep := func(l *ledger) { l.addInstance("GITHUB"); l.keep("GITHUB", 1) }
	waitReferenced := func(ctx context.Context, l *ledger) bool { return l.waitReferenced(ctx, "GITHUB", 1) }
	waitKept := func(ctx context.Context, l *ledger) bool { return l.waitKept(ctx, "GITHUB", 1) }
	for name, c := range map[string]struct {
		wait          func(context.Context, *ledger) bool
		before, while func(*ledger)
		want          bool
		// most is the longest time that the wait may take.
		most time.Duration
	}{
		"referenced before":        {wait: waitReferenced, before: reference, want: true, most: renamePatience / 2},
		"referenced meanwhile":     {wait: waitReferenced, while: reference, want: true, most: renamePatience / 2},
		"never referenced":         {wait: waitReferenced, most: 2 * renamePatience},
		"another id is referenced": {wait: waitReferenced, while: func(l *ledger) { l.addReference("GITHUB", 2) }, most: 2 * renamePatience},
		"kept before":              {wait: waitKept, before: keep, want: true, most: renamePatience / 2},
		"kept meanwhile":           {wait: waitKept, before: func(l *ledger) { l.addInstance("GITHUB") }, while: keep, want: true, most: renamePatience / 2},
		"no instance":              {wait: waitKept, most: renamePatience},
		"instance that keeps none": {wait: waitKept, before: func(l *ledger) { l.addInstance("GITHUB") }, most: 2 * renamePatience},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLedger()
			if c.before != nil {
				c.before(l)
			}
			if c.while != nil {
				time.AfterFunc(20*time.Millisecond, func() { c.while(l) })
			}
			started := time.Now()
			got := c.wait(t.Context(), l)
			if took := time.Since(started); got != c.want || took > c.most {
				t.Errorf("got %t after %s", got, took)
			}
		})
	}
}

func TestLedgerWaitEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	started := time.Now()
	if newLedger().waitReferenced(ctx, "GITHUB", 1) {
		t.Error("the wait found an object")
	}
	if took := time.Since(started); took > renamePatience/2 {
		t.Errorf("the wait took %s", took)
	}
}
