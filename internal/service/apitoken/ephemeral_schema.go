// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// The name of a token consists of the prefix, a hyphen, and random characters.
const (
	nameSuffix = 16
	maxPrefix  = maxName - 1 - nameSuffix
)

var prefixPattern = pattern.New(`^[a-z0-9][a-z0-9_-]*$`)

func validPrefix(a rule.Argument, value string) *rule.Problem {
	if len(value) <= maxPrefix && prefixPattern.MatchString(value) {
		return nil
	}
	return rule.New("Invalid prefix of a name", fmt.Sprintf("%s is %q. A prefix has up to %d characters: lower-case letters, digits, _ and -, with a letter or a digit first.", a.Subject(), value, maxPrefix))
}

func validLifetime(a rule.Argument, value string) *rule.Problem {
	if d, err := time.ParseDuration(value); err == nil && d > 0 {
		return nil
	}
	return rule.New("Invalid lifetime", fmt.Sprintf("%s is %q. Use a number with a unit (s, m, h), for example \"90m\".", a.Subject(), value))
}

// Schema implements ephemeral.EphemeralResource.
func (e *ephemeralToken) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Creates an API token for one run, and deletes it at the end of the run, also if the run fails or is interrupted. Terraform stores it neither in the state nor in plan files. " +
			"Each plan and each apply has a token of its own, with a name of its own.",
		Attributes: map[string]schema.Attribute{
			// Optional.
			"name_prefix": schema.StringAttribute{
				MarkdownDescription: fmt.Sprintf("Beginning of the name of the token, up to %d characters. A hyphen and %d random characters follow. Default: `%s`.", maxPrefix, nameSuffix, defaultPrefix),
				Optional:            true,
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, validPrefix),
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of up to 350 characters. Default: `" + defaultDescription + "`",
				Optional:            true,
				Validators:          framework.Check(validDescription),
			},
			"lifetime": schema.StringAttribute{
				MarkdownDescription: "How long the token is valid if it cannot be deleted, for example because Terraform was killed, as a duration such as `\"90m\"`. The run must not take longer: Devtron cannot extend a token. Default: `\"1h\"`.",
				Optional:            true,
				Validators:          framework.Check(validLifetime),
			},
			"super_admin": schema.BoolAttribute{
				MarkdownDescription: aboutSuperAdmin + " Default: `false`.",
				Optional:            true, Computed: true,
			},
			"permissions": schema.SetNestedAttribute{
				MarkdownDescription: aboutPermissions,
				Optional:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"project":      schema.StringAttribute{MarkdownDescription: aboutProject, Required: true},
					"environments": schema.SetAttribute{MarkdownDescription: aboutEnvironment, Optional: true, ElementType: types.StringType},
					"applications": schema.SetAttribute{MarkdownDescription: aboutApplication, Optional: true, ElementType: types.StringType},
					"role":         schema.StringAttribute{MarkdownDescription: aboutRole, Required: true},
				}},
			},
			"permission_groups": schema.SetAttribute{
				MarkdownDescription: aboutGroups,
				Optional:            true, ElementType: types.StringType,
			},

			// Computed.
			"token":      schema.StringAttribute{MarkdownDescription: "The token.", Computed: true, Sensitive: true},
			"name":       schema.StringAttribute{MarkdownDescription: "Name of the token.", Computed: true},
			"expires_at": schema.StringAttribute{MarkdownDescription: "When the token expires if it is not deleted, in the form of RFC 3339.", Computed: true},
			"id":         schema.Int64Attribute{MarkdownDescription: "Number of the API token in Devtron.", Computed: true},
			"user_id":    schema.Int64Attribute{MarkdownDescription: aboutUser, Computed: true},
		},
	}
}
