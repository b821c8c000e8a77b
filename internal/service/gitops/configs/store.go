// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package configs keeps Devtron's GitOps configurations as they are wanted, although the API has no
// DELETE, no lock, no id in its replies, and a POST that activates the new configuration in any
// case. It does not depend on Terraform.
//
// Every operation follows one pattern: take the lock, read the list, decide, send as few writes as
// possible, and read back. If the reply to a write is lost, the store reads to find out whether the
// write was done (package reconcile). It never sends the write again.
package configs

import (
	"context"
	"errors"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Store reads and writes the configurations of one Devtron installation. It is safe for concurrent
// use.
type Store struct {
	client   *devtron.Client
	patience reconcile.Patience
	lock     reconcile.WriteLock
	list     *reconcile.List[devtron.Config]
}

// New returns a store. It sends no request.
func New(client *devtron.Client, patience reconcile.Patience) *Store {
	return &Store{
		client: client, patience: patience,
		lock: reconcile.LockOf(client.BaseURL().String() + " gitops"),
		list: reconcile.NewList(client.ListGitOpsConfigs),
	}
}

// Client returns the API client of the store.
func (s *Store) Client() *devtron.Client { return s.client }

// List returns the configurations as they were when first asked for, or after the last write of
// this process. All callers share one request.
func (s *Store) List(ctx context.Context) ([]devtron.Config, error) {
	stored, err := s.list.Get(ctx)
	if err != nil && errors.Is(err, ctx.Err()) {
		return nil, s.waitError(ctx)
	}
	return stored, err
}

// lockAndRead begins a write: it waits for the lock of the installation and reads the list. The
// caller releases the lock, unless there is an error.
func (s *Store) lockAndRead(ctx context.Context) ([]devtron.Config, error) {
	if s.lock.Hold(ctx) != nil {
		return nil, s.waitError(ctx)
	}
	stored, err := s.list.Read(ctx)
	if err != nil {
		s.lock.Release()
	}
	return stored, err
}

// waitError is the error of a caller whose context ended while it waited for a list or for another
// write of this process.
func (s *Store) waitError(ctx context.Context) error {
	return reconcile.Ended(ctx, "GitOps configurations", s.client.BaseURL().String())
}
