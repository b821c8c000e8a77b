// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"io"
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// create serves POST. The status is 200 on success and after a failed dry run. The reply does not
// contain the ID.
func (s *Service) create(_ api.Identity, r *http.Request) api.Reply {
	body, _ := io.ReadAll(r.Body)
	sent, failure := decode(body)
	if failure == nil {
		failure = sent.checkProvider()
	}
	if failure != nil {
		return *failure
	}
	reply, stored := s.createRow(sent)
	if stored {
		s.reload()
	}
	return reply
}

// createRow ignores the ID and active in the request.
func (s *Service) createRow(sent GitOpsConfigDto) (reply api.Reply, stored bool) {
	conflict := api.PlainError(http.StatusConflict, "gitops provider already exists")
	if len(s.rowsOf(sent.Provider)) > 0 {
		return conflict, false
	}
	if sent.EnableTLSVerification && sent.TLSConfig == nil {
		return api.Crashed, false
	}
	v := s.validation(&sent)
	if len(v.StageErrorMap) > 0 {
		return api.OK(v), false
	}
	row := sent.row()
	row.Active = true
	if !row.mergeTLS(Row{}, sent) {
		return incompleteTLS, false
	}
	row.ID = s.table.NextID() // a failed insert uses up an ID
	if !s.fits(row) {
		return api.PlainError(http.StatusInternalServerError, "gitops config failed to create in db"), false
	}
	if err := s.registerInArgoCD(row); err != nil {
		return api.RawError(http.StatusInternalServerError, err.Error()), false
	}
	if !s.insert(row) {
		return conflict, false
	}
	return api.OK(v), true
}
