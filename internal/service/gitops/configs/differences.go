// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// Difference is a field in which two configurations differ, by its name in the API.
type Difference struct {
	Field    string
	Old, New any
}

// Differences compares the readable fields of a stored configuration with a wanted one, except for
// "active". The list returns neither the token nor the TLS material; for the latter, the flags are
// compared.
func Differences(stored, wanted devtron.Config) []Difference {
	var differences []Difference
	add := func(field string, before, after any, equal bool) {
		if !equal {
			differences = append(differences, Difference{Field: field, Old: before, New: after})
		}
	}
	compareText := func(field, before, after string) { add(field, before, after, before == after) }
	compareFlag := func(field string, before, after bool) { add(field, before, after, before == after) }

	add("host", stored.Host, wanted.Host, equalHosts(stored, wanted))
	compareText("gitHubOrgId", stored.GitHubOrgID, wanted.GitHubOrgID)
	compareText("gitLabGroupId", stored.GitLabGroupID, wanted.GitLabGroupID)
	compareText("azureProjectName", stored.AzureProjectName, wanted.AzureProjectName)
	compareText("bitBucketWorkspaceId", stored.BitBucketWorkspaceID, wanted.BitBucketWorkspaceID)
	// Devtron converts the key to upper case after its dry run.
	add("bitBucketProjectKey", stored.BitBucketProjectKey, wanted.BitBucketProjectKey,
		strings.EqualFold(stored.BitBucketProjectKey, wanted.BitBucketProjectKey))
	compareText("username", stored.Username, wanted.Username)
	compareFlag("allowCustomRepository", stored.AllowCustomRepository, wanted.AllowCustomRepository)
	compareFlag("enableTLSVerification", stored.EnableTLSVerification, wanted.EnableTLSVerification)
	if stored.EnableTLSVerification && wanted.EnableTLSVerification {
		compareFlag("isCADataPresent", stored.IsCADataPresent, wanted.IsCADataPresent)
		compareFlag("isTLSCertDataPresent", stored.IsTLSCertDataPresent, wanted.IsTLSCertDataPresent)
	}
	return differences
}

func equalHosts(stored, wanted devtron.Config) bool {
	return stored.Host == wanted.Host || weburl.Same(stored.Host, wanted.Host)
}
