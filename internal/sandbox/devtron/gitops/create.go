// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"io"
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// create answers POST /config. Success and a failed dry run are both 200, and the id is never told.
func (d *Service) create(_ api.Identity, r *http.Request) api.Reply {
	body, _ := io.ReadAll(r.Body)
	c, refusal := decodeConfig(body)
	if refusal == nil {
		refusal = c.unsupported()
	}
	if refusal != nil {
		return *refusal
	}
	answer, stored := d.createRow(c)
	if stored {
		d.reload()
	}
	return answer
}

func (d *Service) createRow(c gitopsConfig) (answer api.Reply, stored bool) {
	conflict := api.PlainError(http.StatusConflict, "gitops provider already exists")
	if len(d.table.byProvider(c.Provider)) > 0 {
		return conflict, false
	}
	if c.EnableTLSVerification && c.TLSConfig == nil {
		return api.Crashed, false
	}
	v := d.validation(&c)
	if len(v.StageErrorMap) > 0 {
		return api.OK(v), false
	}
	row := c.toRow()
	row.Active = true // whatever the request says
	if !row.takeTLS(Row{}, c) {
		return incompleteTLS, false
	}
	row.ID = d.table.nextID() // whatever the request says
	if !d.fits(row) {
		return api.PlainError(http.StatusInternalServerError, "gitops config failed to create in db"), false
	}
	if err := d.register(row); err != nil {
		return api.RawError(http.StatusInternalServerError, err.Error()), false
	}
	if !d.insert(row) {
		return conflict, false
	}
	return api.OK(v), true
}
