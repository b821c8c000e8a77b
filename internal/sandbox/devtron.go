// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"sync/atomic"
	"time"
)

// Devtron is the sandbox's Devtron orchestrator.
type Devtron struct {
	*Server
	argoCD atomic.Bool
	race   atomic.Int64 // nanoseconds
}

func newDevtron(s *Server, o Options) *Devtron {
	d := &Devtron{Server: s}
	d.SetArgoCD(o.ArgoCD)
	d.SetRace(o.Race)
	return d
}

// SetArgoCD says whether the module argo-cd is installed.
func (d *Devtron) SetArgoCD(installed bool) { d.argoCD.Store(installed) }

// SetRace takes the lock away and pauses this long between reading and writing; 0 gives the lock back.
func (d *Devtron) SetRace(pause time.Duration) { d.race.Store(int64(pause)) }

// ServeHTTP implements http.Handler.
func (d *Devtron) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }
