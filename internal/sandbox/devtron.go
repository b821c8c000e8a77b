// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Devtron is the sandbox's Devtron orchestrator.
type Devtron struct {
	*Server
	accounts *accounts
	table    table
	argoCD   atomic.Bool
	race     atomic.Int64 // nanoseconds
	width    atomic.Int64 // of the column of the token, in characters
	dryRun   atomic.Pointer[DryRun]
	proxy    *Proxy     // the way to the public git hosts
	writes   sync.Mutex // held from reading the table to writing it, unless there is a race
}

func newDevtron(s *Server, o Options) *Devtron {
	d := &Devtron{Server: s, accounts: newAccounts()}
	d.SetArgoCD(o.ArgoCD)
	d.SetRace(o.Race)
	d.SetTokenColumn(columnLimit)
	d.SetDryRun(DryRun{})
	return d
}

// SetArgoCD says whether the module argo-cd is installed. With it, POST, PUT and validate make a dry run at the git host.
func (d *Devtron) SetArgoCD(installed bool) { d.argoCD.Store(installed) }

// SetRace takes the lock away and pauses this long between reading and writing; 0 gives the lock back. A real Devtron has no
// lock and no unique index: in 20 trials, two POSTs at the same moment left up to 9 times two active rows or duplicates.
func (d *Devtron) SetRace(pause time.Duration) { d.race.Store(int64(pause)) }

// SetTokenColumn changes the width of the column of the token, in characters: 250 in every release up to v2.2.0, 2000 after it.
func (d *Devtron) SetTokenColumn(width int) { d.width.Store(int64(width)) }

// SetDryRun changes how the dry run behaves where REST alone cannot show it.
func (d *Devtron) SetDryRun(o DryRun) { d.dryRun.Store(&o) }

// Rows returns the table by id.
func (d *Devtron) Rows() []Row { return d.table.all() }

// Row returns the row of a provider, the one with the lowest id where there are several.
func (d *Devtron) Row(provider string) (Row, bool) {
	rows := d.table.byProvider(provider)
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

// Put inserts (ID 0) or overwrites a row behind everybody's back, and touches no other row. It returns the row with its id.
func (d *Devtron) Put(r Row) Row { return d.table.put(r) }

// Remove takes a row away, which no request can do.
func (d *Devtron) Remove(id int) { d.table.remove(id) }

// Empty takes all rows away; the next id is 1 again.
func (d *Devtron) Empty() { d.table.empty() }

// ServeHTTP implements http.Handler.
func (d *Devtron) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// These two are outside of the authentication.
	switch r.URL.Path {
	case "/":
		http.Redirect(w, r, "/dashboard", http.StatusMovedPermanently)
		return
	case "/health":
		writeReply(w, reply{status: http.StatusOK, body: plainEnvelope{Code: http.StatusOK, Result: "OK"}})
		return
	}
	who, ok := d.authenticate(w, r)
	if !ok {
		return // also before an unknown route and before a redirect
	}
	if clean := cleanPath(r.URL.Path); clean != r.URL.Path {
		target := *r.URL
		target.Path = clean
		w.Header().Set("Location", target.String())
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	handle, status := d.route(r.Method, strings.TrimSuffix(r.URL.Path, "/"), r)
	switch {
	case handle == nil && status == http.StatusMethodNotAllowed:
		w.WriteHeader(status)
	case handle == nil:
		http.NotFound(w, r)
	case strings.HasSuffix(r.URL.Path, "/"):
		// A client that follows turns POST and PUT into GET and reads "200" and the list.
		target := *r.URL
		target.Path = strings.TrimSuffix(target.Path, "/")
		http.Redirect(w, r, target.String(), http.StatusMovedPermanently)
	default:
		writeReply(w, handle(who, r))
	}
}

// handler answers one route for somebody who is authenticated.
type handler func(who identity, r *http.Request) reply

// route finds the handler, or the status of its absence. There is no DELETE.
func (d *Devtron) route(method, p string, r *http.Request) (handler, int) {
	const gitops = "/orchestrator/gitops/"
	if p == gitops+"validate" {
		if method != http.MethodPost {
			return nil, http.StatusMethodNotAllowed // 404 on all the others
		}
		return known(superAdmin(d.validate)), 0
	}
	switch method + " " + p {
	case "GET " + gitops + "configured":
		return known(d.configured), 0
	case "GET " + gitops + "config":
		return known(superAdmin(d.list)), 0
	case "POST " + gitops + "config":
		return known(superAdmin(d.create)), 0
	case "PUT " + gitops + "config":
		return known(superAdmin(d.update)), 0
	case "GET " + gitops + "config-by-provider":
		if !r.URL.Query().Has("provider") {
			return nil, http.StatusNotFound
		}
		return known(d.byProvider), 0
	}
	if id, ok := strings.CutPrefix(p, gitops+"config/"); ok && method == http.MethodGet && !strings.Contains(id, "/") {
		return known(d.byID(id)), 0
	}
	if h := d.about(method, p); h != nil {
		return h, 0
	}
	return nil, http.StatusNotFound
}

// cleanPath removes double slashes and dots as the router of the real server does; it keeps a slash at the end.
func cleanPath(p string) string {
	clean := path.Clean("/" + p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}
