// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// DefaultCluster is the name of the cluster that Devtron runs in. Its connection cannot be changed
// (22-42).
const DefaultCluster = "default_cluster"

// Cluster is a Kubernetes cluster that Devtron can deploy to.
type Cluster struct {
	// ID is chosen by Devtron; POST ignores another one (22-76).
	ID int `json:"id"`
	// Name is any text of up to 250 characters. It is unique, except after parallel creations, and
	// cannot be changed (22-33).
	Name string `json:"cluster_name"`
	// ServerURL is the address of the API server, up to 250 characters, stored byte for byte
	// (22-17).
	ServerURL string `json:"server_url"`
	// InsecureSkipTLSVerify makes Devtron ignore the TLS material in Credentials (41-24).
	InsecureSkipTLSVerify bool `json:"insecureSkipTlsVerify"`
	// Production marks the cluster as one for production; since v1.2.1.
	Production bool `json:"isProd"`
	// PrometheusURL is where the metrics of the cluster are; empty for nowhere.
	PrometheusURL  string         `json:"prometheus_url"`
	PrometheusAuth PrometheusAuth `json:"prometheusAuth"`

	// Credentials are written and never read.
	Credentials ClusterCredentials `json:"-"`

	// KubernetesVersion is read-only, such as "v1.33.4"; empty for DefaultCluster.
	KubernetesVersion string `json:"k8sVersion"`
	// ErrorInConnecting is read-only. Devtron checks the connection every few minutes.
	ErrorInConnecting string `json:"errorInConnecting"`
}

// ClusterCredentials are how Devtron signs in to a cluster. What is empty in an update keeps what
// is stored (22-30, 22-72), so that nothing of it can be removed; reads do not show whether it is
// set.
type ClusterCredentials struct {
	BearerToken string `json:"bearer_token"`
	// The TLS material is PEM. Devtron ignores a client certificate without its key.
	ClientKey         string `json:"tls_key"`
	ClientCertificate string `json:"cert_data"`
	CACertificate     string `json:"cert_auth_data"`
}

// PrometheusAuth is how Devtron signs in to Prometheus. What is empty in an update keeps what is
// stored.
type PrometheusAuth struct {
	Username          string `json:"userName"`
	ClientCertificate string `json:"tlsClientCert"`
	// Password and ClientKey are written and never read, although Devtron returns them in clear
	// (22-37).
	Password  string `json:"-"`
	ClientKey string `json:"-"`
	// Anonymous, which is only written, makes the username and the password what the request says,
	// also where it leaves them empty. The client certificate and its key stay (source).
	Anonymous bool `json:"-"`
}

func (c Cluster) plausible() bool { return c.ID > 0 && c.Name != "" }

const routeCluster = "cluster"

// ListClusters returns all clusters in no particular order. Without rights the list is empty
// (22-29): see CheckSuperAdmin. A complete list has DefaultCluster, unless somebody has deleted it.
func (c *Client) ListClusters(ctx context.Context) ([]Cluster, error) {
	return sendForList[Cluster](ctx, c, &call{
		operation: "list the clusters", method: http.MethodGet, route: routeCluster, empty: emptyIsNone, secretReply: true,
	})
}

// CreateCluster connects to a cluster, stores it and returns it with its id. A failure to connect
// is a ServerError in Devtron's words (22-10, 22-11), although mostly the request is wrong, see
// Error.ClusterProblem; that the connection works says nothing about the rights of the credentials
// (41-08). A cluster that the database does not take is NotStorable, although Devtron says 200
// (41-22).
func (c *Client) CreateCluster(ctx context.Context, cluster Cluster) (Cluster, error) {
	cluster.ID = 0
	k := &call{
		operation: "create the cluster " + cluster.Name, method: http.MethodPost, route: routeCluster,
		body: newClusterBody(cluster), secretReply: true,
	}
	var created Cluster
	if err := c.send(ctx, k, &created); err != nil {
		return Cluster{}, err
	}
	switch {
	case created.plausible():
		return created, nil
	case created.Name != cluster.Name:
		return Cluster{}, c.failed(k, NotDevtron, "the reply has no id or no name")
	}
	failure := c.failed(k, NotStorable, "the reply has the id 0, which means that nothing was stored")
	failure.Envelope, failure.Suspects = true, newClusterBody(cluster).suspects()
	return Cluster{}, failure
}

