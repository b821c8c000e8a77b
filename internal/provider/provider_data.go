// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

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
	ledger     *ledger
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
