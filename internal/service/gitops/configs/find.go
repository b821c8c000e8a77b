// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"cmp"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Find returns the configuration with an id, or, where the id is 0, the configuration of a git
// provider. An older Devtron may have two of a git provider; Find prefers the active one. With an
// id, an empty git provider stands for any. A configuration whose git provider was changed, which
// the API allows, counts as another one.
func Find(stored []devtron.Config, id int, gitProvider string) (devtron.Config, bool) {
	var found devtron.Config
	for _, config := range stored {
		if id != 0 && config.ID == id && (gitProvider == "" || config.Provider == gitProvider) {
			return config, true
		}
		if id == 0 && config.Provider == gitProvider && (found.ID == 0 || config.Active) {
			found = config
		}
	}
	return found, found.ID != 0
}

// Active returns the active configuration, if there is one.
func Active(stored []devtron.Config) (devtron.Config, bool) {
	for _, config := range stored {
		if config.Active {
			return config, true
		}
	}
	return devtron.Config{}, false
}

// OtherActive returns the active configuration of another git provider, if there is one.
func OtherActive(stored []devtron.Config, gitProvider string) (devtron.Config, bool) {
	for _, config := range stored {
		if config.Active && config.Provider != gitProvider {
			return config, true
		}
	}
	return devtron.Config{}, false
}

// SortedByID returns the configurations by id. Devtron lists them by their last change, so that
// every write changes their order.
func SortedByID(stored []devtron.Config) []devtron.Config {
	return slices.SortedFunc(slices.Values(stored), func(a, b devtron.Config) int { return cmp.Compare(a.ID, b.ID) })
}
