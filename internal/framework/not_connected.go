// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import "github.com/hashicorp/terraform-plugin-framework/diag"

// Advice for NotConnected: what to do where the provider is needed before its arguments are known.
const (
	ReadWithDependency = "Make this data source depend on the resource that the argument comes from (depends_on): Terraform then reads it during the apply."
	QueryWithLiteral   = "A query cannot wait for an apply. Apply the resource that the argument comes from first, or set the argument to a value that is known, such as a variable."
	ImportAfterApply   = "Apply the resource that the argument comes from first, and import after that."
	OpenAfterApply     = "Apply the resource that the argument comes from first (-target), and open the ephemeral resource after that."
	InvokeAfterApply   = "Apply the resource that the argument comes from first, and invoke the action after that."
)

// NotConnected returns the error of an operation that needs Devtron while an argument of the
// provider is unknown.
func NotConnected(advice string) diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic("The provider is not configured yet",
		"An argument of the provider block is not known yet, so the provider cannot send requests to Devtron. "+advice)}
}
