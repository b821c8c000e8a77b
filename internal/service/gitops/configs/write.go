// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// post creates a row and settles a lost reply. The table is as it was before.
func (s *Store) post(ctx context.Context, wanted devtron.Config) (*devtron.Validation, []Note, error) {
	defer s.list.Invalidate()
	wanted.ID = 0
	started := time.Now()
	v, err := s.client.CreateGitOpsConfig(ctx, wanted)
	if err == nil {
		return judged(wanted, v)
	}
	failure, ok := reconcile.MaybeHandled(err)
	if !ok {
		return nil, nil, err
	}
	err = s.list.Settle(ctx, failure, time.Since(started), s.patience, func(_ context.Context, rows []devtron.Config) (bool, error) {
		_, there := Find(rows, 0, wanted.Provider)
		return there, nil
	})
	if err != nil {
		return nil, nil, err
	}
	return nil, []Note{{Kind: ReplyLost, Err: failure, Row: wanted}}, nil
}

// put replaces a row of the table before and settles a lost reply.
func (s *Store) put(ctx context.Context, before []devtron.Config, wanted devtron.Config) (*devtron.Validation, []Note, error) {
	defer s.list.Invalidate()
	wanted, err := s.withOwnToken(ctx, before, wanted)
	if err != nil {
		return nil, nil, err
	}
	started := time.Now()
	v, err := s.client.UpdateGitOpsConfig(ctx, wanted)
	if err == nil {
		return judged(wanted, v)
	}
	failure, ok := reconcile.MaybeHandled(err)
	if !ok {
		return nil, nil, err
	}
	err = s.list.Settle(ctx, failure, time.Since(started), s.patience, func(ctx context.Context, rows []devtron.Config) (bool, error) {
		return s.shows(ctx, before, rows, wanted)
	})
	if err != nil {
		return nil, nil, err
	}
	return nil, []Note{{Kind: ReplyLost, Err: failure, Row: wanted}}, nil
}

// withOwnToken names the token of a PUT that is to keep it, where a provider has
// two rows, as parallel runs may leave behind: Devtron looks a token that is not
// sent up by provider, finds two, and refuses every write until it is sent.
func (s *Store) withOwnToken(ctx context.Context, rows []devtron.Config, wanted devtron.Config) (devtron.Config, error) {
	twin := slices.ContainsFunc(rows, func(row devtron.Config) bool { return row.Provider == wanted.Provider && row.ID != wanted.ID })
	if wanted.Token != "" || !twin {
		return wanted, nil
	}
	full, err := s.client.GetGitOpsConfig(ctx, wanted.ID)
	wanted.Token = full.Token
	return wanted, err
}

// errNotReadable says that Devtron never returns what was written.
var errNotReadable = errors.New("Devtron never returns TLS certificates and keys, so reading cannot tell whether the new ones were stored")

// shows reports whether the table holds what a PUT sent. A token that was sent is
// compared through the one route that returns it; it is not in the list.
func (s *Store) shows(ctx context.Context, before, rows []devtron.Config, wanted devtron.Config) (bool, error) {
	if !says(rows, wanted) {
		return false, nil
	}
	if wanted.Token != "" {
		full, err := s.client.GetGitOpsConfig(ctx, wanted.ID)
		if err != nil {
			return false, err
		}
		if full.Token != wanted.Token {
			return false, nil
		}
	}
	// A write is done as a whole or not at all, so that another field that it changed
	// tells for the certificates too. The token does not: it may be the old one.
	if wanted.TLS != (devtron.TLSConfig{}) && says(before, wanted) {
		return false, errNotReadable
	}
	return true, nil
}

// says reports whether the table holds the wanted row as far as it can be read.
func says(rows []devtron.Config, wanted devtron.Config) bool {
	row, ok := Find(rows, wanted.ID, wanted.Provider)
	return ok && row.Active == wanted.Active && len(Differences(row, wanted)) == 0
}

// judged turns a 200 into success or refusal.
func judged(wanted devtron.Config, v devtron.Validation) (*devtron.Validation, []Note, error) {
	if v.Refused() {
		return &v, nil, &RefusedError{Provider: wanted.Provider, Stages: v.StageErrors}
	}
	if v.DeleteRepoFailed {
		return &v, []Note{{Kind: RepositoryLeft, Row: wanted}}, nil
	}
	return &v, nil, nil
}
