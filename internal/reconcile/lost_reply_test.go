// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// losses are the ways in which the reply to a write is lost. handled is whether Devtron carried the
// write out, final whether Devtron itself reported that it did not.
var losses = []struct {
	name    string
	fault   sandbox.Fault
	handled bool
	final   bool
	timeout bool // of the caller
}{
	{name: "reset before", fault: sandbox.Fault{Reset: true}},
	{name: "reset after", fault: sandbox.Fault{Handle: true, Reset: true}, handled: true},
	{name: "EOF before", fault: sandbox.Fault{Close: true}},
	{name: "EOF after", fault: sandbox.Fault{Handle: true, Close: true}, handled: true},
	{name: "502 before", fault: sandbox.Fault{Status: 502}},
	{name: "502 after", fault: sandbox.Fault{Handle: true, Status: 502}, handled: true},
	{name: "504 before", fault: sandbox.Fault{Status: 504, Body: "<html>"}},
	{name: "504 after", fault: sandbox.Fault{Handle: true, Status: 504, Body: "<html>"}, handled: true},
	{name: "timeout before", fault: sandbox.Fault{Delay: 5 * time.Second, Status: 502}, timeout: true},
	{name: "timeout after", fault: sandbox.Fault{Delay: 5 * time.Second, Handle: true}, handled: true, timeout: true},
	{name: "done after the timeout", fault: sandbox.Fault{Delay: time.Second, Handle: true, Late: true}, handled: true, timeout: true},
	{name: "crash before", fault: sandbox.Fault{Status: 500, Body: `{"error":"internal server error"}`}, final: true},
	{name: "crash after", fault: sandbox.Fault{Handle: true, Status: 500, Body: `{"error":"internal server error"}`}, handled: true},
	{name: "200 with errors after", fault: sandbox.Fault{Handle: true, Status: 200, Body: `{"code":200,"errors":[{"userMessage":"words"}]}`}, handled: true},
	{name: "truncated", fault: sandbox.Fault{Truncate: 10}, handled: true},
	{name: "web page after", fault: sandbox.Fault{Handle: true, Status: 200, Body: "<html>"}, handled: true},
}

// lose prepares a Devtron whose reply to a method will be lost, and the context of the caller.
func lose(t *testing.T, method string, fault sandbox.Fault, timeout bool) (*sandbox.Sandbox, *Collection[devtron.Environment], context.Context) {
	t.Helper()
	box := sandbox.ForTest(t)
	fault.Method, fault.Times = method, 1
	box.Devtron.Inject(fault)
	ctx := t.Context()
	if timeout {
		limited, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
		t.Cleanup(cancel)
		ctx = limited
	}
	return box, environments(newClient(t, box, box.Devtron.AdminToken(), nil)), ctx
}

// wantNotStored checks the error of a write that was not carried out.
func wantNotStored(t *testing.T, err error, final bool) {
	t.Helper()
	if e := as[*NotStoredError](t, err); e.Pending == final {
		t.Errorf("pending %v: %v", e.Pending, err)
	}
}

func TestLostReplyToPOST(t *testing.T) {
	for _, loss := range losses {
		t.Run(loss.name, func(t *testing.T) {
			t.Parallel()
			box, c, ctx := lose(t, "POST", loss.fault, loss.timeout)
			out, err := c.Create(ctx, devtron.Environment{Name: "prod", ClusterID: 1, Namespace: "payments"})
			if n := box.Log.Count("devtron", "POST", environmentPath); n != 1 {
				t.Errorf("%d POSTs", n)
			}
			rows := box.Devtron.Environments.Named("prod")
			if !loss.handled {
				if wantNotStored(t, err, loss.final); out.Stored || len(rows) != 0 {
					t.Errorf("got %+v, rows %v", out, rows)
				}
				return
			}
			if err != nil || !out.Stored || len(rows) != 1 || out.Object.ID != rows[0].ID || out.Object.Identifier == "" {
				t.Errorf("got %+v, %v, rows %v", out, err, rows)
			}
			wantNotes(t, out, ReplyLost)
		})
	}
}

func TestLostReplyToPUT(t *testing.T) {
	for _, loss := range losses {
		t.Run(loss.name, func(t *testing.T) {
			t.Parallel()
			box, c, ctx := lose(t, "PUT", loss.fault, loss.timeout)
			out, err := c.Update(ctx, devtron.Environment{ID: 1, Name: "devtron-demo", ClusterID: 1, Namespace: "devtron-demo", Description: "changed"})
			if n := box.Log.Count("devtron", "PUT", environmentPath); n != 1 {
				t.Errorf("%d PUTs", n)
			}
			if changed := box.Devtron.Environments.Rows()[0].Description == "changed"; changed != loss.handled {
				t.Errorf("changed %v", changed)
			}
			if !loss.handled {
				if wantNotStored(t, err, loss.final); out.Stored || out.Object.ID != 1 || out.Object.Description != "" {
					t.Errorf("got %+v", out)
				}
				return
			}
			if err != nil || !out.Stored || out.Object.Description != "changed" {
				t.Errorf("got %+v, %v", out, err)
			}
			wantNotes(t, out, ReplyLost)
		})
	}
}

