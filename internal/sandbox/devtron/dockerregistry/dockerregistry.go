// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package dockerregistry implements container registries, including OCI registries with Helm
// charts.
package dockerregistry

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/chartsync"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored registry. Its name is the primary key, so creating a registry with the name of a
// deleted one revives the row.
type Row struct {
	Name, Plugin, URL, Type string
	OCI, Public             bool
	// OCIConfig is the action ("PULL", "PUSH" or "PULL/PUSH") for each artifact type (CONTAINER and
	// CHART).
	OCIConfig map[string]string
	// Repositories are the repositories to pull charts from.
	Repositories                                  []string
	Username, Password                            string
	AWSAccessKeyID, AWSSecretAccessKey, AWSRegion string
	Default                                       bool
	Connection, Certificate                       string
	Deleted                                       bool
	PullSecret                                    *PullSecret
	// InUse is true if a build uses the registry, so that it cannot be deleted.
	InUse bool

	id int // of the row; the API does not return it
}

// PullSecret configures which clusters get the credentials of a registry.
type PullSecret struct {
	ID                                   int
	CredentialType, CredentialValue      string
	AppliedClusterIDs, IgnoredClusterIDs string
}

// Service serves the routes below /orchestrator/docker/registry.
type Service struct {
	rules    *api.Rules
	lock     *store.Lock
	lifetime func() context.Context // of the server
	job      *chartsync.Job
	table    *store.Table[Row]
	secrets  *store.Table[PullSecret]

	mu      sync.Mutex // guards the field below
	refused map[string]bool
}

// New creates a service without registries.
func New(rules *api.Rules, lock *store.Lock, lifetime func() context.Context, job *chartsync.Job) *Service {
	return &Service{
		rules: rules, lock: lock, lifetime: lifetime, job: job, refused: map[string]bool{},
		table:   store.NewTable(func(r *Row) *int { return &r.id }, func(r Row) bool { return !r.Deleted }),
		secrets: store.NewTable(func(p *PullSecret) *int { return &p.ID }, nil),
	}
}

// Routes are the handlers of the service.
func (s *Service) Routes() api.Routes {
	const registry = "/orchestrator/docker/registry"
	return api.Routes{
		"GET " + registry:                       api.Known(s.list),
		"GET " + registry + "/active":           api.Known(s.autocomplete),
		"GET " + registry + "/autocomplete":     api.Known(s.autocomplete),
		"GET " + registry + "/configure/status": api.Known(s.configured),
		"GET " + registry + "/{name}":           api.Known(s.byName),
		"POST " + registry:                      api.Known(s.create),
		"POST " + registry + "/validate":        api.SuperAdmin(s.validate),
		"PUT " + registry:                       api.Known(s.update),
		"DELETE " + registry:                    api.Known(s.delete),
	}
}

// Rows returns the registries that are not deleted, sorted by name.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.table.Live()), func(a, b Row) int { return strings.Compare(a.Name, b.Name) })
}

// Put inserts or overwrites a registry without an API request. It does not change the default flag
// of other registries.
func (s *Service) Put(r Row) {
	r.id = 0
	if stored, ok := s.find(r.Name); ok {
		r.id = stored.id
	}
	if r.PullSecret != nil {
		secret := s.secrets.Put(*r.PullSecret)
		r.PullSecret = &secret
	}
	s.table.Put(r)
}

// Remove deletes a registry without an API request.
func (s *Service) Remove(name string) {
	if row, ok := s.find(name); ok {
		s.table.Remove(row.id)
	}
}

// RefusePassword makes registries that are not on this machine reject a password. They accept all
// others.
func (s *Service) RefusePassword(password string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[password] = true
}

// find returns a registry, including a deleted one.
func (s *Service) find(name string) (Row, bool) {
	rows := s.table.Where(func(r Row) bool { return r.Name == name })
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

func (s *Service) get(name string) (Row, bool) {
	row, ok := s.find(name)
	return row, ok && !row.Deleted
}
