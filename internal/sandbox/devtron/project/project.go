// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package project is the part of the sandbox's Devtron for projects, which its API calls teams.
package project

import (
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored project. A deleted project is inactive.
type Row struct {
	ID     int
	Name   string
	Active bool
	// Applications are the names of the applications in the project.
	Applications []string
}

// Service serves the routes below /orchestrator/team.
type Service struct {
	rules *api.Rules
	table *store.Table[Row]
}

// New creates a service with the default project of a new Devtron. It needs no lock because Devtron
// does not check for duplicate names.
func New(rules *api.Rules) *Service {
	seed := Row{ID: 1, Name: "devtron-demo", Active: true}
	return &Service{rules: rules, table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return r.Active }, seed)}
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

// Rows returns the active projects sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// Named returns the active projects with a name. Devtron allows several.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// Put inserts a project (ID 0) or overwrites one without an API request, and returns it with its
// ID.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove deletes a project without an API request.
func (s *Service) Remove(id int) { s.table.Remove(id) }

// AddApplication adds an application to a project, so that the project cannot be deleted.
func (s *Service) AddApplication(id int, name string) {
	s.table.Update(id, func(r *Row) { r.Applications = append(slices.Clone(r.Applications), name) })
}

// RemoveApplications removes all applications from a project.
func (s *Service) RemoveApplications(id int) {
	s.table.Update(id, func(r *Row) { r.Applications = nil })
}
