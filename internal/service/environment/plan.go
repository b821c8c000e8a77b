// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

var (
	pathName      = path.Root("name")
	pathClusterID = path.Root("cluster_id")
	pathNamespace = path.Root("namespace")
)

type planned = object.Planned[model, devtron.Environment]

// planEnvironment refuses what Devtron refuses or ignores. An imported environment keeps an older
// name.
func planEnvironment(ctx context.Context, d *framework.Data, p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	name := p.Plan.Name.ValueString()
	if !p.Plan.Name.IsUnknown() && (p.State == nil || !p.State.Name.Equal(p.Plan.Name)) && !namePattern.MatchString(name) {
		diags.AddAttributeError(pathName, "Invalid environment name",
			fmt.Sprintf("The name %q is not valid in Devtron. A name has 1 to 16 characters: lower-case letters, digits, and hyphens, no hyphen at the ends, for example \"payments-prod\".", name))
	}
	diags.Append(planCluster(ctx, d, p)...)
	if !p.Plan.ClusterID.IsUnknown() && !p.Plan.Namespace.IsUnknown() && !p.Plan.Name.IsUnknown() {
		diags.Append(checkPlace(d, p)...)
	}
	return diags
}

// checkPlace refuses a second environment for a namespace of a cluster, in the configuration and in
// Devtron.
func checkPlace(d *framework.Data, p planned) diag.Diagnostics {
	var diags diag.Diagnostics
	name, at := p.Plan.Name.ValueString(), place{int(p.Plan.ClusterID.ValueInt64()), p.Plan.Namespace.ValueString()}
	if other, taken := claim(d, at, name); taken {
		diags.AddAttributeError(pathNamespace, "Two environments for one namespace",
			fmt.Sprintf("The environments %q and %q of this configuration are both for the namespace %q of the cluster %d. Devtron has one environment for each namespace of a cluster.", other, name, at.namespace, at.cluster))
		return diags
	}
	for _, e := range p.Objects {
		if p.State != nil || e.ID == p.Replaced || e.Name == name || at != (place{e.ClusterID, e.Namespace}) {
			continue
		}
		diags.AddAttributeError(pathNamespace, "The namespace already has an environment",
			fmt.Sprintf("Devtron has the environment %q (id %d) for the namespace %q of the cluster %d, and allows one for each namespace. Choose another namespace, or import that environment:\n\n%s\n\n"+
				"If this configuration is to remove that environment, apply the removal first.",
				e.Name, e.ID, at.namespace, at.cluster, object.ImportBlock(typeName, e.Name)))
	}
	return diags
}

// place is what an environment occupies.
type place struct {
	cluster   int
	namespace string
}

// claims are the places of the environments of the configuration in one walk, with their names.
type claims struct {
	mu    sync.Mutex
	names map[place]string
}

// claim records that an environment of the configuration occupies a place, and returns another one
// that does.
func claim(d *framework.Data, at place, name string) (other string, taken bool) {
	claims, _ := d.Once("places of environments", func() any { return &claims{names: map[place]string{}} }).(*claims)
	claims.mu.Lock()
	defer claims.mu.Unlock()
	if other, ok := claims.names[at]; ok && other != name {
		return other, true
	}
	claims.names[at] = name
	return "", false
}

func destroyEnvironment(_ context.Context, _ *framework.Data, state model, _ bool) diag.Diagnostics {
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathNamespace, "The namespace stays in the cluster",
		fmt.Sprintf("Destroying the environment %q removes it from Devtron, together with the roles of all users and groups in it. The namespace %q and everything that runs in it stay in the cluster: delete them there if they are no longer needed.",
			state.Name.ValueString(), state.Namespace.ValueString()))}
}

// written completes the identifier where the environment could not be read back, as replies to
// writes do not have it (21-05), and verifies the namespace.
func written(ctx context.Context, d *framework.Data, p planned, m *model) diag.Diagnostics {
	if all := object.Collection(d, clusters.API); p.State == nil && m.Identifier.ValueString() == "" && all != nil {
		if c, ok, err := all.FindID(ctx, reconcile.ID{Number: int(m.ClusterID.ValueInt64())}); ok && err == nil {
			m.Identifier = types.StringValue(c.Name + "__" + m.Namespace.ValueString())
		}
	}
	return namespaceWarning(ctx, d, p, m)
}

// namespaceWarning reports that Devtron could not create the namespace, which it does not report
// itself: the environment is stored all the same (recording 41-11).
func namespaceWarning(ctx context.Context, d *framework.Data, p planned, m *model) diag.Diagnostics {
	var diags diag.Diagnostics
	if p.State != nil {
		return diags
	}
	namespace := m.Namespace.ValueString()
	names, err := d.Client.AwaitNamespaces(ctx, int(m.ClusterID.ValueInt64()), func(names []string) bool { return slices.Contains(names, namespace) })
	switch {
	case err != nil:
		diags.AddAttributeWarning(pathNamespace, "The namespace could not be verified",
			fmt.Sprintf("The environment is stored. Whether the namespace %q exists is not known: %s.", namespace, err))
	case !slices.Contains(names, namespace):
		diags.AddAttributeWarning(pathNamespace, "The namespace does not exist",
			fmt.Sprintf("Devtron stored the environment, but the cluster does not show the namespace %q. Devtron does not report why it could not create it. "+
				"Check that the cluster is reachable and that its service account may create and list namespaces; then create the namespace, for example with kubectl create namespace %s.", namespace, namespace))
	}
	return diags
}

// explain knows what Devtron refuses about environments.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	switch {
	case e.Kind == devtron.NotFound && e.Method == http.MethodPost:
		return pathClusterID, "Devtron has no such cluster", "Devtron has no cluster with the number in cluster_id. It may have been removed after the plan. Plan again."
	case e.Kind == devtron.NotFound && e.Method == http.MethodPut:
		// The environment itself has been read again (21-61).
		return pathClusterID, "Devtron has no such cluster", "The cluster of the environment was removed from Devtron. Remove the environment, or set cluster_id to another cluster, which replaces it."
	case e.Kind == devtron.Conflict && e.Method == http.MethodPost:
		return pathName, "Devtron reports a conflict", "Devtron does not say what the environment conflicts with, and has none with this name or for this namespace. " +
			"An older environment without a namespace on the same cluster blocks all new ones: give it a namespace or delete it in Devtron."
	case e.Kind == devtron.InUse:
		return pathName, "the environment is still in use", "Something is deployed to the environment. Remove its deployment pipelines and Helm applications in Devtron first."
	}
	return path.Empty(), "", ""
}
