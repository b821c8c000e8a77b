// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
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
	defer s.release()
	rows, err := s.read(ctx)
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

// createNew sends the POST, which activates the new row whatever it says, and
// puts things right where the new one was to be a stand-by.
func (s *Store) createNew(ctx context.Context, before []devtron.Config, wanted devtron.Config) (Outcome, error) {
	v, notes, err := s.post(ctx, wanted)
	out := Outcome{Row: wanted, Validation: v, Notes: notes}
	if err != nil {
		return out, s.explainConflict(ctx, wanted, err)
	}
	out.Stored = true
	out.Row.Active = true

	ctx, cancel := s.afterwards(ctx)
	defer cancel()
	rows, err := s.read(ctx)
	if err != nil {
		out.Row.ID = 0
		return out, &PartialError{Step: StepReadBack, Row: wanted, Err: err}
	}
	row, ok := Find(rows, 0, wanted.Provider)
	if !ok {
		out.Row.ID = 0
		return out, &PartialError{Step: StepReadBack, Row: wanted, Err: ErrGone}
	}
	out.Row = row
	if wanted.Active {
		return s.compared(out, rows, wanted)
	}
	return s.standBy(ctx, before, out, wanted)
}

// standBy makes active again what was active before a POST, or, where nothing
// was, deactivates the new row.
func (s *Store) standBy(ctx context.Context, before []devtron.Config, out Outcome, wanted devtron.Config) (Outcome, error) {
	target, step := out.Row.Kept(), StepDeactivate
	target.Active = false
	if earlier, ok := Active(before); ok {
		target, step = earlier.Kept(), StepRestore
	}
	_, notes, err := s.put(ctx, before, target)
	out.Notes = append(out.Notes, notes...)
	if err != nil {
		return out, &PartialError{Step: step, Row: target, Err: err}
	}
	return s.readBack(ctx, out, wanted)
}

// explainConflict turns a 409 into what is there: another run was faster.
func (s *Store) explainConflict(ctx context.Context, wanted devtron.Config, err error) error {
	if !devtron.IsKind(err, devtron.Conflict) {
		return err
	}
	rows, readErr := s.read(ctx)
	if readErr != nil {
		return err
	}
	if found := Assess(rows, wanted); found.Case != Absent {
		return &AppearedError{found}
	}
	return err
}
