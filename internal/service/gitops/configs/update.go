// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Update replaces the row wanted.ID. An empty token keeps the stored one.
func (s *Store) Update(ctx context.Context, wanted devtron.Config) (Outcome, error) {
	if err := s.hold(ctx); err != nil {
		return Outcome{}, err
	}
	defer s.lock.Release()
	rows, err := s.list.Read(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if _, ok := Find(rows, wanted.ID, wanted.Provider); !ok {
		return Outcome{}, reconcile.ErrGone
	}
	return s.replace(ctx, rows, wanted)
}

// replace writes an existing row. While nothing is active Devtron refuses to
// write an inactive row, so it is written as active and deactivated after that.
func (s *Store) replace(ctx context.Context, rows []devtron.Config, wanted devtron.Config) (Outcome, error) {
	_, someActive := Active(rows)
	detour := !wanted.Active && !someActive
	first := wanted
	first.Active = wanted.Active || detour
	v, notes, err := s.put(ctx, rows, first)
	out := Outcome{Row: first, Validation: v, Notes: notes}
	if err != nil {
		return out, err
	}
	out.Stored = true
	ctx, cancel := s.patience.Afterwards(ctx)
	defer cancel()
	if detour {
		second := first.Kept()
		second.Active = false
		_, notes, err := s.put(ctx, rows, second)
		out.Notes = append(out.Notes, notes...)
		if err != nil {
			return out, &PartialError{Step: StepDeactivate, Row: second, Err: err}
		}
		out.Row.Active = false
	}
	return s.verify(ctx, out, wanted)
}

// verify reads back what is stored now and compares it with what was wanted. They differ where somebody else wrote at the
// same time, or the server dropped something.
func (s *Store) verify(ctx context.Context, out Outcome, wanted devtron.Config) (Outcome, error) {
	rows, err := s.list.Read(ctx)
	if err != nil {
		// Devtron confirmed the writes, so what is stored is known. An id that is not known is found by the next refresh; an
		// error would make Terraform replace what it has just created.
		out.Row.Active = wanted.Active
		out.Notes = append(out.Notes, Note{Kind: ReadBackFailed, Err: err, Row: out.Row})
		return out, nil //nolint:nilerr // reported in a note
	}
	row, ok := Find(rows, out.Row.ID, wanted.Provider)
	if !ok {
		out.Stored = false
		return out, reconcile.ErrGone
	}
	out.Row = row
	differences := Differences(out.Row, wanted)
	if out.Row.Active != wanted.Active {
		differences = append(differences, Difference{Field: "active", Old: out.Row.Active, New: wanted.Active})
	}
	if len(differences) > 0 {
		return out, &PartialError{Step: StepCompare, Row: out.Row, Differences: differences}
	}
	if other, ok := OtherActive(rows, wanted.Provider); ok && wanted.Active {
		out.Notes = append(out.Notes, Note{Kind: TwoActive, Row: other})
	}
	return out, nil
}
