// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import "github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"

// ClusterBean is a cluster in requests and replies. An error of the decoder repeats the name of the type.
//
//nolint:revive // the name is Devtron's
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

// PrometheusAuth is how Devtron signs in to Prometheus.
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

// validate are the rules that POST and PUT have in common.
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

// bean is a cluster as it is read: without its credentials, but with the password and the key for Prometheus.
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

// listed is a cluster as the list has it.
func (r Row) listed() ClusterBean {
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
