// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Agreed is what the user was told while planning: the row that would be taken
// over (0: none), and whether an active row of other content may be overwritten.
type Agreed struct {
	RowID int
	Adopt bool
}

// Create makes the wanted configuration exist, by POST, or by PUT where a row is
// there that the user agreed to take over. wanted.Token must be set.
func (s *Store) Create(ctx context.Context, wanted devtron.Config, agreed Agreed) (Outcome, error) {
	if err := s.hold(ctx); err != nil {
		return Outcome{}, err
	}
	defer s.lock.Release()
	rows, err := s.list.Read(ctx)
	if err != nil {
		return Outcome{}, err
	}

	found := Assess(rows, wanted)
	if found.Case == Absent {
		return s.createNew(ctx, rows, wanted)
	}
	if found.Row.ID != agreed.RowID || found.Case == Different && !agreed.Adopt {
		return Outcome{}, &AppearedError{found}
	}
	wanted.ID = found.Row.ID
	return s.replace(ctx, rows, wanted)
}

// createNew sends the POST, which activates the new row whatever it says, and corrects that where the row is to stay on
// standby: what was active before becomes active again, or the new row is deactivated where nothing was.
func (s *Store) createNew(ctx context.Context, before []devtron.Config, wanted devtron.Config) (Outcome, error) {
	v, notes, err := s.post(ctx, wanted)
	out := Outcome{Row: wanted, Validation: v, Notes: notes}
	if err != nil {
		return out, s.explainConflict(ctx, wanted, err)
	}
	out.Stored = true
	out.Row.ID, out.Row.Active = 0, true

	ctx, cancel := s.patience.Afterwards(ctx)
	defer cancel()
	if !wanted.Active {
		if earlier, ok := Active(before); ok {
			err = s.restore(ctx, before, earlier, &out)
		} else {
			err = s.deactivateNew(ctx, before, &out)
		}
	}
	if err != nil {
		return out, err
	}
	return s.verify(ctx, out, wanted)
}

// restore makes active again what was active before the POST. It comes before the new row is read back: whatever fails
// after it, Devtron uses the right one.
func (s *Store) restore(ctx context.Context, before []devtron.Config, earlier devtron.Config, out *Outcome) error {
	target := earlier.Kept()
	_, notes, err := s.put(ctx, before, target)
	out.Notes = append(out.Notes, notes...)
	if err != nil {
		out.Restore = earlier.ID
		_ = s.locate(ctx, out) // for the state; the failure to report is this one
		return &PartialError{Step: StepRestore, Row: target, Err: err}
	}
	out.Row.Active = false
	return nil
}

// deactivateNew makes the new row inactive, which takes its id.
func (s *Store) deactivateNew(ctx context.Context, before []devtron.Config, out *Outcome) error {
	err := s.locate(ctx, out)
	target := out.Row.Kept()
	target.Active = false
	if err == nil {
		var notes []Note
		_, notes, err = s.put(ctx, before, target)
		out.Notes = append(out.Notes, notes...)
	}
	if err != nil {
		return &PartialError{Step: StepDeactivate, Row: target, Err: err}
	}
	out.Row.Active = false
	return nil
}

// locate finds the row of a POST, whose reply has no id.
func (s *Store) locate(ctx context.Context, out *Outcome) error {
	rows, err := s.list.Read(ctx)
	if err != nil {
		return err
	}
	row, ok := Find(rows, 0, out.Row.Provider)
	if !ok {
		return reconcile.ErrGone
	}
	out.Row = row
	return nil
}

// Reactivate makes a row active, unless it is gone or active already: the rest of
// a creation whose StepRestore failed.
func (s *Store) Reactivate(ctx context.Context, id int) error {
	if err := s.hold(ctx); err != nil {
		return err
	}
	defer s.lock.Release()
	rows, err := s.list.Read(ctx)
	if err != nil {
		return err
	}
	row, ok := Find(rows, id, "")
	if !ok || row.Active {
		return nil
	}
	target := row.Kept()
	target.Active = true
	if _, _, err := s.put(ctx, rows, target); err != nil {
		return &PartialError{Step: StepRestore, Row: target, Err: err}
	}
	return nil
}

// explainConflict turns a 409 into what is there: another run was faster.
func (s *Store) explainConflict(ctx context.Context, wanted devtron.Config, err error) error {
	if !devtron.IsKind(err, devtron.Conflict) {
		return err
	}
	rows, readErr := s.list.Read(ctx)
	if readErr != nil {
		return err
	}
	if found := Assess(rows, wanted); found.Case != Absent {
		return &AppearedError{found}
	}
	return err
}
