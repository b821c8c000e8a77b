// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const internalServerError = `{"error":"internal server error"}`

// lostReplies are faults that lose the reply to a write. Handled says that the server did the write, and final that Devtron itself
// replied that it did not.
var lostReplies = []struct {
	name    string
	fault   sandbox.Fault
	handled bool
	final   bool
}{
	{name: "reset before handling", fault: sandbox.Fault{Reset: true}},
	{name: "reset after handling", fault: sandbox.Fault{Handle: true, Reset: true}, handled: true},
	{name: "500 of a proxy before handling", fault: sandbox.Fault{Status: 500, Body: "<html>"}},
	{name: "502 before handling", fault: sandbox.Fault{Status: 502}},
	{name: "502 in JSON before handling", fault: sandbox.Fault{Status: 502, Body: `{"error":"bad gateway"}`}},
	{name: "502 after handling", fault: sandbox.Fault{Handle: true, Status: 502}, handled: true},
	{name: "503 after handling", fault: sandbox.Fault{Handle: true, Status: 503}, handled: true},
	{name: "504 before handling", fault: sandbox.Fault{Status: 504, Body: "<html>"}},
	{name: "504 after handling", fault: sandbox.Fault{Handle: true, Status: 504, Body: "<html>"}, handled: true},
	{name: "panic", fault: sandbox.Fault{Status: 500, Body: internalServerError}, final: true},
	{name: "panic after handling", fault: sandbox.Fault{Handle: true, Status: 500, Body: internalServerError}, handled: true},
	{name: "truncated", fault: sandbox.Fault{Truncate: 10}, handled: true},
	{name: "garbage after handling", fault: sandbox.Fault{Handle: true, Status: 200, Body: "<html>"}, handled: true},
	{name: "empty 204 after handling", fault: sandbox.Fault{Handle: true, Status: 204}, handled: true},
}

func TestLostReplyToPOST(t *testing.T) {
	for _, c := range lostReplies {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			c.fault.Method, c.fault.Times = "POST", 1
			box.Devtron.Inject(c.fault)
			out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
			if n := box.Log.Count("devtron", "POST", ""); n != 1 {
				t.Errorf("sent %d POST requests", n)
			}
			if !c.handled {
				e := errorAs[*reconcile.NotStoredError](t, err)
				if e.Pending == c.final || out.Stored || len(box.Devtron.Rows()) != 0 {
					t.Errorf("got %+v, %v, pending %v", out, err, e.Pending)
				}
				if c.final {
					wantSent(t, box, "GET POST GET")
				}
				return
			}
			if err != nil || !out.Stored || out.Config.ID != 1 || out.Validation != nil {
				t.Errorf("got %+v, %v", out, err)
			}
			wantWarnings(t, out, ReplyLost)
			wantSent(t, box, "GET POST GET GET")
			stored(t, box, "GITHUB")
		})
	}
}

// TestLostReplyToPUT rotates a token. The list does not contain the token, so the store requests the one configuration.
func TestLostReplyToPUT(t *testing.T) {
	for _, c := range lostReplies {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			row := github(box)
			row.Token = "ghp_the_old_one"
			row.ID = put(box, row).ID
			c.fault.Method, c.fault.Times = "PUT", 1
			box.Devtron.Inject(c.fault)
			row.Token = box.GitHub.Token()
			out, err := newStore(t, box).Update(t.Context(), row)
			if n := box.Log.Count("devtron", "PUT", ""); n != 1 {
				t.Errorf("sent %d PUT requests", n)
			}
			if n := box.Log.Count("devtron", "GET", configPath+"/1"); n == 0 {
				t.Error("the token was not compared")
			}
			if !c.handled {
				e := errorAs[*reconcile.NotStoredError](t, err)
				if e.Pending == c.final || out.Stored || stored(t, box, "GITHUB").Token != "ghp_the_old_one" {
					t.Errorf("got %+v, %v, pending %v", out, err, e.Pending)
				}
				return
			}
			if err != nil || !out.Stored || stored(t, box, "GITHUB").Token != row.Token {
				t.Errorf("got %+v, %v", out, err)
			}
			wantWarnings(t, out, ReplyLost)
			wantSent(t, box, "GET PUT GET GET/1 GET")
		})
	}
}

// TestLostReplyToPUTWithoutToken tests a change that the list shows.
func TestLostReplyToPUTWithoutToken(t *testing.T) {
	for _, handled := range []bool{true, false} {
		box := sandbox.ForTest(t)
		row := github(box)
		row.ID = put(box, row).ID
		row.Token, row.Username = "", "another"
		box.Devtron.Inject(sandbox.Fault{Method: "PUT", Handle: handled, Reset: true})
		out, err := newStore(t, box).Update(t.Context(), row)
		if handled {
			if err != nil || out.Config.Username != "another" {
				t.Errorf("got %+v, %v", out, err)
			}
			wantSent(t, box, "GET PUT GET GET")
			continue
		}
		if e := errorAs[*reconcile.NotStoredError](t, err); !e.Pending || out.Stored {
			t.Errorf("got %+v, %v", out, err)
		}
	}
}

