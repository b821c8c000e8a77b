// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// effective reads the configuration that an update follows into a model. Terraform respects
// lifecycle.ignore_changes only in the configuration that it plans with, so that what the plan has
// is taken from there. The plan has neither write-only arguments nor, where an argument is computed
// as well, whether it is configured.
func effective[M any](ctx context.Context, config tfsdk.Config, plan tfsdk.Plan, model *M) diag.Diagnostics {
	raw, err := tftypes.Transform(plan.Raw, func(at *tftypes.AttributePath, planned tftypes.Value) (tftypes.Value, error) {
		attribute, err := plan.Schema.AttributeAtTerraformPath(ctx, at)
		if err != nil || !attribute.IsWriteOnly() && !attribute.IsComputed() {
			return planned, nil //nolint:nilerr // It is not an attribute, but an element, for example.
		}
		found, _, err := tftypes.WalkAttributePath(config.Raw, at)
		if configured, ok := found.(tftypes.Value); ok && err == nil {
			return configured, nil
		}
		return planned, nil //nolint:nilerr // The configuration does not have the object around it.
	})
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unexpected configuration", err.Error()+". This is a bug in the provider.")}
	}
	return tfsdk.Config{Raw: raw, Schema: config.Schema}.Get(ctx, model)
}
