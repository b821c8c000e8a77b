// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitops keeps Devtron's GitOps configurations as they are wanted, on
// top of an API that has no DELETE, no lock, no id in its replies and a POST that
// always activates. It knows nothing of Terraform.
//
// Every operation follows one pattern: take the lock, read the list, decide,
// write at most what is needed, read back. A write whose reply was lost is
// settled by reading (settle.go), never by sending it again.
package gitops

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Patience is how long a write whose reply was lost is looked for in the list.
// Devtron goes on working after a client is gone: its dry run alone may wait
// twice for 30 seconds, and it stores the row only after that.
type Patience struct {
	// Short is for a connection that broke soon after the request.
	Short time.Duration
	// Long is for a request that the server had worked on for a while.
	Long time.Duration
	// Late is for the case that the caller's own time has run out.
	Late time.Duration
}

// DefaultPatience fits the recorded times.
var DefaultPatience = Patience{Short: 5 * time.Second, Long: 75 * time.Second, Late: 10 * time.Second}

// Store reads and writes the configurations of one Devtron installation. It is
// safe for concurrent use.
type Store struct {
	client   *devtron.Client
	patience Patience
	lock     writeLock

	mu     sync.Mutex // guards what follows
	flight *sharedRead
	rows   []devtron.Config
	fresh  bool
	// writes counts the writes so far. What was asked before one is old after it,
	// even if it is answered later.
	writes int
}

// New returns a store. It sends nothing.
func New(client *devtron.Client, patience Patience) *Store {
	return &Store{client: client, patience: patience, lock: lockOf(client.BaseURL().String())}
}

// Client is the API client that the store works with.
func (s *Store) Client() *devtron.Client { return s.client }

// List returns the configurations as they were when first asked for, or after the
// last write of this process. All callers share one request, so that a refresh
// of many resources costs one; one who gives up does not disturb the others. A
// failure is not kept.
func (s *Store) List(ctx context.Context) ([]devtron.Config, error) {
	s.mu.Lock()
	if s.fresh {
		defer s.mu.Unlock()
		return slices.Clone(s.rows), nil
	}
	f := s.join(ctx)
	s.mu.Unlock()
	defer s.leave(f)
	select {
	case <-f.done:
		return slices.Clone(f.rows), f.err
	case <-ctx.Done():
		return nil, s.gaveUp(ctx)
	}
}

// sharedRead is one request for the list and those who wait for it. It lasts as long as the most patient of them.
type sharedRead struct {
	writes  int // when it was sent
	waiting int
	cancel  context.CancelFunc
	done    chan struct{} // closed when rows and err are set
	rows    []devtron.Config
	err     error
}

// join takes part in the read that is under way, or starts one where there is none or a write came after it. The caller
// holds the mutex.
func (s *Store) join(ctx context.Context) *sharedRead {
	f := s.flight
	if f == nil || f.writes != s.writes {
		shared, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f = &sharedRead{writes: s.writes, cancel: cancel, done: make(chan struct{})}
		s.flight = f
		go func() {
			defer cancel()
			f.rows, f.err = s.read(shared)
			s.mu.Lock()
			if s.flight == f {
				s.flight = nil
			}
			s.mu.Unlock()
			close(f.done)
		}()
	}
	f.waiting++
	return f
}

// leave ends the read when nobody waits for it anymore.
func (s *Store) leave(f *sharedRead) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.waiting--; f.waiting == 0 {
		f.cancel()
		if s.flight == f {
			s.flight = nil
		}
	}
}

// gaveUp is the failure of a caller whose context ended while it waited for an
// answer or for another write of this process.
func (s *Store) gaveUp(ctx context.Context) error {
	kind := devtron.Timeout
	if errors.Is(ctx.Err(), context.Canceled) {
		kind = devtron.Canceled
	}
	return &devtron.Error{
		Kind: kind, Operation: "wait for the GitOps configurations", Method: http.MethodGet,
		URL: s.client.BaseURL().String(), Err: ctx.Err(),
	}
}

// read asks the server and remembers the answer for List.
func (s *Store) read(ctx context.Context) ([]devtron.Config, error) {
	s.mu.Lock()
	writes := s.writes
	s.mu.Unlock()
	rows, err := s.client.List(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if writes == s.writes {
		s.rows, s.fresh = rows, true
	}
	s.mu.Unlock()
	return rows, nil
}

// forget makes the next List ask the server.
func (s *Store) forget() {
	s.mu.Lock()
	s.fresh = false
	s.writes++
	s.mu.Unlock()
}

// writeLock is a mutex that can be waited for under a context.
type writeLock chan struct{}

var (
	locksMu sync.Mutex
	locks   = map[string]writeLock{}
)

// lockOf returns the one lock of an installation in this process. Two parallel
// writes leave Devtron with two active rows or two rows of a provider, as it has
// no lock of its own.
func lockOf(baseURL string) writeLock {
	locksMu.Lock()
	defer locksMu.Unlock()
	l, ok := locks[baseURL]
	if !ok {
		l = make(writeLock, 1)
		locks[baseURL] = l
	}
	return l
}

// hold waits for the lock of the installation.
func (s *Store) hold(ctx context.Context) error {
	select {
	case s.lock <- struct{}{}:
		return nil
	case <-ctx.Done():
		return s.gaveUp(ctx)
	}
}

func (s *Store) release() { <-s.lock }
