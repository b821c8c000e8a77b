// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"io"
	"net/http"
	"unicode/utf8"
)

const (
	// columnLimit is the width of the table's columns, in characters.
	columnLimit = 250
	// tokenLimit is how many bytes of a token fit into such a column, as it is stored encrypted and in base64.
	tokenLimit = 158
)

// create answers POST /config. Success and a failed dry run are both 200, and the id is never told.
func (d *Devtron) create(_ identity, r *http.Request) reply {
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

func (d *Devtron) createRow(c gitopsConfig) (answer reply, stored bool) {
	defer d.lock()()
	if len(d.table.byProvider(c.Provider)) > 0 {
		return plainError(http.StatusConflict, "gitops provider already exists"), false
	}
	if c.EnableTLSVerification && c.TLSConfig == nil {
		return crashed, false
	}
	v := d.validation(c)
	if len(v.StageErrorMap) > 0 {
		return okReply(v), false
	}
	before, someActive := d.table.active()
	d.racePause()

	row := c.toRow()
	row.Active = true // whatever the request says
	if !row.takeTLS(Row{}, c) {
		return incompleteTLS, false
	}
	row.ID = d.table.nextID() // whatever the request says
	if !row.fits() {
		return plainError(http.StatusInternalServerError, "gitops config failed to create in db"), false
	}
	if err := d.register(row); err != nil {
		return rawError(http.StatusInternalServerError, err.Error()), false
	}
	var updated []Row
	if someActive {
		before.Active = false
		updated = append(updated, before)
	}
	d.table.commit(updated, row)
	return okReply(v), true
}

// fits says whether the database takes the row: the username is NOT NULL and the columns are limited.
func (r Row) fits() bool {
	for _, value := range []string{r.Username, r.Host, r.GitHubOrgID, r.GitLabGroupID, r.AzureProjectName} {
		if utf8.RuneCountInString(value) > columnLimit {
			return false
		}
	}
	return r.Username != "" && len(r.Token) <= tokenLimit
}

// lock makes a write wait for the one before it, unless there is a race. It returns what unlocks.
func (d *Devtron) lock() func() {
	if d.race.Load() > 0 {
		return func() {}
	}
	d.writes.Lock()
	return d.writes.Unlock
}
