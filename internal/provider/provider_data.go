// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gitops"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// providerData is what the provider hands to resources and data sources. A new
// one is made for every walk of Terraform, so that nothing is remembered from one
// plan to the next.
type providerData struct {
	// store is nil while an argument of the provider is not known yet.
	store      *gitops.Store
	checker    *gittoken.Checker
	checkLevel string
	planned    *plannedRows
	// Where URL, token and CA certificate came from, for messages; the last is "" where
	// there is none.
	urlOrigin, tokenOrigin, caOrigin string
}

// configured is embedded by everything that the provider configures.
type configured struct{ data *providerData }

// configure takes the provider's data; it is nil while Terraform only validates.
func (c *configured) configure(raw any, diags *diag.Diagnostics) {
	if raw == nil {
		return
	}
	data, ok := raw.(*providerData)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("Got %T. This is a bug in the provider.", raw))
		return
	}
	c.data = data
}

// connected returns the store, or nil while validating or while an argument of
// the provider is unknown.
func (c *configured) connected() *gitops.Store {
	if c.data == nil {
		return nil
	}
	return c.data.store
}

// plannedRow is what a plan said about the configuration of one git provider.
type plannedRow struct {
	active    bool
	creations int
	agreed    gitops.Agreed
	refreshed bool
}

// plannedRows remembers what was planned in this walk, by git provider: resources
// cannot see each other, but their plans must fit together, and an apply, which
// plans once more in its own process, must do what that plan has told.
type plannedRows struct {
	mu   sync.Mutex
	rows map[string]plannedRow
}

func newPlannedRows() *plannedRows { return &plannedRows{rows: map[string]plannedRow{}} }

// change updates the entry of a git provider and returns the new one.
func (p *plannedRows) change(provider string, f func(*plannedRow)) plannedRow {
	p.mu.Lock()
	defer p.mu.Unlock()
	row := p.rows[provider]
	f(&row)
	p.rows[provider] = row
	return row
}

func (p *plannedRows) get(provider string) plannedRow {
	return p.change(provider, func(*plannedRow) {})
}

// otherActive returns another git provider whose configuration was planned to be
// active in this walk.
func (p *plannedRows) otherActive(provider string) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for other, row := range p.rows {
		if other != provider && row.active {
			return other, true
		}
	}
	return "", false
}
