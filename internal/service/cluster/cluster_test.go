// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

// Routes of the API, and the address of the resource in most tests.
const (
	route            = "/orchestrator/cluster"
	descriptionRoute = route + "/description"
	prod             = "devtron_cluster.prod"
)

// tls is the argument with the CA of a cluster and more.
func tls(c *sandbox.Cluster, more ...string) string {
	return "{ " + strings.Join(append([]string{"ca_certificate = " + acctest.Quote(c.CACertificate)}, more...), ", ") + " }"
}

// required are arguments with which Devtron connects to the cluster of the sandbox.
func required(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"name": `"prod"`, "server_url": acctest.Quote(box.Cluster.URL()),
		"bearer_token": acctest.Quote(box.Cluster.Token()), "tls": tls(box.Cluster),
	}
}

// row is a cluster that somebody else has added to Devtron.
func row(box *sandbox.Sandbox) sandbox.ClusterRow {
	return sandbox.ClusterRow{
		Name: "prod", ServerURL: box.Cluster.URL(), Active: true, Version: "v1.33.4",
		Config: sandbox.ClusterConfig{BearerToken: box.Cluster.Token(), CACertificate: box.Cluster.CACertificate},
	}
}

// stored is the one cluster beside the default cluster.
func stored(t *testing.T, box *sandbox.Sandbox) sandbox.ClusterRow {
	t.Helper()
	rows := box.Devtron.Clusters.Rows()
	if len(rows) != 2 {
		t.Fatalf("Devtron has %d clusters, want the default cluster and one more", len(rows))
	}
	return rows[1]
}

// expectWrites compares the requests that can change Devtron since the last call with the wanted
// ones, such as "PUT /description".
func expectWrites(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	var got []string
	for _, r := range box.Log.To("devtron") {
		if r.Method != "GET" {
			got = append(got, r.Method+" "+strings.TrimPrefix(r.Path, route))
		}
	}
	box.Log.Reset()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("requests that write: %q, want %q", got, want)
	}
}

// expectStored fails the test unless Devtron has the wanted cluster.
func expectStored(t *testing.T, box *sandbox.Sandbox, want sandbox.ClusterRow) {
	t.Helper()
	got := stored(t, box)
	for name, values := range map[string][2]any{
		"id": {got.ID, want.ID}, "name": {got.Name, want.Name}, "server URL": {got.ServerURL, want.ServerURL}, "active": {got.Active, want.Active},
		"credentials": {got.Config, want.Config}, "insecure": {got.Insecure, want.Insecure}, "production": {got.Production, want.Production},
		"description": {got.Description, want.Description}, "Prometheus": {got.Prometheus, want.Prometheus}, "version": {got.Version, want.Version},
	} {
		if values[0] != values[1] {
			t.Errorf("%s: got %+v, want %+v", name, values[0], values[1])
		}
	}
}

// step is a change of the configuration.
type step struct {
	name string
	// change holds arguments and their new values, name, value, ...
	change []string
	writes []string
	// expect changes what Devtron is to have.
	expect func(*sandbox.ClusterRow)
}

// run applies the steps one after the other. After each, Devtron has what is expected, and the plan
// is empty.
func run(t *testing.T, box *sandbox.Sandbox, w *acctest.Workspace, args acctest.Args, want sandbox.ClusterRow, extra string, steps []step) {
	t.Helper()
	args = maps.Clone(args)
	for _, s := range steps {
		args = args.With(s.change...)
		w.Write(extra + args.At(prod))
		w.Apply().Ok()
		t.Log(s.name)
		expectWrites(t, box, s.writes...)
		s.expect(&want)
		expectStored(t, box, want)
		w.Plan().Empty()
	}
}

