// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// ValidateConfig applies the rules that concern several arguments.
func (r *configResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config configModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if gitProvider := config.GitProvider.ValueString(); r.Area != nil && gitProvider != "" {
		// Terraform validates each instance again in the walk that plans it.
		r.Area.ledger.addInstance(gitProvider)
	}
	resp.Diagnostics.Append(validateOwner(config)...)
	resp.Diagnostics.Append(validateHost(config)...)
	resp.Diagnostics.Append(validateTLS(ctx, config)...)
}

// validateOwner requires the owner arguments of the git provider, and refuses those of other git
// providers.
func validateOwner(m configModel) diag.Diagnostics {
	diags := validateForeignOwners(m)
	gitProvider := m.GitProvider.ValueString()
	for _, field := range ownerFields {
		if field.gitProvider == gitProvider && field.required && field.inModel(&m.targetModel).IsNull() {
			diags.AddAttributeError(path.Root(field.attribute), field.attribute+" is missing",
				"git_provider = \""+gitProvider+"\" needs "+field.attribute+", which says where Devtron creates repositories.")
		}
	}
	return diags
}

// validateForeignOwners refuses the owner arguments of other git providers.
func validateForeignOwners(m configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	gitProvider := m.GitProvider.ValueString()
	if len(ownerAttributes(gitProvider)) == 0 {
		return diags // The git provider is unknown, or reported as invalid.
	}
	for _, field := range ownerFields {
		if field.gitProvider != gitProvider && !field.inModel(&m.targetModel).IsNull() {
			diags.AddAttributeError(path.Root(field.attribute), field.attribute+" does not belong to "+gitProvider,
				field.attribute+" is for git_provider = \""+field.gitProvider+"\" only. Remove it; for \""+gitProvider+"\", set "+strings.Join(ownerAttributes(gitProvider), " and ")+".")
		}
	}
	return diags
}

// ownerAttributes returns the required owner arguments of a git provider.
func ownerAttributes(gitProvider string) []string {
	var names []string
	for _, field := range ownerFields {
		if field.gitProvider == gitProvider && field.required {
			names = append(names, field.attribute)
		}
	}
	return names
}

// validateHost refuses a host that the git provider does not support.
func validateHost(m configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	switch gitProvider := m.GitProvider.ValueString(); {
	case gitProvider == azureDevOps && m.Host.IsNull():
		diags.AddAttributeError(pathHost, "host is missing",
			"git_provider = \""+azureDevOps+"\" needs host, which includes the organization: https://dev.azure.com/ORGANIZATION.")
	case gitProvider == bitbucketCloud && m.Host.ValueString() != "" && !weburl.Same(m.Host.ValueString(), gittoken.DefaultHost(gittoken.BitbucketCloud)):
		diags.AddAttributeError(pathHost, "Bitbucket Cloud has one host",
			"With git_provider = \""+bitbucketCloud+"\", Devtron always uses "+gittoken.DefaultHost(gittoken.BitbucketCloud)+". Omit host.")
	}
	return diags
}

// validateTLS refuses TLS material that Devtron or TLS cannot use.
func validateTLS(ctx context.Context, m configModel) diag.Diagnostics {
	t, diags := tlsOf(ctx, m.TLS)
	if t == nil {
		return diags
	}
	switch {
	case !framework.IsFullyKnown(ctx, m.TLS):
	case t.CACertificate.IsNull() && t.ClientCertificate.IsNull() && t.ClientKey.IsNull():
		diags.AddAttributeError(pathTLS, "tls is empty", "Set ca_certificate in tls, or client_certificate together with client_key, or all three; or omit tls.")
	case t.ClientKey.IsNull() && !t.ClientCertificate.IsNull():
		diags.AddAttributeError(pathTLS, "client_key is missing", "tls has a client_certificate without its client_key. Devtron would silently drop it. Set both.")
	case t.ClientCertificate.IsNull() && !t.ClientKey.IsNull():
		diags.AddAttributeError(pathTLS, "client_certificate is missing", "tls has a client_key without its client_certificate. Set both.")
	case !t.ClientKey.IsNull():
		if reason := rule.Mismatch(t.ClientCertificate.ValueString(), t.ClientKey.ValueString()); reason != "" {
			diags.AddAttributeError(pathTLS, "client_key does not belong to client_certificate",
				"TLS cannot use client_certificate and client_key of tls together: "+reason+".")
		}
	}
	return diags
}
