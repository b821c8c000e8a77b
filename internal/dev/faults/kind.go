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

// kind is a row of the table.
type kind struct {
	name        string
	devtronOnly bool
	// details draws what is particular to the kind.
	details func(*rand.Rand, *fault)
	// begin makes the fault happen during one command. It is asked for in the end how often that was.
	begin func(*worker, fault, *process) (end func() int)
}

var kinds = []kind{
	{name: "connection refused", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 0, 3000) }, begin: refuse},
	{name: "reset before handling", details: func(_ *rand.Rand, f *fault) { f.handle = false }, begin: reset},
	{name: "reset after handling", details: func(_ *rand.Rand, f *fault) { f.handle = true }, begin: reset},
	{name: "429", details: busy(http.StatusTooManyRequests), begin: answer},
	{name: "500", details: broken(http.StatusInternalServerError), begin: answer},
	{name: "502", details: broken(http.StatusBadGateway), begin: answer},
	{name: "503", details: busy(http.StatusServiceUnavailable), begin: answer},
	{name: "504", details: broken(http.StatusGatewayTimeout), begin: answer},
	{name: "slow answer", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 100, 2000) }, begin: answer},
	{name: "slower than the time there is", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 9000, 15000) }, begin: answer},
	{name: "truncated body", details: func(r *rand.Rand, f *fault) { f.bytes = 1 + r.IntN(60) }, begin: answer},
	{name: "wrong body", details: wrong, begin: answer},
	{name: "provider killed", devtronOnly: true, details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 200, 400) }, begin: killProvider},
	{name: "server restarted", details: func(r *rand.Rand, f *fault) { f.delay = duration(r, 200, 400) }, begin: restart},
}

func duration(r *rand.Rand, from, to int) time.Duration {
	return time.Duration(from+r.IntN(to-from)) * time.Millisecond
}

// broken answers an error of a server, or of a proxy in front of it, which may come although the work was done.
func broken(status int) func(*rand.Rand, *fault) {
	return func(r *rand.Rand, f *fault) {
		f.status = status
		f.body = []string{
			"", "<html><body>error</body></html>", `{"code":500,"status":"Internal Server Error","errors":[{"internalMessage":"boom","userMessage":"boom"}]}`,
		}[r.IntN(3)]
		if f.body != "" && f.body[0] == '{' {
			f.handle = false // Devtron's own error ends the search for what was written
		}
	}
}

// busy answers that the server has no time now. With Retry-After, or by its status, it says that nothing was done.
func busy(status int) func(*rand.Rand, *fault) {
	return func(r *rand.Rand, f *fault) {
		f.status = status
		f.retry = []string{"", "0", "1"}[r.IntN(3)]
		f.handle = f.handle && status == http.StatusServiceUnavailable && f.retry == ""
	}
}

// wrong answers 200 with something that is not the answer. An empty list is not among it: that is an answer.
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

// inject lets the server misbehave until the end.
func inject(server *sandbox.Server, f sandbox.Fault) func() int {
	server.Inject(f)
	return func() int {
		n := server.Faulted()
		server.ClearFaults()
		return n
	}
}

func answer(w *worker, f fault, _ *process) func() int {
	return inject(w.servers[f.server], f.injected())
}

func reset(w *worker, f fault, _ *process) func() int {
	injected := f.injected()
	injected.Reset = true
	return inject(w.servers[f.server], injected)
}

// refuse has the server stopped when the command begins, for a while.
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

// during waits for a request to arrive that matches, which is held up so that there is time, and does something then, once.
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
			if server.Faulted() > 0 {
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
