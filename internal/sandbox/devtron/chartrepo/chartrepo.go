// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package chartrepo implements Helm chart repositories.
package chartrepo

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/chartsync"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// Row is a stored chart repository.
type Row struct {
	ID                                      int
	Name, URL, AuthMode, Username, Password string
	Active, Insecure                        bool
	// Shipped repositories are part of Devtron and cannot be deleted.
	Shipped bool
	// InUse is true if a chart of the repository is deployed, so that its name and URL cannot
	// change and it cannot be deleted.
	InUse   bool
	Deleted bool

	isDefault bool
	createdOn time.Time
}

// Service serves the routes below /orchestrator/chart-repo.
type Service struct {
	rules    *api.Rules
	lock     *store.Lock
	lifetime func() context.Context // of the server
	job      *chartsync.Job
	table    *store.Table[Row]

	mu      sync.Mutex // guards the field below
	secrets map[string]bool
}

// New creates a service with the repositories of a new Devtron.
func New(rules *api.Rules, lock *store.Lock, lifetime func() context.Context, job *chartsync.Job) *Service {
	s := &Service{
		rules: rules, lock: lock, lifetime: lifetime, job: job, secrets: map[string]bool{},
		table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return !r.Deleted }, shipped()...),
	}
	s.table.SkipTo(20)
	return s
}

// Routes are the handlers of the service.
func (s *Service) Routes() api.Routes {
	const repo = "/orchestrator/chart-repo"
	return api.Routes{
		"GET " + repo + "/list":         api.SuperAdmin(s.list),
		"GET " + repo + "/list/min":     api.SuperAdmin(s.listMin),
		"GET " + repo + "/{id}":         api.SuperAdmin(s.byID),
		"POST " + repo + "/create":      api.SuperAdmin(s.create),
		"POST " + repo + "/update":      api.SuperAdmin(s.update),
		"POST " + repo + "/validate":    api.SuperAdmin(s.validate),
		"POST " + repo + "/sync-charts": api.SuperAdmin(s.sync),
		"POST " + repo:                  func(api.Identity, *http.Request) api.Reply { return api.NotAllowed },
		"DELETE " + repo:                api.SuperAdmin(s.delete),
	}
}

// Rows returns the repositories that are not deleted, sorted by ID.
func (s *Service) Rows() []Row { return s.table.LiveByID() }

// Named returns the repositories with a name. Only an update or a race creates more than one.
func (s *Service) Named(name string) []Row {
	return slices.DeleteFunc(s.Rows(), func(r Row) bool { return r.Name != name })
}

// Put inserts a repository (ID 0) or overwrites one without an API request, and returns it with its
// ID.
func (s *Service) Put(r Row) Row {
	s.setSecret(r.Name, true)
	return s.table.Put(r)
}

// Remove deletes a repository without an API request.
func (s *Service) Remove(id int) { s.table.Remove(id) }

// setSecret creates or deletes the secret for Argo CD, which has the name of the repository. It
// reports whether the secret existed.
func (s *Service) setSecret(name string, exists bool) (before bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before = s.secrets[name]
	s.secrets[name] = exists
	return before
}

// shipped returns the repositories of a new Devtron.
func shipped() []Row {
	const anonymous = "ANONYMOUS"
	rows := []Row{
		{ID: 5, Name: "autoscaler", URL: "https://kubernetes.github.io/autoscaler"},
		{ID: 6, Name: "fluent", URL: "https://fluent.github.io/helm-charts"},
		{ID: 7, Name: "nginx-ingress", URL: "https://kubernetes.github.io/ingress-nginx"},
		{ID: 8, Name: "metrics-server", URL: "https://kubernetes-sigs.github.io/metrics-server"},
		{ID: 9, Name: "prometheus-community", URL: "https://prometheus-community.github.io/helm-charts"},
		{ID: 11, Name: "external-secrets", URL: "https://charts.external-secrets.io"},
		{ID: 12, Name: "kedacore", URL: "https://kedacore.github.io/charts"},
		{ID: 1, Name: "default-chartmuseum", URL: "http://devtron-chartmuseum.devtroncd:8080/", AuthMode: anonymous, isDefault: true},
		{ID: 2, Name: "devtron", URL: "https://helm.devtron.ai", AuthMode: anonymous},
		{ID: 3, Name: "jetstack", URL: "https://charts.jetstack.io", AuthMode: anonymous},
		{ID: 4, Name: "elastic", URL: "https://helm.elastic.co", AuthMode: anonymous},
		{ID: 10, Name: "bitnami", URL: "https://charts.bitnami.com/bitnami"},
		{ID: 13, Name: "opencost", URL: "https://opencost.github.io/opencost-helm-chart", AuthMode: anonymous},
		{ID: 14, Name: "gpu-helm-charts", URL: "https://nvidia.github.io/dcgm-exporter/helm-charts", AuthMode: anonymous},
		{ID: 15, Name: "vmware-tanzu", URL: "https://vmware-tanzu.github.io/helm-charts", AuthMode: anonymous},
	}
	for i := range rows {
		rows[i].Active, rows[i].Shipped, rows[i].Insecure, rows[i].createdOn = true, true, rows[i].Name != "bitnami", time.Now()
	}
	return rows
}
