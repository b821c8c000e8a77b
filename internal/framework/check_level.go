// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

// Levels of a check that runs while Terraform plans.
const (
	// CheckError stops the plan at a problem.
	CheckError = "error"
	// CheckWarn reports every problem as a warning.
	CheckWarn = "warn"
	// CheckOff sends no request.
	CheckOff = "off"
)

// CheckLevels are the values of an argument that sets a level.
var CheckLevels = []string{CheckError, CheckWarn, CheckOff}
