// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import "testing"

// Feature is a feature of a CLI that a test depends on.
type Feature struct {
	Name string
	// Terraform and OpenTofu are the first versions that support it; empty where none does yet.
	Terraform, OpenTofu string
}

// Features that not every supported CLI has.
var (
	// InterruptByProcess is a signal to the process of the CLI. Terraform before 1.2 runs a second
	// process, which receives signals from the terminal only.
	InterruptByProcess = Feature{"an interrupt sent to one process", "1.2.0", "1.6.0"}
	MovedBlocks        = Feature{"moved blocks", "1.1.0", "1.6.0"}
	// DestroyWarnings are warnings of a planned destroy. An older CLI does not send a planned
	// destroy to the provider.
	DestroyWarnings = Feature{"warnings of a planned destroy", "1.3.0", "1.6.0"}
	ReplaceTriggers = Feature{"replace_triggered_by with terraform_data", "1.4.0", "1.6.0"}
	TerraformData   = Feature{"the resource terraform_data", "1.4.0", "1.6.0"}
	// SensitiveValues are the sensitive attributes of the schema in the output of "show -json".
	SensitiveValues = Feature{"sensitive values in JSON", "1.4.6", "1.6.0"}
	CheckBlocks     = Feature{"check blocks", "1.5.0", "1.6.0"}
	ImportBlocks    = Feature{"import blocks", "1.5.0", "1.6.0"}
	Ephemeral       = Feature{"ephemeral resources", "1.10.0", "1.11.0"}
	WriteOnly       = Feature{"write-only arguments", "1.11.0", "1.11.0"}
	Identity        = Feature{"resource identity", "1.12.0", "1.12.0"}
	ListResources   = Feature{"list resources (query)", "1.14.0", ""}
	Actions         = Feature{"actions", "1.14.0", ""}
)

// Has reports whether the CLI that runs the tests supports a feature.
func Has(t *testing.T, f Feature) bool {
	t.Helper()
	c := RealCLI(t)
	since := f.Terraform
	if c.Product == "OpenTofu" {
		since = f.OpenTofu
	}
	return since != "" && c.AtLeast(since)
}

// Needs skips a test where the CLI does not support a feature.
func Needs(t *testing.T, f Feature) {
	t.Helper()
	if !Has(t, f) {
		t.Skipf("needs %s", f.Name)
	}
}
