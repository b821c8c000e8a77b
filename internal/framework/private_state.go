// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateReader reads the private state of a resource. The framework's own type is internal.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter writes the private state of a resource.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Recall reads a value from the private state. It leaves the value unchanged where the private
// state has no such key.
func Recall(ctx context.Context, private PrivateReader, key string, value any) diag.Diagnostics {
	raw, diags := private.GetKey(ctx, key)
	if len(raw) == 0 || diags.HasError() {
		return diags
	}
	if err := json.Unmarshal(raw, value); err != nil {
		diags.AddError("Private state cannot be read", "The entry "+key+" does not have the form that this provider writes: "+err.Error()+".")
	}
	return diags
}

// Remember writes a value to the private state.
func Remember(ctx context.Context, private PrivateWriter, key string, value any) diag.Diagnostics {
	raw, err := json.Marshal(value)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Private state cannot be written", err.Error())}
	}
	return private.SetKey(ctx, key, raw)
}
