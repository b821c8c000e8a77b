// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"sync"
)

// Leftovers are ephemeral resources that are open. Terraform closes them at the end of a walk, but
// leaves those open that something depends on that has failed. The end of the process removes
// these.
type Leftovers struct {
	mu   sync.Mutex
	open map[string]func(context.Context) error
}

// Add records an ephemeral resource. Remove is called at the end of the process unless it is
// forgotten before.
func (l *Leftovers) Add(name string, remove func(context.Context) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		l.open = map[string]func(context.Context) error{}
	}
	l.open[name] = remove
}

// Forget drops an ephemeral resource that is closed.
func (l *Leftovers) Forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, name)
}

// Remove removes what is open, all at the same time.
func (l *Leftovers) Remove(ctx context.Context) {
	l.mu.Lock()
	open := l.open
	l.open = nil
	l.mu.Unlock()
	var wait sync.WaitGroup
	for _, remove := range open {
		wait.Go(func() { _ = remove(ctx) }) // nobody is left who could read an error
	}
	wait.Wait()
}
