// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package objecttest

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// lostReplies are ways in which the answer to a write does not arrive. Those without Handle do not
// reach Devtron.
var lostReplies = map[string]sandbox.Fault{
	"reset before handling": {Reset: true},
	"EOF before handling":   {Close: true},
	"reset after handling":  {Handle: true, Reset: true},
	"EOF after handling":    {Handle: true, Close: true},
	"502 after handling":    {Handle: true, Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"},
	"504 after handling":    {Handle: true, Status: 504, Body: "upstream timed out", ContentType: "text/plain"},
	"truncated reply":       {Handle: true, Truncate: 20},
	"time-out":              {Handle: true, Delay: 4 * time.Second},
}

// LostReplies loses the reply to each write. There is one object afterwards, which the state knows,
// or none.
func (k Kind) LostReplies(t *testing.T) {
	t.Parallel()
	for name, fault := range lostReplies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			const timeouts = `{ create = "2s", update = "2s", delete = "2s" }`
			w := acctest.NewWorkspace(t, box, k.config(box, one, "timeouts", timeouts))
			lose := func(method string) {
				box.Devtron.ClearFaults()
				box.Log.Reset()
				box.Devtron.Inject(k.fault(fault, method))
			}
			lose("POST")
			k.lost(t, fault, w.Apply())
			if !fault.Handle {
				k.none(t, box)
				w.Apply().Ok()
			}
			id := k.only(t, box, one)
			k.holds(t, w, id)

			if len(k.Updates) > 0 {
				u := k.Updates[0]
				w.Write(k.config(box, one, "timeouts", timeouts, u.Argument, u.Value))
				lose("PUT")
				k.lost(t, fault, w.Apply())
				if u.Stored(box, id) != fault.Handle {
					t.Errorf("%s is stored: %t", u.Argument, !fault.Handle)
				}
				w.Apply().Ok()
				settled(t, w)
			}

			lose("DELETE")
			run := w.Destroy()
			if !fault.Handle {
				run.Fails("could not be deleted", "Reading showed that Devtron still has the "+k.Noun, "still in the Terraform state")
				k.holds(t, w, k.only(t, box, one))
				run = w.Destroy()
			}
			run.Ok()
			k.none(t, box)
			if n := len(box.Log.To("devtron")); n == 0 {
				t.Error("nothing was sent")
			}
		})
	}
}

// lost expects a warning where the write arrived, and an error where it did not.
func (k Kind) lost(t *testing.T, fault sandbox.Fault, run acctest.Result) {
	t.Helper()
	if fault.Handle {
		run.Ok().Warns("Devtron's answer was lost", "Reading showed that it is stored")
		return
	}
	run.Fails("The "+k.Noun+" could not be", "Reading showed that nothing was stored")
}

// UnreadWrites lets the read after each write fail. The state holds what was written.
func (k Kind) UnreadWrites(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+k.config(box, one))
	unread := func(method string) {
		t.Helper()
		box.Devtron.ClearFaults()
		box.Log.Reset()
		f := k.fault(sandbox.Fault{Delay: 500 * time.Millisecond}, method)
		box.Devtron.Inject(f)
		failing := make(chan struct{})
		go func() {
			defer close(failing)
			for box.Log.Count("devtron", f.Method, f.Path) == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: cmp.Or(k.ListRoute, k.Route), Status: 500, Times: 1})
		}()
		w.Apply().Ok().Warns("The " + k.Noun + " could not be read back")
		<-failing
		box.Devtron.ClearFaults()
		settled(t, w)
	}
	unread("POST")
	id := k.only(t, box, one)
	if len(k.Updates) > 0 {
		u := k.Updates[0]
		w.Write(acctest.NoRetries + k.config(box, one, u.Argument, u.Value))
		unread("PUT")
		if !u.Stored(box, id) {
			t.Errorf("%s is not stored", u.Argument)
		}
	}
}

