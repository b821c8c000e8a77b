// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// verify reads back what is stored and compares it with the wanted configuration. They differ if
// another process wrote at the same time, or if Devtron dropped a value.
func (s *Store) verify(ctx context.Context, out Outcome, wanted devtron.Config) (Outcome, error) {
	stored, err := s.list.Read(ctx)
	if err != nil {
		// Devtron confirmed the writes, so their result is known, except for the id of a new
		// configuration, which the next refresh reads. An error here would make Terraform replace
		// the resource that it has just created.
		out.Config.Active = wanted.Active
		out.Warnings = append(out.Warnings, Warning{Code: ReadBackFailed, Err: err, Config: out.Config})
		return out, nil //nolint:nilerr // The warning reports it.
	}
	config, ok := Find(stored, out.Config.ID, wanted.Provider)
	if !ok {
		out.Stored = false
		return out, reconcile.ErrGone
	}
	out.Config = config
	differences := Differences(config, wanted)
	if config.Active != wanted.Active {
		differences = append(differences, Difference{Field: "active", Old: config.Active, New: wanted.Active})
	}
	if len(differences) > 0 {
		return out, &PartialError{Step: StepVerify, Config: config, Differences: differences}
	}
	if other, ok := OtherActive(stored, wanted.Provider); ok && wanted.Active {
		out.Warnings = append(out.Warnings, Warning{Code: TwoActive, Config: other})
	}
	return out, nil
}
