// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/environment"
)

// destroyCluster refuses to destroy the cluster that Devtron runs in, or one that Devtron will not
// delete, and says what a destroy leaves behind.
func destroyCluster(ctx context.Context, d *framework.Data, state model, replaced bool) diag.Diagnostics {
	if state.Name.ValueString() == devtron.DefaultCluster {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathName, "default_cluster cannot be destroyed",
			"Devtron runs in default_cluster. Nothing was changed. To remove it from the Terraform state, replace its resource block with this block (Terraform 1.7 or newer):\n\n"+
				"removed {\n  from = "+typeName+".NAME\n  lifecycle {\n    destroy = false\n  }\n}")}
	}
	diags := destroyEnvironments(ctx, d, state, replaced)
	if diags.HasError() {
		return diags
	}
	diags.AddAttributeWarning(pathBearerToken, "The credentials of the cluster stay valid",
		fmt.Sprintf("Devtron keeps the credentials of the cluster %q in its database after it is deleted, and Argo CD keeps its secret for the cluster, with which it can still deploy. "+
			"If they are no longer needed, revoke the token or the client certificate in the cluster, and delete the secret with the label argocd.argoproj.io/secret-type=cluster from the namespace devtroncd.",
			state.Name.ValueString()))
	return diags
}

// patience is how long a destroy that is about to be refused waits for an object of the state that
// explains an environment.
const patience = time.Second

// destroyEnvironments refuses a destroy that Devtron would refuse because of environments outside
// of this state. It only warns where Terraform plans environments of the state after the cluster,
// so that they are not known yet: those of a cluster that is replaced, and those that refer to
// another instance of its resource.
func destroyEnvironments(ctx context.Context, d *framework.Data, state model, replaced bool) diag.Diagnostics {
	timeout, diags := state.Timeouts.Read(ctx, framework.ReadTimeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	wait := patience
	if replaced {
		wait = 0
	}
	names, err := environment.Unmanaged(ctx, d, state.Number(), wait)
	switch {
	case err != nil:
		diags.Append(d.Failure(framework.Operation{Summary: "Devtron could not be asked for its environments", Consequence: "Nothing was changed.", Object: "environment"}, err)...)
	case len(names) == 0:
	case replaced:
		diags.AddAttributeWarning(pathName, "The cluster has environments",
			"To replace the cluster, Terraform deletes it first, which Devtron refuses while it has environments. It has:\n\n"+indented(names)+
				"\n\nThose whose cluster_id refers to this resource are replaced with it. If there are others, delete them first; otherwise the apply fails.")
	case object.Configured(d, typeName):
		diags.AddAttributeWarning(pathName, "The cluster has environments",
			fmt.Sprintf("Devtron does not delete the cluster %q while it has environments. It has:\n\n%s\n\n", state.Name.ValueString(), indented(names))+
				"Terraform plans this cluster before environments that refer to other clusters of this configuration, so the provider cannot tell whether this run deletes them, too. "+
				"If it does not, delete them first; otherwise the apply fails.")
	default:
		diags.AddAttributeError(pathName, "The cluster has environments outside this configuration",
			fmt.Sprintf("Devtron does not delete the cluster %q while it has environments. These are not in this Terraform state:\n\n%s\n\nNothing was changed. ", state.Name.ValueString(), indented(names))+howToRemove+
				"\n\nIf one of them is in this configuration, let its cluster_id refer to this resource ("+typeName+".NAME.id), so that Terraform destroys it first. "+
				"If it does already, and this run removes the last instance of a resource with for_each or count, apply the removal of the environments first: Terraform reads them after the cluster. "+
				"With -parallelism=1, Terraform can plan the cluster before it has read the environments of the state: plan without this option.")
	}
	return diags
}

const howToRemove = "Delete them in Devtron under Global Configurations, Clusters & Environments, or import them and destroy them together with the cluster."

func indented(names []string) string { return "  " + strings.Join(names, "\n  ") }
