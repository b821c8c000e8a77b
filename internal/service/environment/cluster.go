// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

// planCluster refuses a new environment on a cluster that does not exist.
func planCluster(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.Environment]) diag.Diagnostics {
	all := object.Collection(d, clusters.API)
	if p.State != nil || p.Plan.ClusterID.IsUnknown() || all == nil {
		return nil
	}
	timeout, diags := p.Plan.Timeouts.Read(ctx, framework.ReadTimeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	stored, err := all.List(ctx)
	if err != nil {
		return append(diags, d.Failure(framework.Operation{
			Summary: "Devtron could not be asked for its clusters", Consequence: "Nothing was changed.", Object: "cluster",
		}, err)...)
	}
	id := p.Plan.ClusterID.ValueInt64()
	names := make([]string, 0, len(stored))
	for _, c := range stored {
		if int64(c.ID) == id {
			return diags
		}
		names = append(names, fmt.Sprintf("  %d (%s)", c.ID, c.Name))
	}
	slices.Sort(names)
	diags.AddAttributeError(path.Root("cluster_id"), "The cluster does not exist",
		fmt.Sprintf("Devtron has no cluster with the number %d. Set cluster_id to the id of a devtron_cluster resource or data source.\n\nDevtron has:\n%s", id, strings.Join(names, "\n")))
	return diags
}

// Unmanaged returns the names of the environments of a cluster that no object of this state stands
// for. It waits a moment for objects that become known: Terraform looks at objects in parallel, and
// before a destroy at those first that depend on others.
func Unmanaged(ctx context.Context, d *framework.Data, cluster int, wait time.Duration) ([]string, error) {
	objects := kind.Objects(d)
	if objects == nil {
		return nil, nil
	}
	all, err := objects.List(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	var names []string
	for _, e := range all {
		if e.ClusterID == cluster && !kind.Held(ctx, d, e.Name) {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// Unknown returns the identifiers of environments that Devtron does not have.
func Unknown(ctx context.Context, d *framework.Data, identifiers []string) ([]string, error) {
	objects := kind.Objects(d)
	if objects == nil || len(identifiers) == 0 {
		return nil, nil
	}
	all, err := objects.List(ctx)
	if err != nil {
		return nil, err
	}
	var unknown []string
	for _, identifier := range identifiers {
		exists := slices.ContainsFunc(all, func(e devtron.Environment) bool { return e.Identifier == identifier })
		if !exists && !slices.Contains(unknown, identifier) {
			unknown = append(unknown, identifier)
		}
	}
	slices.Sort(unknown)
	return unknown, nil
}
