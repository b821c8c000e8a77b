// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	testPrometheusPassword = "prometheus-passw0rd"
	testPrometheusKey      = "prometheus-client-key"
)

// testCluster is a cluster that Devtron can connect to, with every field set.
func testCluster(box *sandbox.Sandbox) Cluster {
	return Cluster{
		Name: "prod-eu", ServerURL: box.Cluster.URL(), Production: true, PrometheusURL: "http://prometheus.example",
		PrometheusAuth: PrometheusAuth{
			Username: "u", Password: testPrometheusPassword, ClientCertificate: "certificate", ClientKey: testPrometheusKey,
		},
		Credentials: ClusterCredentials{BearerToken: box.Cluster.Token(), CACertificate: box.Cluster.CACertificate},
	}
}

// readCluster returns a cluster of the list.
func readCluster(t *testing.T, c *Client, id int) (Cluster, bool) {
	t.Helper()
	return firstListed(t, c.ListClusters, func(item Cluster) bool { return item.ID == id })
}

func TestClusterLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	wanted := testCluster(box)
	created, err := client.CreateCluster(ctx, wanted)
	if err != nil || created.ID != 2 || created.Name != "prod-eu" {
		t.Fatalf("got %+v, %v", created, err)
	}
	stored, ok := readCluster(t, client, created.ID)
	want := wanted
	want.ID, want.KubernetesVersion, want.Credentials = 2, "v1.33.4", ClusterCredentials{}
	want.PrometheusAuth.Password, want.PrometheusAuth.ClientKey = "", ""
	if !ok || stored != want {
		t.Errorf("got %+v, want %+v", stored, want)
	}

	stored.Production = false
	if err := client.UpdateCluster(ctx, stored); err != nil {
		t.Error(err)
	}
	row, _ := box.Devtron.Clusters.Get(created.ID)
	if row.Production || row.Config.BearerToken != wanted.Credentials.BearerToken || row.Prometheus.Password != testPrometheusPassword {
		t.Errorf("an update without secrets left %+v", row)
	}
	stored.PrometheusURL, stored.PrometheusAuth = "", PrometheusAuth{Anonymous: true}
	if err := client.UpdateCluster(ctx, stored); err != nil {
		t.Error(err)
	}
	if row, _ = box.Devtron.Clusters.Get(created.ID); row.Prometheus.Username != "" || row.Prometheus.Password != "" || row.Prometheus.ClientKey == "" {
		t.Errorf("anonymous left %+v", row.Prometheus)
	}

	if err := client.DeleteCluster(ctx, stored); err != nil {
		t.Error(err)
	}
	if err := client.DeleteCluster(ctx, stored); !IsKind(err, NotFound) {
		t.Errorf("again: got %v", err)
	}
	if err := client.UpdateCluster(ctx, stored); !IsKind(err, NotFound) {
		t.Errorf("update after it: got %v", err)
	}
	wantBodies(t, box, "DELETE", "cluster", slices.Repeat([]string{fmt.Sprintf(`{"id":2,"cluster_name":"prod-eu","server_url":%q,"active":true}`, box.Cluster.URL())}, 2)...)
}

// TestClusterWritesAlwaysSendActiveAndConfig: without active a PUT deletes, without config Devtron
// crashes.
func TestClusterWritesAlwaysSendActiveAndConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	_, _ = client.CreateCluster(t.Context(), Cluster{ID: 9})
	_ = client.UpdateCluster(t.Context(), Cluster{})
	const want = `{"id":0,"cluster_name":"","server_url":"","active":true,"config":{"bearer_token":"","tls_key":"","cert_data":"","cert_auth_data":""},` +
		`"insecureSkipTlsVerify":false,"isProd":false,"prometheus_url":"","prometheusAuth":{"userName":"","password":"","tlsClientCert":"","tlsClientKey":"","isAnonymous":false}}`
	wantBodies(t, box, "POST", "cluster", want)
	wantBodies(t, box, "PUT", "cluster", want)
}

