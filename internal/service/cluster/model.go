// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

// model is the resource as Terraform keeps it.
type model struct {
	object.Common
	Name                  types.String `tfsdk:"name"`
	ServerURL             types.String `tfsdk:"server_url"`
	BearerToken           types.String `tfsdk:"bearer_token"`
	BearerTokenWO         types.String `tfsdk:"bearer_token_wo"`
	BearerTokenWOVersion  types.Int64  `tfsdk:"bearer_token_wo_version"`
	TLS                   types.Object `tfsdk:"tls"`
	InsecureSkipTLSVerify types.Bool   `tfsdk:"insecure_skip_tls_verify"`
	Production            types.Bool   `tfsdk:"production"`
	Description           types.String `tfsdk:"description"`
	Prometheus            types.Object `tfsdk:"prometheus"`
	KubernetesVersion     types.String `tfsdk:"kubernetes_version"`
}

// tlsModel is the argument tls.
type tlsModel = secret.TLS

// prometheusModel is the argument prometheus.
type prometheusModel struct {
	URL                types.String `tfsdk:"url"`
	Username           types.String `tfsdk:"username"`
	Password           types.String `tfsdk:"password"`
	PasswordWO         types.String `tfsdk:"password_wo"`
	PasswordWOVersion  types.Int64  `tfsdk:"password_wo_version"`
	ClientCertificate  types.String `tfsdk:"client_certificate"`
	ClientKey          types.String `tfsdk:"client_key"`
	ClientKeyWO        types.String `tfsdk:"client_key_wo"`
	ClientKeyWOVersion types.Int64  `tfsdk:"client_key_wo_version"`
}

var prometheusTypes = map[string]attr.Type{
	"url":                   types.StringType,
	"username":              types.StringType,
	"password":              types.StringType,
	"password_wo":           types.StringType,
	"password_wo_version":   types.Int64Type,
	"client_certificate":    types.StringType,
	"client_key":            types.StringType,
	"client_key_wo":         types.StringType,
	"client_key_wo_version": types.Int64Type,
}

// stored returns the model as Devtron shows the cluster, which is without credentials and
// description.
func stored(m model, c devtron.Cluster) model {
	m.ID, m.Name = object.Int64(c.ID), types.StringValue(c.Name)
	if m.ServerURL.IsNull() || !clusters.SameServer(m.ServerURL.ValueString(), c.ServerURL) {
		m.ServerURL = types.StringValue(c.ServerURL)
	}
	m.InsecureSkipTLSVerify, m.Production = types.BoolValue(c.InsecureSkipTLSVerify), types.BoolValue(c.Production)
	m.KubernetesVersion = emptyIsNull(c.KubernetesVersion)
	m.Prometheus = storedPrometheus(m.Prometheus, c)
	return m
}

// storedPrometheus shows a client certificate only where one is managed: Devtron cannot forget one.
func storedPrometheus(managed types.Object, c devtron.Cluster) types.Object {
	if c.PrometheusURL == "" {
		return types.ObjectNull(prometheusTypes)
	}
	p := secret.Fields[prometheusModel](managed)
	p.URL, p.Username = types.StringValue(c.PrometheusURL), emptyIsNull(c.PrometheusAuth.Username)
	if managed.IsNull() || !p.ClientCertificate.IsNull() {
		p.ClientCertificate = emptyIsNull(c.PrometheusAuth.ClientCertificate)
	}
	return secret.ObjectOf(prometheusTypes, p)
}

// imported is the model before an import.
func imported() model {
	return model{Common: object.Imported(), TLS: types.ObjectNull(secret.TLSTypes), Prometheus: types.ObjectNull(prometheusTypes)}
}

func emptyIsNull(s string) types.String { return object.OptionalString(types.StringNull(), s) }
