// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
)

// source is what a list is fetched from. Each fetch waits until it is released, or until its
// context ends.
type source struct {
	mu      sync.Mutex
	items   []string
	err     error
	fetches int
	ended   int // fetches whose context ended first
	held    chan struct{}
}

// hold makes fetches wait until the returned function is called. They return the items of the time
// at which they began.
func (s *source) hold() (release func()) {
	held := make(chan struct{})
	s.set(func() { s.held = held })
	return sync.OnceFunc(func() { close(held) })
}

func (s *source) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

func (s *source) fetch(ctx context.Context) ([]string, error) {
	s.mu.Lock()
	s.fetches++
	items, err, held := slices.Clone(s.items), s.err, s.held
	s.mu.Unlock()
	if held == nil {
		return items, err
	}
	select {
	case <-held:
		return items, err
	case <-ctx.Done():
		s.set(func() { s.ended++ })
		return nil, ctx.Err()
	}
}

func (s *source) counted() (fetches, ended int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fetches, s.ended
}

func wantFetches(t *testing.T, s *source, want int) {
	t.Helper()
	if got, _ := s.counted(); got != want {
		t.Errorf("%d fetches, want %d", got, want)
	}
}

// waiting is the number of callers that wait for the fetch under way.
func waiting(l *List[string]) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.flight == nil {
		return 0
	}
	return l.flight.waiting
}

// wantItems asks the list.
func wantItems(t *testing.T, l *List[string], want ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if got, err := l.Get(ctx); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestListIsShared(t *testing.T) {
	s := &source{items: []string{"a"}}
	l := NewList(s.fetch)
	release := s.hold()
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			items, err := l.Get(t.Context())
			if err != nil || len(items) != 1 || items[0] != "a" {
				t.Errorf("got %v, %v", items, err)
				return
			}
			items[0] = "a copy of its own"
		})
	}
	await(t, func() bool { return waiting(l) == 50 })
	release()
	wait.Wait()
	wantItems(t, l, "a")
	wantFetches(t, s, 1)
}

// TestListOfACanceledCaller: it returns immediately, the others get their items.
func TestListOfACanceledCaller(t *testing.T) {
	s := &source{items: []string{"a"}}
	l := NewList(s.fetch)
	release := s.hold()
	ctx, cancel := context.WithCancel(t.Context())
	first, others := make(chan error), make(chan error)
	go func() { _, err := l.Get(ctx); first <- err }()
	await(t, func() bool { return waiting(l) == 1 })
	for range 5 {
		go func() {
			items, err := l.Get(t.Context())
			if err == nil && len(items) != 1 {
				err = errors.New("no items")
			}
			others <- err
		}()
	}
	await(t, func() bool { return waiting(l) == 6 })
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the canceled one got %v", err)
	}
	late, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	if _, err := l.Get(late); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the one without time got %v", err)
	}
	release()
	for range 5 {
		if err := <-others; err != nil {
			t.Errorf("another one got %v", err)
		}
	}
	wantFetches(t, s, 1)
}

// TestListThatNobodyWaitsForEnds, and the next caller starts a new fetch.
func TestListThatNobodyWaitsForEnds(t *testing.T) {
	s := &source{items: []string{"a"}}
	l := NewList(s.fetch)
	release := s.hold()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	for range 2 {
		go func() { _, err := l.Get(ctx); done <- err }()
	}
	await(t, func() bool { return waiting(l) == 2 })
	cancel()
	for range 2 {
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	await(t, func() bool { _, ended := s.counted(); return ended == 1 && waiting(l) == 0 })
	release()
	wantItems(t, l, "a")
	wantFetches(t, s, 2)
}

func TestListKeepsNoFailure(t *testing.T) {
	s := &source{items: []string{"a"}, err: errLost}
	l := NewList(s.fetch)
	if items, err := l.Get(t.Context()); !errors.Is(err, errLost) || len(items) != 0 {
		t.Errorf("got %v, %v", items, err)
	}
	s.set(func() { s.err = nil })
	wantItems(t, l, "a")
	wantItems(t, l, "a")
	wantFetches(t, s, 2)
}

func TestListAfterAWrite(t *testing.T) {
	s := &source{items: []string{"a"}}
	l := NewList(s.fetch)
	wantItems(t, l, "a")
	s.set(func() { s.items = []string{"b"} })
	wantItems(t, l, "a")
	l.Invalidate()
	wantItems(t, l, "b")
	wantFetches(t, s, 2)

	// Read always fetches, and its result serves later callers.
	s.set(func() { s.items = []string{"c"} })
	if items, err := l.Read(t.Context()); err != nil || !slices.Equal(items, []string{"c"}) {
		t.Errorf("got %v, %v", items, err)
	}
	wantItems(t, l, "c")
	wantFetches(t, s, 3)
}

// TestListThatWasAskedForBeforeAWrite and returns after it is outdated: it neither replaces a newer
// list nor serves callers that ask after the write.
func TestListThatWasAskedForBeforeAWrite(t *testing.T) {
	for _, readAfter := range []bool{true, false} {
		s := &source{items: []string{"old"}}
		l := NewList(s.fetch)
		release := s.hold()
		slow := make(chan []string)
		go func() {
			items, err := l.Get(t.Context())
			if err != nil {
				t.Error(err)
			}
			slow <- items
		}()
		await(t, func() bool { n, _ := s.counted(); return n == 1 })
		s.set(func() { s.items, s.held = []string{"new"}, nil })
		l.Invalidate()
		if readAfter {
			wantItems(t, l, "new")
		}
		release()
		if items := <-slow; !slices.Equal(items, []string{"old"}) {
			t.Errorf("the slow one got %v", items)
		}
		wantItems(t, l, "new")
		wantFetches(t, s, 2)
	}
}