// TestHTTP200WithTheID0: Devtron does not report that its database refused the cluster.
func TestHTTP200WithTheID0(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	wanted := testCluster(box)
	wanted.ServerURL += "?" + strings.Repeat("a", 250)
	_, err := client.CreateCluster(t.Context(), wanted)
	e := failure(t, err)
	if e.Kind != NotStorable || e.Status != 200 || !e.Envelope || e.MaybeHandled() {
		t.Errorf("got %+v", *e)
	}
	if len(e.Suspects) != 1 || e.Suspects[0].Field != "server_url" || !strings.Contains(e.Suspects[0].Problem, "stores at most 250") {
		t.Errorf("suspects %v", e.Suspects)
	}
	if _, ok := readCluster(t, client, 2); ok {
		t.Error("it is stored")
	}
}

func TestUserMistakesWithClustersComeAs500(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	for want, change := range map[string]func(*Cluster){
		"Unauthorized : token seems invalid": func(c *Cluster) { c.Credentials.BearerToken = "wrong-token" },
		"Incorrect server url : ":            func(c *Cluster) { c.ServerURL = "https://192.0.2.1" },
	} {
		wanted := testCluster(box)
		change(&wanted)
		_, err := client.CreateCluster(t.Context(), wanted)
		if e := failure(t, err); e.Kind != ServerError || !e.Envelope || !strings.HasPrefix(e.Message, want) || e.ClusterProblem() == ClusterUnknown {
			t.Errorf("got %+v", *e)
		}
	}
}

func TestClusterCannotBeRenamedNorTheDefaultOneChanged(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	stored, _ := readCluster(t, client, 1)
	renamed, moved := stored, stored
	renamed.Name, moved.ServerURL = "other", "https://192.0.2.1"
	for message, change := range map[string]Cluster{
		"cluster name cannot be changed":                                  renamed,
		"default_cluster is reserved by the system and cannot be updated": moved,
	} {
		if e := failure(t, client.UpdateCluster(t.Context(), change)); e.Kind != Rejected || e.Message != message {
			t.Errorf("got %+v", *e)
		}
	}
	stored.Production = true
	if err := client.UpdateCluster(t.Context(), stored); err != nil {
		t.Errorf("production of the default cluster: %v", err)
	}
}

// TestTheDefaultClusterIsNotDeleted, although Devtron would.
func TestTheDefaultClusterIsNotDeleted(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Environments.Remove(1)
	e := failure(t, sandboxClient(t, box).DeleteCluster(t.Context(), Cluster{ID: 1, Name: DefaultCluster}))
	if e.Kind != Rejected || e.MaybeHandled() || len(box.Log.All()) != 0 {
		t.Errorf("got %+v", *e)
	}
}

func TestClusterInUseIsNotDeleted(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	eu := box.Devtron.Clusters.Put(sandbox.ClusterRow{Name: "eu", ServerURL: "https://eu.example", Active: true})
	box.Devtron.Environments.Put(sandbox.Environment{Name: "prod", ClusterID: eu.ID, Namespace: "prod", Active: true})
	stored, _ := readCluster(t, client, eu.ID)
	e := failure(t, client.DeleteCluster(t.Context(), stored))
	if e.Kind != InUse || !slices.Equal(e.UsedBy, []string{"prod"}) || e.Message != "Please delete all related environments before deleting this cluster" {
		t.Errorf("got %+v", *e)
	}
}

// TestClusterDescriptionHasRoutesOfItsOwn: POST and PUT drop it, and the list does not show it.
func TestClusterDescriptionHasRoutesOfItsOwn(t *testing.T) {
	client, ctx := sandboxClient(t, sandbox.ForTest(t)), t.Context()
	for _, want := range []string{"where Devtron runs", ""} {
		if err := client.SetClusterDescription(ctx, 1, want); err != nil {
			t.Error(err)
		}
		if got, err := client.ClusterDescription(ctx, 1); err != nil || got != want {
			t.Errorf("got %q, %v", got, err)
		}
	}
	if _, err := client.ClusterDescription(ctx, 99); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
	if err := client.SetClusterDescription(ctx, 99, "x"); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
}

