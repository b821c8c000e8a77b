// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"errors"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Deactivate makes a row inactive: the nearest to a delete that Devtron has. A
// row that is gone or inactive already costs no write. The row, its git token
// included, stays stored.
func (s *Store) Deactivate(ctx context.Context, id int, provider string) (Outcome, error) {
	if err := s.hold(ctx); err != nil {
		return Outcome{}, err
	}
	defer s.lock.Release()
	rows, err := s.list.Read(ctx)
	if err != nil {
		return Outcome{}, err
	}
	row, ok := Find(rows, id, provider)
	if !ok {
		return Outcome{}, nil
	}
	out := Outcome{Row: row, Stored: true}
	if !row.Active {
		return out, nil
	}
	target := row.Kept()
	target.Active = false
	v, notes, err := s.put(ctx, rows, target)

	// The dry run is done on every write. Where it fails, because the token has
	// expired, a write that says "custom repositories" skips it.
	var refused *RefusedError
	if errors.As(err, &refused) && !target.AllowCustomRepository {
		target.AllowCustomRepository = true
		v, notes, err = s.put(ctx, rows, target)
		notes = append(notes, Note{Kind: DryRunSkipped, Err: refused, Row: target})
	}
	if err != nil {
		return out, cannotDeactivate(row, err)
	}
	out.Validation, out.Notes = v, notes
	out.Row.Active = false
	if _, other := OtherActive(rows, row.Provider); !other {
		out.Notes = append(out.Notes, Note{Kind: NothingActive, Row: row})
	}
	return out, nil
}

// cannotDeactivate marks the refusals that no repetition will change. A GITLAB
// row under Argo CD needs a working token whatever the request says.
func cannotDeactivate(row devtron.Config, err error) error {
	var refused *RefusedError
	var notStored *reconcile.NotStoredError
	var failure *devtron.Error
	answered := errors.As(err, &notStored) && errors.As(err, &failure) && failure.Envelope
	if errors.As(err, &refused) || answered {
		return &CannotDeactivateError{Row: row, Err: err}
	}
	return err
}
