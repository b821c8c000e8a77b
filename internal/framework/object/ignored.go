// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// withoutIgnored returns the configuration of an update as Terraform has planned it. Where
// ignore_changes has an argument, Terraform plans with the value of the state, and passes the
// configuration as it is written to the apply all the same. Write-only values are in no plan, and
// an argument that is omitted, so that a default or Devtron decides, stays omitted.
func withoutIgnored(config tfsdk.Config, plan tfsdk.Plan) tfsdk.Config {
	// Nothing below returns an error.
	raw, _ := tftypes.Transform(config.Raw, func(at *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if _, ok := at.LastStep().(tftypes.AttributeName); !ok {
			return value, nil
		}
		attribute, err := config.Schema.AttributeAtTerraformPath(context.Background(), at)
		if err != nil || attribute.IsWriteOnly() || value.IsNull() && attribute.IsComputed() {
			return value, nil //nolint:nilerr // Nothing is planned at this path.
		}
		found, _, err := tftypes.WalkAttributePath(plan.Raw, at)
		planned, ok := found.(tftypes.Value)
		if err != nil || !ok {
			return value, nil //nolint:nilerr // The plan is for the object around it.
		}
		if value.Type().Is(tftypes.Object{}) && !value.IsNull() && !planned.IsNull() {
			return value, nil // Its attributes are planned.
		}
		return planned, nil
	})
	config.Raw = raw
	return config
}
