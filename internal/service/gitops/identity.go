// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var _ resource.ResourceWithIdentity = (*configResource)(nil)

// identityModel identifies a configuration: Devtron has one for each git provider. The id would not
// do, because a configuration that is created again has another one.
type identityModel struct {
	GitProvider types.String `tfsdk:"git_provider"`
}

// IdentitySchema describes the identity (Terraform 1.12 and newer).
func (r *configResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"git_provider": identityschema.StringAttribute{
				Description:       "The git provider, in upper case.",
				RequiredForImport: true,
			},
		},
	}
}

// setIdentity sets the identity of a resource. The framework requires it even of a Read that
// removes the resource from the state, and with a CLI that does not support identities.
func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, gitProvider types.String) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.Set(ctx, identityModel{GitProvider: gitProvider})
}
