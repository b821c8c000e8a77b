// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestDrift: a change made in Devtron is shown, and the next apply undoes it.
func TestDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	args := required(box).With("description", `"Frankfurt"`, "prometheus",
		`{ url = "http://prometheus.example", username = "u", password = "p", `+strings.Join(pair(box.Cluster), ", ")+` }`)
	w := acctest.NewWorkspace(t, box, args.At(prod))
	w.Apply().Ok()
	want := stored(t, box)
	box.Log.Reset()
	for name, test := range map[string]struct {
		change func(*sandbox.ClusterRow)
		writes string
	}{
		"server URL":              {func(r *sandbox.ClusterRow) { r.ServerURL = "https://other.example" }, "PUT "},
		"insecure":                {func(r *sandbox.ClusterRow) { r.Insecure = true }, "PUT "},
		"production":              {func(r *sandbox.ClusterRow) { r.Production = true }, "PUT "},
		"description":             {func(r *sandbox.ClusterRow) { r.Description = "Paris" }, "PUT /description"},
		"no description":          {func(r *sandbox.ClusterRow) { r.Description = "" }, "PUT /description"},
		"Prometheus":              {func(r *sandbox.ClusterRow) { r.Prometheus.URL += "/p" }, "PUT "},
		"no Prometheus":           {func(r *sandbox.ClusterRow) { r.Prometheus = sandbox.Prometheus{} }, "PUT "},
		"user of Prometheus":      {func(r *sandbox.ClusterRow) { r.Prometheus.Username = "v" }, "PUT "},
		"no user of Prometheus":   {func(r *sandbox.ClusterRow) { r.Prometheus.Username = "" }, "PUT "},
		"certificate":             {func(r *sandbox.ClusterRow) { r.Prometheus.ClientCertificate = "other" }, "PUT "},
		"no certificate":          {func(r *sandbox.ClusterRow) { r.Prometheus.ClientCertificate = "" }, "PUT "},
		"only a trailing slash":   {func(r *sandbox.ClusterRow) { r.ServerURL += "/" }, ""},
		"version of Kubernetes":   {func(r *sandbox.ClusterRow) { r.Version = "v1.30.0" }, ""},
		"a connection that fails": {func(r *sandbox.ClusterRow) { r.ErrorInConnecting = "connection refused" }, ""},
	} {
		now := want
		test.change(&now)
		box.Devtron.Clusters.Put(now)
		if test.writes == "" {
			w.Plan().Empty().Quiet()
			expectWrites(t, box)
		} else {
			w.Apply().Ok().Quiet()
			t.Log(name)
			expectWrites(t, box, test.writes)
			expectStored(t, box, want)
		}
		box.Devtron.Clusters.Put(want)
	}
	// One request shows all but the descriptions.
	box.Log.Reset()
	w.Plan().Empty()
	if n := len(box.Log.To("devtron")); n != 2 {
		t.Errorf("%d requests for a refresh", n)
	}

	box.Devtron.Clusters.Remove(want.ID)
	w.Apply().Ok()
	expectWrites(t, box, "POST ", "PUT /description")
	w.Plan().Empty()
}

// TestWhatIsNotManagedIsLeftAlone: a description, and what Devtron cannot forget.
func TestWhatIsNotManagedIsLeftAlone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, required(box).With("prometheus", `{ url = "http://prometheus.example" }`).At(prod))
	w.Apply().Ok()
	now := stored(t, box)
	now.Description, now.Prometheus.ClientCertificate = "Frankfurt", box.Cluster.ClientCertificate
	box.Devtron.Clusters.Put(now)
	w.Plan().Empty().Quiet()
	w.Write(required(box).At(prod))
	w.Apply().Ok()
	now.Prometheus.URL = ""
	expectStored(t, box, now)

	// Somebody adds Prometheus in Devtron.
	now.Prometheus.URL, now.Prometheus.Username = "http://prometheus.example", "u"
	box.Devtron.Clusters.Put(now)
	w.Apply().Ok()
	now.Prometheus.URL, now.Prometheus.Username = "", ""
	expectStored(t, box, now)
	w.Plan().Empty()
}

