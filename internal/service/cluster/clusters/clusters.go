// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package clusters describes clusters as Devtron's API treats them, for the area of clusters and
// for areas whose objects refer to clusters. It knows nothing of Terraform.
package clusters

import (
	"errors"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// API describes clusters.
func API(c *devtron.Client) reconcile.Kind[devtron.Cluster] {
	return reconcile.Kind[devtron.Cluster]{
		Name: "clusters", List: c.ListClusters, Create: c.CreateCluster, Update: c.UpdateCluster, Delete: c.DeleteCluster,
		ID: func(c devtron.Cluster) reconcile.ID { return reconcile.ID{Number: c.ID} }, Key: func(c devtron.Cluster) string { return c.Name },
		Same: same, Hidden: hidden,
	}
}

// SameServer reports whether two server URLs are the same. Devtron stores them byte for byte, but a
// trailing slash makes no difference to it.
func SameServer(a, b string) bool { return strings.TrimRight(a, "/") == strings.TrimRight(b, "/") }

func same(stored, wanted devtron.Cluster) bool {
	return SameServer(stored.ServerURL, wanted.ServerURL) && stored.InsecureSkipTLSVerify == wanted.InsecureSkipTLSVerify &&
		stored.Production == wanted.Production && samePrometheus(stored, wanted)
}

// samePrometheus compares what can be read. Devtron cannot forget a client certificate, and without
// a URL nothing counts.
func samePrometheus(stored, wanted devtron.Cluster) bool {
	if stored.PrometheusURL != wanted.PrometheusURL || wanted.PrometheusURL == "" {
		return stored.PrometheusURL == wanted.PrometheusURL
	}
	certificate := wanted.PrometheusAuth.ClientCertificate
	return stored.PrometheusAuth.Username == wanted.PrometheusAuth.Username &&
		(certificate == "" || certificate == stored.PrometheusAuth.ClientCertificate)
}

var errHidden = errors.New("Devtron does not show the credentials of a cluster")

// hidden reports credentials among what is to be written, and a password of Prometheus that is to
// be cleared.
func hidden(wanted devtron.Cluster) error {
	p := wanted.PrometheusAuth
	if wanted.Credentials != (devtron.ClusterCredentials{}) || p.Password != "" || p.ClientKey != "" || p.Anonymous && p.Username != "" {
		return errHidden
	}
	return nil
}
