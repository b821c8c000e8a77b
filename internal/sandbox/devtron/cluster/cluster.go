// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package cluster implements Kubernetes clusters. Like a real Devtron, it connects to them.
package cluster

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/kubernetes"
)

const (
	// DefaultID is the ID of the cluster that Devtron runs in.
	DefaultID = 1
	// DefaultName is the name of the cluster that Devtron runs in.
	DefaultName = "default_cluster"

	// columnWidth is the width of the columns for names and URLs, in characters.
	columnWidth = 250
)

// Row is a stored cluster, including the secrets that reads do not return. A deleted cluster is
// inactive.
type Row struct {
	ID              int
	Name, ServerURL string
	Active          bool
	Config          Config
	Insecure        bool
	Production      bool
	// Description has its own routes to read and write it.
	Description string
	Prometheus  Prometheus
	// Version is the Kubernetes version at the last connection.
	Version string
	// ErrorInConnecting is the result of a periodic check in a real Devtron. In the sandbox, only
	// Put sets it.
	ErrorInConnecting string

	note      *note
	createdBy string
	createdOn time.Time
}

// Config contains the credentials for a cluster.
type Config struct{ BearerToken, CACertificate, ClientCertificate, ClientKey string }

// Prometheus is the endpoint for the metrics of a cluster.
type Prometheus struct{ URL, Username, Password, ClientCertificate, ClientKey string }

// Service serves the routes below /orchestrator/cluster.
type Service struct {
	rules    *api.Rules
	lock     *store.Lock
	lifetime func() context.Context // of the server
	table    *store.Table[Row]
	home     *kubernetes.Cluster // that Devtron runs in
	inUse    func(id int) bool
	notes    atomic.Int64
}

// New creates a service with the default cluster, which is home.
func New(rules *api.Rules, lock *store.Lock, lifetime func() context.Context, home *kubernetes.Cluster) *Service {
	seed := Row{
		ID: DefaultID, Name: DefaultName, ServerURL: "https://kubernetes.default.svc", Active: true, Insecure: true,
		createdBy: "system", createdOn: time.Now(),
	}
	return &Service{
		rules: rules, lock: lock, lifetime: lifetime, home: home, inUse: func(int) bool { return false },
		table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return r.Active }, seed),
	}
}

// SetInUse sets the function that reports whether a cluster has environments.
func (s *Service) SetInUse(inUse func(id int) bool) { s.inUse = inUse }

// Routes are the handlers of the service. They do not include the import of kubeconfig files.
func (s *Service) Routes() api.Routes {
	const cluster = "/orchestrator/cluster"
	return api.Routes{
		"GET " + cluster:                      api.Known(s.read),
		"GET " + cluster + "/autocomplete":    api.Known(s.autocomplete),
		"GET " + cluster + "/auth-list":       api.Known(s.autocomplete),
		"GET " + cluster + "/namespaces":      api.SuperAdmin(s.namespacesOfAll),
		"GET " + cluster + "/namespaces/{id}": api.SuperAdmin(s.namespacesOfOne),
		"GET " + cluster + "/description":     api.SuperAdmin(s.description),
		"PUT " + cluster + "/description":     api.SuperAdmin(s.updateDescription),
		"PUT " + cluster + "/note":            api.SuperAdmin(s.updateNote),
		"POST " + cluster:                     api.Known(s.create),
		"POST " + cluster + "/saveClusters":   api.SuperAdmin(s.createMany),
		"PUT " + cluster:                      api.Known(s.update),
		"DELETE " + cluster:                   api.Known(s.delete),
	}
}

// Rows returns the active clusters sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// Named returns the active clusters with a name. Only a race creates more than one.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// Get returns an active cluster.
func (s *Service) Get(id int) (Row, bool) { return s.table.GetLive(id) }

// Put inserts a cluster (ID 0) or overwrites one, without an API request and without connecting to
// it. It returns the row with its ID.
func (s *Service) Put(r Row) Row {
	if r.createdOn.IsZero() {
		r.createdBy, r.createdOn = "admin", time.Now()
	}
	return s.table.Put(r)
}

// Remove deletes a cluster without an API request.
func (s *Service) Remove(id int) { s.table.Remove(id) }
