// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"crypto/tls"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// ValidateConfig holds the rules that are about several arguments at once.
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
	resp.Diagnostics.Append(validateTLS(config)...)
}

// validateOwner requires the arguments of the git provider and forbids the others'.
func validateOwner(m configModel) diag.Diagnostics {
	diags := validateForeignOwners(m)
	kind := m.GitProvider.ValueString()
	for _, field := range ownerFields {
		if field.gitProvider == kind && field.required && field.inModel(&m.targetModel).IsNull() {
			diags.AddAttributeError(path.Root(field.attribute), field.attribute+" is missing",
				"git_provider = \""+kind+"\" needs "+field.attribute+", which says where Devtron creates repositories.")
		}
	}
	return diags
}

// validateForeignOwners forbids the arguments of other git providers.
func validateForeignOwners(m configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	kind := m.GitProvider.ValueString()
	if len(ownerAttributes(kind)) == 0 {
		return diags // not known yet, or wrong and told so
	}
	for _, field := range ownerFields {
		if field.gitProvider != kind && !field.inModel(&m.targetModel).IsNull() {
			diags.AddAttributeError(path.Root(field.attribute), field.attribute+" does not belong to "+kind,
				field.attribute+" is for git_provider = \""+field.gitProvider+"\" only. Remove it; for \""+kind+"\", set "+strings.Join(ownerAttributes(kind), " and ")+".")
		}
	}
	return diags
}

func ownerAttributes(kind string) []string {
	var names []string
	for _, field := range ownerFields {
		if field.gitProvider == kind && field.required {
			names = append(names, field.attribute)
		}
	}
	return names
}

func validateHost(m configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	switch kind := m.GitProvider.ValueString(); {
	case kind == azureDevOps && m.Host.IsNull():
		diags.AddAttributeError(pathHost, "host is missing",
			"git_provider = \""+azureDevOps+"\" needs host, which includes the organization: https://dev.azure.com/ORGANIZATION.")
	case kind == bitbucketCloud && m.Host.ValueString() != "" && !weburl.Same(m.Host.ValueString(), gittoken.DefaultHost(gittoken.BitbucketCloud)):
		diags.AddAttributeError(pathHost, "Bitbucket Cloud has one host",
			"With git_provider = \""+bitbucketCloud+"\", Devtron always uses "+gittoken.DefaultHost(gittoken.BitbucketCloud)+". Omit host.")
	}
	return diags
}

func validateTLS(m configModel) diag.Diagnostics {
	var diags diag.Diagnostics
	t := tlsOf(m.TLS)
	if t == nil {
		return diags
	}
	switch {
	case !tlsKnown(m.TLS):
	case t.CACertificate.IsNull() && t.ClientCertificate.IsNull() && t.ClientKey.IsNull():
		diags.AddAttributeError(pathTLS, "tls is empty", "Set ca_certificate in tls, or client_certificate together with client_key, or all three; or omit tls.")
	case t.ClientKey.IsNull() && !t.ClientCertificate.IsNull():
		diags.AddAttributeError(pathTLS, "client_key is missing", "tls has a client_certificate without its client_key. Devtron would silently drop it. Set both.")
	case t.ClientCertificate.IsNull() && !t.ClientKey.IsNull():
		diags.AddAttributeError(pathTLS, "client_certificate is missing", "tls has a client_key without its client_certificate. Set both.")
	case !t.ClientKey.IsNull():
		cert := t.ClientCertificate.ValueString()
		private := t.ClientKey.ValueString()
		if !rule.ClientCertificate.Usable(cert) || !rule.ClientKey.Usable(private) {
			break // reported by the validators of the two
		}
		if _, err := tls.X509KeyPair([]byte(cert), []byte(private)); err != nil {
			diags.AddAttributeError(pathTLS, "client_key does not belong to client_certificate",
				"TLS cannot use client_certificate and client_key of tls together: "+strings.TrimPrefix(err.Error(), "tls: ")+".")
		}
	}
	return diags
}