// TestLostReplyToPUTOfCertificates tests material that Devtron never returns. Another field that changed with it proves that it is
// stored; the token proves nothing if it is the old one.
func TestLostReplyToPUTOfCertificates(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*devtron.Config)
		handled bool
		check   func(t *testing.T, out Outcome, err error)
	}{
		"alone":                           {func(c *devtron.Config) { c.Token = "" }, true, wantUnsettled},
		"alone, not handled":              {func(c *devtron.Config) { c.Token = "" }, false, wantUnsettled},
		"with the old token":              {func(*devtron.Config) {}, true, wantUnsettled},
		"with the old token, not handled": {func(*devtron.Config) {}, false, wantUnsettled},
		"with another field":              {func(c *devtron.Config) { c.Token, c.Username = "", "another" }, true, wantSettled},
		"with another field, not handled": {func(c *devtron.Config) { c.Token, c.Username = "", "another" }, false, wantNotStored},
		"with another token and field":    {func(c *devtron.Config) { c.Token, c.Username = "ghp_new", "another" }, true, wantSettled},
		"with another token, not handled": {func(c *devtron.Config) { c.Token = "ghp_new" }, false, wantNotStored},
		"switched on": {func(c *devtron.Config) {
			c.IsTLSCertDataPresent, c.IsTLSKeyDataPresent = true, true
			c.TLS.TLSCertData, c.TLS.TLSKeyData = "b", "c"
		}, true, wantSettled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			row := github(box)
			row.EnableTLSVerification, row.IsCADataPresent, row.TLS.CAData = true, true, "the old CA"
			row.ID = put(box, row).ID
			row.TLS.CAData = "the new CA"
			c.change(&row)
			box.Devtron.Inject(sandbox.Fault{Method: "PUT", Handle: c.handled, Reset: true})
			out, err := newStore(t, box).Update(t.Context(), row)
			c.check(t, out, err)
			if n := box.Log.Count("devtron", "PUT", ""); n != 1 {
				t.Errorf("sent %d PUT requests", n)
			}
		})
	}
}

// wantUnsettled fails the test unless the store could not find out whether the write was done.
func wantUnsettled(t *testing.T, out Outcome, err error) {
	t.Helper()
	if e := errorAs[*reconcile.UnsettledError](t, err); e.ReadErr == nil || out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
}

// wantSettled fails the test unless the configuration is stored.
func wantSettled(t *testing.T, out Outcome, err error) {
	t.Helper()
	if err != nil || !out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
}

// wantNotStored fails the test unless the store found out that the write was not done.
func wantNotStored(t *testing.T, out Outcome, err error) {
	t.Helper()
	if wantError[*reconcile.NotStoredError](t, err); out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
}

// TestFailedReadsAfterLostReply tests a lost reply after which every read fails.
func TestFailedReadsAfterLostReply(t *testing.T) {
	for _, method := range []string{"POST", "PUT"} {
		for _, read := range []sandbox.Fault{{Status: 500}, {Status: 401}, {Reset: true}, {Status: 200, Body: "[]"}} {
			box := sandbox.ForTest(t)
			wanted := github(box)
			if method == "PUT" {
				wanted.ID = put(box, wanted).ID
				wanted.Username = "another"
			}
			box.Devtron.Inject(sandbox.Fault{Method: method, Handle: true, Reset: true})
			read.Method, read.Skip = "GET", 1
			box.Devtron.Inject(read)
			store := newStore(t, box)
			do := func() (Outcome, error) { return store.Create(t.Context(), wanted, Approval{}) }
			if method == "PUT" {
				do = func() (Outcome, error) { return store.Update(t.Context(), wanted) }
			}
			out, err := do()
			wantUnsettled(t, out, err)
			wantError[*devtron.Error](t, err)
			if n := box.Log.Count("devtron", method, ""); n != 1 {
				t.Errorf("sent %d %s requests", n, method)
			}
		}
	}
}

// TestRefusedWrite tests replies which show that the write was not handled: the store does not read again.
func TestRefusedWrite(t *testing.T) {
	for _, fault := range []sandbox.Fault{{Status: 429}, {Status: 503, Header: map[string][]string{"Retry-After": {"0"}}}, {Status: 400}, {Status: 401}, {Status: 403}, {Status: 412}, {Status: 301}} {
		box := sandbox.ForTest(t)
		fault.Method = "POST"
		box.Devtron.Inject(fault)
		out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
		if e := errorAs[*devtron.Error](t, err); e.Status != fault.Status || out.Stored {
			t.Errorf("%d: got %+v, %v", fault.Status, out, err)
		}
		wantSent(t, box, "GET POST")
	}
}

// TestConfigThatAppearsLate tests a configuration that only the second read after a lost reply shows.
func TestConfigThatAppearsLate(t *testing.T) {
	box := sandbox.ForTest(t)
	store := newStore(t, box)
	store.patience.Short = soon
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Handle: true, Reset: true})
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Skip: 1, Times: 1, Status: 200, Body: `{"code":200,"status":"OK","result":[]}`})
	out, err := store.Create(t.Context(), github(box), Approval{})
	wantSettled(t, out, err)
	wantWarnings(t, out, ReplyLost)
	wantSent(t, box, "GET POST GET GET GET")
}

// TestTemporaryReadFailuresAfterLostReply tests that the store continues to read after failed reads.
func TestTemporaryReadFailuresAfterLostReply(t *testing.T) {
	box := sandbox.ForTest(t)
	store := newStore(t, box)
	store.patience.Short = soon
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Handle: true, Reset: true})
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Skip: 1, Times: 2, Status: 502})
	out, err := store.Create(t.Context(), github(box), Approval{})
	wantSettled(t, out, err)
	wantSent(t, box, "GET POST GET GET GET GET")
}
