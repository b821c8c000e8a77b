// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestFind(t *testing.T) {
	f := &fake{}
	red := f.insert(thing{Name: "a", Color: "red"})
	f.insert(thing{Name: "twin"})
	f.insert(thing{Name: "twin"})
	c := things(t, f)
	ctx := t.Context()
	if got, ok, err := c.FindID(ctx, ID{Number: red.ID}); err != nil || !ok || got != red {
		t.Errorf("by id: got %+v, %v, %v", got, ok, err)
	}
	if got, ok, err := c.FindKey(ctx, "a"); err != nil || !ok || got != red {
		t.Errorf("by key: got %+v, %v, %v", got, ok, err)
	}
	for _, id := range []int{0, 9} {
		if _, ok, err := c.FindID(ctx, ID{Number: id}); err != nil || ok {
			t.Errorf("id %d: got %v, %v", id, ok, err)
		}
	}
	if _, ok, err := c.FindKey(ctx, "b"); err != nil || ok {
		t.Errorf("another key: got %v, %v", ok, err)
	}
	_, ok, err := c.FindKey(ctx, "twin")
	if e := as[*TwinsError](t, err); ok || !slices.Equal(e.IDs, []string{"2", "3"}) || e.Error() != `Devtron has 2 things that conflict over "twin": the ids are 2, 3` {
		t.Errorf("got %+v", e)
	}
	wantSent(t, f, "GET")
}

