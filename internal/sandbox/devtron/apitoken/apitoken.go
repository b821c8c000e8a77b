// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package apitoken implements API tokens. Clients can sign in with the issued tokens until they
// expire or are deleted.
package apitoken

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/user"
)

// Row is a stored API token. Its name is unique, so creating a token with the name of a deleted one
// revives the row.
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

// Service serves the routes below /orchestrator/api-token.
type Service struct {
	accounts *account.Accounts
	users    *user.Service
	lock     *store.Lock
	table    *store.Table[Row]
	hidden   atomic.Bool
}

// New creates a service with two predefined tokens.
func New(accounts *account.Accounts, users *user.Service, lock *store.Lock) *Service {
	s := &Service{
		accounts: accounts, users: users, lock: lock,
		table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return !r.Deleted }),
	}
	for _, r := range []Row{{ID: 1, Name: "tf-admin", UserID: 3}, {ID: 2, Name: "tf-powerless", UserID: 4}} {
		r.Description, r.Version, r.updated, r.used = "loopback", 1, time.Now(), time.Now()
		r.Token = accounts.APIToken(r.email())
		s.table.Put(r)
	}
	return s
}

// Routes are the handlers of the service. There is no route to read a single token.
func (s *Service) Routes() api.Routes {
	const token = "/orchestrator/api-token"
	return api.Routes{
		"GET " + token:              api.Known(s.list),
		"POST " + token:             api.Known(s.create),
		"PUT " + token + "/{id}":    api.Known(s.update),
		"DELETE " + token + "/{id}": api.Known(s.delete),
	}
}

// SetHidden implements HIDE_API_TOKENS, which removes the tokens from the list.
func (s *Service) SetHidden(hidden bool) { s.hidden.Store(hidden) }

// Rows returns the tokens that are not deleted, sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// Named returns the token with a name unless it is deleted.
func (s *Service) Named(name string) (Row, bool) {
	row, ok := s.find(name)
	return row, ok && !row.Deleted
}

// Put creates a token or replaces the one with its name, without an API request, and returns it
// with its ID, user, and value. A new expiry issues a new value.
func (s *Service) Put(r Row) Row {
	row, exists := s.find(r.Name)
	changed := !exists || row.Deleted || row.ExpireAtInMs != r.ExpireAtInMs
	row.Name, row.Description, row.ExpireAtInMs, row.Deleted, row.updated = r.Name, r.Description, r.ExpireAtInMs, false, time.Now()
	row.UserID, _ = s.users.ForToken(row.email())
	if changed {
		s.issue(&row)
	}
	return s.table.Put(row)
}

// Remove deletes a token without an API request.
func (s *Service) Remove(id int) {
	if row, ok := s.table.GetLive(id); ok {
		s.revoke(row)
	}
}

// find returns a token, including a deleted one.
func (s *Service) find(name string) (Row, bool) {
	rows := s.table.Where(func(r Row) bool { return r.Name == name })
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

// issue creates the next version of a token, which invalidates the previous ones.
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

// handlerError is an error that contains its location in Devtron's source.
func handlerError(status, line int, function, text string) api.Reply {
	where := fmt.Sprintf("github.com/devtron-labs/devtron/api/apiToken.ApiTokenRestHandlerImpl.%s:%d: ", function, line)
	return api.Error(status, api.ErrorEntry{Code: "000", InternalMessage: "[{" + where + text + "}]", UserMessage: text})
}
