// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitaccount is the part of the sandbox's Devtron for git accounts, which its API calls git providers, and for the git
// hosts that they belong to.
package gitaccount

import (
	"slices"
	"sync/atomic"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

const (
	columnWidth = 250
	// usernameWidth is the width of the column for user names, in characters.
	usernameWidth = 25
	// secretLimit is how many bytes of a secret fit into a column, as it is stored encrypted and in base64.
	secretLimit = 158
)

// Row is a stored git account. Unlike other objects it stays visible while it is inactive.
type Row struct {
	ID                                                           int
	Name, URL, AuthMode, Username, Password, SSHKey, AccessToken string
	Active, Deleted                                              bool
	GitHostID                                                    int
	VerifyTLS                                                    bool
	TLS                                                          api.TLS
	// InUse says that an application has its code there, so that the account cannot be deleted.
	InUse bool
}

// Service answers the routes below /orchestrator/git/provider and /orchestrator/git/host.
type Service struct {
	rules *api.Rules
	lock  *store.Lock
	table *store.Table[Row]
	down  atomic.Bool
}

// New makes a service with the one account that a new Devtron has.
func New(rules *api.Rules, lock *store.Lock) *Service {
	seed := Row{ID: 1, Name: "Github Public", URL: "github.com", AuthMode: anonymous, Active: true, GitHostID: 1}
	return &Service{rules: rules, lock: lock, table: store.NewTable(func(r *Row) *int { return &r.ID }, seed)}
}

// Routes are the handlers of the service. Git hosts are read only here.
func (s *Service) Routes() api.Routes {
	const provider = "/orchestrator/git/provider"
	return api.Routes{
		"GET " + provider:                   api.Known(s.list),
		"GET " + provider + "/autocomplete": api.Known(s.autocomplete),
		"GET " + provider + "/{id}":         api.Known(s.byID),
		"POST " + provider:                  api.Known(s.create),
		"PUT " + provider:                   api.Known(s.update),
		"DELETE " + provider:                api.Known(s.delete),
		"GET /orchestrator/git/host":        api.Known(hosts),
		"GET /orchestrator/git/host/{id}":   api.Known(host),
	}
}

// SetGitSensor takes git-sensor down, to which Devtron hands accounts after it has stored them, or brings it back.
func (s *Service) SetGitSensor(up bool) { s.down.Store(!up) }

// Rows returns the accounts that are not deleted, by id.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.present()), func(a, b Row) int { return a.ID - b.ID })
}

// At returns the accounts of a URL: more than one only after a change of the URL or a race.
func (s *Service) At(url string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.URL != url })
}

// Put inserts (ID 0) or overwrites an account behind everybody's back. It returns the row with its id.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove takes an account away behind everybody's back.
func (s *Service) Remove(id int) { s.table.Remove(id) }

func (s *Service) present() []Row {
	return s.table.Where(func(r Row) bool { return !r.Deleted })
}

func (s *Service) get(id int) (Row, bool) {
	row, ok := s.table.Get(id)
	return row, ok && !row.Deleted
}
