// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package store replaces PostgreSQL in the sandbox: tables with ID sequences, and a lock.
package store

import (
	"slices"
	"sync"
)

// Table stores rows in the order of their last write. PostgreSQL returns them in this order,
// because an update moves a row to the end. Each method is atomic.
type Table[R any] struct {
	id func(*R) *int // returns the address of the ID of a row

	mu       sync.Mutex // guards the fields below
	rows     []R
	sequence int
}

// NewTable creates a table with seed rows. id returns the address of the ID of a row.
func NewTable[R any](id func(*R) *int, seed ...R) *Table[R] {
	t := &Table[R]{id: id}
	for _, r := range seed {
		t.Put(r)
	}
	return t
}

// SkipTo sets the last used ID of the sequence.
func (t *Table[R]) SkipTo(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sequence = id
}

// Insert stores a new row and returns its ID. If the row has no ID, Insert takes the next one of
// the sequence. It fails if the ID exists, and the ID of the sequence is used up in that case too.
func (t *Table[R]) Insert(row R) (id int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.id(&row)
	if *at == 0 {
		t.sequence++
		*at = t.sequence
	}
	if t.find(*at) >= 0 {
		return 0, false
	}
	t.rows = append(t.rows, row)
	return *at, true
}

// Update changes a row and reports whether the row exists.
func (t *Table[R]) Update(id int, change func(*R)) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := t.find(id)
	if i < 0 {
		return false
	}
	row := t.rows[i]
	change(&row)
	t.rows = append(slices.Delete(t.rows, i, i+1), row)
	return true
}

// Put inserts a row (ID 0) or overwrites one, and returns it with its ID.
func (t *Table[R]) Put(row R) R {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.id(&row)
	if *at == 0 {
		*at = t.sequence + 1
	}
	t.sequence = max(t.sequence, *at)
	if i := t.find(*at); i >= 0 {
		t.rows = slices.Delete(t.rows, i, i+1)
	}
	t.rows = append(t.rows, row)
	return row
}

// Remove deletes a row, unlike the API, which only marks rows as deleted.
func (t *Table[R]) Remove(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(id); i >= 0 {
		t.rows = slices.Delete(t.rows, i, i+1)
	}
}

// Get returns a row by its ID.
func (t *Table[R]) Get(id int) (row R, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(id); i >= 0 {
		return t.rows[i], true
	}
	return row, false
}

// Where returns the rows that satisfy the condition.
func (t *Table[R]) Where(condition func(R) bool) []R {
	t.mu.Lock()
	defer t.mu.Unlock()
	var found []R
	for _, r := range t.rows {
		if condition(r) {
			found = append(found, r)
		}
	}
	return found
}

func (t *Table[R]) find(id int) int {
	return slices.IndexFunc(t.rows, func(r R) bool { return *t.id(&r) == id })
}
