// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import "testing"

// feature is something of a CLI that a test makes use of.
type feature struct {
	name string
	// The first versions that have it; "" where none has it yet.
	terraform, openTofu string
}

var (
	// A signal to Terraform before 1.2 reaches its outer process, which leaves signals to the terminal.
	interruptByProcess = feature{"an interrupt sent to one process", "1.2.0", "1.6.0"}
	// Older ones do not ask a provider about a destroy.
	movedBlocks     = feature{"moved blocks", "1.1.0", "1.6.0"}
	replaceTriggers = feature{"replace_triggered_by with terraform_data", "1.4.0", "1.6.0"}
	destroyWarnings = feature{"warnings of a planned destroy", "1.3.0", "1.6.0"}
	terraformData   = feature{"the resource terraform_data", "1.4.0", "1.6.0"}
	// What "show -json" tells of the sensitive values that a schema has.
	sensitiveValues = feature{"sensitive values in JSON", "1.4.6", "1.6.0"}
	checkBlocks     = feature{"check blocks", "1.5.0", "1.6.0"}
	importBlocks    = feature{"import blocks", "1.5.0", "1.6.0"}
	writeOnly       = feature{"write-only arguments", "1.11.0", "1.11.0"}
	identity        = feature{"resource identity", "1.12.0", "1.12.0"}
	listResources   = feature{"list resources (query)", "1.14.0", ""}
	actions         = feature{"actions", "1.14.0", ""}
)

// has reports whether the CLI that runs the tests has a feature.
func has(t *testing.T, f feature) bool {
	t.Helper()
	c := realCLI(t)
	since := f.terraform
	if c.Product == "OpenTofu" {
		since = f.openTofu
	}
	return since != "" && c.AtLeast(since)
}

// needs skips a test where the CLI lacks a feature.
func needs(t *testing.T, f feature) {
	t.Helper()
	if !has(t, f) {
		t.Skipf("needs %s", f.name)
	}
}
