// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package store is the sandbox's PostgreSQL: tables whose ids come from a sequence, and the lock that a real Devtron lacks.
package store

import (
	"slices"
	"sync"
)

// Table holds rows in the order of their last write, which is the order in which PostgreSQL returns them: an update writes a
// row anew, behind the others. Each method is atomic; what spans two of them is not, as in the real one.
type Table[R any] struct {
	id func(*R) *int // where a row has its id

	mu       sync.Mutex // guards the fields below
	rows     []R
	sequence int
}

// NewTable makes a table with rows that are there from the beginning. id returns where a row has its id.
func NewTable[R any](id func(*R) *int, seed ...R) *Table[R] {
	t := &Table[R]{id: id}
	for _, r := range seed {
		t.Put(r)
	}
	return t
}

// SkipTo makes the next id of the sequence the one after id.
func (t *Table[R]) SkipTo(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sequence = id
}

// Insert stores a new row and returns its id. A row without an id takes one from the sequence. It fails where the id is taken;
// an id of the sequence is used up all the same.
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

// Update changes a row and says whether there is one.
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

// Put inserts (id 0) or overwrites a row behind everybody's back. It returns the row with its id.
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

// Remove takes a row away for good, which no request can do.
func (t *Table[R]) Remove(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(id); i >= 0 {
		t.rows = slices.Delete(t.rows, i, i+1)
	}
}

// Get returns a row by its id.
func (t *Table[R]) Get(id int) (row R, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(id); i >= 0 {
		return t.rows[i], true
	}
	return row, false
}

// Where returns the rows that a condition holds for.
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
