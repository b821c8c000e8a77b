// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"strings"
)

// Args are the arguments of a block, in HCL. An empty value omits an argument.
type Args map[string]string

// With returns the arguments with some of them changed: name, value, name, value.
func (a Args) With(changes ...string) Args {
	changed := maps.Clone(a)
	for i := 0; i < len(changes); i += 2 {
		changed[changes[i]] = changes[i+1]
	}
	return changed
}

// At renders the arguments as a resource. Blocks are further lines in it, such as a lifecycle
// block.
func (a Args) At(address string, blocks ...string) string {
	return a.block("resource", address, blocks)
}

// Data renders the arguments as a data source, whose address is given without "data.".
func (a Args) Data(address string) string { return a.block("data", address, nil) }

func (a Args) block(block, address string, blocks []string) string {
	resourceType, name, _ := strings.Cut(address, ".")
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q %q {\n", block, resourceType, name)
	for argument, value := range a {
		if value != "" {
			fmt.Fprintf(&b, "  %s = %s\n", argument, value)
		}
	}
	for _, inner := range blocks {
		b.WriteString("  " + inner + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// Quote returns a string literal of HCL.
func Quote(s string) string { return fmt.Sprintf("%q", s) }

// ImportBlock imports an object by id. It needs ImportBlocks.
func ImportBlock(address, id string) string {
	return "import {\n  to = " + address + "\n  id = " + Quote(id) + "\n}\n"
}

// IdentityBlock imports an object by identity. It needs Identity.
func IdentityBlock(address string, identity Args) string {
	var b strings.Builder
	for name, value := range identity {
		fmt.Fprintf(&b, "    %s = %s\n", name, value)
	}
	return "import {\n  to = " + address + "\n  identity = {\n" + b.String() + "  }\n}\n"
}

// MovedBlock moves the state of a resource to another address. It needs MovedBlocks.
func MovedBlock(from, to string) string {
	return "moved {\n  from = " + from + "\n  to   = " + to + "\n}\n"
}

// UnknownValue declares a resource whose output, terraform_data.NAME.output, has the value (in HCL)
// after it is created, and is unknown in the plan before. It needs TerraformData.
func UnknownValue(name, value string) string {
	return "resource \"terraform_data\" " + Quote(name) + " {\n  input = " + value + "\n}\n"
}

// EphemeralVariable declares the variable "secret", which Terraform stores in no plan and no state,
// like the value of an ephemeral resource. It needs WriteOnly.
const EphemeralVariable = "variable \"secret\" {\n  type      = string\n  ephemeral = true\n}\n"

// SensitiveVariable declares the variable "secret", which Terraform does not show.
const SensitiveVariable = "variable \"secret\" {\n  type      = string\n  sensitive = true\n}\n"