func TestLostReplyToDELETE(t *testing.T) {
	for _, loss := range losses {
		t.Run(loss.name, func(t *testing.T) {
			t.Parallel()
			box, c, ctx := lose(t, "DELETE", loss.fault, loss.timeout)
			err := c.Delete(ctx, ID{Number: 1})
			if n := box.Log.Count("devtron", "DELETE", environmentPath); n != 1 {
				t.Errorf("%d DELETEs", n)
			}
			if gone := len(box.Devtron.Environments.Rows()) == 0; gone != loss.handled {
				t.Errorf("gone %v", gone)
			}
			if !loss.handled {
				wantNotStored(t, err, loss.final)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestLostReplyThatCannotBeSettled: no read succeeds after the write, or the user has canceled.
func TestLostReplyThatCannotBeSettled(t *testing.T) {
	for _, lost := range []error{errLost, failed(devtron.Canceled, 0, false)} {
		f := &fake{}
		row := f.insert(thing{Name: "old"})
		c := things(t, f)
		f.after = func(string) error { f.read = func() error { return errLost }; return lost }
		changed := row
		changed.Color = "blue"
		for method, do := range map[string]func() error{
			"POST":   func() error { _, err := c.Create(t.Context(), thing{Name: "new"}); return err },
			"PUT":    func() error { _, err := c.Update(t.Context(), changed); return err },
			"DELETE": func() error { return c.Delete(t.Context(), ID{Number: row.ID}) },
		} {
			f.read, f.rows = nil, []thing{row}
			if err := do(); !errors.Is(err, lost) {
				t.Errorf("%s: got %v", method, err)
			} else {
				_ = as[*UnsettledError](t, err)
			}
		}
	}
}

// TestLostReplyToAChangeOfSecrets: reading cannot show whether a secret was stored, except where
// another field changed in the same write.
func TestLostReplyToAChangeOfSecrets(t *testing.T) {
	for name, c := range map[string]struct {
		color   string
		handled bool
		settled bool
	}{
		"alone, handled":                  {"red", true, false},
		"alone, not handled":              {"red", false, false},
		"with another field, handled":     {"blue", true, true},
		"with another field, not handled": {"blue", false, true},
	} {
		f := &fake{}
		row := f.insert(thing{Name: "a", Color: "red", Secret: "old"})
		f.before = func(string) error { return map[bool]error{false: errLost}[c.handled] }
		f.after = func(string) error { return errLost }
		row.Color, row.Secret = c.color, "new"
		out, err := things(t, f).Update(t.Context(), row)
		switch {
		case !c.settled:
			if e := as[*UnsettledError](t, err); !errors.Is(e.ReadErr, errSecret) || out.Stored {
				t.Errorf("%s: got %+v, %+v", name, out, e)
			}
		case c.handled:
			if err != nil || !out.Stored {
				t.Errorf("%s: got %+v, %v", name, out, err)
			}
		default:
			if wantNotStored(t, err, false); out.Stored {
				t.Errorf("%s: got %+v", name, out)
			}
		}
	}
}

// TestLostReplyAndAnotherObject: an object has the name, but differs from the wanted one, so that
// another process created it.
func TestLostReplyAndAnotherObject(t *testing.T) {
	f := &fake{}
	f.before = func(string) error { f.insert(thing{Name: "a", Color: "red"}); return errLost }
	out, err := things(t, f).Create(t.Context(), thing{Name: "a", Color: "blue"})
	if e := as[*ExistsError[thing]](t, err); e.ID != "1" || out.Stored {
		t.Errorf("got %+v, %+v", out, e)
	}
	wantNotStored(t, err, false)
}

// TestWriteThatWasTurnedAway needs no reading: Devtron cannot have carried it out.
func TestWriteThatWasTurnedAway(t *testing.T) {
	for _, fault := range []sandbox.Fault{
		{Status: 429}, {Status: 503, Header: map[string][]string{"Retry-After": {"0"}}}, {Status: 400}, {Status: 401}, {Status: 403}, {Status: 301},
	} {
		box, c, ctx := lose(t, "POST", fault, false)
		out, err := c.Create(ctx, devtron.Environment{Name: "prod", ClusterID: 1, Namespace: "payments"})
		if e := as[*devtron.Error](t, err); e.Status != fault.Status || out.Stored {
			t.Errorf("%d: got %+v, %v", fault.Status, out, err)
		}
		if got := methods(box, environmentPath); got != "GET POST" {
			t.Errorf("%d: sent %q", fault.Status, got)
		}
	}
}
