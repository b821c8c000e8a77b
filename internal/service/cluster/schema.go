// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

func clusterSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A Kubernetes cluster that Devtron deploys to. Devtron connects to the cluster whenever it is written, so it must be reachable from Devtron.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the cluster, unique in the installation: up to 250 characters. Changing it replaces the cluster. " +
					"`default_cluster`, the cluster that Devtron runs in, can be imported, but neither created nor destroyed.",
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:    framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits),
			},
			"server_url": schema.StringAttribute{
				MarkdownDescription: "Address of the API server with `http` or `https`, as seen from Devtron, for example `https://k8s.example.com:6443`. A trailing slash makes no difference. Changing it sends all configured credentials, too.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{keepServerURL{}},
				Validators:          framework.Check(addressRules...),
			},

			// Optional: how Devtron signs in.
			"bearer_token": schema.StringAttribute{
				MarkdownDescription: "Bearer token of a service account with the rights of `cluster-admin`, kept in the Terraform state. Creating a cluster needs `bearer_token`, `bearer_token_wo`, " +
					"or a client certificate in `tls`; an imported cluster keeps the credentials that Devtron has until others are given. " +
					"The plan fails if a token that is about to be sent has expired, and warns if it expires within 30 days.",
				Optional: true, Sensitive: true,
				Validators: framework.Check(bearerTokenRules...),
			},
			"bearer_token_wo":         secret.WriteOnly(noun, "bearer_token", bearerTokenRules...),
			"bearer_token_wo_version": secret.Version("bearer_token_wo"),
			"tls":                     tlsAttribute(),
			"insecure_skip_tls_verify": schema.BoolAttribute{
				MarkdownDescription: "Whether Devtron accepts any certificate of the API server. Anybody on the network between them can then read the credentials; prefer `tls`. It cannot be combined with `tls`, which Devtron would ignore. Default: `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},

			// Optional: the rest.
			"production": schema.BoolAttribute{
				MarkdownDescription: "Whether this is a cluster for production. Default: `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of the cluster. A description that is set in Devtron is left alone while this argument is not set.",
				Optional:            true,
				Validators:          framework.Check(rule.NotEmpty, storable),
			},
			"prometheus": prometheusAttribute(),

			// Computed.
			"kubernetes_version": schema.StringAttribute{
				MarkdownDescription: "Version of Kubernetes when Devtron last read it, for example `v1.33.4`; null for `default_cluster`.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

func tlsAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "TLS material for the connection: a CA, or a client certificate with its key, or all three. Devtron never returns it, so Terraform does not detect changes made in Devtron. " +
			"Devtron cannot forget a part of it either: removing one replaces the cluster.",
		Optional: true,
		PlanModifiers: []planmodifier.Object{objectplanmodifier.RequiresReplaceIf(replacesTLS,
			"Removing TLS material replaces the cluster.", "Removing TLS material replaces the cluster.")},
		Attributes: secret.TLSAttributes("API server", noun),
	}
}

func prometheusAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The Prometheus that has the metrics of the cluster. Changing `url` or `username` sends the password, too. Removing it clears the address, the user name, and the password in Devtron. Devtron cannot forget a client certificate and its key.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				MarkdownDescription: "Address of Prometheus with `http` or `https`.",
				Required:            true,
				Validators:          framework.Check(addressRules...),
			},
			"username": schema.StringAttribute{
				MarkdownDescription: "User name for basic authentication.",
				Optional:            true,
				Validators:          framework.Check(rule.NotEmpty, rule.Fits, storable),
			},
			"password": schema.StringAttribute{
				MarkdownDescription: "Password of `username`, kept in the Terraform state.",
				Optional:            true, Sensitive: true,
				Validators: framework.Check(rule.NotEmpty, rule.Fits, storable),
			},
			"password_wo":         secret.WriteOnly(noun, "password", rule.NotEmpty, rule.Fits, storable),
			"password_wo_version": secret.Version("password_wo"),
			"client_certificate": schema.StringAttribute{
				MarkdownDescription: "Client certificate, PEM text. It needs `client_key` or `client_key_wo`, except after an import.",
				Optional:            true,
				Validators:          framework.Check(rule.ClientCertificate.Rule),
			},
			"client_key":            secret.ClientKey(),
			"client_key_wo":         secret.WriteOnly(noun, "client_key", rule.ClientKey.Rule),
			"client_key_wo_version": secret.Version("client_key_wo"),
		},
	}
}

// keepServerURL keeps the earlier spelling of an address that means the same.
type keepServerURL struct{}

// Description implements planmodifier.Describer.
func (keepServerURL) Description(context.Context) string {
	return "A trailing slash makes no difference."
}

// MarkdownDescription implements planmodifier.Describer.
func (m keepServerURL) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (keepServerURL) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.StateValue.IsNull() && clusters.SameServer(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}
