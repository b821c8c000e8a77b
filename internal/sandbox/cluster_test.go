// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Devtron connects to a cluster with the credentials in the request and reports failures.
func TestDevtronChecksClusterConnections(t *testing.T) {
	s := ForTest(t)
	c, other, stopped := s.Cluster, s.StartCluster(t), s.StartCluster(t)
	stopped.Stop()
	revoked := c.IssueToken(true, time.Time{})
	c.RevokeToken(revoked)
	const unauthorized = `"Unauthorized : token seems invalid or does not have sufficient permissions"`
	for i, trial := range []struct {
		name, url string
		config    map[string]string
		want      string // the error; "" means that the cluster is stored
	}{
		{"token and CA", c.URL(), map[string]string{"bearer_token": c.Token(), "cert_auth_data": c.CACertificate}, ""},
		{"token without rights", c.URL(), map[string]string{"bearer_token": c.TokenWithoutRights(), "cert_auth_data": c.CACertificate}, ""},
		{"anonymous", c.URL(), map[string]string{"cert_auth_data": c.CACertificate}, ""},
		{"client certificate", c.URL(), map[string]string{"cert_auth_data": c.CACertificate, "cert_data": c.ClientCertificate, "tls_key": c.ClientKey}, ""},
		{"certificate without key", c.URL(), map[string]string{"cert_auth_data": c.CACertificate, "cert_data": c.ClientCertificate}, ""},
		{"expired token", c.URL(), map[string]string{"bearer_token": c.IssueToken(true, time.Now().Add(-time.Minute)), "cert_auth_data": c.CACertificate}, unauthorized},
		{"revoked token", c.URL(), map[string]string{"bearer_token": revoked, "cert_auth_data": c.CACertificate}, unauthorized},
		{"no CA", c.URL(), map[string]string{"bearer_token": c.Token()}, `certificate signed by unknown authority`},
		{"CA of another cluster", c.URL(), map[string]string{"bearer_token": c.Token(), "cert_auth_data": other.CACertificate}, `Incorrect server url : Get \"` + c.URL() + `/livez\": tls`},
		{"invalid PEM", c.URL(), map[string]string{"cert_auth_data": "nonsense"}, "Validation failed : unable to load root certificates"},
		{"certificate and key do not match", c.URL(), map[string]string{"cert_data": c.ClientCertificate, "tls_key": other.ClientKey}, "Validation failed : tls: private key does not match public key"},
		{"stopped", stopped.URL(), nil, "connect: connection refused"},
		{"address outside of the sandbox", "https://192.0.2.1", nil, "connect: network is unreachable"},
		{"unknown host", "https://cluster.example.com", nil, "no such host"},
		{"HTTP", strings.Replace(c.URL(), "https", "http", 1), nil, "BadRequest : the server rejected our request for an unknown reason"},
		{"path without rights", c.URL() + "/k8s", map[string]string{"bearer_token": c.TokenWithoutRights(), "cert_auth_data": c.CACertificate}, `"Forbidden : unknown"`},
		{"path with rights", c.URL() + "/k8s", map[string]string{"bearer_token": c.Token(), "cert_auth_data": c.CACertificate}, "NotFound : the server could not find the requested resource"},
	} {
		name := fmt.Sprintf("cluster-%d", i)
		status, body := send(t, s.Devtron, "POST", "/orchestrator/cluster", clusterWith(name, trial.url, trial.config))
		if trial.want == "" && status != 200 || trial.want != "" && (status != 500 || !strings.Contains(body, trial.want)) {
			t.Errorf("%s: got %d %s, want %q", trial.name, status, body, trial.want)
		}
		if stored := len(s.Devtron.Clusters.Named(name)) > 0; stored != (trial.want == "") {
			t.Errorf("%s: got stored %v", trial.name, stored)
		}
	}
}

// The errors for a status have the texts of the Kubernetes client library.
func TestDevtronReportsErrorsOfClusters(t *testing.T) {
	s := ForTest(t)
	for status, want := range map[int]string{
		429: "TooManyRequests : the server has received too many requests",
		500: `InternalError : an error on the server (\"\") has prevented`,
		503: "ServiceUnavailable : the server is currently unable to handle the request",
		504: "Timeout : the server was unable to return a response in the time allotted",
	} {
		s.Cluster.Inject(Fault{Path: "/livez", Status: status, Body: "no", ContentType: "text/plain", Times: 1})
		if got, body := send(t, s.Devtron, "POST", "/orchestrator/cluster", clusterBody(s, "eu")); got != 500 || !strings.Contains(body, want) {
			t.Errorf("%d: got %d %s", status, got, body)
		}
	}
	s.Cluster.Inject(Fault{Path: "/livez", Status: 200, Body: "<html>", ContentType: "text/html", Times: 1})
	if got, body := send(t, s.Devtron, "POST", "/orchestrator/cluster", clusterBody(s, "eu")); got != 500 || !strings.Contains(body, "Validation failed with response") {
		t.Errorf("web page: got %d %s", got, body)
	}
}