// UpdateCluster replaces a cluster. Devtron connects to it even where nothing about the connection
// has changed, as empty credentials count as a change, so that an update of a cluster that is down
// fails (41-17). A cluster that does not exist is NotFound (22-43).
func (c *Client) UpdateCluster(ctx context.Context, cluster Cluster) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("update the cluster %s (id %d)", cluster.Name, cluster.ID), method: http.MethodPut,
		route: routeCluster, body: newClusterBody(cluster), secretReply: true,
	}, nil)
}

// DeleteCluster deletes a cluster, which must be as ListClusters returned it. A cluster with
// environments is InUse (22-52), and UsedBy names them; one that does not exist is NotFound
// (22-55). DefaultCluster is refused here, as Devtron does not protect it (source).
func (c *Client) DeleteCluster(ctx context.Context, stored Cluster) error {
	k := &call{
		operation: fmt.Sprintf("delete the cluster %s (id %d)", stored.Name, stored.ID), method: http.MethodDelete,
		route: routeCluster, body: clusterReference{ID: stored.ID, Name: stored.Name, ServerURL: stored.ServerURL, Active: true},
	}
	if stored.Name == DefaultCluster {
		return c.failed(k, Rejected, "Devtron runs in this cluster, so that the client does not delete it")
	}
	err := c.send(ctx, k, nil)
	var failure *Error
	if errors.As(err, &failure) && failure.Kind == InUse {
		failure.UsedBy = c.environmentsOf(ctx, stored.ID)
	}
	return err
}

// environmentsOf returns the names of the environments of a cluster, as far as they can be read.
func (c *Client) environmentsOf(ctx context.Context, id int) []string {
	all, _ := c.ListEnvironments(ctx)
	var names []string
	for _, environment := range all {
		if environment.ClusterID == id {
			names = append(names, environment.Name)
		}
	}
	slices.Sort(names)
	return names
}

// ClusterDescription returns the description of a cluster, which no other read shows (22-61 to
// 22-65).
func (c *Client) ClusterDescription(ctx context.Context, id int) (string, error) {
	var result struct {
		Description string `json:"description"`
	}
	err := c.send(ctx, &call{
		operation: fmt.Sprintf("read the description of the cluster %d", id), method: http.MethodGet,
		route: fmt.Sprintf("%s/description?id=%d", routeCluster, id),
	}, &result)
	return result.Description, err
}

// SetClusterDescription changes the description of a cluster. CreateCluster and UpdateCluster
// cannot: Devtron drops it there (22-61).
func (c *Client) SetClusterDescription(ctx context.Context, id int, description string) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("change the description of the cluster %d", id), method: http.MethodPut,
		route: routeCluster + "/description", body: clusterDescription{ID: id, Description: description},
	}, nil)
}

// ClusterNamespaces asks the cluster for the names of its namespaces, in no particular order. None
// means that Devtron cannot reach it, or that its credentials have no right to list them (41-09).
func (c *Client) ClusterNamespaces(ctx context.Context, id int) ([]string, error) {
	var names []string
	err := c.send(ctx, &call{
		operation: fmt.Sprintf("list the namespaces of the cluster %d", id), method: http.MethodGet,
		route: fmt.Sprintf("%s/namespaces/%d", routeCluster, id), empty: emptyIsNone,
	}, &names)
	return names, err
}

// Devtron begins to watch the namespaces of a cluster only after it is stored, or when it is first
// asked for them, and shows a new namespace only after its watch reported it (source).
const (
	watchPatience = 3 * time.Second
	watchPause    = 300 * time.Millisecond
)

// AwaitNamespaces asks for the namespaces of a cluster until the answer is enough, for at most
// three seconds. It returns the last answer.
func (c *Client) AwaitNamespaces(ctx context.Context, id int, enough func(names []string) bool) ([]string, error) {
	for until := time.Now().Add(watchPatience); ; {
		names, err := c.ClusterNamespaces(ctx, id)
		if err != nil || enough(names) || time.Now().After(until) {
			return names, err
		}
		select {
		case <-time.After(watchPause):
		case <-ctx.Done():
		}
	}
}
