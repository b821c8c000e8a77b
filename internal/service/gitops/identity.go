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

// identityModel names a configuration across states: Devtron has one for each git
// provider. The row's number would not do, as it changes when a row is made anew.
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

// identify sets the identity of a resource. It has to be set even where the
// resource is removed from the state, and under a CLI that knows no identities:
// the framework fails a Read that leaves it empty.
func identify(ctx context.Context, identity *tfsdk.ResourceIdentity, gitProvider types.String) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.Set(ctx, identityModel{GitProvider: gitProvider})
}
