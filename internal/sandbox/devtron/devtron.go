// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package devtron implements the API server of Devtron: authentication, routing, and the general
// routes. Each area of the API has its own package below this one.
package devtron

import (
	"context"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/apitoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/attribute"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/chartrepo"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/chartsync"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/cluster"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/dockerregistry"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/environment"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/gitaccount"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/gitops"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/project"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/user"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/kubernetes"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Devtron is the sandbox's Devtron orchestrator.
type Devtron struct {
	*server.Server
	*gitops.Service

	Projects          *project.Service
	Clusters          *cluster.Service
	Environments      *environment.Service
	Attributes        *attribute.Service
	GitAccounts       *gitaccount.Service
	Registries        *dockerregistry.Service
	ChartRepositories *chartrepo.Service
	ChartSync         *chartsync.Job
	APITokens         *apitoken.Service
	Users             *user.Service

	accounts *account.Accounts
	routes   *http.ServeMux
	rules    *api.Rules
	lock     *store.Lock
}

// New creates a Devtron that runs in the cluster home and reaches public git hosts through the
// proxy. It does not start the server.
func New(s *server.Server, proxy *server.Proxy, home *kubernetes.Cluster) *Devtron {
	rules, lock := &api.Rules{}, store.NewLock(s.Lifetime)
	d := &Devtron{
		Server: s, accounts: account.New(), routes: http.NewServeMux(), rules: rules, lock: lock,
		Service:     gitops.New(s.Lifetime, proxy, lock),
		Projects:    project.New(rules),
		Clusters:    cluster.New(rules, lock, s.Lifetime, home),
		Attributes:  attribute.New(rules, lock),
		GitAccounts: gitaccount.New(rules, lock),
	}
	d.ChartSync = chartsync.New(s.Lifetime)
	d.Registries = dockerregistry.New(rules, lock, s.Lifetime, d.ChartSync)
	d.ChartRepositories = chartrepo.New(rules, lock, s.Lifetime, d.ChartSync)
	d.Users = user.New(d.accounts)
	d.APITokens = apitoken.New(d.accounts, d.Users, lock)
	d.Environments = environment.New(rules, lock, d.Clusters)
	for _, name := range []string{"argo", "devtron-cd", "devtron-ci", "devtron-demo", "devtroncd"} {
		home.AddNamespace(name)
	}
	for _, routes := range []api.Routes{
		d.about(), d.Routes(), d.Projects.Routes(), d.Clusters.Routes(), d.Environments.Routes(), d.Attributes.Routes(),
		d.GitAccounts.Routes(), d.Registries.Routes(), d.ChartRepositories.Routes(), d.Users.Routes(), d.APITokens.Routes(),
	} {
		for pattern, handle := range routes {
			d.routes.Handle(pattern, handlerFunc(handle))
		}
	}
	return d
}

// SetRace removes the lock that makes a check and the write that follows it atomic, and pauses
// between the two. 0 restores the lock. A real Devtron has no lock and no unique index.
func (d *Devtron) SetRace(pause time.Duration) { d.lock.SetRace(pause) }

// Violations returns the requests with unintended effects: writes without active, which delete the
// object, and DELETEs whose body differs from the stored object.
func (d *Devtron) Violations() []string { return d.rules.Violations() }

// ServeHTTP implements http.Handler.
func (d *Devtron) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// These two routes do not require authentication.
	switch r.URL.Path {
	case "/":
		http.Redirect(w, r, "/dashboard", http.StatusMovedPermanently)
		return
	case "/health":
		api.Write(w, api.Plain(http.StatusOK, "OK"))
		return
	}
	who, ok := d.authenticate(w, r)
	if !ok {
		return // even for unknown routes and redirects
	}
	if p := cleanPath(r.URL.Path); p != r.URL.Path {
		target := *r.URL
		target.Path = p
		w.Header().Set("Location", target.String())
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	clean := r.Clone(context.WithValue(r.Context(), identityKey{}, who))
	clean.URL.Path, clean.URL.RawPath = strings.TrimSuffix(r.URL.Path, "/"), "" // the router decodes slashes
	switch found := d.find(clean); {
	case !found:
		api.Write(w, api.NoRoute)
	case clean.URL.Path != r.URL.Path:
		// A client that follows this redirect replaces POST and PUT with GET, and gets the list.
		http.Redirect(w, r, clean.URL.String(), http.StatusMovedPermanently)
	default:
		d.routes.ServeHTTP(w, clean)
	}
}

// find reports whether the route exists. Unlike http.ServeMux, the real router does not accept HEAD
// for GET routes.
func (d *Devtron) find(r *http.Request) bool {
	_, pattern := d.routes.Handler(r)
	return pattern != "" && (r.Method != http.MethodHead || !strings.HasPrefix(pattern, http.MethodGet))
}

// identityKey is the context key for the sender of a request.
type identityKey struct{}

func handlerFunc(handle api.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, _ := r.Context().Value(identityKey{}).(api.Identity)
		api.Write(w, handle(who, r))
	}
}

// cleanPath removes double slashes and dots like the router of a real Devtron. It keeps a trailing
// slash.
func cleanPath(p string) string {
	clean := path.Clean("/" + p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}