// TestEachArgumentIsChangedByTheRequestThatItNeeds, and by no other.
func TestEachArgumentIsChangedByTheRequestThatItNeeds(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	w := acctest.NewWorkspace(t, box, required(box).At(prod))
	w.Apply().Ok().Quiet()
	expectWrites(t, box, "POST ")
	want := row(box)
	want.ID = stored(t, box).ID
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()
	box.Cluster.SetVersion("v1.34.0")
	token := box.Cluster.IssueToken(true, time.Time{})

	run(t, box, w, required(box), want, "", []step{
		{"production, and a new version of Kubernetes", []string{"production", "true"}, []string{"PUT "}, func(r *sandbox.ClusterRow) { r.Production, r.Version = true, "v1.34.0" }},
		{"description", []string{"description", `"Frankfurt"`}, []string{"PUT /description"}, func(r *sandbox.ClusterRow) { r.Description = "Frankfurt" }},
		{"description and production", []string{"description", `"Frankfurt\nsecond line"`, "production", "false"}, []string{"PUT ", "PUT /description"}, func(r *sandbox.ClusterRow) {
			r.Description, r.Production = "Frankfurt\nsecond line", false
		}},
		{"no description", []string{"description", ""}, []string{"PUT /description"}, func(r *sandbox.ClusterRow) { r.Description = "" }},
		{"trailing slash", []string{"server_url", acctest.Quote(box.Cluster.URL() + "/")}, nil, func(*sandbox.ClusterRow) {}},
		{"timeouts", []string{"timeouts", `{ update = "5m" }`}, nil, func(*sandbox.ClusterRow) {}},
		{"bearer token", []string{"bearer_token", acctest.Quote(token)}, []string{"PUT "}, func(r *sandbox.ClusterRow) { r.Config.BearerToken = token }},
		{"client certificate", []string{"tls", tls(box.Cluster, pair(box.Cluster)...)}, []string{"PUT "}, func(r *sandbox.ClusterRow) {
			r.Config.ClientCertificate, r.Config.ClientKey = box.Cluster.ClientCertificate, box.Cluster.ClientKey
		}},
		{"Prometheus", []string{"prometheus", `{ url = "http://prometheus.example" }`}, []string{"PUT "}, func(r *sandbox.ClusterRow) { r.Prometheus.URL = "http://prometheus.example" }},
		{"credentials of Prometheus", []string{"prometheus", `{ url = "http://prometheus.example", username = "u", password = "p-1", ` + strings.Join(pair(other), ", ") + ` }`}, []string{"PUT "}, func(r *sandbox.ClusterRow) {
			r.Prometheus = sandbox.Prometheus{URL: r.Prometheus.URL, Username: "u", Password: "p-1", ClientCertificate: other.ClientCertificate, ClientKey: other.ClientKey}
		}},
		{"password of Prometheus", []string{"prometheus", `{ url = "http://prometheus.example", username = "u", password = "p-2" }`}, []string{"PUT "}, func(r *sandbox.ClusterRow) { r.Prometheus.Password = "p-2" }},
		{"no password of Prometheus", []string{"prometheus", `{ url = "http://prometheus.example", username = "u" }`}, []string{"PUT "}, func(r *sandbox.ClusterRow) { r.Prometheus.Password = "" }},
		{"no Prometheus", []string{"prometheus", ""}, []string{"PUT "}, func(r *sandbox.ClusterRow) { r.Prometheus.URL, r.Prometheus.Username = "", "" }},
		{"another cluster behind the name", []string{"server_url", acctest.Quote(other.URL()), "bearer_token", acctest.Quote(other.Token()), "tls", tls(other, pair(other)...)}, []string{"PUT "}, func(r *sandbox.ClusterRow) {
			r.Version, r.ServerURL = "v1.33.4", other.URL()
			r.Config = sandbox.ClusterConfig{BearerToken: other.Token(), CACertificate: other.CACertificate, ClientCertificate: other.ClientCertificate, ClientKey: other.ClientKey}
		}},
	})

	w.Destroy().Ok()
	expectWrites(t, box, "DELETE ")
}

// pair are a client certificate and its key as arguments.
func pair(c *sandbox.Cluster) []string {
	return []string{"client_certificate = " + acctest.Quote(c.ClientCertificate), "client_key = " + acctest.Quote(c.ClientKey)}
}

// TestIgnoredChangesAreNotWritten: Terraform passes them to the provider in an apply, although the
// plan does not have them.
func TestIgnoredChangesAreNotWritten(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	args := required(box).With("prometheus", `{ url = "http://prometheus.example", username = "u", password = "p" }`)
	w := acctest.NewWorkspace(t, box, args.At(prod))
	w.Apply().Ok()
	want := stored(t, box)
	args = args.With("bearer_token", `"other"`, "tls", tls(other, pair(other)...), "prometheus", `{ url = "http://other.example", username = "v", password = "q" }`)
	const ignore = "lifecycle {\n    ignore_changes = [bearer_token, tls, prometheus]\n  }"
	w.Write(args.At(prod, ignore))
	w.Plan().Empty()
	w.Write(args.With("production", "true").At(prod, ignore))
	w.Apply().Ok().Quiet()
	want.Production = true
	expectStored(t, box, want)
	w.Plan().Empty()
}

// TestImportBlockForAnyName: a cluster can have a name that HCL would take for a template.
func TestImportBlockForAnyName(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	r := row(box)
	r.Name = `EU ${1} "%{x}" \ é`
	box.Devtron.Clusters.Put(r)
	const literal = `"EU $${1} \"%%{x}\" \\ é"`
	config := required(box).With("name", literal).At(prod)
	w := acctest.NewWorkspace(t, box, config)
	const block = "import {\n  to = devtron_cluster.NAME\n  id = " + literal + "\n}"
	w.Plan().Fails("The cluster already exists", block)
	w.Write(config + strings.Replace(block, "NAME", "prod", 1))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}
