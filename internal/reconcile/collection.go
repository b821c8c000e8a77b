// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Collection keeps the objects of a kind at one Devtron. It is safe for concurrent use.
//
// Every write follows one pattern: take the lock, read the list, decide, write once, read back. A
// write whose reply was lost is settled by reading (Settle), never by sending it again.
type Collection[T any] struct {
	kind     Kind[T]
	url      string
	patience Patience
	lock     WriteLock
	list     *List[T]
}

// NewCollection returns the collection of a kind at the Devtron with that API URL. It sends
// nothing.
func NewCollection[T any](url string, kind Kind[T], patience Patience) *Collection[T] {
	return &Collection[T]{
		kind: kind, url: url, patience: patience, lock: LockOf(url + " " + cmp.Or(kind.Lock, kind.Name)), list: NewList(kind.List),
	}
}

// List returns all objects as they were when first asked for, or after the last write of this
// process, in one request for all callers.
func (c *Collection[T]) List(ctx context.Context) ([]T, error) {
	items, err := c.get(ctx)
	if err == nil && len(items) == 0 {
		err = c.visible(ctx)
	}
	return items, err
}

// FindID returns the object with an id, if it exists, by the list that List returns.
func (c *Collection[T]) FindID(ctx context.Context, id ID) (T, bool, error) {
	var none T
	items, err := c.get(ctx)
	if err != nil {
		return none, false, err
	}
	return c.lookUp(ctx, items, id)
}

// FindKey returns the object with a key, if it exists, by the list that List returns. Where several
// have it, the error is a *TwinsError.
func (c *Collection[T]) FindKey(ctx context.Context, key string) (T, bool, error) {
	var none T
	items, err := c.get(ctx)
	if err != nil {
		return none, false, err
	}
	found := slices.DeleteFunc(items, func(item T) bool { return c.kind.Key(item) != key })
	switch len(found) {
	case 0:
		return none, false, c.visible(ctx)
	case 1:
		return found[0], true, nil
	}
	return none, false, c.twins(key, found)
}

// Create makes the wanted object exist. One that stands in its way is an *ExistsError. Where
// another process creates one at the same moment, the error is a *TwinsError and the object is
// stored.
func (c *Collection[T]) Create(ctx context.Context, wanted T) (Outcome[T], error) {
	if err := c.hold(ctx); err != nil {
		return Outcome[T]{}, err
	}
	defer c.lock.Release()
	items, err := c.list.Read(ctx)
	if err != nil {
		return Outcome[T]{}, err
	}
	if others := c.clashing(items, wanted); len(others) > 0 {
		return Outcome[T]{}, c.exists(others[0], nil)
	}
	wanted = c.fill(items, wanted)
	out, err := c.post(ctx, wanted)
	if err != nil {
		return out, err
	}

	ctx, cancel := c.patience.Afterwards(ctx)
	defer cancel()
	c.complete(ctx, &out, wanted)
	items, err = c.list.Read(ctx)
	if err != nil {
		out.Notes = append(out.Notes, Note{ReadBackFailed, err})
		return out, nil
	}
	others := c.clashing(items, wanted)
	if c.kind.ID(out.Object) == (ID{}) && len(others) == 1 {
		out.Object = c.keep(others[0], out.Object)
	}
	if len(others) > 1 {
		if stored, ok := c.byID(items, c.kind.ID(out.Object)); ok {
			out.Object = c.keep(stored, out.Object)
		}
		return out, c.twins(c.kind.Key(wanted), others)
	}
	return c.verified(ctx, out, items, nil, wanted)
}

// Update replaces the object that has the id of the wanted one, unless it is as wanted already.
// Where it does not exist anymore, the error is ErrGone.
func (c *Collection[T]) Update(ctx context.Context, wanted T) (Outcome[T], error) {
	if err := c.hold(ctx); err != nil {
		return Outcome[T]{}, err
	}
	defer c.lock.Release()
	items, err := c.list.Read(ctx)
	if err != nil {
		return Outcome[T]{}, err
	}
	stored, ok, err := c.lookUp(ctx, items, c.kind.ID(wanted))
	if err != nil {
		return Outcome[T]{}, err
	}
	if !ok {
		return Outcome[T]{}, ErrGone
	}
	wanted = c.fill(items, wanted)
	if c.kind.Same(stored, wanted) && c.hidden(wanted) == nil {
		return Outcome[T]{Object: stored, Stored: true}, nil
	}
	out, err := c.put(ctx, stored, wanted)
	if others := c.clashing(items, wanted); devtron.IsKind(err, devtron.Conflict) && len(others) > 1 {
		return out, c.twins(c.kind.Key(wanted), others)
	}
	if err != nil {
		return out, err
	}

	ctx, cancel := c.patience.Afterwards(ctx)
	defer cancel()
	items, err = c.list.Read(ctx)
	if err != nil {
		out.Notes = append(out.Notes, Note{ReadBackFailed, err})
		return out, nil
	}
	return c.verified(ctx, out, items, &stored, wanted)
}

