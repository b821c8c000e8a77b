// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package configs keeps Devtron's GitOps configurations as they are wanted, on
// top of an API that has no DELETE, no lock, no id in its replies and a POST that
// always activates. It knows nothing of Terraform.
//
// Every operation follows one pattern: take the lock, read the list, decide,
// write at most what is needed, read back. A write whose reply was lost is
// settled by reading (settle.go), never by sending it again.
package configs

import (
	"context"
	"errors"
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Store reads and writes the configurations of one Devtron installation. It is safe for concurrent use.
type Store struct {
	client   *devtron.Client
	patience reconcile.Patience
	lock     reconcile.WriteLock
	list     *reconcile.List[devtron.Config]
}

// New returns a store. It sends nothing.
func New(client *devtron.Client, patience reconcile.Patience) *Store {
	return &Store{
		client: client, patience: patience,
		lock: reconcile.LockOf(client.BaseURL().String() + " gitops"),
		list: reconcile.NewList(client.ListGitOpsConfigs),
	}
}

// Client is the API client that the store works with.
func (s *Store) Client() *devtron.Client { return s.client }

// List returns the configurations as they were when first asked for, or after the last write of this process, in one request
// for all callers.
func (s *Store) List(ctx context.Context) ([]devtron.Config, error) {
	rows, err := s.list.Get(ctx)
	if err != nil && errors.Is(err, ctx.Err()) {
		return nil, s.ended(ctx)
	}
	return rows, err
}

// hold waits for the lock of the installation.
func (s *Store) hold(ctx context.Context) error {
	if s.lock.Hold(ctx) != nil {
		return s.ended(ctx)
	}
	return nil
}

// ended is the failure of a caller whose context ended while it waited for an answer or for another write of this process.
func (s *Store) ended(ctx context.Context) error {
	kind := devtron.Timeout
	if errors.Is(ctx.Err(), context.Canceled) {
		kind = devtron.Canceled
	}
	return &devtron.Error{
		Kind: kind, Operation: "wait for the GitOps configurations", Method: http.MethodGet,
		URL: s.client.BaseURL().String(), Err: ctx.Err(),
	}
}
