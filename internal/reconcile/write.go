// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// post creates an object that nothing stands in the way of, and settles a lost reply. The id of the
// outcome's object is zero where it is not known which one it is.
func (c *Collection[T]) post(ctx context.Context, wanted T) (Outcome[T], error) {
	defer c.list.Invalidate()
	started := time.Now()
	created, err := c.kind.Create(ctx, wanted)
	if err == nil {
		return Outcome[T]{Object: created, Stored: true}, nil
	}
	var followUp *FollowUpError
	if errors.As(err, &followUp) {
		return Outcome[T]{Object: wanted, Stored: true, Notes: []Note{{FollowUpFailed, followUp}}}, nil
	}
	failure, ok := toSettle(err, devtron.Conflict)
	if !ok {
		return Outcome[T]{}, err
	}
	var others, mine []T
	err = c.list.Settle(ctx, failure, time.Since(started), c.patience, func(ctx context.Context, items []T) (bool, error) {
		others = c.clashing(items, wanted)
		if len(others) == 0 && !failure.Envelope {
			return false, c.visible(ctx)
		}
		mine = slices.DeleteFunc(slices.Clone(others), func(item T) bool {
			return c.kind.Key(item) != c.kind.Key(wanted) || !c.kind.Same(item, wanted)
		})
		// Devtron has refused to store a duplicate, so that what is there is from somebody else.
		return len(mine) > 0 && failure.Kind != devtron.Conflict, nil
	})
	if err != nil {
		var notStored *NotStoredError
		if errors.As(err, &notStored) && len(others) > 0 {
			err = c.exists(others[0], err)
		}
		return Outcome[T]{}, err
	}
	out := Outcome[T]{Object: wanted, Stored: true, Notes: []Note{{ReplyLost, failure}}}
	if len(mine) == 1 {
		out.Object = mine[0]
	}
	return out, nil
}

// complete finishes a creation whose reply was lost.
func (c *Collection[T]) complete(ctx context.Context, out *Outcome[T], wanted T) {
	if c.kind.Complete == nil || len(out.Notes) == 0 || c.kind.ID(out.Object) == (ID{}) {
		return
	}
	if err := c.kind.Complete(ctx, out.Object, wanted); err != nil {
		out.Notes = append(out.Notes, Note{FollowUpFailed, err})
	}
}

// put replaces a stored object and settles a lost reply.
func (c *Collection[T]) put(ctx context.Context, stored, wanted T) (Outcome[T], error) {
	defer c.list.Invalidate()
	started := time.Now()
	err := c.kind.Update(ctx, wanted)
	if err == nil {
		return Outcome[T]{Object: wanted, Stored: true}, nil
	}
	var followUp *FollowUpError
	if errors.As(err, &followUp) {
		return Outcome[T]{Object: wanted, Stored: true, Notes: []Note{{FollowUpFailed, followUp}}}, nil
	}
	failure, ok := toSettle(err, devtron.NotFound)
	if !ok {
		return Outcome[T]{Object: stored}, err
	}
	gone := false
	err = c.list.Settle(ctx, failure, time.Since(started), c.patience, func(ctx context.Context, items []T) (bool, error) {
		now, there, err := c.lookUp(ctx, items, c.kind.ID(wanted))
		gone = !there && err == nil
		switch {
		case err != nil:
			return false, err
		case gone:
			return false, ErrGone
		case !c.kind.Same(now, wanted):
			return false, nil
		case c.kind.Same(stored, wanted):
			// Only what cannot be read was to change.
			return false, c.hidden(wanted)
		}
		return true, nil
	})
	switch {
	case gone:
		return Outcome[T]{}, fmt.Errorf("%w: %w", ErrGone, failure)
	case err != nil:
		return Outcome[T]{Object: stored}, err
	}
	return Outcome[T]{Object: wanted, Stored: true, Notes: []Note{{ReplyLost, failure}}}, nil
}

// remove deletes a stored object and settles a lost reply.
func (c *Collection[T]) remove(ctx context.Context, stored T) error {
	defer c.list.Invalidate()
	started := time.Now()
	err := c.kind.Delete(ctx, stored)
	failure, ok := toSettle(err, devtron.NotFound)
	switch {
	case err == nil:
		return c.deleted(ctx, stored)
	case !ok:
		return err
	}
	return c.list.Settle(ctx, failure, time.Since(started), c.patience, func(ctx context.Context, items []T) (bool, error) {
		_, there, err := c.lookUp(ctx, items, c.kind.ID(stored))
		return !there && err == nil, err
	})
}

// deleted checks that an object is gone after a deletion that succeeded: the state forgets the
// object, so that nobody would notice one that something between here and Devtron has confirmed.
func (c *Collection[T]) deleted(ctx context.Context, stored T) error {
	ctx, cancel := c.patience.Afterwards(ctx)
	defer cancel()
	items, err := c.list.Read(ctx)
	if err != nil {
		return nil // Devtron has confirmed the deletion.
	}
	if _, there := c.byID(items, c.kind.ID(stored)); there {
		return ErrKept
	}
	return nil
}

// toSettle returns the failure of a write that only reading can settle: one that may have been
// carried out all the same, and one of a kind that says something about the object that may not be
// true.
func toSettle(err error, unproven devtron.Kind) (*devtron.Error, bool) {
	failure, ok := MaybeHandled(err)
	return failure, ok || failure != nil && failure.Kind == unproven
}
