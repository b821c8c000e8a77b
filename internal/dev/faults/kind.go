// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// kind is a kind of fault: a row of the table.
type kind struct {
	name        string
	devtronOnly bool
	// details draws the properties of the fault.
	details func(*rand.Rand, *fault)
	// start makes the fault occur during one command. The returned function ends it and returns how
	// often it occurred.
	start func(*worker, fault, *process) (end func() int)
}

const providerKilled = "provider killed"

var kinds = []kind{
	{name: "connection refused", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 0, 3000) }, start: refuse},
	{name: "reset before handling", details: func(_ *rand.Rand, f *fault) { f.handle = false }, start: reset},
	{name: "reset after handling", details: func(_ *rand.Rand, f *fault) { f.handle = true }, start: reset},
	{name: "429", details: overloaded(http.StatusTooManyRequests), start: respond},
	{name: "500", details: broken(http.StatusInternalServerError), start: respond},
	{name: "502", details: broken(http.StatusBadGateway), start: respond},
	{name: "503", details: overloaded(http.StatusServiceUnavailable), start: respond},
	{name: "504", details: broken(http.StatusGatewayTimeout), start: respond},
	{name: "slow response", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 100, 2000) }, start: respond},
	{name: "slower than the timeout", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 9000, 15000) }, start: respond},
	{name: "truncated body", details: func(r *rand.Rand, f *fault) { f.bytes = 1 + r.IntN(60) }, start: respond},
	{name: "wrong body", details: wrong, start: respond},
	{name: providerKilled, devtronOnly: true, details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 200, 400) }, start: killProvider},
	{name: "server restarted", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 200, 400) }, start: restart},
}

func duration(r *rand.Rand, from, to int) time.Duration {
	return time.Duration(from+r.IntN(to-from)) * time.Millisecond
}

// broken responds with the error of a server or of a proxy, possibly after the request was handled.
func broken(status int) func(*rand.Rand, *fault) {
	return func(r *rand.Rand, f *fault) {
		f.status = status
		f.body = []string{
			"", "<html><body>error</body></html>", `{"code":500,"status":"Internal Server Error","errors":[{"internalMessage":"boom","userMessage":"boom"}]}`,
		}[r.IntN(3)]
		if f.body != "" && f.body[0] == '{' {
			f.handle = false // after an error of Devtron itself, the provider does not look for the result of a write
		}
	}
}

// overloaded responds that the server is busy. With Retry-After, or with the status 429, this means
// that the request was not handled.
func overloaded(status int) func(*rand.Rand, *fault) {
	return func(r *rand.Rand, f *fault) {
		f.status = status
		f.retry = []string{"", "0", "1"}[r.IntN(3)]
		f.handle = f.handle && status == http.StatusServiceUnavailable && f.retry == ""
	}
}

// wrong responds 200 with a body that is not a valid response.
func wrong(r *rand.Rand, f *fault) {
	f.status = http.StatusOK
	f.body = []string{
		"", "{}", "null", "[]", "<html><body>Sign in</body></html>", `{"code":200,"status":"OK","result":null}`, `{"code":200,"result":[{}]}`,
		`{"code":200,"result":"text"}`, `{"code":200,"result":[{"id":0,"provider":""}]}`, "\xff\xfe\x00",
	}[r.IntN(10)]
}

func (f fault) injected() sandbox.Fault {
	injected := sandbox.Fault{
		Method: f.method, Skip: f.skip, Times: f.times, Handle: f.handle, Delay: f.delay, Status: f.status, Truncate: f.bytes, Body: f.body,
	}
	if f.retry != "" {
		injected.Header = http.Header{"Retry-After": {f.retry}}
	}
	if strings.HasPrefix(f.body, "{") {
		injected.ContentType = "application/json"
	}
	return injected
}

// inject makes the server fail until the end.
func inject(server *sandbox.Server, f sandbox.Fault) func() int {
	server.Inject(f)
	return func() int {
		n := server.FaultCount()
		server.ClearFaults()
		return n
	}
}

func respond(w *worker, f fault, _ *process) func() int {
	return inject(w.servers[f.server], f.injected())
}

func reset(w *worker, f fault, _ *process) func() int {
	injected := f.injected()
	injected.Reset = true
	return inject(w.servers[f.server], injected)
}

// refuse stops the server for a while when the command starts.
func refuse(w *worker, f fault, _ *process) func() int {
	server := w.servers[f.server]
	server.Stop()
	timer := time.AfterFunc(f.delay, server.Restart)
	return func() int {
		timer.Stop()
		server.Restart()
		return 1
	}
}

// restart stops the server while it handles a request, and starts it again.
func restart(w *worker, f fault, _ *process) func() int {
	server := w.servers[f.server]
	return during(w, f, func() bool {
		server.Stop()
		server.Restart()
		return true
	})
}

// killProvider kills the provider while Devtron handles a request.
func killProvider(w *worker, f fault, p *process) func() int {
	return during(w, f, p.killProvider)
}

// during delays one matching request and calls strike while the server handles it.
func during(w *worker, f fault, strike func() bool) func() int {
	server := w.servers[f.server]
	server.Inject(sandbox.Fault{Method: f.method, Skip: f.skip, Times: 1, Delay: f.delay, Handle: f.handle})
	struck, stop, done := 0, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
			if server.FaultCount() > 0 {
				if strike() {
					struck++
				}
				return
			}
		}
	}()
	return func() int {
		close(stop)
		<-done
		server.ClearFaults()
		return struck
	}
}
