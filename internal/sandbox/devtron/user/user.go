// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package user is the part of the sandbox's Devtron for users, as far as API tokens need them: each token belongs to a user,
// who has the rights.
package user

import (
	"regexp"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored user. It is inactive once it is deleted.
type Row struct {
	ID         int
	Email      string
	SuperAdmin bool
	Active     bool
	Filters    []RoleFilter
	Groups     []int // ids of permission groups
}

// Group is a permission group.
type Group struct {
	ID   int
	Name string
}

// Service answers the routes below /orchestrator/user.
type Service struct {
	accounts *account.Accounts
	table    *store.Table[Row]
	groups   *store.Table[Group]
}

// New makes a service with the users of a new Devtron and those of the two ready-made API tokens.
func New(accounts *account.Accounts) *Service {
	return &Service{
		accounts: accounts,
		table: store.NewTable(
			func(r *Row) *int { return &r.ID },
			Row{ID: 1, Email: "system", Active: true}, Row{ID: 2, Email: "admin", SuperAdmin: true, Active: true},
			Row{ID: 3, Email: account.Admin, SuperAdmin: true, Active: true}, Row{ID: 4, Email: account.Powerless, Active: true},
		),
		groups: store.NewTable(func(g *Group) *int { return &g.ID }),
	}
}

// Routes are the handlers of the service. Users are neither created nor listed here.
func (s *Service) Routes() api.Routes {
	const user = "/orchestrator/user"
	return api.Routes{
		"GET " + user + "/{id}":          api.Known(s.byID),
		"GET " + user + "/v2/{id}":       api.Known(s.byID),
		"PUT " + user:                    api.Known(s.update),
		"DELETE " + user + "/{id}":       api.SuperAdmin(s.delete),
		"GET " + user + "/role/group":    api.SuperAdmin(s.listGroups),
		"GET " + user + "/role/group/v2": api.SuperAdmin(s.listGroupsV2),
	}
}

// Get returns an active user.
func (s *Service) Get(id int) (Row, bool) {
	row, ok := s.table.Get(id)
	return row, ok && row.Active
}

// Put inserts (ID 0) or overwrites a user behind everybody's back. It returns the row with its id.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// AddGroup adds a permission group and returns its id.
func (s *Service) AddGroup(name string) int { return s.groups.Put(Group{Name: name}).ID }

// ForToken returns the id of the user that an API token of this address belongs to, and makes the user active.
//
// Devtron looks the user up with ILIKE and the address as the pattern, in which an underscore is any character. Whoever is
// found is given the address, and loses their own.
func (s *Service) ForToken(email string) (id int, own bool) {
	pattern := likePattern(email)
	found := s.table.Where(func(r Row) bool { return pattern.MatchString(r.Email) })
	// PostgreSQL may return any of those that match.
	i := slices.IndexFunc(found, func(r Row) bool { return r.Email == email })
	if i < 0 && len(found) > 0 && found[0].Active {
		s.accounts.Rename(found[0].Email, email)
		s.table.Update(found[0].ID, func(r *Row) { r.Email = email })
		return found[0].ID, false
	}
	if i < 0 {
		id, _ = s.table.Insert(Row{Email: email, Active: true})
		return id, true
	}
	s.table.Update(found[i].ID, func(r *Row) { r.Active = true })
	return found[i].ID, true
}

// Deactivate is what happens to the user of an API token that is deleted.
func (s *Service) Deactivate(id int) {
	s.table.Update(id, func(r *Row) { r.Active = false })
}

// likePattern is a pattern of SQL's ILIKE.
func likePattern(text string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(text)
	return regexp.MustCompile("(?is)^" + strings.NewReplacer("_", ".", "%", ".*").Replace(quoted) + "$")
}
