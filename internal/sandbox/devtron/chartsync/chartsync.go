// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package chartsync is the Kubernetes Job with which Devtron reads all charts again. Every write of a chart repository or of a
// registry with charts deletes the Job and creates it again, and the client waits for that.
package chartsync

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Job is the one Job of a Devtron.
type Job struct {
	lifetime func() context.Context // of the server
	wait     atomic.Int64           // nanoseconds
	lingers  atomic.Bool
}

// New makes a Job. lifetime ends when the server stops.
func New(lifetime func() context.Context) *Job { return &Job{lifetime: lifetime} }

// SetWait makes every run last this long; a real one takes 7 seconds.
func (j *Job) SetWait(wait time.Duration) { j.wait.Store(int64(wait)) }

// SetLingers makes the old Job stay, so that every run fails. What was written is stored by then.
func (j *Job) SetLingers(lingers bool) { j.lingers.Store(lingers) }

// Run replaces the Job. It returns nil, or the reply that the client gets.
func (j *Job) Run() *api.Reply {
	server.Pause(j.lifetime(), time.Duration(j.wait.Load()))
	if !j.lingers.Load() {
		return nil
	}
	refusal := api.RawError(http.StatusInternalServerError, "job deletion takes more time than expected, please try after sometime")
	return &refusal
}
