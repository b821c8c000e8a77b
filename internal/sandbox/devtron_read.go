// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"strconv"
)

// list answers all rows without tokens, inactive ones included, the latest change first.
func (d *Devtron) list(identity, *http.Request) reply {
	configs := []gitopsConfig{}
	for _, row := range d.table.latestFirst() {
		configs = append(configs, row.toConfig(false))
	}
	return okReply(configs)
}

// byID answers one row with its token in clear. The look-up comes before the authorization: a row that is not there is a 404
// for everybody.
func (d *Devtron) byID(text string) handler {
	return func(who identity, _ *http.Request) reply {
		id, err := strconv.Atoi(text)
		if err != nil {
			return rawError(http.StatusBadRequest, err.Error())
		}
		row, ok := d.table.byID(id)
		return oneRow(who, row, ok)
	}
}

// byProvider answers the row of a provider, case-sensitively, with its token in clear.
func (d *Devtron) byProvider(who identity, r *http.Request) reply {
	row, refusal := d.onlyRow(r.URL.Query().Get("provider"))
	if refusal != nil {
		return *refusal
	}
	return oneRow(who, row, true)
}

func oneRow(who identity, row Row, found bool) reply {
	if !found {
		return rowNotFound
	}
	if !who.superAdmin {
		return forbiddenReply
	}
	return okReply(row.toConfig(true))
}

// onlyRow returns the row of a provider. Two of them, which a change of provider or a race can make, break the look-up.
func (d *Devtron) onlyRow(provider string) (Row, *reply) {
	rows := d.table.byProvider(provider)
	switch len(rows) {
	case 0:
		return Row{}, &rowNotFound
	case 1:
		return rows[0], nil
	default:
		r := rawError(http.StatusInternalServerError, "pg: multiple rows in result set")
		return Row{}, &r
	}
}

// configured tells any user whether something is active.
func (d *Devtron) configured(identity, *http.Request) reply {
	row, exists := d.table.active()
	return okReply(struct {
		AllowCustomRepository bool `json:"allowCustomRepository"`
		Exists                bool `json:"exists"`
	}{row.AllowCustomRepository, exists})
}
