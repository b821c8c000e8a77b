// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package cluster is the part of the sandbox's Devtron for Kubernetes clusters. It connects to them as the real one does.
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
	// DefaultID and DefaultName are of the cluster that Devtron itself runs in.
	DefaultID   = 1
	DefaultName = "default_cluster"

	// columnWidth is the width of the columns for names and URLs, in characters.
	columnWidth = 250
)

// Row is a stored cluster, with the secrets that reads do not return. It is inactive once it is deleted.
type Row struct {
	ID              int
	Name, ServerURL string
	Active          bool
	Config          Config
	Insecure        bool
	Production      bool
	// Description is read and written with routes of its own.
	Description string
	Prometheus  Prometheus
	// Version is what the API server said when the cluster was added or its connection changed.
	Version string
	// ErrorInConnecting is what Devtron finds out every few minutes. Here, only Put sets it.
	ErrorInConnecting string

	note      *note
	createdBy string
	createdOn time.Time
}

// Config is the credentials of a cluster.
type Config struct{ BearerToken, CACertificate, ClientCertificate, ClientKey string }

// Prometheus is where the metrics of a cluster are.
type Prometheus struct{ URL, Username, Password, ClientCertificate, ClientKey string }

// Service answers the routes below /orchestrator/cluster.
type Service struct {
	rules    *api.Rules
	lock     *store.Lock
	lifetime func() context.Context // of the server
	table    *store.Table[Row]
	home     *kubernetes.Cluster // which Devtron runs in
	inUse    func(id int) bool
	notes    atomic.Int64
}

// New makes a service with the one cluster that a new Devtron has: home, in which it runs.
func New(rules *api.Rules, lock *store.Lock, lifetime func() context.Context, home *kubernetes.Cluster) *Service {
	seed := Row{
		ID: DefaultID, Name: DefaultName, ServerURL: "https://kubernetes.default.svc", Active: true, Insecure: true,
		createdBy: "system", createdOn: time.Now(),
	}
	return &Service{
		rules: rules, lock: lock, lifetime: lifetime, home: home, inUse: func(int) bool { return false },
		table: store.NewTable(func(r *Row) *int { return &r.ID }, seed),
	}
}

// SetInUse tells the service how to find out whether a cluster has environments.
func (s *Service) SetInUse(inUse func(id int) bool) { s.inUse = inUse }

// Routes are the handlers of the service. The import of a kubeconfig is not served.
func (s *Service) Routes() api.Routes {
	const cluster = "/orchestrator/cluster"
	return api.Routes{
		"GET " + cluster:                      api.Known(s.read),
		"GET " + cluster + "/autocomplete":    api.Known(s.autocomplete),
		"GET " + cluster + "/auth-list":       api.Known(s.autocomplete),
		"GET " + cluster + "/namespaces":      api.SuperAdmin(s.namespacesOfAll),
		"GET " + cluster + "/namespaces/{id}": api.SuperAdmin(s.namespacesOfOne),
		"GET " + cluster + "/description":     api.SuperAdmin(s.description),
		"PUT " + cluster + "/description":     api.SuperAdmin(s.describe),
		"PUT " + cluster + "/note":            api.SuperAdmin(s.takeNote),
		"POST " + cluster:                     api.Known(s.create),
		"POST " + cluster + "/saveClusters":   api.SuperAdmin(s.createMany),
		"PUT " + cluster:                      api.Known(s.update),
		"DELETE " + cluster:                   api.Known(s.delete),
	}
}

// Rows returns the active clusters by id.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.active()), func(a, b Row) int { return a.ID - b.ID })
}

// Named returns the active clusters of a name: more than one only after a race.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// Get returns an active cluster.
func (s *Service) Get(id int) (Row, bool) {
	row, ok := s.table.Get(id)
	return row, ok && row.Active
}

// Put inserts (ID 0) or overwrites a cluster behind everybody's back, without connecting to it. It returns the row with its id.
func (s *Service) Put(r Row) Row {
	if r.createdOn.IsZero() {
		r.createdBy, r.createdOn = "admin", time.Now()
	}
	return s.table.Put(r)
}

// Remove takes a cluster away behind everybody's back.
func (s *Service) Remove(id int) { s.table.Remove(id) }

func (s *Service) active() []Row {
	return s.table.Where(func(r Row) bool { return r.Active })
}
