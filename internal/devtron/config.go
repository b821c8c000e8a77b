// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Config is one row of Devtron's GitOps table, as it travels in both
// directions. There is at most one row per provider (since Devtron v1.8.0 the
// server enforces it) and at most one active row.
//
// No field has omitempty: PUT is a full replacement and an absent key becomes
// empty or false, so a client must always say everything.
type Config struct {
	// ID is the row's number. POST ignores it; PUT needs it.
	ID int `json:"id"`
	// Provider is the kind of git host: GITHUB, GITLAB, AZURE_DEVOPS or
	// BITBUCKET_CLOUD, in upper case.
	Provider string `json:"provider"`
	Username string `json:"username"`
	// Token is empty in every list. Sent empty in a PUT it keeps the stored one.
	Token         string `json:"token"`
	GitLabGroupID string `json:"gitLabGroupId"`
	GitHubOrgID   string `json:"gitHubOrgId"`
	Host          string `json:"host"`
	// Active marks the one configuration that Devtron uses. POST ignores it: a
	// new row is always active.
	Active               bool   `json:"active"`
	AzureProjectName     string `json:"azureProjectName"`
	BitBucketWorkspaceID string `json:"bitBucketWorkspaceId"`
	BitBucketProjectKey  string `json:"bitBucketProjectKey"`
	// AllowCustomRepository also switches Devtron's dry run off.
	AllowCustomRepository bool `json:"allowCustomRepository"`
	EnableTLSVerification bool `json:"enableTLSVerification"`
	// TLS is never returned filled. It is never absent in a request: without it
	// the server panics when EnableTLSVerification is true.
	TLS TLSConfig `json:"tlsConfig"`
	// The three flags, not the data, decide what the server keeps: data without
	// its flag is refused (412), a flag without data keeps what is stored.
	IsCADataPresent      bool `json:"isCADataPresent"`
	IsTLSCertDataPresent bool `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent  bool `json:"isTLSKeyDataPresent"`
}

// TLSConfig is the TLS material for the git host, PEM encoded.
type TLSConfig struct {
	CAData      string `json:"caData"`
	TLSCertData string `json:"tlsCertData"`
	TLSKeyData  string `json:"tlsKeyData"`
}

// secrets are the values of c that must not appear in any message.
func (c Config) secrets() []string {
	return []string{c.Token, c.TLS.TLSKeyData}
}

// Kept returns the row so that a PUT of it changes nothing: no token and no TLS
// material is sent, and the flags ask the server to keep both.
func (c Config) Kept() Config {
	c.Token = ""
	c.TLS = TLSConfig{}
	return c
}

// Widths, in characters, of the columns of Devtron's table. The token's is
// tokenWidth up to v2.2.0, and maxTokenWidth after it.
const (
	fieldWidth    = 250
	tokenWidth    = 250
	maxTokenWidth = 2000
)

// suspects lists the fields that Devtron's database can have refused: its answer
// names none.
func (c Config) suspects() []Suspect {
	var found []Suspect
	if c.Username == "" {
		found = append(found, Suspect{"username", "is empty"})
	}
	for _, field := range []struct{ name, value string }{
		{"username", c.Username}, {"host", c.Host}, {"gitHubOrgId", c.GitHubOrgID}, {"gitLabGroupId", c.GitLabGroupID},
		{"azureProjectName", c.AzureProjectName}, {"bitBucketWorkspaceId", c.BitBucketWorkspaceID}, {"bitBucketProjectKey", c.BitBucketProjectKey},
	} {
		if n := utf8.RuneCountInString(field.value); n > fieldWidth {
			found = append(found, Suspect{field.name, fmt.Sprintf("has %d characters; Devtron stores at most %d", n, fieldWidth)})
		}
	}
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

// tlsFields describes what a request says about TLS, as the server's refusal of
// it (412) does not name a field.
func (c Config) tlsFields() string {
	part := func(name, data string, flag bool) string {
		switch {
		case data != "":
			return name + ": sent"
		case flag:
			return name + ": to be kept as stored"
		default:
			return name + ": none"
		}
	}
	return strings.Join([]string{
		part("CA certificate", c.TLS.CAData, c.IsCADataPresent),
		part("client certificate", c.TLS.TLSCertData, c.IsTLSCertDataPresent),
		part("client key", c.TLS.TLSKeyData, c.IsTLSKeyDataPresent),
	}, "; ")
}

// Validation is what Devtron's own dry run said: it creates a repository at the
// git host, clones, commits, pushes and deletes it again.
type Validation struct {
	SuccessfulStages []string `json:"successfulStages"`
	// StageErrors has an entry per failed stage. It is the only sign of a refused
	// configuration: the HTTP status is 200 then, too.
	StageErrors map[string]string `json:"stageErrorMap"`
	ValidatedOn time.Time         `json:"validatedOn"`
	// DeleteRepoFailed means that the dry run's repository was left behind. The
	// configuration is stored nevertheless.
	DeleteRepoFailed bool `json:"deleteRepoFailed"`
	// Skipped is true where the server did not try: custom repositories are
	// allowed, or Argo CD is not installed.
	Skipped bool `json:"validationSkipped"`
}

// Refused reports whether the server rejected the configuration, that is,
// stored nothing.
func (v Validation) Refused() bool { return len(v.StageErrors) > 0 }

// Configured is what any authenticated user may know.
type Configured struct {
	Exists                bool `json:"exists"`
	AllowCustomRepository bool `json:"allowCustomRepository"`
}

// Identity is whom an API token belongs to.
type Identity struct {
	EmailID      string `json:"emailId"`
	IsSuperAdmin bool   `json:"isSuperAdmin"`
	IsVerified   bool   `json:"isVerified"`
}
