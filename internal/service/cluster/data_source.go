// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

// dataModel is the data source.
type dataModel struct {
	ID                    types.Int64  `tfsdk:"id"`
	Name                  types.String `tfsdk:"name"`
	ServerURL             types.String `tfsdk:"server_url"`
	InsecureSkipTLSVerify types.Bool   `tfsdk:"insecure_skip_tls_verify"`
	Production            types.Bool   `tfsdk:"production"`
	Description           types.String `tfsdk:"description"`
	PrometheusURL         types.String `tfsdk:"prometheus_url"`
	KubernetesVersion     types.String `tfsdk:"kubernetes_version"`
}

var found = object.Found[dataModel, devtron.Cluster]{
	Description: "Reads a cluster by `name` or `id`. The cluster that Devtron runs in has the name `default_cluster`.",
	Attributes: map[string]schema.Attribute{
		"server_url":               schema.StringAttribute{MarkdownDescription: "Address of the API server.", Computed: true},
		"insecure_skip_tls_verify": schema.BoolAttribute{MarkdownDescription: "Whether Devtron accepts any certificate of the API server.", Computed: true},
		"production":               schema.BoolAttribute{MarkdownDescription: "Whether this is a cluster for production.", Computed: true},
		"description":              schema.StringAttribute{MarkdownDescription: "Description; null if there is none.", Computed: true},
		"prometheus_url":           schema.StringAttribute{MarkdownDescription: "Address of the Prometheus that has the metrics of the cluster; null if there is none.", Computed: true},
		"kubernetes_version":       schema.StringAttribute{MarkdownDescription: "Version of Kubernetes when Devtron last read it; null for `default_cluster`.", Computed: true},
	},
	Model: func(c devtron.Cluster) dataModel {
		return dataModel{
			ID: object.Int64(c.ID), Name: types.StringValue(c.Name), ServerURL: types.StringValue(c.ServerURL),
			InsecureSkipTLSVerify: types.BoolValue(c.InsecureSkipTLSVerify), Production: types.BoolValue(c.Production),
			PrometheusURL: emptyIsNull(c.PrometheusURL), KubernetesVersion: emptyIsNull(c.KubernetesVersion),
		}
	},
	Details: func(ctx context.Context, d *framework.Data, m *dataModel) error {
		description, err := d.Client.ClusterDescription(ctx, int(m.ID.ValueInt64()))
		m.Description = emptyIsNull(description)
		return err
	},
}