// KeepsState expects that no refresh drops an object that it cannot see.
func (k Kind) KeepsState(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := k.config(box, one)
	w := acctest.NewWorkspace(t, box, config)
	w.Apply().Ok()
	before := state(t, w)
	kept := func(run acctest.Result, words ...string) {
		t.Helper()
		run.Fails(words...)
		if state(t, w) != before {
			t.Fatal("the state has changed")
		}
	}
	powerless := fmt.Sprintf("provider \"devtron\" {\n  api_token = %q\n}\n", box.Devtron.PowerlessToken())
	w.Write(powerless + config)
	kept(w.Plan(), "The "+k.Noun+" could not be read: the API token is not super-admin")
	kept(w.Apply(), "the API token is not super-admin")
	kept(w.Destroy(), "the API token is not super-admin")
	kept(w.Destroy(tfexec.Refresh(false)), "the API token is not super-admin")
	// A list that shows another object, and not this one.
	number := "99"
	if k.Named {
		number = `"other"`
	}
	box.Devtron.Inject(sandbox.Fault{
		Method: "GET", Path: k.Route, Status: 200, ContentType: "application/json",
		Body: `{"code":200,"status":"OK","result":[{"id":` + number + `,"name":"other","environment_name":"other","cluster_name":"other","active":true}]}`,
	})
	kept(w.Apply(), "the API token is not super-admin")
	kept(w.Destroy(tfexec.Refresh(false)), "the API token is not super-admin")
	box.Devtron.ClearFaults()
	w.Write(config)
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: k.Route, Status: 200, Body: "<html>Sign in</html>", ContentType: "text/html"})
	kept(w.Apply(), "this is not Devtron's API", "The Terraform state is left as it was")
	box.Devtron.ClearFaults()
	settled(t, w)

	// The URL becomes unknown: neither false nor missing.
	if !acctest.Has(t, acctest.TerraformData) {
		return
	}
	w.Write(fmt.Sprintf("resource \"terraform_data\" \"url\" {\n  input = %q\n}\nprovider \"devtron\" {\n  url = terraform_data.url.output\n}\n", box.Devtron.URL()) + config)
	w.Plan().Ok()
	w.Apply().Ok()
	if after := state(t, w); !strings.Contains(after, k.Type) {
		t.Errorf("the object is lost:\n%s", after)
	}
	settled(t, w)
}

// Unknown applies with a name that only the apply knows.
func (k Kind) Unknown(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	const name = "resource \"terraform_data\" \"name\" {\n  input = \"tf-one\"\n}\n"
	w := acctest.NewWorkspace(t, box, name+k.config(box, one, k.key(), "terraform_data.name.output"))
	w.Apply().Ok()
	settled(t, w)
	w.Destroy().Ok()

	// What cannot be seen while planning stops the apply, before anything is written.
	k.Put(box, one)
	box.Log.Reset()
	w.Apply().Fails("already exists")
	if n := k.writes(box); n != 0 {
		t.Errorf("%d writes", n)
	}
}

// FindsTwins creates an object at the same moment as another process. The error names both.
func (k Kind) FindsTwins(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, k.config(box, one))
	k.Hold(box)
	other := make(chan int, 1)
	go func() {
		for box.Log.Count("devtron", "POST", k.Route) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(300 * time.Millisecond)
		other <- k.Put(box, one)
	}()
	run := w.Apply()
	twin := <-other
	for _, id := range k.IDs(box, one) {
		run.Fails("two of the same", fmt.Sprint(id))
		if id != twin {
			run.Fails(fmt.Sprintf("holds the one with the id %d", id), "terraform untaint")
			k.holds(t, w, id)
		}
	}
	if n := len(k.IDs(box, one)); n != 2 {
		t.Fatalf("there are %d", n)
	}
	k.Remove(box, twin)
	if output, err := w.Run("untaint", k.this()); err != nil {
		t.Fatal(output)
	}
	settled(t, w)
}
