// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

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

func TestImportByNameAndByID(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	want := foreign(box)
	shown := acctest.Args{
		"name": `"prod"`, "server_url": acctest.Quote(box.Cluster.URL()), "production": "true", "description": `"two\nlines"`,
		"prometheus": `{ url = "http://prometheus.example", username = "u", client_certificate = ` + acctest.Quote(box.Cluster.ClientCertificate) + ` }`,
	}
	w := acctest.NewWorkspace(t, box, shown.At(prod))
	if run := w.Folder.Import(t.Context(), prod, "nonsense"); run.Err == nil || !acctest.HasAll(run.Output, []string{"No such cluster", "default_cluster (id 1)", "prod (id 2)"}) {
		t.Error(run.Output)
	}
	for _, id := range []string{"prod", "2"} {
		if run := w.Folder.Import(t.Context(), prod, id); run.Err != nil {
			t.Fatal(run.Output)
		}
		w.Plan().Empty().Quiet()
		if output, err := w.Run("state", "rm", prod); err != nil {
			t.Fatal(output)
		}
	}
	if run := w.Folder.Import(t.Context(), prod, "prod"); run.Err != nil {
		t.Fatal(run.Output)
	}
	expectWrites(t, box)

	// An update keeps the credentials; given ones are sent.
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

func TestGeneratedConfigurationPlansClean(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	foreign(box)
	w := acctest.NewWorkspace(t, box, "import {\n  to = devtron_cluster.prod\n  id = \"prod\"\n}\nimport {\n  to = devtron_cluster.home\n  id = \"default_cluster\"\n}\n")
	run, _ := w.Folder.PlanJSON(t.Context(), tfexec.GenerateConfigOut("generated.tf"))
	if run.Err != nil {
		t.Fatal(run.Output)
	}
	text, err := os.ReadFile(filepath.Join(w.Folder.Dir, "generated.tf"))
	if err != nil || strings.Contains(string(text), "prometheus-passw0rd") || !strings.Contains(string(text), "two") {
		t.Errorf("generated: %v\n%s", err, text)
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	expectWrites(t, box)
}
