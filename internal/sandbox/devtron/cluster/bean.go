// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import "github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"

// ClusterBean is a cluster in requests and replies. Decoding errors contain the name of this type.
type ClusterBean struct {
	ID                      int               `json:"id"`
	ClusterName             string            `json:"cluster_name,omitempty"`
	Description             string            `json:"description"`
	ServerURL               string            `json:"server_url,omitempty"`
	PrometheusURL           string            `json:"prometheus_url,omitempty"`
	Active                  bool              `json:"active"`
	Config                  map[string]string `json:"config,omitempty"`
	PrometheusAuth          *PrometheusAuth   `json:"prometheusAuth,omitempty"`
	DefaultClusterComponent []any             `json:"defaultClusterComponent"`
	AgentInstallationStage  int               `json:"agentInstallationStage"`
	K8sVersion              string            `json:"k8sVersion"`
	InsecureSkipTLSVerify   bool              `json:"insecureSkipTlsVerify"`
	ErrorInConnecting       string            `json:"errorInConnecting"`
	IsCdArgoSetup           bool              `json:"isCdArgoSetup"`
	IsVirtualCluster        bool              `json:"isVirtualCluster"`
	ClusterUpdated          bool              `json:"clusterUpdated"`
	IsProd                  bool              `json:"isProd"`
	ClusterStatus           string            `json:"clusterStatus,omitempty"`
}

// PrometheusAuth contains the credentials for Prometheus.
type PrometheusAuth struct {
	UserName      string `json:"userName,omitempty"`
	Password      string `json:"password,omitempty"`
	TLSClientCert string `json:"tlsClientCert,omitempty"`
	TLSClientKey  string `json:"tlsClientKey,omitempty"`
	IsAnonymous   bool   `json:"isAnonymous"`
}

// The keys of ClusterBean.Config.
const (
	bearerToken       = "bearer_token"
	clientKey         = "tls_key"
	clientCertificate = "cert_data"
	caCertificate     = "cert_auth_data"
)

// validate applies the rules for the body of POST and PUT.
func (b ClusterBean) validate() *api.Reply {
	const bean = "ClusterBean"
	return api.Validate(
		api.Check{Bean: bean, Field: "ClusterName", Tag: "required", OK: b.ClusterName != ""},
		api.Check{Bean: bean, Field: "ServerUrl", Tag: "url", OK: api.IsURL(b.ServerURL)},
		api.Check{
			Bean: bean, Field: "PrometheusUrl", Tag: "validate-non-empty-url", OK: b.PrometheusURL == "" || api.IsURL(b.PrometheusURL),
		},
	)
}

func (b ClusterBean) config() Config {
	return Config{
		BearerToken: b.Config[bearerToken], CACertificate: b.Config[caCertificate],
		ClientCertificate: b.Config[clientCertificate], ClientKey: b.Config[clientKey],
	}
}

// bean returns the reply to a read. It contains no credentials for the cluster, but those for
// Prometheus.
func (r Row) bean() ClusterBean {
	return ClusterBean{
		ID: r.ID, ClusterName: r.Name, ServerURL: r.ServerURL, PrometheusURL: r.Prometheus.URL, Active: r.Active,
		Config: map[string]string{bearerToken: ""}, K8sVersion: r.Version, InsecureSkipTLSVerify: r.Insecure,
		ErrorInConnecting: r.ErrorInConnecting, IsProd: r.Production,
		PrometheusAuth: &PrometheusAuth{
			UserName: r.Prometheus.Username, Password: r.Prometheus.Password,
			TLSClientCert: r.Prometheus.ClientCertificate, TLSClientKey: r.Prometheus.ClientKey,
		},
	}
}

// listItem returns the item of the list.
func (r Row) listItem() ClusterBean {
	b := r.bean()
	b.DefaultClusterComponent, b.ClusterStatus = []any{}, "healthy"
	if r.ID == DefaultID {
		b.AgentInstallationStage = -1
	}
	if r.ErrorInConnecting != "" {
		b.ClusterStatus = "connection failed"
	}
	return b
}