// Delete makes the object with an id not exist. One that is gone already costs no write. A refusal
// because the object is in use is a *devtron.Error of kind InUse.
func (c *Collection[T]) Delete(ctx context.Context, id ID) error {
	if err := c.hold(ctx); err != nil {
		return err
	}
	defer c.lock.Release()
	items, err := c.list.Read(ctx)
	if err != nil {
		return err
	}
	stored, ok, err := c.lookUp(ctx, items, id)
	if err != nil || !ok {
		return err
	}
	return c.remove(ctx, stored)
}

// verified looks at a stored object in the list that was read after the write. before is the object
// that an update changes; nil for a creation.
func (c *Collection[T]) verified(ctx context.Context, out Outcome[T], items []T, before *T, wanted T) (Outcome[T], error) {
	stored, ok, unread := c.lookUp(ctx, items, c.kind.ID(out.Object))
	if unread != nil {
		out.Notes = append(out.Notes, Note{ReadBackFailed, unread})
		return out, nil //nolint:nilerr // The note has it.
	}
	if failure := out.followUp(); failure != nil {
		// What Devtron does after it has stored an object shows that it is stored. Reading knows
		// better.
		switch {
		case !ok && before == nil:
			return Outcome[T]{}, &NotStoredError{Err: failure}
		case ok && before != nil && !c.kind.Same(stored, wanted) && c.kind.Same(stored, *before):
			return Outcome[T]{Object: stored}, &NotStoredError{Err: failure}
		}
	}
	if !ok {
		out.Stored = false
		return out, ErrGone
	}
	out.Object = c.keep(stored, out.Object)
	if !c.kind.Same(stored, wanted) {
		return out, &DiffersError[T]{Stored: stored, Wanted: wanted}
	}
	return out, nil
}

// get returns the shared list. A context that ends is reported as a failure of the API is.
func (c *Collection[T]) get(ctx context.Context) ([]T, error) {
	items, err := c.list.Get(ctx)
	if err != nil && errors.Is(err, ctx.Err()) {
		return nil, Ended(ctx, c.kind.Name, c.url)
	}
	return items, err
}

func (c *Collection[T]) hold(ctx context.Context) error {
	if c.lock.Hold(ctx) != nil {
		return Ended(ctx, c.kind.Name, c.url)
	}
	return nil
}

func (c *Collection[T]) fill(items []T, wanted T) T {
	if c.kind.Fill == nil {
		return wanted
	}
	return c.kind.Fill(items, wanted)
}

// lookUp finds an object by its id. That it is missing is an error where it may exist all the same.
func (c *Collection[T]) lookUp(ctx context.Context, items []T, id ID) (T, bool, error) {
	item, ok := c.byID(items, id)
	if !ok {
		return item, false, c.visible(ctx)
	}
	return item, true, nil
}

func (c *Collection[T]) byID(items []T, id ID) (item T, ok bool) {
	i := slices.IndexFunc(items, func(item T) bool { return c.kind.ID(item) == id })
	if i < 0 {
		return item, false
	}
	return items[i], true
}

// clashing returns the objects that the wanted one cannot exist beside.
func (c *Collection[T]) clashing(items []T, wanted T) []T {
	var found []T
	for _, item := range items {
		if c.kind.Key(item) == c.kind.Key(wanted) || c.kind.Clash != nil && c.kind.Clash(item, wanted) {
			found = append(found, item)
		}
	}
	return found
}

func (c *Collection[T]) hidden(wanted T) error {
	if c.kind.Hidden == nil {
		return nil
	}
	return c.kind.Hidden(wanted)
}

func (c *Collection[T]) keep(stored, written T) T {
	if c.kind.Keep == nil {
		return stored
	}
	return c.kind.Keep(stored, written)
}

func (c *Collection[T]) visible(ctx context.Context) error {
	if c.kind.Visible == nil {
		return nil
	}
	return c.kind.Visible(ctx, c.list.ReadAt())
}

func (c *Collection[T]) exists(other T, err error) error {
	return &ExistsError[T]{Kind: c.kind.Name, Object: other, ID: c.kind.ID(other).String(), Key: c.kind.Key(other), Err: err}
}

func (c *Collection[T]) twins(key string, found []T) error {
	ids := make([]ID, len(found))
	for i, item := range found {
		ids[i] = c.kind.ID(item)
	}
	return Twins(c.kind.Name, key, ids)
}
