// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import "unicode/utf8"

// columnLimit is the width of the table's columns, in characters.
const columnLimit = 250

// fits says whether the database takes the row: the username is NOT NULL and the columns are limited. A token is stored encrypted
// and in base64.
func (d *Service) fits(r Row) bool {
	for _, value := range []string{r.Username, r.Host, r.GitHubOrgID, r.GitLabGroupID, r.AzureProjectName} {
		if utf8.RuneCountInString(value) > columnLimit {
			return false
		}
	}
	stored := (len(r.Token) + 28 + 2) / 3 * 4
	return r.Username != "" && (r.Token == "" || stored <= int(d.width.Load()))
}

// insert stores a new row, which is active, and deactivates the one that was. It fails where the provider has a row already.
//
// The lock is taken here, and not where a request begins, so that a git host that keeps one dry run waiting does not keep
// others from writing: in the real server it does not either.
func (d *Service) insert(row Row) bool {
	defer d.lock.Hold()()
	if !d.lock.Racing() && len(d.table.byProvider(row.Provider)) > 0 {
		return false
	}
	d.table.commit(d.deactivated(row), row)
	return true
}

// replace overwrites a row, and deactivates the active one where this one becomes active.
func (d *Service) replace(row Row) {
	defer d.lock.Hold()()
	d.table.commit(append(d.deactivated(row), row))
}

// deactivated is the row that has to be written as inactive because another one is written as active. As in the real server it
// is a copy of what was read, so that a race undoes what was written to it meanwhile.
func (d *Service) deactivated(row Row) []Row {
	before, ok := d.table.active()
	d.lock.Pause()
	if !ok || !row.Active || before.ID == row.ID {
		return nil
	}
	before.Active = false
	return []Row{before}
}
