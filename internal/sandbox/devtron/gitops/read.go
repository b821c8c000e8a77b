// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"
	"strconv"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// list answers all rows without tokens, inactive ones included, the latest change first.
func (d *Service) list(api.Identity, *http.Request) api.Reply {
	configs := []gitopsConfig{}
	for _, row := range d.table.latestFirst() {
		configs = append(configs, row.toConfig(false))
	}
	return api.OK(configs)
}

// byID answers one row with its token in clear. The look-up comes before the authorization: a row that is not there is a 404
// for everybody.
func (d *Service) byID(who api.Identity, r *http.Request) api.Reply {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return api.RawError(http.StatusBadRequest, err.Error())
	}
	row, ok := d.table.byID(id)
	return oneRow(who, row, ok)
}

// byProvider answers the row of a provider, case-sensitively, with its token in clear.
func (d *Service) byProvider(who api.Identity, r *http.Request) api.Reply {
	if !r.URL.Query().Has("provider") {
		return api.NoRoute
	}
	row, refusal := d.onlyRow(r.URL.Query().Get("provider"))
	if refusal != nil {
		return *refusal
	}
	return oneRow(who, row, true)
}

func oneRow(who api.Identity, row Row, found bool) api.Reply {
	if !found {
		return api.NotFound
	}
	if !who.SuperAdmin {
		return api.Forbidden
	}
	return api.OK(row.toConfig(true))
}

// onlyRow returns the row of a provider. Two of them, which a change of provider or a race can make, break the look-up.
func (d *Service) onlyRow(provider string) (Row, *api.Reply) {
	rows := d.table.byProvider(provider)
	switch len(rows) {
	case 0:
		return Row{}, &api.NotFound
	case 1:
		return rows[0], nil
	default:
		r := api.RawError(http.StatusInternalServerError, "pg: multiple rows in result set")
		return Row{}, &r
	}
}

// configured tells any user whether something is active.
func (d *Service) configured(api.Identity, *http.Request) api.Reply {
	row, exists := d.table.active()
	return api.OK(struct {
		AllowCustomRepository bool `json:"allowCustomRepository"`
		Exists                bool `json:"exists"`
	}{row.AllowCustomRepository, exists})
}
