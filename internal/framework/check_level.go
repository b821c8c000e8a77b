// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

// Levels of a check that is made while planning: what it does about what is certain to fail.
const (
	// CheckError stops the plan.
	CheckError = "error"
	// CheckWarn only warns.
	CheckWarn = "warn"
	// CheckOff asks nothing.
	CheckOff = "off"
)

// CheckLevels are the values of an argument that sets a level.
var CheckLevels = []string{CheckError, CheckWarn, CheckOff}
