// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"slices"
	"unicode/utf8"
)

// Row is a stored GitOps configuration, including the secrets that reads do not return.
type Row struct {
	ID                                                          int
	Provider, Username, Token, GitLabGroupID, GitHubOrgID, Host string
	Active                                                      bool
	AzureProjectName, BitBucketWorkspaceID, BitBucketProjectKey string
	AllowCustomRepository, EnableTLSVerification                bool
	CAData, TLSCertData, TLSKeyData                             string
}

// columnWidth is the width of the columns, in characters.
const columnWidth = 250

// fits reports whether the database accepts a row: it has a username, and the values fit into their
// columns. The token is stored encrypted and in base64.
func (s *Service) fits(r Row) bool {
	for _, value := range []string{r.Username, r.Host, r.GitHubOrgID, r.GitLabGroupID, r.AzureProjectName} {
		if utf8.RuneCountInString(value) > columnWidth {
			return false
		}
	}
	encoded := (len(r.Token) + 28 + 2) / 3 * 4
	return r.Username != "" && (r.Token == "" || encoded <= int(s.tokenWidth.Load()))
}

// rowsOf returns the rows of a git provider, sorted by ID.
func (s *Service) rowsOf(provider string) []Row {
	return slices.DeleteFunc(s.table.LiveByID(), func(r Row) bool { return r.Provider != provider })
}

// activeRow returns the active row, or the one with the lowest ID if there are several.
func (s *Service) activeRow() (Row, bool) {
	rows := s.table.LiveByID()
	i := slices.IndexFunc(rows, func(r Row) bool { return r.Active })
	if i < 0 {
		return Row{}, false
	}
	return rows[i], true
}

// insert stores a new row, which is active, and deactivates the previously active row. It fails if
// the git provider has a row.
//
// It acquires the lock only after the dry run, so that a slow git host does not block other
// requests, like in a real Devtron.
func (s *Service) insert(row Row) bool {
	defer s.lock.Hold()()
	if !s.lock.Racing() && len(s.rowsOf(row.Provider)) > 0 {
		return false
	}
	s.table.Commit(s.deactivated(row), row)
	return true
}

// replace overwrites a row. If it becomes active, replace deactivates the previously active row.
func (s *Service) replace(row Row) {
	defer s.lock.Hold()()
	s.table.Commit(append(s.deactivated(row), row))
}

// deactivated returns the active row as inactive if another row is about to become active. Like in
// a real Devtron, it is a copy of the whole row, so in a race it reverts other changes to that row.
func (s *Service) deactivated(row Row) []Row {
	active, ok := s.activeRow()
	s.lock.Pause()
	if !ok || !row.Active || active.ID == row.ID {
		return nil
	}
	active.Active = false
	return []Row{active}
}
