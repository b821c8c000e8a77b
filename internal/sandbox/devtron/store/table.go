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
//
// Devtron does not delete rows, but marks them as deleted or inactive. All other rows are live.
type Table[R any] struct {
	id     func(*R) *int // returns the address of the ID of a row
	isLive func(R) bool

	mu       sync.Mutex // guards the fields below
	rows     []R
	sequence int
}

// NewTable creates a table with seed rows. id returns the address of the ID of a row. isLive
// reports whether a row is live; nil means that all rows are live.
func NewTable[R any](id func(*R) *int, isLive func(R) bool, seed ...R) *Table[R] {
	if isLive == nil {
		isLive = func(R) bool { return true }
	}
	t := &Table[R]{id: id, isLive: isLive}
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

// NextID takes the next ID of the sequence.
func (t *Table[R]) NextID() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.nextID()
}

func (t *Table[R]) nextID() int {
	t.sequence++
	return t.sequence
}

// Insert stores a new row and returns its ID. If the row has no ID, Insert takes the next one of
// the sequence. It fails if the ID exists, and the ID of the sequence is used up in that case too.
func (t *Table[R]) Insert(row R) (id int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.id(&row)
	if *at == 0 {
		*at = t.nextID()
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
	t.write(row)
	return true
}

// Commit writes several rows in one transaction: first the updated rows that still exist, then the
// inserted rows, which have IDs.
func (t *Table[R]) Commit(updated []R, inserted ...R) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, row := range updated {
		if t.find(*t.id(&row)) >= 0 {
			t.write(row)
		}
	}
	for _, row := range inserted {
		t.write(row)
	}
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
	t.write(row)
	return row
}

// write moves a row to the end of the table.
func (t *Table[R]) write(row R) {
	if i := t.find(*t.id(&row)); i >= 0 {
		t.rows = slices.Delete(t.rows, i, i+1)
	}
	t.rows = append(t.rows, row)
}

// Remove deletes a row, unlike the API, which only marks rows as deleted.
func (t *Table[R]) Remove(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(id); i >= 0 {
		t.rows = slices.Delete(t.rows, i, i+1)
	}
}

// Empty deletes all rows and restarts the sequence.
func (t *Table[R]) Empty() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows, t.sequence = nil, 0
}

// Get returns a row by its ID, including a deleted one.
func (t *Table[R]) Get(id int) (row R, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(id); i >= 0 {
		return t.rows[i], true
	}
	return row, false
}

// GetLive returns a live row by its ID.
func (t *Table[R]) GetLive(id int) (row R, ok bool) {
	row, ok = t.Get(id)
	return row, ok && t.isLive(row)
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

// Live returns the live rows.
func (t *Table[R]) Live() []R { return t.Where(t.isLive) }

// LiveByID returns the live rows sorted by ID.
func (t *Table[R]) LiveByID() []R {
	return slices.SortedFunc(slices.Values(t.Live()), func(a, b R) int { return *t.id(&a) - *t.id(&b) })
}

func (t *Table[R]) find(id int) int {
	return slices.IndexFunc(t.rows, func(r R) bool { return *t.id(&r) == id })
}
