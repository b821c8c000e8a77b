// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package apitoken is the part of the sandbox's Devtron for API tokens. What it issues works, and stops to.
package apitoken

import (
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/user"
)

// Row is a stored API token. Its name is a key, so that a deleted one is revived by a new one of the name.
type Row struct {
	ID                int
	Name, Description string
	ExpireAtInMs      int64 // 0: never
	Token             string
	UserID, Version   int
	Deleted           bool

	updated, used time.Time
}

func (r Row) email() string { return account.Prefix + r.Name }

// Service answers the routes below /orchestrator/api-token.
type Service struct {
	accounts *account.Accounts
	users    *user.Service
	lock     *store.Lock
	table    *store.Table[Row]
	hidden   atomic.Bool
}

// New makes a service with the two ready-made tokens that the API knows.
func New(accounts *account.Accounts, users *user.Service, lock *store.Lock) *Service {
	s := &Service{accounts: accounts, users: users, lock: lock, table: store.NewTable(func(r *Row) *int { return &r.ID })}
	for _, r := range []Row{{ID: 1, Name: "tf-admin", UserID: 3}, {ID: 2, Name: "tf-powerless", UserID: 4}} {
		r.Description, r.Version, r.updated, r.used = "loopback", 1, time.Now(), time.Now()
		r.Token = accounts.APIToken(r.email())
		s.table.Put(r)
	}
	return s
}

// Routes are the handlers of the service. There is no GET of one token.
func (s *Service) Routes() api.Routes {
	const token = "/orchestrator/api-token"
	return api.Routes{
		"GET " + token:              api.Known(s.list),
		"POST " + token:             api.Known(s.create),
		"PUT " + token + "/{id}":    api.Known(s.update),
		"DELETE " + token + "/{id}": api.Known(s.delete),
	}
}

// SetHidden is HIDE_API_TOKENS: the list shows no tokens.
func (s *Service) SetHidden(hidden bool) { s.hidden.Store(hidden) }

// Rows returns the tokens that are not deleted, by id.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.present()), func(a, b Row) int { return a.ID - b.ID })
}

// Named returns the token of a name that is not deleted.
func (s *Service) Named(name string) (Row, bool) {
	row, ok := s.find(name)
	return row, ok && !row.Deleted
}

// Remove deletes a token behind everybody's back, as the web page does.
func (s *Service) Remove(id int) {
	if row, ok := s.get(id); ok {
		s.revoke(row)
	}
}

func (s *Service) present() []Row {
	return s.table.Where(func(r Row) bool { return !r.Deleted })
}

func (s *Service) get(id int) (Row, bool) {
	row, ok := s.table.Get(id)
	return row, ok && !row.Deleted
}

// find returns a token, also one that is deleted.
func (s *Service) find(name string) (Row, bool) {
	rows := s.table.Where(func(r Row) bool { return r.Name == name })
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

// issue makes the next version of a token, which is the only one that is valid then.
func (s *Service) issue(row *Row) {
	row.Version++
	version := strconv.Itoa(row.Version)
	row.Token = s.accounts.Sign(account.Claims{
		Email: row.email(), Version: version, Issuer: account.TokenIssuer, Expires: row.ExpireAtInMs / 1000,
	})
	known, _ := s.accounts.Get(row.email())
	known.Version, known.Deleted = version, false
	s.accounts.Put(row.email(), known)
}

func (s *Service) revoke(row Row) {
	known, _ := s.accounts.Get(row.email())
	known.Deleted = true
	s.accounts.Put(row.email(), known)
	s.users.Deactivate(row.UserID)
	s.table.Update(row.ID, func(r *Row) { r.Deleted, r.updated = true, time.Now() })
}

// sourced is an error that tells where in Devtron's source it comes from.
func sourced(status, line int, function, text string) api.Reply {
	where := fmt.Sprintf("github.com/devtron-labs/devtron/api/apiToken.ApiTokenRestHandlerImpl.%s:%d: ", function, line)
	return api.Error(status, api.Fault{Code: "000", InternalMessage: "[{" + where + text + "}]", UserMessage: text})
}
