// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"net/http"
)

// ContainerRegistry is a registry of container images, of OCI Helm charts, or of both.
type ContainerRegistry struct {
	// Name is the id, chosen by the client (25-05). Names with a slash are accepted, and the routes
	// by id then do not find them (25-22, 25-81).
	Name string
	// Type is one of the Registry constants; Devtron accepts any text (25-10).
	Type string
	// URL is stored byte for byte (25-65). Devtron's web page removes a scheme in front of it.
	URL string
	// Username and Password are for all types except RegistryECR. Password is written and never
	// read; in an update an empty one keeps what is stored (25-41, 25-42).
	Username, Password string
	// AWS is for RegistryECR.
	AWS RegistryAWS
	// Connection is one of the Connection constants; empty means ConnectionSecure.
	Connection string
	// Certificate is the CA certificate, in PEM, exactly where Connection is
	// ConnectionWithCertificate (25-12). Devtron keeps it when Connection changes, and goes on
	// showing it (source).
	Certificate string
	// Default is whether the registry is the default of new builds; nil in a write leaves the flag
	// to Devtron. There is at most one: true takes the flag from the registry that has it. Without
	// one, the next registry that is created gets it, whatever is sent (25-88).
	Default *bool
	// Containers is whether the registry holds container images, Charts whether it holds charts.
	Containers bool
	// ChartAction is one of the Chart constants; empty where the registry holds no charts. Every
	// write of a registry with charts takes about 7 seconds (25-16, 25-59), and fails while another
	// one is on its way, see Error.RegistryProblem.
	ChartAction string
	// Repositories are where charts are pulled from; needed for ChartPull and ChartPullPush
	// (25-18).
	Repositories []string
	// Public is for charts that are pulled without credentials.
	Public bool
	// PullSecret is ignored where the registry is public.
	PullSecret PullSecret

	// plain is a stored registry that is not one of the OCI specification, as old ones are. It
	// holds container images.
	plain bool
}

// RegistryAWS is how Devtron signs in to Amazon ECR. Without an access key, it uses the role of its
// node.
type RegistryAWS struct {
	Region, AccessKeyID string
	// SecretAccessKey is written and never read; in an update an empty one keeps what is stored.
	SecretAccessKey string
}

// PullSecret is how clusters get credentials to pull images.
type PullSecret struct {
	// Type is one of the PullSecret constants (25-11).
	Type string
	// Value is the name of the secret for PullSecretName. For PullSecretCustom it holds credentials
	// in JSON, which are written and never read; in an update an empty one keeps what is stored, if
	// Keep is called before.
	Value string
	// Clusters get the credentials: ids, or AllClusters. Where there are none, all clusters except
	// those in Except get them, and none of them where Except is AllClusters or empty (source).
	Clusters, Except []string

	// custom is the Value for PullSecretCustom as it is stored.
	custom string
}

// Types of registries. Devtron's web page treats them differently, its API does not.
const (
	RegistryECR              = "ecr"
	RegistryDockerHub        = "docker-hub"
	RegistryGitLab           = "gitlab"
	RegistryACR              = "acr"
	RegistryArtifactRegistry = "artifact-registry"
	RegistryGCR              = "gcr"
	RegistryQuay             = "quay"
	RegistryOther            = "other"
)

// How Devtron connects to a registry.
const (
	ConnectionSecure          = "secure"
	ConnectionInsecure        = "insecure"
	ConnectionWithCertificate = "secure-with-cert"
)

// What Devtron does with the charts of a registry.
const (
	ChartPull     = "PULL"
	ChartPush     = "PUSH"
	ChartPullPush = "PULL/PUSH"
)

// Types of pull secrets.
const (
	PullSecretRegistry = "SAME_AS_REGISTRY"
	PullSecretName     = "NAME"
	PullSecretCustom   = "CUSTOM_CREDENTIAL"
)

// AllClusters stands for every cluster in a PullSecret.
const AllClusters = "-1"

// Keep adds what is stored to a registry that is about to replace it, as far as Devtron would clear
// it otherwise, and as far as nothing is said about it.
func (r ContainerRegistry) Keep(stored ContainerRegistry) ContainerRegistry {
	if r.Default == nil {
		r.Default = stored.Default
	}
	if r.PullSecret.Type == stored.PullSecret.Type {
		r.PullSecret.custom = stored.PullSecret.custom
	}
	return r
}

// IsDefault reports whether the registry is known to be the default.
func (r ContainerRegistry) IsDefault() bool { return r.Default != nil && *r.Default }

const routeRegistry = "docker/registry"

// ListContainerRegistries returns all registries in no particular order. Without rights the list is
// empty (25-37): see CheckSuperAdmin. Unlike the routes by id, it does not contain passwords
// (25-29, 25-32); the credentials of a PullSecretCustom are in it (source).
func (c *Client) ListContainerRegistries(ctx context.Context) ([]ContainerRegistry, error) {
	items, err := sendForList[registryItem](ctx, c, &call{
		operation: "list the container registries", method: http.MethodGet, route: routeRegistry, empty: emptyIsNone, secretReply: true,
	})
	if err != nil {
		return nil, err
	}
	registries := make([]ContainerRegistry, len(items))
	for i, item := range items {
		registries[i] = item.registry()
	}
	return registries, nil
}

// CreateContainerRegistry stores a new registry. A deleted one of the same name is revived (25-56);
// one that exists is a Conflict with status 500 (25-06). The reply does not show what is stored: it
// repeats the request. Devtron tries the credentials only of a registry with charts, and only of
// some types (25-60 to 25-62). A failure can be one that comes after the registry was stored, see
// Error.RegistryProblem.
func (c *Client) CreateContainerRegistry(ctx context.Context, r ContainerRegistry) error {
	return c.send(ctx, &call{
		operation: "create the container registry " + r.Name, method: http.MethodPost, route: routeRegistry,
		body: newRegistryBody(r), secretReply: true,
	}, nil)
}

// UpdateContainerRegistry replaces a registry, except for its name and empty secrets. One that does
// not exist is NotFound (25-44). A failure can be one that comes after the registry was stored.
func (c *Client) UpdateContainerRegistry(ctx context.Context, r ContainerRegistry) error {
	return c.send(ctx, &call{
		operation: "update the container registry " + r.Name, method: http.MethodPut, route: routeRegistry,
		body: newRegistryBody(r), secretReply: true,
	}, nil)
}

// DeleteContainerRegistry deletes a registry, which must be as ListContainerRegistries returned it:
// Devtron validates it as a whole (25-50). The default registry cannot be deleted (41-03); one that
// builds or charts use is InUse (source); one that does not exist is NotFound (25-53).
func (c *Client) DeleteContainerRegistry(ctx context.Context, stored ContainerRegistry) error {
	body := newRegistryBody(stored)
	body.Certificate = stored.Certificate // also where Connection does not use it
	return c.send(ctx, &call{
		operation: "delete the container registry " + stored.Name, method: http.MethodDelete, route: routeRegistry, body: body,
	}, nil)
}
