// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"fmt"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Outcome is what a write led to. It is meaningful beside an error as well.
type Outcome struct {
	// Row as it is stored. Its ID is 0 where it is stored but its id could not be
	// read back.
	Row devtron.Config
	// Stored says that the wanted configuration exists at Devtron.
	Stored bool
	// Validation is what the dry run of the write said; nil without a reply.
	Validation *devtron.Validation
	// Restore is the id of the row that was active before and could not be made
	// active again; 0 where there is none. Nothing else remembers it.
	Restore int
	// Notes are what a user must be told although the operation went on.
	Notes []Note
}

// NoteKind names what a Note is about.
type NoteKind int

// Kinds of notes.
const (
	// ReplyLost: no reply came, reading showed that the write was done.
	ReplyLost NoteKind = iota + 1
	// RepositoryLeft: the dry run could not delete its repository.
	RepositoryLeft
	// DryRunSkipped: a deactivation was only accepted with the dry run switched
	// off, which leaves allowCustomRepository true in the inactive row.
	DryRunSkipped
	// ReadBackFailed: the write was confirmed, the read after it failed.
	ReadBackFailed
	// NothingActive: Devtron has no active configuration now.
	NothingActive
	// TwoActive: another row is active too, as another process wrote meanwhile.
	TwoActive
)

// Note is something that happened on the way.
type Note struct {
	Kind NoteKind
	Err  error
	Row  devtron.Config
}

// RefusedError means that Devtron's dry run failed: nothing was stored.
type RefusedError struct {
	Provider string
	Stages   map[string]string
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("Devtron refused the %s configuration: %d stages of its dry run failed", e.Provider, len(e.Stages))
}

// AppearedError means that a row is there that the plan had not seen so. Nothing
// was written.
type AppearedError struct{ Assessment }

func (e *AppearedError) Error() string {
	return fmt.Sprintf("a %s configuration (id %d) appeared or changed since the plan", e.Row.Provider, e.Row.ID)
}

// Step is a part of an operation that comes after the configuration was stored.
type Step int

// Steps that may fail after the configuration was stored.
const (
	// StepRestore: activating again what was active before a standby configuration was created.
	StepRestore Step = iota + 1
	// StepDeactivate: deactivating the row that had to be written as active.
	StepDeactivate
	// StepCompare: what was read back is not what was written.
	StepCompare
)

// PartialError means that the configuration is stored, but not all is as wanted.
type PartialError struct {
	Step Step
	// Row is the row that the step was about: the earlier active one, or the new.
	Row devtron.Config
	Err error
	// Differences, for StepCompare.
	Differences []Difference
}

func (e *PartialError) Error() string {
	if e.Err == nil {
		return "stored, but Devtron holds something else than was written"
	}
	return "stored, but a later step failed: " + e.Err.Error()
}

// Unwrap returns why the step failed.
func (e *PartialError) Unwrap() error { return e.Err }

// CannotDeactivateError means that Devtron refuses to write the row at all, so
// that it cannot be made inactive either.
type CannotDeactivateError struct {
	Row devtron.Config
	Err error
}

func (e *CannotDeactivateError) Error() string {
	return fmt.Sprintf("Devtron refuses to deactivate its %s configuration (id %d): %s", e.Row.Provider, e.Row.ID, e.Err)
}

// Unwrap returns the refusal.
func (e *CannotDeactivateError) Unwrap() error { return e.Err }
