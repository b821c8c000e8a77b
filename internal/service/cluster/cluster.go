// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package cluster is the area of Kubernetes clusters.
package cluster

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

// Service registers the area.
var Service = framework.Service{
	Resources:     []func() resource.Resource{object.NewResource(kind)},
	DataSources:   []func() datasource.DataSource{object.NewDataSource(kind, found)},
	ListResources: []func() list.ListResource{object.NewList(kind)},
	Observe:       map[string]func(*framework.Data, []byte){kind.Type: kind.Observe},
}

// Names of the resource in a configuration and of an object in messages.
const (
	typeName = "devtron_cluster"
	noun     = "cluster"
)

var kind = &object.Kind[model, devtron.Cluster]{
	Type: typeName, Noun: noun, KeyName: "name",
	Schema: clusterSchema,
	API:    clusters.API,
	Common: func(m *model) *object.Common { return &m.Common },
	Key:    func(m model) types.String { return m.Name },
	KeyOf:  func(c devtron.Cluster) string { return c.Name },
	IDOf:   func(c devtron.Cluster) int { return c.ID },
	Wanted: wanted, Stored: stored, Imported: imported, Writes: writes,
	Validate: validate,
	Replaces: replaces,
	Plan:     planCluster,
	Destroy:  destroyCluster,
	Written:  written,
	Details:  readDescription,
	Explain:  explain,
	Given:    given,
}
