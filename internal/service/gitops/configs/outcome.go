// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import "github.com/devtron-labs/terraform-provider-devtron/internal/devtron"

// Outcome is the result of a write. It is valid beside an error, too.
type Outcome struct {
	// Config is the configuration as Devtron stores it. Its ID is 0 where the id could not be read
	// back.
	Config devtron.Config
	// Stored says that the wanted configuration exists in Devtron.
	Stored bool
	// Validation is the result of Devtron's dry run; nil where no reply arrived.
	Validation *devtron.Validation
	// RestoreID is the id of the configuration that was active before and could not be reactivated;
	// 0 where there is none. Devtron does not record it.
	RestoreID int
	// Warnings are what the user has to know about an operation that succeeded.
	Warnings []Warning
}

// WarningCode classifies a warning.
type WarningCode int

// Codes of warnings.
const (
	// ReplyLost: no reply arrived, and a read showed that the write was done.
	ReplyLost WarningCode = iota + 1
	// RepositoryLeft: the dry run could not delete its repository.
	RepositoryLeft
	// DryRunSkipped: Devtron accepted a deactivation only without the dry run, which leaves
	// allowCustomRepository true in the inactive configuration.
	DryRunSkipped
	// ReadBackFailed: Devtron confirmed the write, and the read after it failed.
	ReadBackFailed
	// NothingActive: Devtron has no active configuration.
	NothingActive
	// TwoActive: another configuration is active, too, because another process wrote at the same
	// time.
	TwoActive
)

// Warning is a problem that did not stop an operation.
type Warning struct {
	Code WarningCode
	Err  error
	// Config is the configuration that the warning is about.
	Config devtron.Config
}
