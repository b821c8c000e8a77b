// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package chartsync replaces the Kubernetes Job that synchronizes charts. Every write of a chart
// repository or of a registry with charts recreates the Job, and the client waits for it.
package chartsync

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Job is the synchronization job of a Devtron.
type Job struct {
	lifetime func() context.Context // of the server
	wait     atomic.Int64           // nanoseconds
	lingers  atomic.Bool
}

// New creates a Job. The context of lifetime ends when the server stops.
func New(lifetime func() context.Context) *Job { return &Job{lifetime: lifetime} }

// SetWait sets the duration of a run, which is 0 by default. A real Devtron takes 7 seconds.
func (j *Job) SetWait(wait time.Duration) { j.wait.Store(int64(wait)) }

// SetLingers sets whether the deletion of the old Job times out, so that every run fails. The write
// that triggers it is stored.
func (j *Job) SetLingers(lingers bool) { j.lingers.Store(lingers) }

// Run recreates the Job. It returns nil or the error reply.
func (j *Job) Run() *api.Reply {
	server.Pause(j.lifetime(), time.Duration(j.wait.Load()))
	if !j.lingers.Load() {
		return nil
	}
	return new(api.RawError(http.StatusInternalServerError, "job deletion takes more time than expected, please try after sometime"))
}
