// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// quick is a patience for servers of this process.
var quick = Patience{Short: 400 * time.Millisecond, Long: 800 * time.Millisecond, Late: 3 * time.Second}

// thing is an object of the fake kind. Color can be read, Secret cannot.
type thing struct {
	ID                  int
	Name, Color, Secret string
}

// fake is a server of things, without a lock and without a unique index, as Devtron is.
type fake struct {
	mu       sync.Mutex
	rows     []thing
	sequence int
	requests []string
	// before and after are called around each write; an error of the first keeps it from being
	// carried out, one of the second loses its reply.
	before, after func(method string) error
	// read is called before each list.
	read func() error
	// noID makes the reply to a creation have no id.
	noID bool
	// drop makes the server ignore colors, updates, and deletions.
	drop bool
	// hide makes the list be empty, as for a token without rights.
	hide bool
	// pause is how long a write takes.
	pause time.Duration
}

// failed is a failure that a client can report.
func failed(kind devtron.Kind, status int, envelope bool) error {
	return &devtron.Error{Kind: kind, Status: status, Envelope: envelope, Operation: "write", Message: "words"}
}

var errLost = failed(devtron.Dropped, 0, false)

func (f *fake) request(method string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, method)
}

// sent is the methods of all requests so far.
func (f *fake) sent() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.requests, " ")
}

func (f *fake) all() []thing {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.rows)
}

// insert stores a thing behind everybody's back.
func (f *fake) insert(t thing) thing {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sequence++
	t.ID = f.sequence
	f.rows = append(f.rows, t)
	return t
}

func (f *fake) list(context.Context) ([]thing, error) {
	f.request("GET")
	if f.read != nil {
		if err := f.read(); err != nil {
			return nil, err
		}
	}
	var shown []thing
	if !f.hide {
		shown = f.all()
	}
	for i := range shown {
		shown[i].Secret = ""
	}
	return shown, nil
}

// write carries a write out between the hooks.
func (f *fake) write(method string, do func()) error {
	f.request(method)
	if f.before != nil {
		if err := f.before(method); err != nil {
			return err
		}
	}
	time.Sleep(f.pause)
	do()
	if f.after != nil {
		return f.after(method)
	}
	return nil
}

func (f *fake) create(_ context.Context, wanted thing) (thing, error) {
	if f.drop {
		wanted.Color = ""
	}
	err := f.write("POST", func() { wanted = f.insert(wanted) })
	if f.noID {
		wanted.ID = 0
	}
	return wanted, err
}

func (f *fake) update(_ context.Context, wanted thing) error {
	return f.write("PUT", func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		for i := range f.rows {
			if f.rows[i].ID == wanted.ID && !f.drop {
				f.rows[i] = wanted
			}
		}
	})
}

func (f *fake) remove(_ context.Context, stored thing) error {
	return f.write("DELETE", func() {
		if !f.drop {
			f.forget(stored.ID)
		}
	})
}

// forget deletes a thing behind everybody's back.
func (f *fake) forget(id int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = slices.DeleteFunc(f.rows, func(t thing) bool { return t.ID == id })
}

var errSecret = errors.New("secrets are never returned")

// things returns a collection of the fake's things.
func things(t *testing.T, f *fake) *Collection[thing] {
	t.Helper()
	return NewCollection("https://"+t.Name(), f.kind(), quick)
}

// kind is the things of a fake as a kind of objects.
func (f *fake) kind() Kind[thing] {
	return Kind[thing]{
		Name: "things", List: f.list, Create: f.create, Update: f.update, Delete: f.remove,
		ID:   func(t thing) ID { return ID{Number: t.ID} },
		Key:  func(t thing) string { return t.Name },
		Same: func(stored, wanted thing) bool { return stored.Name == wanted.Name && stored.Color == wanted.Color },
		Hidden: func(wanted thing) error {
			if wanted.Secret != "" {
				return errSecret
			}
			return nil
		},
		Clash: func(stored, wanted thing) bool { return stored.Color == "only one" && wanted.Color == "only one" },
		Visible: func(context.Context, time.Time) error {
			if f.hide {
				return failed(devtron.Forbidden, 403, true)
			}
			return nil
		},
	}
}

// as returns the error of a type that err must hold.
func as[E error](t *testing.T, err error) E {
	t.Helper()
	var e E
	if !errors.As(err, &e) {
		t.Fatalf("got %v (%T), want a %T", err, err, e)
	}
	return e
}

func wantSent(t *testing.T, f *fake, want string) {
	t.Helper()
	if got := f.sent(); got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func wantNotes[T any](t *testing.T, out Outcome[T], want ...NoteKind) {
	t.Helper()
	var got []NoteKind
	for _, n := range out.Notes {
		if n.Err == nil {
			t.Errorf("note %d has no error", n.Kind)
		}
		got = append(got, n.Kind)
	}
	if !slices.Equal(got, want) {
		t.Errorf("notes %v, want %v", got, want)
	}
}

// await waits for a condition that another goroutine fulfills.
func await(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the condition was not fulfilled")
		}
	}
}