// TestMissingWithoutRightsIsNotGone: Devtron shows a token without rights an empty list.
func TestMissingWithoutRightsIsNotGone(t *testing.T) {
	f := &fake{hide: true}
	row := f.insert(thing{Name: "a"})
	c, ctx := things(t, f), t.Context()
	for name, do := range map[string]func() error{
		"List":    func() error { _, err := c.List(ctx); return err },
		"FindID":  func() error { _, _, err := c.FindID(ctx, ID{Number: row.ID}); return err },
		"FindKey": func() error { _, _, err := c.FindKey(ctx, row.Name); return err },
		"Update":  func() error { _, err := c.Update(ctx, row); return err },
		"Delete":  func() error { return c.Delete(ctx, ID{Number: row.ID}) },
	} {
		if err := do(); !devtron.IsKind(err, devtron.Forbidden) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	f.hide = false
	f.forget(row.ID)
	c.list.Invalidate()
	if items, err := c.List(ctx); err != nil || len(items) != 0 {
		t.Errorf("really empty: got %v, %v", items, err)
	}
}

func TestCreate(t *testing.T) {
	for _, noID := range []bool{false, true} {
		f := &fake{noID: noID}
		c := things(t, f)
		out, err := c.Create(t.Context(), thing{Name: "a", Color: "red", Secret: "s"})
		if err != nil || !out.Stored || out.Object != (thing{ID: 1, Name: "a", Color: "red"}) {
			t.Errorf("got %+v, %v", out, err)
		}
		wantNotes(t, out)
		// What it has read back serves the next caller.
		if items, err := c.List(t.Context()); err != nil || len(items) != 1 {
			t.Errorf("got %v, %v", items, err)
		}
		wantSent(t, f, "GET POST GET")
	}
}

func TestCreateOfWhatExists(t *testing.T) {
	f := &fake{}
	red := f.insert(thing{Name: "a", Color: "only one"})
	c := things(t, f)
	for _, wanted := range []thing{{Name: "a"}, {Name: "b", Color: "only one"}} {
		out, err := c.Create(t.Context(), wanted)
		e := as[*ExistsError[thing]](t, err)
		if e.Object != red || e.ID != "1" || e.Key != "a" || e.Kind != "things" || out.Stored || e.Err != nil {
			t.Errorf("got %+v, %+v", out, e)
		}
	}
	wantSent(t, f, "GET GET")
}

// TestCreateThatCannotBeReadBack is a success: without its id Terraform would create the object
// again.
func TestCreateThatCannotBeReadBack(t *testing.T) {
	f := &fake{}
	f.after = func(string) error { f.read = func() error { return errLost }; return nil }
	out, err := things(t, f).Create(t.Context(), thing{Name: "a"})
	if err != nil || !out.Stored || out.Object.ID != 1 {
		t.Errorf("got %+v, %v", out, err)
	}
	wantNotes(t, out, ReadBackFailed)
}

// TestTwinOfAnotherProcess appears between the first read and the read-back. The error names both
// ids.
func TestTwinOfAnotherProcess(t *testing.T) {
	for name, lost := range map[string]error{"reply": nil, "lost reply": errLost} {
		for _, other := range []thing{{Name: "a", Color: "red"}, {Name: "other", Color: "only one"}} {
			f := &fake{}
			wanted := thing{Name: "a", Color: other.Color}
			f.before = func(string) error { f.insert(other); return nil }
			f.after = func(string) error { return lost }
			out, err := things(t, f).Create(t.Context(), wanted)
			if e := as[*TwinsError](t, err); !slices.Equal(e.IDs, []string{"1", "2"}) || e.Key != "a" || !out.Stored {
				t.Errorf("%s: got %+v, %+v", name, out, e)
			}
			// Where the reply was lost and both look alike, neither is claimed.
			want := 2
			if lost != nil && other.Name == "a" {
				want = 0
			}
			if out.Object.ID != want {
				t.Errorf("%s: claims %d, want %d", name, out.Object.ID, want)
			}
			if got := len(f.all()); got != 2 {
				t.Errorf("%s: %d rows", name, got)
			}
		}
	}
}

// TestConflict: 409 and "already exists" do not prove that the object exists, nor whose it is.
func TestConflict(t *testing.T) {
	for status, envelope := range map[int]bool{409: true, 500: true} {
		conflict := failed(devtron.Conflict, status, envelope)
		f := &fake{}
		f.before = func(string) error { f.insert(thing{Name: "a", Color: "red"}); return conflict }
		out, err := things(t, f).Create(t.Context(), thing{Name: "a", Color: "red"})
		if e := as[*ExistsError[thing]](t, err); e.ID != "1" || out.Stored || !errors.Is(err, conflict) {
			t.Errorf("%d, exists: got %+v, %v", status, out, err)
		}
		wantSent(t, f, "GET POST GET")

		f = &fake{before: func(string) error { return conflict }}
		out, err = things(t, f).Create(t.Context(), thing{Name: "a"})
		if e := as[*NotStoredError](t, err); e.Pending || out.Stored || !errors.Is(err, conflict) {
			t.Errorf("%d, does not exist: got %+v, %v", status, out, err)
		}
		wantSent(t, f, "GET POST GET")
	}
}

func TestUpdate(t *testing.T) {
	f := &fake{}
	row := f.insert(thing{Name: "a", Color: "red", Secret: "old"})
	c := things(t, f)
	row.Color = "blue"
	out, err := c.Update(t.Context(), row)
	if err != nil || !out.Stored || out.Object != (thing{ID: 1, Name: "a", Color: "blue"}) {
		t.Errorf("got %+v, %v", out, err)
	}
	wantSent(t, f, "GET PUT GET")
	row.Secret = ""
	if out, err = c.Update(t.Context(), row); err != nil || !out.Stored || out.Object.Color != "blue" {
		t.Errorf("nothing to change: got %+v, %v", out, err)
	}
	wantSent(t, f, "GET PUT GET GET")
}

func TestUpdateOfWhatIsGone(t *testing.T) {
	f := &fake{}
	row := f.insert(thing{Name: "a"})
	row.Color = "blue"
	// It disappears between the read and the PUT, and Devtron reports that in different ways.
	for _, err := range []error{failed(devtron.NotFound, 404, true), failed(devtron.NotFound, 500, true), errLost} {
		f.before = func(string) error { f.forget(row.ID); return err }
		out, got := things(t, f).Update(t.Context(), row)
		if !errors.Is(got, ErrGone) || !errors.Is(got, err) || out.Stored {
			t.Errorf("%v: got %+v, %v", err, out, got)
		}
		f.rows = []thing{{ID: row.ID, Name: "a"}}
	}
	// 404 about something else.
	f.before = func(string) error { return failed(devtron.NotFound, 404, true) }
	_, err := things(t, f).Update(t.Context(), row)
	if err := as[*NotStoredError](t, err); errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
	f.forget(row.ID)
	if _, err := things(t, f).Update(t.Context(), row); !errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
}

// TestWhatDevtronIgnoresIsNoticed: HTTP 200, and something else is stored.
func TestWhatDevtronIgnoresIsNoticed(t *testing.T) {
	f := &fake{drop: true}
	c := things(t, f)
	out, err := c.Create(t.Context(), thing{Name: "a", Color: "red"})
	if e := as[*DiffersError[thing]](t, err); e.Stored.Color != "" || e.Wanted.Color != "red" || !out.Stored || out.Object.ID != 1 {
		t.Errorf("creation: got %+v, %+v", out, e)
	}
	out, err = c.Update(t.Context(), thing{ID: 1, Name: "a", Color: "blue"})
	if e := as[*DiffersError[thing]](t, err); e.Stored.Color != "" || !out.Stored {
		t.Errorf("update: got %+v, %+v", out, e)
	}
}

func TestDelete(t *testing.T) {
	f := &fake{}
	row := f.insert(thing{Name: "a", Color: "red"})
	c := things(t, f)
	for range 2 {
		if err := c.Delete(t.Context(), ID{Number: row.ID}); err != nil || len(f.all()) != 0 {
			t.Errorf("got %v, %v", f.all(), err)
		}
	}
	wantSent(t, f, "GET DELETE GET GET")

	// Something else confirms the deletion.
	row = f.insert(thing{Name: "a"})
	f.drop = true
	if err := c.Delete(t.Context(), ID{Number: row.ID}); !errors.Is(err, ErrKept) {
		t.Errorf("got %v", err)
	}
	f.drop = false
	f.before = func(string) error { f.read = func() error { return failed(devtron.Unreachable, 0, false) }; return nil }
	if err := c.Delete(t.Context(), ID{Number: row.ID}); err != nil || len(f.all()) != 0 {
		t.Errorf("a confirmed deletion that cannot be read back: got %v, %v", f.all(), err)
	}
	f.read = nil

	row = f.insert(thing{Name: "a"})
	f.before = func(string) error { return failed(devtron.InUse, 400, true) }
	if err := c.Delete(t.Context(), ID{Number: row.ID}); !devtron.IsKind(err, devtron.InUse) {
		t.Errorf("got %v", err)
	}
	f.before = func(string) error { f.forget(row.ID); return failed(devtron.NotFound, 404, true) }
	if err := c.Delete(t.Context(), ID{Number: row.ID}); err != nil {
		t.Errorf("deleted meanwhile: got %v", err)
	}
}

// TestWhatOnlyAReplyShowsIsKept: the list replaces everything else.
func TestWhatOnlyAReplyShowsIsKept(t *testing.T) {
	f := &fake{}
	kind := things(t, f).kind
	kind.Create = func(ctx context.Context, wanted thing) (thing, error) {
		created, err := f.create(ctx, wanted)
		created.ID, created.Secret = 0, "issued"
		return created, err
	}
	kind.Keep = func(stored, written thing) thing {
		stored.Secret = written.Secret
		return stored
	}
	c := NewCollection("https://keep.example", kind, DefaultPatience)
	out, err := c.Create(t.Context(), thing{Name: "a", Color: "red"})
	if err != nil || out.Object != (thing{ID: 1, Name: "a", Color: "red", Secret: "issued"}) {
		t.Errorf("got %+v, %v", out, err)
	}
	wanted := out.Object
	wanted.Color, wanted.Secret = "blue", "issued again"
	if out, err = c.Update(t.Context(), wanted); err != nil || out.Object.Secret != "issued again" || out.Object.Color != "blue" {
		t.Errorf("got %+v, %v", out, err)
	}
}

// TestTwinThatAnUpdateMeets: Devtron refuses to update a cluster that has one.
func TestTwinThatAnUpdateMeets(t *testing.T) {
	f := &fake{}
	row := f.insert(thing{Name: "a"})
	f.insert(thing{Name: "a"})
	f.before = func(string) error { return failed(devtron.Conflict, 409, true) }
	row.Color = "blue"
	_, err := things(t, f).Update(t.Context(), row)
	if e := as[*TwinsError](t, err); len(e.IDs) != 2 {
		t.Errorf("got %v", e)
	}
}
