// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package dockerregistry is the part of the sandbox's Devtron for container registries, of which some have Helm charts.
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

// Row is a stored registry. Its name is its key, so that a deleted one is revived by a new one of the name.
type Row struct {
	Name, Plugin, URL, Type string
	OCI, Public             bool
	// OCIConfig is what the registry is used for by kind, CONTAINER and CHART: "PULL", "PUSH" or "PULL/PUSH".
	OCIConfig map[string]string
	// Repositories are those of a registry that charts are pulled from.
	Repositories                                  []string
	Username, Password                            string
	AWSAccessKeyID, AWSSecretAccessKey, AWSRegion string
	Default                                       bool
	Connection, Certificate                       string
	Deleted                                       bool
	PullSecret                                    *PullSecret
	// InUse says that a build uses the registry, so that it cannot be deleted.
	InUse bool

	id int // of the row, which the API does not show
}

// PullSecret says which clusters get the credentials of a registry, and how.
type PullSecret struct {
	ID                                   int
	CredentialType, CredentialValue      string
	AppliedClusterIDs, IgnoredClusterIDs string
}

// Service answers the routes below /orchestrator/docker/registry.
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

// New makes a service without registries.
func New(rules *api.Rules, lock *store.Lock, lifetime func() context.Context, job *chartsync.Job) *Service {
	return &Service{
		rules: rules, lock: lock, lifetime: lifetime, job: job, refused: map[string]bool{},
		table:   store.NewTable(func(r *Row) *int { return &r.id }),
		secrets: store.NewTable(func(p *PullSecret) *int { return &p.ID }),
	}
}

// Routes are the handlers of the service.
func (s *Service) Routes() api.Routes {
	const registry = "/orchestrator/docker/registry"
	return api.Routes{
		"GET " + registry:                       api.Known(s.list),
		"GET " + registry + "/active":           api.Known(s.suggest),
		"GET " + registry + "/autocomplete":     api.Known(s.suggest),
		"GET " + registry + "/configure/status": api.Known(s.configured),
		"GET " + registry + "/{name}":           api.Known(s.byName),
		"POST " + registry:                      api.Known(s.create),
		"POST " + registry + "/validate":        api.SuperAdmin(s.validate),
		"PUT " + registry:                       api.Known(s.update),
		"DELETE " + registry:                    api.Known(s.delete),
	}
}

// Rows returns the registries that are not deleted, by name.
func (s *Service) Rows() []Row {
	return slices.SortedFunc(slices.Values(s.present()), func(a, b Row) int { return strings.Compare(a.Name, b.Name) })
}

// Put inserts or overwrites a registry behind everybody's back, and touches no other one.
func (s *Service) Put(r Row) {
	r.id = 0
	if before, ok := s.find(r.Name); ok {
		r.id = before.id
	}
	if r.PullSecret != nil {
		secret := s.secrets.Put(*r.PullSecret)
		r.PullSecret = &secret
	}
	s.table.Put(r)
}

// Remove takes a registry away behind everybody's back.
func (s *Service) Remove(name string) {
	if row, ok := s.find(name); ok {
		s.table.Remove(row.id)
	}
}

// RefusePassword makes registries that are not on this machine refuse a password. They accept all others.
func (s *Service) RefusePassword(password string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[password] = true
}

func (s *Service) present() []Row {
	return s.table.Where(func(r Row) bool { return !r.Deleted })
}

// find returns a registry, also one that is deleted.
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