// TestNoNamespacesShowThatCredentialsHaveNoRights: Devtron's connection test accepts them.
func TestNoNamespacesShowThatCredentialsHaveNoRights(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	wanted := testCluster(box)
	wanted.Credentials.BearerToken = box.Cluster.TokenWithoutRights()
	created, err := client.CreateCluster(ctx, wanted)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := client.ClusterNamespaces(ctx, created.ID); err != nil || len(names) != 0 {
		t.Errorf("got %v, %v", names, err)
	}
	if names, err := client.ClusterNamespaces(ctx, 1); err != nil || !slices.Contains(names, "devtroncd") {
		t.Errorf("default cluster: got %v, %v", names, err)
	}
	if _, err := client.ClusterNamespaces(ctx, 99); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
}

func TestClustersWithoutRightsAreAnEmptyList(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box, func(o *Options) { o.APIToken = box.Devtron.PowerlessToken() })
	if _, ok := readCluster(t, client, 1); ok {
		t.Error("the default cluster is shown")
	}
	if err := client.CheckSuperAdmin(t.Context(), time.Time{}); !IsKind(err, Forbidden) {
		t.Errorf("got %v", err)
	}
}

// TestSecretsOfClustersStayInTheRequest: Devtron's replies repeat secrets, including those stored
// earlier. The client neither returns them nor quotes them in an error.
func TestSecretsOfClustersStayInTheRequest(t *testing.T) {
	box := sandbox.ForTest(t)
	var logged []string
	client := sandboxClient(t, box, func(o *Options) {
		o.MaxRetries = 0
		o.Observe = func(_ context.Context, x Exchange) { logged = append(logged, fmt.Sprintf("%+v %v", x, x.Err)) }
	})
	ctx := t.Context()
	wanted := testCluster(box)
	wanted.Credentials.BearerToken = "short-bearer-token" // which fits into what an error quotes
	box.Cluster.AddToken(wanted.Credentials.BearerToken, true)
	secrets := []string{wanted.Credentials.BearerToken, testPrometheusPassword, testPrometheusKey}
	created, err := client.CreateCluster(ctx, wanted)
	if err != nil {
		t.Fatal(err)
	}
	kept := wanted
	kept.ID, kept.Credentials, kept.PrometheusAuth = created.ID, ClusterCredentials{}, PrometheusAuth{Username: "u"}
	stored, _ := readCluster(t, client, created.ID)
	text := fmt.Sprintf("%+v %+v", created, stored)
	encoded, _ := json.Marshal(stored)
	text += string(encoded)

	repeated, err := json.Marshal(map[string]any{"code": 200, "result": map[string]any{
		"id": "not a number", "config": map[string]string{"bearer_token": secrets[0], "tls_key": secrets[2]},
		"prometheusAuth": map[string]string{"password": secrets[1]},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range []sandbox.Fault{
		{Handle: true, Truncate: 400},
		{Handle: true, Status: 502, Body: string(repeated), ContentType: jsonType},
		{Handle: true, Status: 200, Body: string(repeated[1:]), ContentType: jsonType},
		{Status: 200, Body: string(repeated), ContentType: jsonType},
	} {
		fault.Times = 3
		box.Devtron.Inject(fault)
		_, createErr := client.CreateCluster(ctx, Cluster{Name: "other"})
		_, listErr := client.ListClusters(ctx)
		updateErr := client.UpdateCluster(ctx, kept)
		if createErr == nil || listErr == nil {
			t.Errorf("%+v: %v, %v", fault, createErr, listErr)
		}
		text += fmt.Sprintf("%v %+v %v %+v %v %+v", createErr, createErr, listErr, listErr, updateErr, updateErr)
	}
	for _, place := range append(logged, text) {
		if found := leaks(place, secrets...); len(found) > 0 {
			t.Errorf("%q in %s", found, place)
		}
	}
}
