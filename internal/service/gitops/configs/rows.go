// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// Find returns the row with that id, or, where id is 0, the row of the provider:
// the active one where an old Devtron holds two. A row whose provider was changed,
// which the API allows, is another configuration; provider "" takes any.
func Find(rows []devtron.Config, id int, provider string) (devtron.Config, bool) {
	var found devtron.Config
	for _, row := range rows {
		if id != 0 && row.ID == id && (provider == "" || row.Provider == provider) {
			return row, true
		}
		if id == 0 && row.Provider == provider && (found.ID == 0 || row.Active) {
			found = row
		}
	}
	return found, found.ID != 0
}

// Active returns the active row, if there is one.
func Active(rows []devtron.Config) (devtron.Config, bool) {
	for _, row := range rows {
		if row.Active {
			return row, true
		}
	}
	return devtron.Config{}, false
}

// OtherActive returns a row that is active and of another provider.
func OtherActive(rows []devtron.Config, provider string) (devtron.Config, bool) {
	for _, row := range rows {
		if row.Active && row.Provider != provider {
			return row, true
		}
	}
	return devtron.Config{}, false
}

// Difference is a field in which two configurations differ, named as in the API.
type Difference struct {
	Field    string
	Old, New any
}

// Differences compares what can be read of a stored row with what is wanted,
// "active" aside. Tokens and TLS material cannot be read from the list; of the
// latter the flags are compared.
func Differences(stored, wanted devtron.Config) []Difference {
	var found []Difference
	add := func(field string, old, new any, same bool) {
		if !same {
			found = append(found, Difference{Field: field, Old: old, New: new})
		}
	}
	equal := func(field, old, new string) { add(field, old, new, old == new) }
	flag := func(field string, old, new bool) { add(field, old, new, old == new) }

	add("host", stored.Host, wanted.Host, sameHost(stored, wanted))
	equal("gitHubOrgId", stored.GitHubOrgID, wanted.GitHubOrgID)
	equal("gitLabGroupId", stored.GitLabGroupID, wanted.GitLabGroupID)
	equal("azureProjectName", stored.AzureProjectName, wanted.AzureProjectName)
	equal("bitBucketWorkspaceId", stored.BitBucketWorkspaceID, wanted.BitBucketWorkspaceID)
	// Devtron puts the key in upper case when its dry run is done.
	add("bitBucketProjectKey", stored.BitBucketProjectKey, wanted.BitBucketProjectKey,
		strings.EqualFold(stored.BitBucketProjectKey, wanted.BitBucketProjectKey))
	equal("username", stored.Username, wanted.Username)
	flag("allowCustomRepository", stored.AllowCustomRepository, wanted.AllowCustomRepository)
	flag("enableTLSVerification", stored.EnableTLSVerification, wanted.EnableTLSVerification)
	if stored.EnableTLSVerification && wanted.EnableTLSVerification {
		flag("isCADataPresent", stored.IsCADataPresent, wanted.IsCADataPresent)
		flag("isTLSCertDataPresent", stored.IsTLSCertDataPresent, wanted.IsTLSCertDataPresent)
	}
	return found
}

func sameHost(stored, wanted devtron.Config) bool {
	return stored.Host == wanted.Host || gittoken.SameHost(stored.Host, wanted.Host)
}
