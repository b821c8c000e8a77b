// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitaccount implements git accounts, which the API calls git providers, and git hosts.
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
	// secretLimit is the maximum length of a secret in bytes. Devtron encrypts and encodes secrets
	// before it stores them.
	secretLimit = 158
)

// Row is a stored git account. Unlike other objects, an inactive account is still visible.
type Row struct {
	ID                                                           int
	Name, URL, AuthMode, Username, Password, SSHKey, AccessToken string
	Active, Deleted                                              bool
	GitHostID                                                    int
	VerifyTLS                                                    bool
	TLS                                                          api.TLS
	// InUse is true if an application uses the account, so that it cannot be deleted.
	InUse bool
}

// Service serves the routes below /orchestrator/git/provider and /orchestrator/git/host.
type Service struct {
	rules *api.Rules
	lock  *store.Lock
	table *store.Table[Row]
	down  atomic.Bool
}

// New creates a service with the default account of a new Devtron.
func New(rules *api.Rules, lock *store.Lock) *Service {
	seed := Row{ID: 1, Name: "Github Public", URL: "github.com", AuthMode: anonymous, Active: true, GitHostID: 1}
	return &Service{
		rules: rules, lock: lock, table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return !r.Deleted }, seed),
	}
}

// Routes are the handlers of the service. Git hosts are read-only.
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

// SetGitSensor sets whether git-sensor is reachable. Devtron sends each account to it after storing
// the account.
func (s *Service) SetGitSensor(up bool) { s.down.Store(!up) }

// Rows returns the accounts that are not deleted, sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// At returns the accounts with a URL. Only an update or a race creates more than one.
func (s *Service) At(url string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.URL != url })
}

// Put inserts an account (ID 0) or overwrites one without an API request, and returns it with its
// ID.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove deletes an account without an API request.
func (s *Service) Remove(id int) { s.table.Remove(id) }