// Devtron stores a slow cluster after the client timed out.
func TestClusterIsStoredAfterClientTimeout(t *testing.T) {
	s := ForTest(t)
	s.Cluster.Inject(Fault{Delay: 300 * time.Millisecond, Path: "/livez"})
	sendWithTimeout(t, s.Devtron, 50*time.Millisecond, "/orchestrator/cluster", clusterBody(s, "slow"))
	eventually(t, func() bool { return len(s.Devtron.Clusters.Named("slow")) > 0 })
}

// Devtron creates the namespace of an environment, does not report a failure to do so, and does not
// delete the namespace.
func TestNamespacesOfEnvironments(t *testing.T) {
	s := ForTest(t)
	d := s.Devtron
	mustSend(t, d, "POST", "/orchestrator/cluster", clusterBody(s, "eu"))
	weak := clusterWith("weak", s.Cluster.URL(), map[string]string{"bearer_token": s.Cluster.TokenWithoutRights(), "cert_auth_data": s.Cluster.CACertificate})
	mustSend(t, d, "POST", "/orchestrator/cluster", weak)
	eu, weakID := d.Clusters.Named("eu")[0].ID, d.Clusters.Named("weak")[0].ID

	create := func(name string, cluster int) {
		mustSend(t, d, "POST", "/orchestrator/env", fmt.Sprintf(`{"environment_name":%q,"cluster_id":%d,"namespace":%q,"active":true}`, name, cluster, name))
	}
	create("prod", eu)
	create("lost", weakID)
	if got := s.Cluster.Namespaces(); !slices.Contains(got, "prod") || slices.Contains(got, "lost") {
		t.Errorf("got namespaces %v", got)
	}
	row := d.Environments.Named("prod")[0]
	mustSend(t, d, "DELETE", "/orchestrator/env", fmt.Sprintf(`{"id":%d,"environment_name":"prod","cluster_id":%d,"namespace":"prod"}`, row.ID, eu))
	if !slices.Contains(s.Cluster.Namespaces(), "prod") {
		t.Error("the namespace was deleted with its environment")
	}
	s.Cluster.RemoveNamespace("prod")
	if body := mustSend(t, d, "GET", fmt.Sprintf("/orchestrator/cluster/namespaces/%d", eu), ""); strings.Contains(body, "prod") || !strings.Contains(body, "kube-system") {
		t.Errorf("got namespaces %s", body)
	}

	// Environments can be created on an unreachable cluster.
	s.Cluster.Stop()
	create("dark", eu)
	for path, want := range map[string]string{
		fmt.Sprintf("/orchestrator/cluster/namespaces/%d", eu):                             `"result":[]`,
		fmt.Sprintf("/orchestrator/env/%d/connection", d.Environments.Named("dark")[0].ID): `"clusterReachable":false`,
	} {
		if body := mustSend(t, d, "GET", path, ""); !strings.Contains(body, want) {
			t.Errorf("%s: got %s", path, body)
		}
	}
	s.Cluster.Restart()
	create("light", eu)
	if !slices.Contains(s.Cluster.Namespaces(), "light") {
		t.Error("the namespace was not created after the restart")
	}
}

// An update of a cluster with a token checks the connection even if nothing changed, and updates
// the Kubernetes version.
func TestUpdateChecksClusterConnections(t *testing.T) {
	s := ForTest(t)
	d := s.Devtron
	mustSend(t, d, "POST", "/orchestrator/cluster", clusterBody(s, "eu"))
	row := d.Clusters.Named("eu")[0]
	update := fmt.Sprintf(`{"id":%d,"cluster_name":"eu","server_url":%q,"active":true,"config":{}}`, row.ID, row.ServerURL)
	s.Cluster.SetVersion("v1.34.0")
	mustSend(t, d, "PUT", "/orchestrator/cluster", update)
	if got := d.Clusters.Named("eu")[0]; got.Version != "v1.34.0" || got.Config != row.Config {
		t.Errorf("got %+v", got)
	}
	s.Cluster.Stop()
	if status, body := send(t, d, "PUT", "/orchestrator/cluster", update); status != 500 || !strings.Contains(body, "Incorrect server url") {
		t.Errorf("stopped cluster: got %d %s", status, body)
	}
	// The default cluster has no token, so Devtron does not check the connection.
	s.Home.Stop()
	mustSend(t, d, "PUT", "/orchestrator/cluster",
		`{"id":1,"cluster_name":"default_cluster","server_url":"https://kubernetes.default.svc","active":true,"config":{},"insecureSkipTlsVerify":true,"isProd":true}`)
	if !d.Clusters.Rows()[0].Production {
		t.Error("isProd was not stored")
	}
}
