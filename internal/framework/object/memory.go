// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// PrivateMemory is the key of the private state for the memory of a kind.
const PrivateMemory = "memory"

// recall reads the memory of a kind into models.
func (r *Resource[M, T]) recall(ctx context.Context, private framework.PrivateReader, models ...*M) diag.Diagnostics {
	var diags diag.Diagnostics
	if r.kind.Memory == nil {
		return diags
	}
	for _, m := range models {
		diags.Append(framework.Recall(ctx, private, PrivateMemory, r.kind.Memory(m))...)
	}
	return diags
}

// remember writes the memory of a kind.
func (r *Resource[M, T]) remember(ctx context.Context, private framework.PrivateWriter, m *M) diag.Diagnostics {
	if r.kind.Memory == nil {
		return nil
	}
	return framework.Remember(ctx, private, PrivateMemory, r.kind.Memory(m))
}