// foreign is a cluster of which everything is set that can be read.
func foreign(box *sandbox.Sandbox) sandbox.ClusterRow {
	r := row(box)
	r.Production, r.Description = true, "two\nlines"
	r.Prometheus = sandbox.Prometheus{URL: "http://prometheus.example", Username: "u", Password: "prometheus-passw0rd", ClientCertificate: box.Cluster.ClientCertificate, ClientKey: box.Cluster.ClientKey}
	return box.Devtron.Clusters.Put(r)
}

func TestImportReadsAllThatDevtronShows(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	want := foreign(box)
	shown := acctest.Args{
		"name": `"prod"`, "server_url": acctest.Quote(box.Cluster.URL()), "production": "true", "description": `"two\nlines"`,
		"prometheus": `{ url = "http://prometheus.example", username = "u", client_certificate = ` + acctest.Quote(box.Cluster.ClientCertificate) + ` }`,
	}
	o := acctest.Imported{Address: prod, Config: shown.At(prod), ID: "prod", Identity: acctest.Args{"name": `"prod"`}}
	acctest.CheckImport(t, box, o)
	acctest.CheckGeneratedConfig(t, box, o, append(lines(box.Cluster.ClientKey), "prometheus-passw0rd")...)

	// An update keeps the credentials that Devtron has; given ones are sent.
	w := acctest.NewWorkspace(t, box, shown.At(prod))
	w.Import(prod, "prod").Ok()
	box.Log.Reset()
	w.Write(shown.With("production", "false").At(prod))
	w.Apply().Ok().Quiet()
	want.Production = false
	expectStored(t, box, want)
	w.Write(shown.With("production", "false", "bearer_token", acctest.Quote(box.Cluster.Token()), "tls", tls(box.Cluster)).At(prod))
	w.Apply().Ok().Quiet()
	expectStored(t, box, want)
	expectWrites(t, box, "PUT ", "PUT ")
	w.Plan().Empty().Quiet()
}

func TestDataSourceHasNoSecrets(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	foreign(box)
	w := acctest.NewWorkspace(t, box, "data \"devtron_cluster\" \"prod\" {\n  name = \"prod\"\n}\noutput \"all\" {\n  value = data.devtron_cluster.prod\n}\n")
	w.Apply().Ok().Quiet()
	output, err := w.Run("output", "-json", "all")
	if err != nil || !acctest.HasAll(output, []string{`"description":"two\nlines"`, `"prometheus_url":"http://prometheus.example"`, `"production":true`}) {
		t.Errorf("%v\n%s", err, output)
	}
	w.AssertNoSecrets(append(lines(box.Cluster.ClientKey), "prometheus-passw0rd", box.Cluster.Token())...)
}

// TestSecretsComeBackWithWhatTheyBelongTo: whoever changes the address of the API server in
// Devtron, or the user of Prometheus, changes the credentials, too, which Devtron does not show.
func TestSecretsComeBackWithWhatTheyBelongTo(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	args := required(box).With("tls", tls(box.Cluster, pair(box.Cluster)...), "prometheus", `{ url = "http://prometheus.example", username = "u", password = "p" }`)
	if acctest.Has(t, acctest.WriteOnly) {
		args = args.With("bearer_token", "", "bearer_token_wo", acctest.Quote(box.Cluster.Token()), "bearer_token_wo_version", "1",
			"prometheus", `{ url = "http://prometheus.example", username = "u", password_wo = "p", password_wo_version = 1 }`)
	}
	w := acctest.NewWorkspace(t, box, args.At(prod))
	w.Apply().Ok()
	want := stored(t, box)
	for name, change := range map[string]func(*sandbox.ClusterRow){
		"another API server": func(r *sandbox.ClusterRow) {
			r.ServerURL, r.Config = other.URL(), sandbox.ClusterConfig{
				BearerToken: other.Token(), CACertificate: other.CACertificate, ClientCertificate: other.ClientCertificate, ClientKey: other.ClientKey,
			}
		},
		"another user":       func(r *sandbox.ClusterRow) { r.Prometheus.Username, r.Prometheus.Password = "v", "q" },
		"no user":            func(r *sandbox.ClusterRow) { r.Prometheus.Username, r.Prometheus.Password = "", "" },
		"another Prometheus": func(r *sandbox.ClusterRow) { r.Prometheus.URL, r.Prometheus.Password = "http://other.example", "q" },
	} {
		now := want
		change(&now)
		box.Devtron.Clusters.Put(now)
		w.Apply().Ok().Quiet()
		t.Log(name)
		expectStored(t, box, want)
	}
}
