// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"fmt"
	"time"
)

// Config is one of Devtron's GitOps configurations, as it is read and written. There is at most one
// for each git provider (since Devtron v1.8.0 the server enforces it) and at most one that is
// active.
//
// No field has omitempty: PUT is a full replacement and an absent key becomes empty or false, so
// that a client must always send every field.
type Config struct {
	// ID is the number of the configuration. POST ignores it; PUT needs it.
	ID int `json:"id"`
	// Provider is the git provider: GITHUB, GITLAB, AZURE_DEVOPS or BITBUCKET_CLOUD, in upper case.
	Provider string `json:"provider"`
	Username string `json:"username"`
	// Token is empty in every list. Sent empty in a PUT it keeps the stored one.
	Token         string `json:"token"`
	GitLabGroupID string `json:"gitLabGroupId"`
	GitHubOrgID   string `json:"gitHubOrgId"`
	Host          string `json:"host"`
	// Active marks the one configuration that Devtron uses. POST ignores it: a new one is always
	// active.
	Active               bool   `json:"active"`
	AzureProjectName     string `json:"azureProjectName"`
	BitBucketWorkspaceID string `json:"bitBucketWorkspaceId"`
	BitBucketProjectKey  string `json:"bitBucketProjectKey"`
	// AllowCustomRepository also switches Devtron's dry run off.
	AllowCustomRepository bool `json:"allowCustomRepository"`
	TLSSettings
}

// secrets implements body.
func (c Config) secrets() []string {
	return []string{c.Token, c.TLS.TLSKeyData}
}

// plausible implements object.
func (c Config) plausible() bool { return c.ID > 0 && c.Provider != "" }

// Kept returns the configuration so that a PUT of it changes nothing: no token and no TLS material
// is sent, and the flags ask the server to keep both.
func (c Config) Kept() Config {
	c.Token = ""
	c.TLS = TLSConfig{}
	return c
}

// Widths, in characters, of the token's column in Devtron's database: tokenWidth up to v2.2.0, and
// maxTokenWidth after it.
const (
	tokenWidth    = 250
	maxTokenWidth = 2000
)

// suspects lists the fields that Devtron's database can have refused: its reply names none.
func (c Config) suspects() []Suspect {
	var found []Suspect
	if c.Username == "" {
		found = append(found, Suspect{"username", "is empty"})
	}
	found = append(found, tooLong(
		textField{"username", c.Username}, textField{"host", c.Host},
		textField{"gitHubOrgId", c.GitHubOrgID}, textField{"gitLabGroupId", c.GitLabGroupID},
		textField{"azureProjectName", c.AzureProjectName},
		textField{"bitBucketWorkspaceId", c.BitBucketWorkspaceID}, textField{"bitBucketProjectKey", c.BitBucketProjectKey},
	)...)
	switch n := len(c.Token); {
	case n <= tokenBytes(tokenWidth):
	case n > tokenBytes(maxTokenWidth):
		found = append(found, Suspect{"token", fmt.Sprintf("has %d bytes; no Devtron stores more than %d", n, tokenBytes(maxTokenWidth))})
	default:
		found = append(found, Suspect{"token", fmt.Sprintf("has %d bytes; Devtron up to v2.2.0 stores at most %d", n, tokenBytes(tokenWidth))})
	}
	return found
}

// tokenBytes is how long a token may be to fit into a column, encrypted and in base64.
func tokenBytes(width int) int { return width/4*3 - 28 }

// Validation is the outcome of Devtron's own dry run, which creates a repository at the git host,
// clones it, commits, pushes and deletes it again.
type Validation struct {
	SuccessfulStages []string `json:"successfulStages"`
	// StageErrors has an entry for each failed stage. It is the only sign of a refused
	// configuration: the HTTP status is 200 then, too.
	StageErrors map[string]string `json:"stageErrorMap"`
	ValidatedOn time.Time         `json:"validatedOn"`
	// DeleteRepoFailed means that the dry run's repository still exists. The configuration is
	// stored all the same.
	DeleteRepoFailed bool `json:"deleteRepoFailed"`
	// Skipped is true where there was no dry run: custom repositories are allowed, or Argo CD is
	// not installed.
	Skipped bool `json:"validationSkipped"`
}

// Refused reports whether the server rejected the configuration and stored nothing.
func (v Validation) Refused() bool { return len(v.StageErrors) > 0 }

// Configured says whether there is an active configuration. Any authenticated user may know it.
type Configured struct {
	Exists                bool `json:"exists"`
	AllowCustomRepository bool `json:"allowCustomRepository"`
}
