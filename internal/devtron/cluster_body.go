// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

// clusterBody is a cluster as it is sent. It always has all of what Devtron stores: without
// "active" a PUT deletes the cluster (22-39 to 22-41), without "config" it crashes (22-32).
type clusterBody struct {
	ID                    int                `json:"id"`
	Name                  string             `json:"cluster_name"`
	ServerURL             string             `json:"server_url"`
	Active                bool               `json:"active"`
	Config                ClusterCredentials `json:"config"`
	InsecureSkipTLSVerify bool               `json:"insecureSkipTlsVerify"`
	Production            bool               `json:"isProd"`
	PrometheusURL         string             `json:"prometheus_url"`
	PrometheusAuth        prometheusBody     `json:"prometheusAuth"`
}

type prometheusBody struct {
	Username          string `json:"userName"`
	Password          string `json:"password"`
	ClientCertificate string `json:"tlsClientCert"`
	ClientKey         string `json:"tlsClientKey"`
	Anonymous         bool   `json:"isAnonymous"`
}

func newClusterBody(c Cluster) clusterBody {
	p := c.PrometheusAuth
	return clusterBody{
		ID: c.ID, Name: c.Name, ServerURL: c.ServerURL, Active: true, Config: c.Credentials,
		InsecureSkipTLSVerify: c.InsecureSkipTLSVerify, Production: c.Production, PrometheusURL: c.PrometheusURL,
		PrometheusAuth: prometheusBody{p.Username, p.Password, p.ClientCertificate, p.ClientKey, p.Anonymous},
	}
}

func (b clusterBody) secrets() []string {
	return []string{b.Config.BearerToken, b.Config.ClientKey, b.PrometheusAuth.Password, b.PrometheusAuth.ClientKey}
}

func (b clusterBody) suspects() []Suspect {
	return tooLong(
		textField{"cluster_name", b.Name}, textField{"server_url", b.ServerURL}, textField{"prometheus_url", b.PrometheusURL},
	)
}

// clusterReference is what a DELETE sends. Devtron acts on the id alone since v1.8.0, and wants a
// valid cluster before.
type clusterReference struct {
	noSecrets
	ID        int    `json:"id"`
	Name      string `json:"cluster_name"`
	ServerURL string `json:"server_url"`
	Active    bool   `json:"active"`
}

type clusterDescription struct {
	noSecrets
	ID          int    `json:"id"`
	Description string `json:"description"`
}
