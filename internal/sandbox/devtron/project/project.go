// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package project is the part of the sandbox's Devtron for projects, which its API calls teams.
package project

import (
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored project. It is inactive once it is deleted.
type Row struct {
	ID     int
	Name   string
	Active bool
	// Applications are the names of the applications in the project.
	Applications []string
}

// Service answers the routes below /orchestrator/team.
type Service struct {
	rules *api.Rules
	table *store.Table[Row]
}

// New makes a service with the one project that a new Devtron has. It needs no lock, as Devtron checks nothing that a parallel
// request could change.
func New(rules *api.Rules) *Service {
	seed := Row{ID: 1, Name: "devtron-demo", Active: true}
	return &Service{rules: rules, table: store.NewTable(func(r *Row) *int { return &r.ID }, seed)}
}

// Routes are the handlers of the service.
func (s *Service) Routes() api.Routes {
	const team = "/orchestrator/team"
	return api.Routes{
		"GET " + team:                           api.Known(s.list),
		"GET " + team + "/autocomplete":         api.Known(s.autocomplete),
		"GET " + team + "/{id}":                 api.Known(s.byID),
		"POST " + team:                          api.Known(s.create),
		"PUT " + team:                           api.Known(s.update),
		"DELETE " + team:                        api.Known(s.delete),
		"GET /orchestrator/app/team/by-id/{id}": api.Known(s.applications),
	}
}

// Rows returns the active projects by id.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.active()), func(a, b Row) int { return a.ID - b.ID })
}

// Named returns the active projects of a name. Devtron lets there be several.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// Put inserts (ID 0) or overwrites a project behind everybody's back. It returns the row with its id.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove takes a project away behind everybody's back.
func (s *Service) Remove(id int) { s.table.Remove(id) }

// AddApplication puts an application into a project, which cannot be deleted then.
func (s *Service) AddApplication(id int, name string) {
	s.table.Update(id, func(r *Row) { r.Applications = append(slices.Clone(r.Applications), name) })
}

// RemoveApplications takes all applications out of a project.
func (s *Service) RemoveApplications(id int) {
	s.table.Update(id, func(r *Row) { r.Applications = nil })
}

func (s *Service) active() []Row {
	return s.table.Where(func(r Row) bool { return r.Active })
}
