// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import "github.com/devtron-labs/terraform-provider-devtron/internal/devtron"

// ExistingStatus classifies the configuration of a git provider that Devtron has when one is to be
// created.
type ExistingStatus int

// Statuses of an existing configuration.
const (
	// Absent: Devtron has no configuration of the git provider.
	Absent ExistingStatus = iota
	// Inactive: the configuration is not in use, as a destroy leaves it.
	Inactive
	// Matching: the configuration is active and equals the wanted one, as an interrupted run, or a
	// destroy with the policy "abandon", leaves it.
	Matching
	// Different: the configuration is active and differs from the wanted one, so something depends
	// on it.
	Different
)

// Existing is the configuration that a creation finds in Devtron.
type Existing struct {
	Status ExistingStatus
	// Config and Differences are empty where the status is Absent.
	Config      devtron.Config
	Differences []Difference
}

// FindExisting compares a wanted configuration with the stored ones. The plan and the apply both
// decide by it.
func FindExisting(stored []devtron.Config, wanted devtron.Config) Existing {
	config, ok := Find(stored, 0, wanted.Provider)
	if !ok {
		return Existing{Status: Absent}
	}
	existing := Existing{Config: config, Differences: Differences(config, wanted)}
	switch {
	case !config.Active:
		existing.Status = Inactive
	case len(existing.Differences) == 0:
		existing.Status = Matching
	default:
		existing.Status = Different
	}
	return existing
}
