// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Timeouts is the argument timeouts of a resource.
func Timeouts(ctx context.Context) schema.Attribute {
	attribute := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: "Limit for creating. Default: `\"10m\"`.",
		ReadDescription:   "Limit for reading. Default: `\"1m\"`.",
		UpdateDescription: "Limit for updating. Default: `\"10m\"`.",
		DeleteDescription: "Limit for destroying. Default: `\"10m\"`.",
	})
	nested, ok := attribute.(schema.SingleNestedAttribute)
	if !ok {
		return attribute
	}
	for name := range nested.Attributes {
		if limit, ok := nested.Attributes[name].(schema.StringAttribute); ok {
			limit.Validators = Check(rule.Duration)
			nested.Attributes[name] = limit
		}
	}
	nested.MarkdownDescription = "Limits for the duration of operations, for example `\"10m\"` or `\"90s\"`. They bound every request of their operation."
	return nested
}
