// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"errors"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// same compares what can be read.
func same(stored, wanted devtron.ContainerRegistry) bool {
	return stored.Name == wanted.Name && stored.Type == wanted.Type && sameURL(stored.URL, wanted.URL) && stored.Username == wanted.Username &&
		stored.AWS.Region == wanted.AWS.Region && stored.AWS.AccessKeyID == wanted.AWS.AccessKeyID && sameConnection(stored, wanted) &&
		(wanted.Default == nil || stored.IsDefault() == *wanted.Default) && stored.Public == wanted.Public && stored.Containers == wanted.Containers &&
		stored.ChartAction == wanted.ChartAction && sameSet(stored.Repositories, wanted.Repositories) &&
		(wanted.Public || samePullSecret(stored.PullSecret, wanted.PullSecret))
}

// sameConnection compares the certificate only where it counts: Devtron goes on showing one that it
// does not use.
func sameConnection(stored, wanted devtron.ContainerRegistry) bool {
	connection := connectionOf(stored)
	return connection == connectionOf(wanted) &&
		(connection != devtron.ConnectionWithCertificate || strings.TrimSpace(stored.Certificate) == strings.TrimSpace(wanted.Certificate))
}

// connectionOf is the connection of a registry. Devtron's web page sends none for most types.
func connectionOf(r devtron.ContainerRegistry) string {
	if r.Connection == "" {
		return devtron.ConnectionSecure
	}
	return r.Connection
}

func samePullSecret(stored, wanted devtron.PullSecret) bool {
	stored, wanted = normal(stored), normal(wanted)
	return stored.Type == wanted.Type && (wanted.Type != devtron.PullSecretName || stored.Value == wanted.Value) &&
		sameSet(stored.Clusters, wanted.Clusters) && sameSet(stored.Except, wanted.Except)
}

// normal returns the one form of pull secrets that have the same effect.
func normal(p devtron.PullSecret) devtron.PullSecret {
	if p.Type == "" {
		p.Type = devtron.PullSecretRegistry
	}
	switch {
	case slices.Contains(p.Clusters, devtron.AllClusters):
		p.Clusters, p.Except = []string{devtron.AllClusters}, nil
	case len(p.Clusters) > 0:
		p.Except = nil
	case len(p.Except) == 0, slices.Contains(p.Except, devtron.AllClusters):
		p.Except = []string{devtron.AllClusters}
	}
	return p
}

func sameSet(a, b []string) bool {
	sorted := func(s []string) []string { return slices.Compact(slices.Sorted(slices.Values(s))) }
	return slices.Equal(sorted(a), sorted(b))
}

var errHidden = errors.New("Devtron does not show the credentials of a registry")

// hidden reports credentials among what is to be written.
func hidden(wanted devtron.ContainerRegistry) error {
	p := wanted.PullSecret
	if wanted.Password != "" || wanted.AWS.SecretAccessKey != "" || p.Type == devtron.PullSecretCustom && p.Value != "" {
		return errHidden
	}
	return nil
}
