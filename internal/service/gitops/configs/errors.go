// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"fmt"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// DryRunError means that Devtron's dry run failed, so that nothing was stored.
type DryRunError struct {
	GitProvider string
	// Stages are the messages of the stages that failed.
	Stages map[string]string
}

func (e *DryRunError) Error() string {
	return fmt.Sprintf("Devtron refused the %s configuration: %d stages of its dry run failed", e.GitProvider, len(e.Stages))
}

// ConflictError means that Devtron has a configuration that the plan has not shown. Nothing was
// written.
type ConflictError struct{ Existing }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("a %s configuration (id %d) appeared or changed since the plan", e.Config.Provider, e.Config.ID)
}

// Step is a part of an operation that comes after the configuration was stored.
type Step int

// Steps that may fail after the configuration was stored.
const (
	// StepRestore reactivates the configuration that was active before a standby configuration was
	// created.
	StepRestore Step = iota + 1
	// StepDeactivate deactivates a configuration that had to be written as active.
	StepDeactivate
	// StepVerify compares the configuration that was read back with the one that was written.
	StepVerify
)

// PartialError means that the configuration is stored, but a later step failed.
type PartialError struct {
	Step Step
	// Config is the configuration that the step was about: the one that was active before, or the
	// new one.
	Config devtron.Config
	Err    error
	// Differences are set for StepVerify.
	Differences []Difference
}

func (e *PartialError) Error() string {
	if e.Err == nil {
		return "stored, but Devtron returns a configuration that differs from the one that was written"
	}
	return "stored, but a later step failed: " + e.Err.Error()
}

// Unwrap returns the reason why the step failed.
func (e *PartialError) Unwrap() error { return e.Err }

// CannotDeactivateError means that Devtron refuses every write of the configuration, so that it
// cannot be deactivated.
type CannotDeactivateError struct {
	Config devtron.Config
	Err    error
}

func (e *CannotDeactivateError) Error() string {
	return fmt.Sprintf("Devtron refuses to deactivate its %s configuration (id %d): %s", e.Config.Provider, e.Config.ID, e.Err)
}

// Unwrap returns the refusal.
func (e *CannotDeactivateError) Unwrap() error { return e.Err }
