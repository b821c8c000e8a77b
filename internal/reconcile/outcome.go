// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Outcome is the result of a write. It is meaningful beside an error as well.
type Outcome[T any] struct {
	// Object as it is stored. Where it could not be read back, it is as the reply showed it, or as
	// it was wanted; its id is zero where it is stored but not known which one it is.
	Object T
	// Stored says that the wanted object exists at Devtron.
	Stored bool
	// Notes are what a user should know although the operation went on.
	Notes []Note
}

// NoteKind names what a Note is about.
type NoteKind int

// Kinds of notes.
const (
	// ReplyLost: no reply came, and reading showed that the write was carried out.
	ReplyLost NoteKind = iota + 1
	// ReadBackFailed: the write was confirmed, and the read after it failed.
	ReadBackFailed
	// FollowUpFailed: the write is stored, and what Devtron does after it failed.
	FollowUpFailed
)

// Note is something that happened during a write.
type Note struct {
	Kind NoteKind
	Err  error
}

// followUp is the failure of what Devtron does after a write; nil if it succeeded.
func (o Outcome[T]) followUp() error {
	for _, note := range o.Notes {
		var failure *FollowUpError
		if errors.As(note.Err, &failure) {
			return failure
		}
	}
	return nil
}

// ExistsError means that an object stands in the way of one to be created. Nothing was stored, or,
// where Err says that it may be pending, nothing yet.
type ExistsError[T any] struct {
	// Kind is the kind of objects, in the plural.
	Kind string
	// Object is the one that exists, and ID and Key are of it.
	Object  T
	ID, Key string
	// Err is the failure of the write, where it was attempted.
	Err error
}

func (e *ExistsError[T]) Error() string {
	return fmt.Sprintf("among the %s of Devtron, %q (id %s) exists already", e.Kind, e.Key, e.ID)
}

// Unwrap returns the failure of the write, if it was attempted.
func (e *ExistsError[T]) Unwrap() error { return e.Err }

// TwinsError means that several objects claim what only one may have, mostly a name: another
// process has created one at the same moment, or somebody has renamed one.
type TwinsError struct {
	// Kind is the kind of objects, in the plural.
	Kind string
	// Key is the key of the object that was created or looked for.
	Key string
	// IDs are those of all of them, in ascending order.
	IDs []string
}

// Twins is a *TwinsError about the objects with these ids, in any order.
func Twins(kind, key string, ids []ID) error {
	sorted := make([]string, 0, len(ids))
	for _, id := range slices.SortedFunc(slices.Values(ids), ID.Compare) {
		sorted = append(sorted, id.String())
	}
	return &TwinsError{Kind: kind, Key: key, IDs: sorted}
}

func (e *TwinsError) Error() string {
	return fmt.Sprintf("Devtron has %d %s that conflict over %q: the ids are %s", len(e.IDs), e.Kind, e.Key, strings.Join(e.IDs, ", "))
}

// DiffersError means that an object is stored, but not as it was written: Devtron ignored a part,
// or somebody else wrote at the same time.
type DiffersError[T any] struct {
	Stored, Wanted T
}

func (e *DiffersError[T]) Error() string { return "Devtron has stored something else than was written" }

// FollowUpError says that a write is stored, and that what Devtron does after it failed. A Kind
// returns it from Create and Update.
type FollowUpError struct{ Err error }

func (e *FollowUpError) Error() string { return "the write is stored: " + e.Err.Error() }

func (e *FollowUpError) Unwrap() error { return e.Err }
