// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Limits of operations where the argument timeouts does not set them. Devtron tries a credential
// while it stores it, which takes a minute or two, and longer if the server that it asks is slow.
const (
	WriteTimeout = 10 * time.Minute
	ReadTimeout  = time.Minute
)

// Timeouts returns the argument timeouts of a resource. Notes are further sentences of its
// description.
func Timeouts(ctx context.Context, notes ...string) schema.Attribute {
	limit := func(operation string, standard time.Duration) string {
		return "How long " + operation + " may take. Default: `\"" + strings.TrimSuffix(standard.String(), "0s") + "\"`."
	}
	attribute := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: limit("a create", WriteTimeout),
		ReadDescription:   limit("a read", ReadTimeout),
		UpdateDescription: limit("an update", WriteTimeout),
		DeleteDescription: limit("a destroy", WriteTimeout),
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
	description := "How long each operation may take, as a duration such as `\"10m\"` or `\"90s\"`."
	nested.MarkdownDescription = strings.Join(append([]string{description}, notes...), " ")
	return nested
}
