// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"cmp"
	"context"
	"strconv"
	"time"
)

// ID is what identifies an object to Devtron: its number or, where objects have no number, its key.
type ID struct {
	Number int    `json:"number,omitempty"`
	Key    string `json:"key,omitempty"`
}

// String is the ID in messages.
func (id ID) String() string {
	if id.Number == 0 {
		return id.Key
	}
	return strconv.Itoa(id.Number)
}

// Compare orders IDs.
func (id ID) Compare(other ID) int {
	return cmp.Or(cmp.Compare(id.Number, other.Number), cmp.Compare(id.Key, other.Key))
}

// Kind describes a kind of objects at Devtron, such as projects, by what a Collection has to know.
type Kind[T any] struct {
	// Name of the objects in the plural, as in "projects".
	Name string
	// Lock is the name of the lock that every write takes. Kinds whose writes disturb each other at
	// Devtron share one. Empty stands for Name.
	Lock string
	// List reads all objects in one request.
	List func(context.Context) ([]T, error)
	// Create stores a new object once. It returns the object as the reply shows it, or, where the
	// reply does not show it, as it was wanted, without an id.
	Create func(ctx context.Context, wanted T) (T, error)
	// Update replaces the object that has the id of the wanted one. Nil where the kind has no
	// update.
	Update func(ctx context.Context, wanted T) error
	// Delete deletes an object, which it gets as it is stored. Nil where the kind has no delete.
	Delete func(ctx context.Context, stored T) error

	// ID is that of an object; zero where the object does not exist yet.
	ID func(T) ID
	// Key is what identifies an object to users, such as its name.
	Key func(T) string
	// Same reports whether a stored object is as it is wanted, in all that can be read.
	Same func(stored, wanted T) bool
	// Hidden returns why reading cannot show whether a wanted object is stored, as for secrets that
	// it contains; nil where reading shows it. Nil for kinds without such values.
	Hidden func(wanted T) error
	// Clash reports whether a stored object stands in the way of a wanted one that has another key.
	// Nil for kinds where only the key counts.
	Clash func(stored, wanted T) bool
	// Fill adds what only the stored objects tell to a wanted object that is about to be written.
	// Nil for kinds without such values.
	Fill func(items []T, wanted T) T
	// Complete follows a creation that is stored although its reply was lost, for kinds where the
	// loss can mean that Devtron did not finish what follows the storing. Nil for other kinds.
	Complete func(ctx context.Context, stored, wanted T) error
	// Keep returns a stored object with what only the reply to a write shows, such as a token. Nil
	// for kinds whose list shows all.
	Keep func(stored, written T) T
	// Visible returns why an object that is not in the list may exist all the same, as for an API
	// token without rights. since is when the list was read. Nil for kinds whose list always is
	// complete.
	Visible func(ctx context.Context, since time.Time) error
}
