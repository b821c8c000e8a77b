// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitops implements GitOps configurations and the dry run at the git host.
package gitops

import (
	"context"
	"net/http"
	"sync/atomic"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Service serves the routes below /orchestrator/gitops/.
type Service struct {
	table      *store.Table[Row]
	argoCD     atomic.Bool
	tokenWidth atomic.Int64 // the width of the column for tokens, in characters
	dryRun     atomic.Pointer[DryRun]
	lifetime   func() context.Context // of the server
	proxy      *server.Proxy          // for the public git hosts
	lock       *store.Lock            // held from reading the table to writing it
}

// New creates a service without configurations. The context of lifetime ends when the server stops.
// The proxy serves the public git hosts.
func New(lifetime func() context.Context, proxy *server.Proxy, lock *store.Lock) *Service {
	s := &Service{
		table:    store.NewTable(func(r *Row) *int { return &r.ID }, nil),
		lifetime: lifetime, proxy: proxy, lock: lock,
	}
	s.SetTokenColumn(columnWidth)
	s.SetDryRun(DryRun{})
	return s
}

// Routes are the handlers of the service. There is no DELETE.
func (s *Service) Routes() api.Routes {
	const config = "/orchestrator/gitops/config"
	return api.Routes{
		"GET /orchestrator/gitops/configured": api.Known(s.configured),
		"GET " + config:                       api.SuperAdmin(s.list),
		"POST " + config:                      api.SuperAdmin(s.create),
		"PUT " + config:                       api.SuperAdmin(s.update),
		"GET " + config + "-by-provider":      api.Known(s.byProvider),
		"GET " + config + "/{id}":             api.Known(s.byID),
		"POST /orchestrator/gitops/validate":  api.SuperAdmin(s.validate),
		"/orchestrator/gitops/validate":       func(api.Identity, *http.Request) api.Reply { return api.NotAllowed },
	}
}

// SetArgoCD sets whether the module argo-cd is installed. With it, POST, PUT, and validate perform
// a dry run at the git host.
func (s *Service) SetArgoCD(installed bool) { s.argoCD.Store(installed) }

// ArgoCD reports whether the module argo-cd is installed.
func (s *Service) ArgoCD() bool { return s.argoCD.Load() }

// SetTokenColumn sets the width of the column for tokens, in characters. It is 250 in releases up
// to v2.2.0, and 2000 in later versions.
func (s *Service) SetTokenColumn(width int) { s.tokenWidth.Store(int64(width)) }

// SetDryRun configures the dry run.
func (s *Service) SetDryRun(o DryRun) { s.dryRun.Store(&o) }

// Rows returns the configurations sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// Row returns the configuration of a git provider, or the one with the lowest ID if there are
// several.
func (s *Service) Row(provider string) (Row, bool) {
	rows := s.rowsOf(provider)
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

// Put inserts a configuration (ID 0) or overwrites one without an API request, and returns it with
// its ID. It does not change other configurations.
func (s *Service) Put(r Row) Row { return s.table.Put(r) }

// Remove deletes a configuration. The API cannot do this.
func (s *Service) Remove(id int) { s.table.Remove(id) }

// Empty deletes all configurations. The next ID is 1 again.
func (s *Service) Empty() { s.table.Empty() }
