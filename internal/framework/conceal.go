// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Conceal returns a context for requests whose failures contain no secret of the configurations and
// states, for which tfsdk.Config stands: Devtron may repeat one that the request does not contain.
func Conceal(ctx context.Context, values ...tfsdk.Config) context.Context {
	var secrets []string
	for _, v := range values {
		// Nothing below returns an error.
		_ = tftypes.Walk(v.Raw, func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
			var secret string
			if value.Type().Is(tftypes.String) && value.IsKnown() && !value.IsNull() && value.As(&secret) == nil && secret != "" {
				if attribute, err := v.Schema.AttributeAtTerraformPath(ctx, at); err == nil && attribute.IsSensitive() {
					secrets = append(secrets, secret)
				}
			}
			return true, nil
		})
	}
	return devtron.Conceal(ctx, secrets...)
}
