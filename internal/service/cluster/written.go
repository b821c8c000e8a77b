// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// written sets the description, which has a route of its own, and verifies the rights of
// credentials, which Devtron does not.
func written(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.Cluster], m *model) diag.Diagnostics {
	ctx, cancel := d.Patience.Afterwards(ctx)
	defer cancel()
	if !p.Plan.KubernetesVersion.IsUnknown() {
		// The next refresh shows another version: what is planned may not change in the apply.
		m.KubernetesVersion = p.Plan.KubernetesVersion
	}
	if m.Number() == 0 {
		return nil // Stored, but not known as which of several.
	}
	diags := describe(ctx, d, p, m)
	if p.State == nil || connects(p.Config, p.Plan, *p.State) {
		diags.Append(verifyRights(ctx, d, *m, p.Config)...)
	}
	return diags
}

// describe changes the description if it differs.
func describe(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.Cluster], m *model) diag.Diagnostics {
	before := ""
	if p.State != nil {
		before = p.State.Description.ValueString()
	}
	if p.Plan.Description.ValueString() == before {
		return nil
	}
	err := setDescription(ctx, d, m.Number(), p.Plan.Description.ValueString())
	switch {
	case err == nil:
		return nil
	case p.State == nil:
		// An error would make Terraform replace the new cluster.
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathDescription, "The description is not set",
			fmt.Sprintf("The cluster is stored without its description: %s. Apply again: the next plan shows what is missing.", err))}
	}
	m.Description = p.State.Description
	return d.Failure(framework.Operation{
		Summary: "The description of the cluster could not be changed", Consequence: "All other changes of the cluster are stored.", Object: noun, Explain: explain,
	}, err)
}

// setDescription settles a reply that was lost by reading.
func setDescription(ctx context.Context, d *framework.Data, id int, description string) error {
	err := d.Client.SetClusterDescription(ctx, id, description)
	if _, maybe := reconcile.MaybeHandled(err); !maybe {
		return err
	}
	ctx, cancel := d.Patience.Afterwards(ctx)
	defer cancel()
	if stored, readErr := d.Client.ClusterDescription(ctx, id); readErr == nil && stored == description {
		return nil
	}
	return err
}

// readDescription reads the description where it is managed, and for an import.
func readDescription(ctx context.Context, d *framework.Data, m *model, imported bool) error {
	if !imported && m.Description.IsNull() {
		return nil
	}
	description, err := d.Client.ClusterDescription(ctx, m.Number())
	if err == nil {
		m.Description = emptyIsNull(description)
	}
	return err
}

// verifyRights asks Devtron for the namespaces of the cluster. Credentials without any rights pass
// Devtron's connection test, but then Devtron shows no namespaces (recordings 41-08 and 41-09).
func verifyRights(ctx context.Context, d *framework.Data, m model, config model) diag.Diagnostics {
	at := given(config, pathBearerToken)
	names, err := d.Client.AwaitNamespaces(ctx, m.Number(), func(names []string) bool { return len(names) > 0 })
	switch {
	case err != nil:
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "The rights of the credentials could not be verified",
			fmt.Sprintf("The cluster is stored. Whether its credentials may list namespaces is not known: %s.", err))}
	case len(names) == 0:
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "The credentials of the cluster have no rights",
			"Devtron stored the cluster and can connect to it, but sees none of its namespaces. The account most likely lacks the right to list namespaces, so Devtron can neither create environments nor deploy. "+
				"Devtron needs the rights of the ClusterRole cluster-admin. Grant them, for example with:\n\n"+
				"  kubectl create clusterrolebinding devtron --clusterrole=cluster-admin "+account(config))}
	}
	return nil
}

// account is who Devtron signs in as, as an option of kubectl: a service account or, without a
// token, the user that the client certificate is for.
func account(config model) string {
	certificate, _ := pem.Decode([]byte(secret.Fields[tlsModel](config.TLS).ClientCertificate.ValueString()))
	if certificate != nil && !config.bearerToken().Given() {
		if user, err := x509.ParseCertificate(certificate.Bytes); err == nil {
			return fmt.Sprintf("--user=%q", user.Subject.CommonName)
		}
	}
	c, _ := claimsOf(config.bearerToken().Value())
	namespace, name := c.serviceAccount()
	return "--serviceaccount=" + namespace + ":" + name
}
