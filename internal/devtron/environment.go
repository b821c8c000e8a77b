// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"fmt"
	"net/http"
)

// Environment is a namespace of a cluster that applications are deployed to.
type Environment struct {
	// ID is chosen by Devtron; POST ignores another one (21-69).
	ID int `json:"id"`
	// Name has 1 to 16 characters: lower-case letters, digits and hyphens, none of them at the ends
	// (21-09 to 21-12). It is unique in the installation and cannot be changed (21-34). Before
	// v2.0.0 other names were accepted, and they can still be updated and deleted (source).
	Name string `json:"environment_name"`
	// ClusterID is a cluster that exists. An update ignores another one silently (41-15, 41-16).
	ClusterID int `json:"cluster_id"`
	// ClusterName is read-only.
	ClusterName string `json:"cluster_name"`
	// Namespace is a DNS label of up to 50 characters. There is one environment for a namespace of
	// a cluster (21-08), and it cannot be changed (21-57).
	Namespace string `json:"namespace"`
	// Production marks the environment as one for production. It is not a default of any kind.
	Production bool `json:"default"`
	// Description has up to 40 characters (21-17).
	Description string `json:"description"`
	// Identifier is read-only: the name of the cluster and the namespace with two underscores
	// between them, as permissions name the environment. Replies to writes do not have it (21-05).
	Identifier string `json:"environmentIdentifier"`
}

func (e Environment) plausible() bool { return e.ID > 0 && e.Name != "" }

// environmentBody is an environment as it is sent. An absent "active" is false, and deletes the
// environment for good (21-63 to 21-67).
type environmentBody struct {
	noSecrets
	Environment
	Active bool `json:"active"`
}

const routeEnvironment = "env"

// ListEnvironments returns the environments of all clusters in no particular order. Without rights
// the list is empty (21-31): see CheckSuperAdmin.
func (c *Client) ListEnvironments(ctx context.Context) ([]Environment, error) {
	return sendForList[Environment](ctx, c, &call{
		operation: "list the environments", method: http.MethodGet, route: routeEnvironment, empty: emptyIsNone,
	})
}

// CreateEnvironment stores a new environment, creates its namespace, and returns the environment
// with its id. Devtron does not report that it could not create the namespace (41-11), and the
// reply has no Identifier. A cluster that does not exist is NotFound (21-15); another environment
// of the same name, or for the same namespace of the cluster, is a Conflict that does not say which
// (21-06 to 21-08).
func (c *Client) CreateEnvironment(ctx context.Context, environment Environment) (Environment, error) {
	environment.ID = 0
	return sendForObject[Environment](ctx, c, &call{
		operation: "create the environment " + environment.Name, method: http.MethodPost, route: routeEnvironment,
		body: environmentBody{Environment: environment, Active: true},
	})
}

// UpdateEnvironment changes Production and Description. An environment that does not exist, or a
// cluster that does not, is NotFound (21-42, 21-61).
func (c *Client) UpdateEnvironment(ctx context.Context, environment Environment) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("update the environment %s (id %d)", environment.Name, environment.ID), method: http.MethodPut,
		route: routeEnvironment, body: environmentBody{Environment: environment, Active: true},
	}, nil)
}

// DeleteEnvironment deletes an environment, which must be as ListEnvironments returned it: Devtron
// validates all of it and acts on the id alone (21-49, 21-71). The namespace and what runs in it
// stay. An environment that something is deployed with is InUse (source); one that does not exist
// is NotFound (21-52).
func (c *Client) DeleteEnvironment(ctx context.Context, stored Environment) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("delete the environment %s (id %d)", stored.Name, stored.ID), method: http.MethodDelete,
		route: routeEnvironment, body: environmentBody{Environment: stored, Active: true},
	}, nil)
}
