// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"cmp"
	"slices"
	"sync"
)

// Row is one stored GitOps configuration, with the secrets that the API does not return.
type Row struct {
	ID                                                          int
	Provider, Username, Token, GitLabGroupID, GitHubOrgID, Host string
	Active                                                      bool
	AzureProjectName, BitBucketWorkspaceID, BitBucketProjectKey string
	AllowCustomRepository, EnableTLSVerification                bool
	CAData, TLSCertData, TLSKeyData                             string
}

// table is Devtron's gitops_config. Each method is atomic; what spans two of them is not, as in the real one.
type table struct {
	mu       sync.Mutex
	rows     map[int]record
	sequence int
	clock    int
}

type record struct {
	Row
	updated int // order of updated_on
}

// all returns the rows by id.
func (t *table) all() []Row {
	return t.sorted(func(a, b record) int { return cmp.Compare(a.ID, b.ID) })
}

// latestFirst returns the rows as the list does: by updated_on, the latest first.
func (t *table) latestFirst() []Row {
	return t.sorted(func(a, b record) int { return cmp.Compare(b.updated, a.updated) })
}

func (t *table) sorted(order func(a, b record) int) []Row {
	t.mu.Lock()
	defer t.mu.Unlock()
	records := make([]record, 0, len(t.rows))
	for _, r := range t.rows {
		records = append(records, r)
	}
	slices.SortFunc(records, order)
	rows := make([]Row, len(records))
	for i, r := range records {
		rows[i] = r.Row
	}
	return rows
}

func (t *table) byID(id int) (Row, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, ok := t.rows[id]
	return r.Row, ok
}

func (t *table) byProvider(provider string) []Row {
	return slices.DeleteFunc(t.all(), func(r Row) bool { return r.Provider != provider })
}

// active returns the active row, the first one by id should there be two.
func (t *table) active() (Row, bool) {
	rows := slices.DeleteFunc(t.all(), func(r Row) bool { return !r.Active })
	if len(rows) == 0 {
		return Row{}, false
	}
	return rows[0], true
}

// nextID takes an id from the sequence, for good: a failed insert uses one up.
func (t *table) nextID() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sequence++
	return t.sequence
}

// commit writes whole rows in one transaction, in this order. Updates of rows that are gone are lost; inserted is always stored.
func (t *table) commit(updated []Row, inserted ...Row) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range updated {
		if _, ok := t.rows[r.ID]; ok {
			t.write(r)
		}
	}
	for _, r := range inserted {
		t.write(r)
	}
}

func (t *table) write(r Row) {
	if t.rows == nil {
		t.rows = map[int]record{}
	}
	t.clock++
	t.rows[r.ID] = record{r, t.clock}
}

func (t *table) put(r Row) Row {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.ID == 0 {
		r.ID = t.sequence + 1
	}
	t.sequence = max(t.sequence, r.ID)
	t.write(r)
	return r
}

func (t *table) remove(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rows, id)
}

func (t *table) empty() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows, t.sequence = nil, 0
}
