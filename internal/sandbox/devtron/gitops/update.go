// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// update serves PUT, which replaces the configuration with the ID in the body. Only the token can
// be omitted.
func (s *Service) update(_ api.Identity, r *http.Request) api.Reply {
	sent, failure := s.decodeWithStoredToken(r)
	if failure == nil {
		failure = sent.checkProvider()
	}
	if failure != nil {
		return *failure
	}
	if sent.TLSConfig == nil {
		sent.TLSConfig = &api.TLSConfig{} // unlike PUT, POST and validate crash without it
	}
	reply, stored := s.updateRow(sent)
	if stored {
		s.reload()
	}
	return reply
}

func (s *Service) updateRow(sent GitOpsConfigDto) (reply api.Reply, stored bool) {
	// The dry run comes first, so a failed dry run hides that the configuration does not exist.
	v := s.validation(&sent)
	if len(v.StageErrorMap) > 0 {
		return api.OK(v), false
	}
	existing, ok := s.table.Get(sent.ID)
	if !ok {
		return api.PlainError(http.StatusInternalServerError, "gitops config update failed, does not exist"), false
	}
	if _, ok := s.activeRow(); !ok && !sent.Active {
		return api.RawError(http.StatusInternalServerError,
			"no active config found, please ensure atleast on gitops config active"), false
	}
	row := sent.row()
	if !row.mergeTLS(existing, sent) {
		return incompleteTLS, false
	}
	if !s.fits(row) {
		return api.PlainError(http.StatusInternalServerError, "gitops config failed to update in db"), false
	}
	if err := s.registerInArgoCD(row); err != nil {
		return api.RawError(http.StatusInternalServerError, err.Error()), false
	}
	s.replace(row)
	return api.OK(v), true
}
