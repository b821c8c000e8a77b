// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// TestRightsThatAreLostAfterAWrite: what the list no longer shows is not gone.
func TestRightsThatAreLostAfterAWrite(t *testing.T) {
	f := &fake{}
	f.after = func(string) error { f.hide = true; return nil }
	out, err := things(t, f).Create(t.Context(), thing{Name: "a"})
	if err != nil || !out.Stored || out.Object.ID != 1 {
		t.Errorf("creation: got %+v, %v", out, err)
	}
	wantNotes(t, out, ReadBackFailed)

	f.hide = false
	out, err = things(t, f).Update(t.Context(), thing{ID: 1, Name: "a", Color: "blue"})
	if err != nil || !out.Stored || out.Object.Color != "blue" {
		t.Errorf("update: got %+v, %v", out, err)
	}
	wantNotes(t, out, ReadBackFailed)
}

// TestRightsThatAreLostWithAReply: reading cannot settle the write then.
func TestRightsThatAreLostWithAReply(t *testing.T) {
	row := thing{ID: 1, Name: "a"}
	for method, do := range map[string]func(*Collection[thing]) error{
		"POST": func(c *Collection[thing]) error { _, err := c.Create(t.Context(), thing{Name: "b"}); return err },
		"PUT": func(c *Collection[thing]) error {
			_, err := c.Update(t.Context(), thing{ID: 1, Name: "a", Color: "blue"})
			return err
		},
		"DELETE": func(c *Collection[thing]) error { return c.Delete(t.Context(), ID{Number: 1}) },
	} {
		f := &fake{rows: []thing{row}}
		f.before = func(string) error { f.hide = true; return errLost }
		if e := as[*UnsettledError](t, do(things(t, f))); !devtron.IsKind(e.ReadErr, devtron.Forbidden) {
			t.Errorf("%s: got %v", method, e.ReadErr)
		}
	}
}
