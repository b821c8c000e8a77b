// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// update answers PUT /config, a full replacement of the row whose id is in the body. Only the token may be left out.
func (d *Service) update(_ api.Identity, r *http.Request) api.Reply {
	c, refusal := d.decodeStored(r)
	if refusal == nil {
		refusal = c.unsupported()
	}
	if refusal != nil {
		return *refusal
	}
	if c.TLSConfig == nil {
		c.TLSConfig = &tlsConfig{} // POST and validate crash here
	}
	answer, stored := d.updateRow(c)
	if stored {
		d.reload()
	}
	return answer
}

func (d *Service) updateRow(c gitopsConfig) (answer api.Reply, stored bool) {
	// A dry run that fails hides that the row is not there.
	v := d.validation(&c)
	if len(v.StageErrorMap) > 0 {
		return api.OK(v), false
	}
	existing, ok := d.table.byID(c.ID)
	if !ok {
		return api.PlainError(http.StatusInternalServerError, "gitops config update failed, does not exist"), false
	}
	if _, ok := d.table.active(); !ok && !c.Active {
		return api.RawError(http.StatusInternalServerError,
			"no active config found, please ensure atleast on gitops config active"), false
	}
	row := c.toRow()
	if !row.takeTLS(existing, c) {
		return incompleteTLS, false
	}
	if !d.fits(row) {
		return api.PlainError(http.StatusInternalServerError, "gitops config failed to update in db"), false
	}
	if err := d.register(row); err != nil {
		return api.RawError(http.StatusInternalServerError, err.Error()), false
	}
	d.replace(row)
	return api.OK(v), true
}
