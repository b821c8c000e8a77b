// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"errors"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Deactivate makes a configuration inactive, which is the closest to a deletion that Devtron
// offers. It sends no write where the configuration is gone or already inactive. The configuration
// stays stored, with its git token.
func (s *Store) Deactivate(ctx context.Context, id int, gitProvider string) (Outcome, error) {
	stored, err := s.lockAndRead(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer s.lock.Release()

	config, ok := Find(stored, id, gitProvider)
	if !ok {
		return Outcome{}, nil
	}
	out := Outcome{Config: config, Stored: true}
	if !config.Active {
		return out, nil
	}
	target := config.Kept()
	target.Active = false
	validation, warnings, err := s.put(ctx, stored, target)

	// Devtron does a dry run on every write. If it fails, because the token has expired, a write
	// that allows custom repositories skips it.
	var dryRun *DryRunError
	if errors.As(err, &dryRun) && !target.AllowCustomRepository {
		target.AllowCustomRepository = true
		validation, warnings, err = s.put(ctx, stored, target)
		warnings = append(warnings, Warning{Code: DryRunSkipped, Err: dryRun, Config: target})
	}
	if err != nil {
		return out, deactivationError(config, err)
	}
	out.Validation, out.Warnings = validation, warnings
	out.Config.Active = false
	// An older Devtron may have an active configuration of the same git provider, too.
	if !slices.ContainsFunc(stored, func(c devtron.Config) bool { return c.Active && c.ID != config.ID }) {
		out.Warnings = append(out.Warnings, Warning{Code: NothingActive, Config: config})
	}
	return out, nil
}

// gitLab is the git provider GitLab as Devtron spells it.
const gitLab = "GITLAB"

// deactivationError marks the failures that a retry cannot change. Under Argo CD, a GITLAB
// configuration needs a valid token for every write. Any other failure of Devtron is not about the
// token.
func deactivationError(config devtron.Config, err error) error {
	var dryRun *DryRunError
	var notStored *reconcile.NotStoredError
	var failure *devtron.Error
	refused := config.Provider == gitLab && errors.As(err, &notStored) && errors.As(err, &failure) && failure.Envelope
	if errors.As(err, &dryRun) || refused {
		return &CannotDeactivateError{Config: config, Err: err}
	}
	return err
}
