// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Approval is what the plan has shown, so that a creation may do it.
type Approval struct {
	// ConfigID is the id of the existing configuration that is taken over; 0 stands for none.
	ConfigID int
	// Overwrite says that the existing configuration may be active and differ from the wanted one.
	Overwrite bool
}

// Create makes the wanted configuration exist: by POST, or by PUT where Devtron has a configuration
// of the same git provider that the plan has shown. The wanted configuration must have a token.
func (s *Store) Create(ctx context.Context, wanted devtron.Config, approval Approval) (Outcome, error) {
	stored, err := s.lockAndRead(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer s.lock.Release()

	existing := FindExisting(stored, wanted)
	switch {
	case existing.Status == Absent:
		return s.createNew(ctx, stored, wanted)
	case existing.Config.ID != approval.ConfigID, existing.Status == Different && !approval.Overwrite:
		return Outcome{}, &ConflictError{existing}
	default:
		wanted.ID = existing.Config.ID
		return s.replace(ctx, stored, wanted)
	}
}

// createNew sends the POST. Devtron activates a new configuration in any case, so a standby
// configuration needs another request: it reactivates the configuration that was active before, or
// deactivates the new one where none was.
func (s *Store) createNew(ctx context.Context, before []devtron.Config, wanted devtron.Config) (Outcome, error) {
	validation, warnings, err := s.post(ctx, wanted)
	out := Outcome{Config: wanted, Validation: validation, Warnings: warnings}
	if err != nil {
		return out, s.conflictError(ctx, wanted, err)
	}
	out.Stored = true
	out.Config.ID, out.Config.Active = 0, true

	ctx, cancel := s.patience.Afterwards(ctx)
	defer cancel()
	if !wanted.Active {
		if previous, ok := Active(before); ok {
			err = s.restorePrevious(ctx, before, previous, &out)
		} else {
			err = s.deactivateNew(ctx, before, &out)
		}
	}
	if err != nil {
		return out, err
	}
	return s.verify(ctx, out, wanted)
}

// restorePrevious reactivates the configuration that was active before the POST. It does so before
// the new one is read back: if a later request fails, Devtron already uses the right configuration.
func (s *Store) restorePrevious(ctx context.Context, before []devtron.Config, previous devtron.Config, out *Outcome) error {
	target := previous.Kept()
	_, warnings, err := s.put(ctx, before, target)
	out.Warnings = append(out.Warnings, warnings...)
	if err != nil {
		out.RestoreID = previous.ID
		_ = s.readCreated(ctx, out) // The state needs the id; the error to report is the one above.
		return &PartialError{Step: StepRestore, Config: target, Err: err}
	}
	out.Config.Active = false
	return nil
}

// deactivateNew deactivates the new configuration. The PUT needs its id, which it reads first.
func (s *Store) deactivateNew(ctx context.Context, before []devtron.Config, out *Outcome) error {
	err := s.readCreated(ctx, out)
	target := out.Config.Kept()
	target.Active = false
	if err == nil {
		var warnings []Warning
		_, warnings, err = s.put(ctx, before, target)
		out.Warnings = append(out.Warnings, warnings...)
	}
	if err != nil {
		return &PartialError{Step: StepDeactivate, Config: target, Err: err}
	}
	out.Config.Active = false
	return nil
}

// readCreated reads the configuration that a POST created, because the reply does not contain its
// id.
func (s *Store) readCreated(ctx context.Context, out *Outcome) error {
	stored, err := s.list.Read(ctx)
	if err != nil {
		return err
	}
	created, ok := Find(stored, 0, out.Config.Provider)
	if !ok {
		return reconcile.ErrGone
	}
	out.Config = created
	return nil
}

// conflictError turns a 409 into the configuration that another run has created in the meantime.
func (s *Store) conflictError(ctx context.Context, wanted devtron.Config, err error) error {
	if !devtron.IsKind(err, devtron.Conflict) {
		return err
	}
	stored, readErr := s.list.Read(ctx)
	if readErr != nil {
		return err
	}
	if existing := FindExisting(stored, wanted); existing.Status != Absent {
		return &ConflictError{existing}
	}
	return err
}

// Reactivate activates a configuration, unless it is gone or already active. It completes a
// creation that failed at StepRestore.
func (s *Store) Reactivate(ctx context.Context, id int) error {
	stored, err := s.lockAndRead(ctx)
	if err != nil {
		return err
	}
	defer s.lock.Release()

	previous, ok := Find(stored, id, "")
	if !ok || previous.Active {
		return nil
	}
	target := previous.Kept()
	target.Active = true
	if _, _, err := s.put(ctx, stored, target); err != nil {
		return &PartialError{Step: StepRestore, Config: target, Err: err}
	}
	return nil
}
