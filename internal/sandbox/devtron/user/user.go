// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package user implements users as far as API tokens need them. Each API token has a user, who has
// the permissions.
package user

import (
	"regexp"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored user. A deleted user is inactive.
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

// Service serves the routes below /orchestrator/user.
type Service struct {
	accounts *account.Accounts
	table    *store.Table[Row]
	groups   *store.Table[Group]
}

// New creates a service with the users of a new Devtron and of the two predefined API tokens.
func New(accounts *account.Accounts) *Service {
	return &Service{
		accounts: accounts,
		table: store.NewTable(
			func(r *Row) *int { return &r.ID }, func(r Row) bool { return r.Active },
			Row{ID: 1, Email: "system", Active: true}, Row{ID: 2, Email: "admin", SuperAdmin: true, Active: true},
			Row{ID: 3, Email: account.Admin, SuperAdmin: true, Active: true}, Row{ID: 4, Email: account.Powerless, Active: true},
		),
		groups: store.NewTable(func(g *Group) *int { return &g.ID }, nil),
	}
}

// Routes are the handlers of the service. They do not create or list users.
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
func (s *Service) Get(id int) (Row, bool) { return s.table.GetLive(id) }

// Put inserts a user (ID 0) or overwrites one without an API request, and returns it with its ID.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// AddGroup adds a permission group and returns its ID.
func (s *Service) AddGroup(name string) int { return s.groups.Put(Group{Name: name}).ID }

// ForToken activates or creates the user for an API token and returns the ID. own is false if
// Devtron finds the user of another token.
//
// Devtron looks up the user with ILIKE, where an underscore matches any character. If it finds
// another user, it changes the email address of that user.
func (s *Service) ForToken(email string) (id int, own bool) {
	pattern := likePattern(email)
	found := s.table.Where(func(r Row) bool { return pattern.MatchString(r.Email) })
	i := slices.IndexFunc(found, func(r Row) bool { return r.Email == email })
	if i < 0 && len(found) > 0 {
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

// Deactivate deactivates the user of a deleted API token.
func (s *Service) Deactivate(id int) {
	s.table.Update(id, func(r *Row) { r.Active = false })
}

// likePattern converts a pattern of ILIKE.
func likePattern(text string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(text)
	return regexp.MustCompile("(?is)^" + strings.NewReplacer("_", ".", "%", ".*").Replace(quoted) + "$")
}
