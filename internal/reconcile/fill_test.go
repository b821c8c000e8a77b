// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"errors"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// TestStoredWritesWhoseFollowUpFailed succeed with a note, and are not sent again.
func TestStoredWritesWhoseFollowUpFailed(t *testing.T) {
	f := &fake{}
	f.after = func(string) error { return &FollowUpError{Err: errLost} }
	c := things(t, f)
	out, err := c.Create(t.Context(), thing{Name: "a", Color: "red"})
	noted(t, out, err)
	if out.Object.ID == 0 {
		t.Error("the id is not known")
	}
	out.Object.Secret = "only this changes, and nobody can read it"
	out, err = c.Update(t.Context(), out.Object)
	noted(t, out, err)
	if got := f.sent(); got != "GET POST GET GET PUT GET" {
		t.Error(got)
	}
}

// TestFailedFollowUpIsNoProofOfAWrite where reading shows that nothing is stored.
func TestFailedFollowUpIsNoProofOfAWrite(t *testing.T) {
	f := &fake{}
	c := things(t, f)
	red := f.insert(thing{Name: "a", Color: "red"})
	f.before = func(string) error { return &FollowUpError{Err: errLost} }
	out, err := c.Create(t.Context(), thing{Name: "b"})
	if wantNotStored(t, err, true); out.Stored || len(out.Notes) > 0 {
		t.Errorf("%+v", out)
	}
	blue := red
	blue.Color = "blue"
	out, err = c.Update(t.Context(), blue)
	if wantNotStored(t, err, true); out.Stored || len(out.Notes) > 0 || out.Object.Color != "red" {
		t.Errorf("%+v", out)
	}
}

// TestFailureOfAWriteThatReadingDoesNotShow is the server's word alone.
func TestFailureOfAWriteThatReadingDoesNotShow(t *testing.T) {
	f := &fake{}
	c := things(t, f)
	a := f.insert(thing{Name: "a", Color: "red"})
	f.before = func(string) error { return failed(devtron.ServerError, 500, true) }
	a.Secret = "s"
	_, err := c.Update(t.Context(), a)
	if e := as[*NotStoredError](t, err); !e.Unread {
		t.Errorf("%+v", e)
	}
	a.Color = "blue"
	_, err = c.Update(t.Context(), a)
	if e := as[*NotStoredError](t, err); e.Unread {
		t.Errorf("reading shows the color: %+v", e)
	}
}

func noted(t *testing.T, out Outcome[thing], err error) {
	t.Helper()
	if err != nil || !out.Stored || len(out.Notes) != 1 || out.Notes[0].Kind != FollowUpFailed || !errors.Is(out.Notes[0].Err, errLost) {
		t.Errorf("%+v, %v", out, err)
	}
}

// TestFillSeesWhatIsStored at the time of the write.
func TestFillSeesWhatIsStored(t *testing.T) {
	f := &fake{}
	f.insert(thing{Name: "other", Color: "green"})
	c := things(t, f)
	c.kind.Fill = func(items []thing, wanted thing) thing {
		if wanted.Color == "" {
			wanted.Color = items[0].Color
		}
		return wanted
	}
	out, err := c.Create(t.Context(), thing{Name: "a"})
	if err != nil || out.Object.Color != "green" {
		t.Fatalf("%+v, %v", out, err)
	}
	other := f.all()[0]
	other.Color = "blue"
	if _, err := c.Update(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	out, err = c.Update(t.Context(), thing{ID: out.Object.ID, Name: "a"})
	if err != nil || out.Object.Color != "blue" {
		t.Errorf("%+v, %v", out, err)
	}
}
