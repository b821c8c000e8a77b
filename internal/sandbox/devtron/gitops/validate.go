// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// validation is the reply of POST, PUT and validate. The only sign of a failure is an entry in the map.
type validation struct {
	SuccessfulStages  []string          `json:"successfulStages"`
	StageErrorMap     map[string]string `json:"stageErrorMap"`
	ValidatedOn       time.Time         `json:"validatedOn"`
	DeleteRepoFailed  bool              `json:"deleteRepoFailed"`
	ValidationSkipped bool              `json:"validationSkipped"`
}

// validate answers POST /validate: the dry run alone. Its text for a bad provider is not that of POST and PUT.
func (d *Service) validate(_ api.Identity, r *http.Request) api.Reply {
	c, refusal := d.decodeStored(r)
	switch {
	case refusal != nil:
		return *refusal
	case !slices.Contains(providers, c.Provider):
		return api.PlainError(http.StatusBadRequest, oneOf)
	case c.EnableTLSVerification && c.TLSConfig == nil:
		return api.Crashed
	}
	return api.OK(d.validation(&c))
}

// validation makes the dry run, or says that it was skipped. It is empty, and says neither, where something is missing that no
// row of the provider has: the token, or all TLS material.
//
// Before a dry run Devtron puts Bitbucket's one host and the upper case of the project key into what it was sent, and it stores
// them so: c is changed.
func (d *Service) validation(c *gitopsConfig) validation {
	row := c.toRow()
	stored, missing := d.onlyRow(c.Provider)
	if missing != nil && (c.Token == "" || c.tlsEmpty()) {
		return validation{}
	}
	if row.Token == "" {
		row.Token = stored.Token
	}
	row.fillTLS(stored, *c)
	if c.AllowCustomRepository || !d.ArgoCD() {
		return validation{ValidationSkipped: true}
	}
	if row.Token == "" {
		return validation{}
	}
	if c.Provider == "BITBUCKET_CLOUD" {
		c.Host, c.BitBucketProjectKey = bitbucketHost, strings.ToUpper(c.BitBucketProjectKey)
		row.Host, row.BitBucketProjectKey = c.Host, c.BitBucketProjectKey
	}
	return d.runDryRun(row)
}
