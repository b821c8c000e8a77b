// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import "github.com/devtron-labs/terraform-provider-devtron/internal/devtron"

// Case says what a creation finds in Devtron's table.
type Case int

// Cases of a creation.
const (
	// Absent: the provider has no row.
	Absent Case = iota
	// Inactive: a row that is not in use, as a destroy leaves it. It is adopted.
	Inactive
	// Same: an active row that says what is wanted, as a run that was killed, or a
	// destroy with the policy "abandon", leaves it. It is taken over.
	Same
	// Different: an active row that says something else: somebody relies on it.
	Different
)

// Assessment is what a creation would meet.
type Assessment struct {
	Case        Case
	Row         devtron.Config
	Differences []Difference
}

// Assess compares a wanted configuration with the table. It is pure, so that the
// plan and the apply decide by the same rule.
func Assess(rows []devtron.Config, wanted devtron.Config) Assessment {
	row, ok := Find(rows, 0, wanted.Provider)
	if !ok {
		return Assessment{Case: Absent}
	}
	a := Assessment{Row: row, Differences: Differences(row, wanted)}
	switch {
	case !row.Active:
		a.Case = Inactive
	case len(a.Differences) == 0:
		a.Case = Same
	default:
		a.Case = Different
	}
	return a
}
