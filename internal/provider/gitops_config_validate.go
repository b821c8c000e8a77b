// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/tls"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// ValidateConfig holds the rules that are about several arguments at once.
func (r *gitOpsConfigResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config gitOpsConfigModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(ownerRules(config)...)
	resp.Diagnostics.Append(hostRules(config)...)
	resp.Diagnostics.Append(tlsRules(config)...)
}

// ownerRules demands the arguments of the git provider and forbids the others'.
func ownerRules(m gitOpsConfigModel) diag.Diagnostics {
	diags := foreignOwners(m)
	kind := m.GitProvider.ValueString()
	for _, field := range ownerFields {
		if field.gitProvider == kind && field.required && field.inModel(&m.targetModel).IsNull() {
			diags.AddAttributeError(path.Root(field.attribute), field.attribute+" is missing",
				"git_provider = \""+kind+"\" needs "+field.attribute+", which says where Devtron creates repositories.")
		}
	}
	return diags
}

// foreignOwners forbids the arguments of other git providers.
func foreignOwners(m gitOpsConfigModel) diag.Diagnostics {
	var diags diag.Diagnostics
	kind := m.GitProvider.ValueString()
	if len(ownerAttributes(kind)) == 0 {
		return diags // not known yet, or wrong and told so
	}
	for _, field := range ownerFields {
		if field.gitProvider != kind && !field.inModel(&m.targetModel).IsNull() {
			diags.AddAttributeError(path.Root(field.attribute), field.attribute+" does not belong to "+kind,
				field.attribute+" is for git_provider = \""+field.gitProvider+"\" only. For \""+kind+"\" set "+strings.Join(ownerAttributes(kind), " and ")+".")
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

func hostRules(m gitOpsConfigModel) diag.Diagnostics {
	var diags diag.Diagnostics
	switch kind := m.GitProvider.ValueString(); {
	case kind == azureDevOps && m.Host.IsNull():
		diags.AddAttributeError(pathHost, "host is missing",
			"git_provider = \""+azureDevOps+"\" needs host, as it holds the organization: https://dev.azure.com/ORGANIZATION.")
	case kind == bitbucketCloud && m.Host.ValueString() != "" && !gittoken.SameHost(m.Host.ValueString(), gittoken.DefaultHost(gittoken.BitbucketCloud)):
		diags.AddAttributeError(pathHost, "Bitbucket Cloud has one host",
			"For git_provider = \""+bitbucketCloud+"\" host can only be "+gittoken.DefaultHost(gittoken.BitbucketCloud)+", whatever else is written Devtron talks to it; leave host out.")
	}
	return diags
}

func tlsRules(m gitOpsConfigModel) diag.Diagnostics {
	var diags diag.Diagnostics
	t := tlsOf(m.TLS)
	if t == nil {
		return diags
	}
	certificate, key := pathTLS.AtName("client_certificate"), pathTLS.AtName("client_key")
	switch {
	case !tlsKnown(m.TLS):
	case t.CACertificate.IsNull() && t.ClientCertificate.IsNull() && t.ClientKey.IsNull():
		diags.AddAttributeError(pathTLS, "tls is empty", "Give tls a ca_certificate, or a client_certificate with its client_key, or all three; or leave tls out.")
	case t.ClientKey.IsNull() && !t.ClientCertificate.IsNull():
		diags.AddAttributeError(certificate, "client_key is missing", "A client_certificate needs its client_key; Devtron would drop it without a word.")
	case t.ClientCertificate.IsNull() && !t.ClientKey.IsNull():
		diags.AddAttributeError(key, "client_certificate is missing", "A client_key needs its client_certificate.")
	case !t.ClientKey.IsNull():
		cert := t.ClientCertificate.ValueString()
		private := t.ClientKey.ValueString()
		if !clientCertificate.usable(cert) || !clientKey.usable(private) {
			break // said by the validators of the two
		}
		if _, err := tls.X509KeyPair([]byte(cert), []byte(private)); err != nil {
			diags.AddAttributeError(key, "client_key does not belong to client_certificate", "The two do not work together: "+strings.TrimPrefix(err.Error(), "tls: ")+".")
		}
	}
	return diags
}
