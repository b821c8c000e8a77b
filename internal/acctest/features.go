// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import "testing"

// Feature is something of a CLI that a test makes use of.
type Feature struct {
	Name string
	// The first versions that have it; "" where none Has it yet.
	Terraform, OpenTofu string
}

var (
	// A signal to Terraform before 1.2 reaches its outer process, which leaves signals to the terminal.
	InterruptByProcess = Feature{"an interrupt sent to one process", "1.2.0", "1.6.0"}
	// Older ones do not ask a provider about a destroy.
	MovedBlocks     = Feature{"moved blocks", "1.1.0", "1.6.0"}
	ReplaceTriggers = Feature{"replace_triggered_by with terraform_data", "1.4.0", "1.6.0"}
	DestroyWarnings = Feature{"warnings of a planned destroy", "1.3.0", "1.6.0"}
	TerraformData   = Feature{"the resource terraform_data", "1.4.0", "1.6.0"}
	// What "show -json" tells of the sensitive values that a schema Has.
	SensitiveValues = Feature{"sensitive values in JSON", "1.4.6", "1.6.0"}
	CheckBlocks     = Feature{"check blocks", "1.5.0", "1.6.0"}
	ImportBlocks    = Feature{"import blocks", "1.5.0", "1.6.0"}
	WriteOnly       = Feature{"write-only arguments", "1.11.0", "1.11.0"}
	Identity        = Feature{"resource identity", "1.12.0", "1.12.0"}
	ListResources   = Feature{"list resources (query)", "1.14.0", ""}
	Actions         = Feature{"actions", "1.14.0", ""}
)

// Has reports whether the CLI that runs the tests Has a feature.
func Has(t *testing.T, f Feature) bool {
	t.Helper()
	c := RealCLI(t)
	since := f.Terraform
	if c.Product == "OpenTofu" {
		since = f.OpenTofu
	}
	return since != "" && c.AtLeast(since)
}

// Needs skips a test where the CLI lacks a feature.
func Needs(t *testing.T, f Feature) {
	t.Helper()
	if !Has(t, f) {
		t.Skipf("needs %s", f.Name)
	}
}
