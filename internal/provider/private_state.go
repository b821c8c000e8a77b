// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Keys of the private state, which Terraform keeps beside the arguments.
const (
	// privateStoredTLS holds what an import found, see storedTLS.
	privateStoredTLS = "stored_tls"
	// privateRestore holds the id of the configuration that was active before a
	// stand-by was made and could not be activated again. Nothing in Devtron tells it.
	privateRestore = "restore"
	// privateSuccessor holds the git provider whose configuration another instance of the same run manages, so that a
	// destroy leaves it alone: set while planning, for the object that the plan destroys or replaces.
	privateSuccessor = "successor"
)

// privateReader and privateWriter are the halves of the framework's private state,
// whose type cannot be named.
type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// recall reads a value; one that was never remembered stays as it is.
func recall(ctx context.Context, private privateReader, key string, value any) diag.Diagnostics {
	raw, diags := private.GetKey(ctx, key)
	if len(raw) == 0 || diags.HasError() {
		return diags
	}
	if err := json.Unmarshal(raw, value); err != nil {
		diags.AddError("Private state cannot be read", "The entry "+key+" is not as this provider writes it: "+err.Error()+".")
	}
	return diags
}

// remember writes a value.
func remember(ctx context.Context, private privateWriter, key string, value any) diag.Diagnostics {
	raw, err := json.Marshal(value)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Private state cannot be written", err.Error())}
	}
	return private.SetKey(ctx, key, raw)
}
