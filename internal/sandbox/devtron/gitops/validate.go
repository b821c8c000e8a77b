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

// validation is the reply of POST, PUT, and validate. Only an entry in StageErrorMap indicates a
// failure.
type validation struct {
	SuccessfulStages  []string          `json:"successfulStages"`
	StageErrorMap     map[string]string `json:"stageErrorMap"`
	ValidatedOn       time.Time         `json:"validatedOn"`
	DeleteRepoFailed  bool              `json:"deleteRepoFailed"`
	ValidationSkipped bool              `json:"validationSkipped"`
}

// validate serves POST /validate, which only performs the dry run. Its error for an invalid git
// provider differs from POST and PUT.
func (s *Service) validate(_ api.Identity, r *http.Request) api.Reply {
	sent, failure := s.decodeWithStoredToken(r)
	switch {
	case failure != nil:
		return *failure
	case !slices.Contains(providers, sent.Provider):
		return api.PlainError(http.StatusBadRequest, invalidProvider)
	case sent.EnableTLSVerification && sent.TLSConfig == nil:
		return api.Crashed
	}
	return api.OK(s.validation(&sent))
}

// validation performs the dry run, or reports that it was skipped. The result is empty if neither
// the request nor the stored configuration has a token, or TLS material where TLS is enabled.
//
// Before a dry run for Bitbucket, Devtron replaces the host and changes the project key to
// uppercase. It also stores these values, so validation changes sent.
func (s *Service) validation(sent *GitOpsConfigDto) validation {
	row := sent.row()
	stored, missing := s.onlyRow(sent.Provider)
	if missing != nil && (sent.Token == "" || sent.lacksTLS()) {
		return validation{}
	}
	if row.Token == "" {
		row.Token = stored.Token
	}
	row.addStoredTLS(stored, *sent)
	if sent.AllowCustomRepository || !s.ArgoCD() {
		return validation{ValidationSkipped: true}
	}
	if row.Token == "" {
		return validation{}
	}
	if sent.Provider == "BITBUCKET_CLOUD" {
		sent.Host, sent.BitBucketProjectKey = bitbucketHost, strings.ToUpper(sent.BitBucketProjectKey)
		row.Host, row.BitBucketProjectKey = sent.Host, sent.BitBucketProjectKey
	}
	return s.runDryRun(row)
}
