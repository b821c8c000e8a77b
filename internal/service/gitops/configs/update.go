// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Update replaces the configuration wanted.ID or, where that is 0 because it could not be read back,
// the configuration of the git provider. An empty token keeps the stored one.
func (s *Store) Update(ctx context.Context, wanted devtron.Config) (Outcome, error) {
	stored, err := s.lockAndRead(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer s.lock.Release()

	existing, ok := Find(stored, wanted.ID, wanted.Provider)
	if !ok {
		return Outcome{}, reconcile.ErrGone
	}
	wanted.ID = existing.ID
	return s.replace(ctx, stored, wanted)
}

// replace writes an existing configuration. While no configuration is active, Devtron refuses to
// write an inactive one, so it is written as active first and deactivated with a second PUT.
func (s *Store) replace(ctx context.Context, stored []devtron.Config, wanted devtron.Config) (Outcome, error) {
	_, someActive := Active(stored)
	twoSteps := !wanted.Active && !someActive
	first := wanted
	first.Active = wanted.Active || twoSteps
	validation, warnings, err := s.put(ctx, stored, first)
	out := Outcome{Config: first, Validation: validation, Warnings: warnings}
	if err != nil {
		return out, err
	}
	out.Stored = true

	ctx, cancel := s.patience.Afterwards(ctx)
	defer cancel()
	if twoSteps {
		second := first.Kept()
		second.Active = false
		_, warnings, err := s.put(ctx, stored, second)
		out.Warnings = append(out.Warnings, warnings...)
		if err != nil {
			return out, &PartialError{Step: StepDeactivate, Config: second, Err: err}
		}
		out.Config.Active = false
	}
	return s.verify(ctx, out, wanted)
}
