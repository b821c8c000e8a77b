// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package environment is the part of the sandbox's Devtron for environments: namespaces of a cluster that can be deployed to.
package environment

import (
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/cluster"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored environment. It is inactive once it is deleted.
type Row struct {
	ID        int
	Name      string
	ClusterID int
	Namespace string
	Active    bool
	// Identifier is the name of the cluster and the namespace, with two underscores between them.
	Identifier  string
	Production  bool
	Description string
	// Pipelines says that something is deployed with it, so that it cannot be deleted.
	Pipelines bool
}

// Service answers the routes below /orchestrator/env.
type Service struct {
	rules    *api.Rules
	lock     *store.Lock
	table    *store.Table[Row]
	clusters *cluster.Service
}

// New makes a service with the one environment that a new Devtron has.
func New(rules *api.Rules, lock *store.Lock, clusters *cluster.Service) *Service {
	seed := Row{
		ID: 1, Name: "devtron-demo", ClusterID: cluster.DefaultID, Namespace: "devtron-demo", Identifier: "devtron-demo", Active: true,
	}
	s := &Service{rules: rules, lock: lock, clusters: clusters, table: store.NewTable(func(r *Row) *int { return &r.ID }, seed)}
	clusters.SetInUse(func(id int) bool { return len(s.On(id)) > 0 })
	return s
}

// Routes are the handlers of the service.
func (s *Service) Routes() api.Routes {
	const env = "/orchestrator/env"
	return api.Routes{
		"GET " + env:                      api.Known(s.read),
		"GET " + env + "/name":            api.SuperAdmin(s.byName),
		"GET " + env + "/active":          api.Known(s.list),
		"GET " + env + "/autocomplete":    api.Known(s.autocomplete),
		"GET " + env + "/{id}/connection": api.SuperAdmin(s.connection),
		"POST " + env:                     api.Known(s.create),
		"PUT " + env:                      api.Known(s.update),
		"DELETE " + env:                   api.Known(s.delete),
	}
}

// Rows returns the active environments by id.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.active()), func(a, b Row) int { return a.ID - b.ID })
}

// Named returns the active environments of a name: more than one only after a race.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// On returns the active environments of a cluster.
func (s *Service) On(clusterID int) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.ClusterID != clusterID })
}

// Put inserts (ID 0) or overwrites an environment behind everybody's back, and creates no namespace. It returns the row with its
// id.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove takes an environment away behind everybody's back.
func (s *Service) Remove(id int) { s.table.Remove(id) }

// SetPipelines says whether something is deployed with an environment.
func (s *Service) SetPipelines(id int, there bool) {
	s.table.Update(id, func(r *Row) { r.Pipelines = there })
}

func (s *Service) active() []Row {
	return s.table.Where(func(r Row) bool { return r.Active })
}

func (s *Service) get(id int) (Row, bool) {
	row, ok := s.table.Get(id)
	return row, ok && row.Active
}
