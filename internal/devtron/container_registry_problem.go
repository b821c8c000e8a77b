// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"net/http"
	"strings"
)

// RegistryProblem is why a write of a registry failed, as far as Devtron's message shows it.
type RegistryProblem int

// Problems of writes of registries.
const (
	// RegistryUnknown: the message is about something else.
	RegistryUnknown RegistryProblem = iota
	// RegistryChartSync: the registry is stored, and Devtron could not start the Job that reads its
	// charts (25-17, 25-19).
	RegistryChartSync
	// RegistryUnauthorized: the registry does not accept the credentials, or Devtron does not reach
	// it. Nothing is stored (25-61, 25-62).
	RegistryUnauthorized
	// RegistryIsDefault: the default registry cannot be deleted (41-03).
	RegistryIsDefault
	// RegistryChartsInUse: a repository cannot be removed, as its charts are deployed (source).
	RegistryChartsInUse
)

// registryWords are the words of the problems.
var registryWords = []struct {
	words   string
	problem RegistryProblem
}{
	{"job deletion takes more time than expected", RegistryChartSync},
	{"error in validating oci registry", RegistryUnauthorized},
	{"Invalid authentication credentials", RegistryUnauthorized},
	{"default registry can't be deleted", RegistryIsDefault},
	{"being used by helm applications", RegistryChartsInUse},
}

// RegistryProblem tells why the write of a registry failed. Devtron reports it in words alone.
func (e *Error) RegistryProblem() RegistryProblem {
	if !e.Envelope || e.Status < http.StatusBadRequest {
		return RegistryUnknown
	}
	for _, known := range registryWords {
		if strings.Contains(e.Message, known.words) {
			return known.problem
		}
	}
	return RegistryUnknown
}
