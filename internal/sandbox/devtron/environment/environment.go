// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package environment implements environments, which are namespaces of clusters for deployments.
package environment

import (
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/cluster"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored environment. A deleted environment is inactive.
type Row struct {
	ID        int
	Name      string
	ClusterID int
	Namespace string
	Active    bool
	// Identifier is the name of the cluster and the namespace, separated by two underscores.
	Identifier  string
	Production  bool
	Description string
	// Pipelines is true if a pipeline uses the environment, so that it cannot be deleted.
	Pipelines bool
}

// Service serves the routes below /orchestrator/env.
type Service struct {
	rules    *api.Rules
	lock     *store.Lock
	table    *store.Table[Row]
	clusters *cluster.Service
}

// New creates a service with the default environment of a new Devtron.
func New(rules *api.Rules, lock *store.Lock, clusters *cluster.Service) *Service {
	seed := Row{
		ID: 1, Name: "devtron-demo", ClusterID: cluster.DefaultID, Namespace: "devtron-demo", Identifier: "devtron-demo", Active: true,
	}
	s := &Service{
		rules: rules, lock: lock, clusters: clusters,
		table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return r.Active }, seed),
	}
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

// Rows returns the active environments sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// Named returns the active environments with a name. Only a race creates more than one.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// On returns the active environments of a cluster.
func (s *Service) On(clusterID int) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.ClusterID != clusterID })
}

// Put inserts an environment (ID 0) or overwrites one, without an API request and without creating
// a namespace. It returns the row with its ID.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove deletes an environment without an API request.
func (s *Service) Remove(id int) { s.table.Remove(id) }

// SetPipelines sets whether a pipeline uses an environment.
func (s *Service) SetPipelines(id int, used bool) {
	s.table.Update(id, func(r *Row) { r.Pipelines = used })
}
