// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitops is the GitOps part of the sandbox's Devtron: the table of configurations, and the
// dry run that POST, PUT and validate make at the git host.
package gitops

import (
	"context"
	"net/http"
	"sync/atomic"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Service answers the routes below /orchestrator/gitops/.
type Service struct {
	table    table
	argoCD   atomic.Bool
	width    atomic.Int64 // of the column of the token, in characters
	dryRun   atomic.Pointer[DryRun]
	lifetime func() context.Context // of the server
	proxy    *server.Proxy          // the way to the public git hosts
	lock     *store.Lock            // held from reading the table to writing it
}

// New makes a service with an empty table. lifetime ends when the server stops; proxy answers for
// the public git hosts.
func New(lifetime func() context.Context, proxy *server.Proxy, lock *store.Lock) *Service {
	s := &Service{lifetime: lifetime, proxy: proxy, lock: lock}
	s.SetTokenColumn(columnLimit)
	s.SetDryRun(DryRun{})
	return s
}

// Routes are the handlers of the service. There is no DELETE.
func (d *Service) Routes() api.Routes {
	const config = "/orchestrator/gitops/config"
	return api.Routes{
		"GET /orchestrator/gitops/configured": api.Known(d.configured),
		"GET " + config:                       api.SuperAdmin(d.list),
		"POST " + config:                      api.SuperAdmin(d.create),
		"PUT " + config:                       api.SuperAdmin(d.update),
		"GET " + config + "-by-provider":      api.Known(d.byProvider),
		"GET " + config + "/{id}":             api.Known(d.byID),
		"POST /orchestrator/gitops/validate":  api.SuperAdmin(d.validate),
		"/orchestrator/gitops/validate":       func(api.Identity, *http.Request) api.Reply { return api.NotAllowed },
	}
}

// SetArgoCD says whether the module argo-cd is installed. With it, POST, PUT and validate make a
// dry run at the git host.
func (d *Service) SetArgoCD(installed bool) { d.argoCD.Store(installed) }

// ArgoCD says whether the module argo-cd is installed.
func (d *Service) ArgoCD() bool { return d.argoCD.Load() }

// SetTokenColumn changes the width of the column of the token, in characters: 250 in every release
// up to v2.2.0, 2000 after it.
func (d *Service) SetTokenColumn(width int) { d.width.Store(int64(width)) }

// SetDryRun changes how the dry run behaves where REST alone cannot show it.
func (d *Service) SetDryRun(o DryRun) { d.dryRun.Store(&o) }

// Rows returns the table by id.
func (d *Service) Rows() []Row { return d.table.all() }

// Row returns the row of a provider, the one with the lowest id where there are several.
func (d *Service) Row(provider string) (Row, bool) {
	rows := d.table.byProvider(provider)
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

// Put inserts (ID 0) or overwrites a row behind everybody's back, and touches no other row. It
// returns the row with its id.
func (d *Service) Put(r Row) Row { return d.table.put(r) }

// Remove takes a row away, which no request can do.
func (d *Service) Remove(id int) { d.table.remove(id) }

// Empty takes all rows away; the next id is 1 again.
func (d *Service) Empty() { d.table.empty() }
