// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestTokenWithoutRightsPassesTheConnectionTest: the namespaces show that it has none.
func TestTokenWithoutRightsPassesTheConnectionTest(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	weak := required(box).With("bearer_token", acctest.Quote(box.Cluster.TokenWithoutRights()))
	w := acctest.NewWorkspace(t, box, weak.At(prod))
	w.Apply().Ok().Warns("The credentials of the cluster have no rights", "cluster-admin", "--serviceaccount=devtroncd:cd-user")
	w.Plan().Empty().Quiet()
	w.Write(weak.With("production", "true").At(prod))
	w.Apply().Ok().Quiet() // the credentials have not changed
	w.Write(required(box).With("production", "true").At(prod))
	w.Apply().Ok().Quiet()
	w.Write(weak.With("production", "true").At(prod))
	w.Apply().Ok().Warns("The credentials of the cluster have no rights")

	// Devtron does not answer, or begins to watch the namespaces only when it is asked for them.
	w.Write(required(box).At(prod))
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: route + "/namespaces", Status: 403, Body: `{"code":403,"status":"Forbidden","errors":[{"userMessage":"unauthorized"}]}`, ContentType: "application/json", Times: 1})
	w.Apply().Ok().Warns("The rights of the credentials could not be verified")
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: route + "/namespaces", Status: 200, Body: `{"code":200,"status":"OK","result":[]}`, ContentType: "application/json", Times: 2})
	w.Write(required(box).With("server_url", acctest.Quote(strings.Replace(box.Cluster.URL(), "127.0.0.1", "localhost", 1)), "tls", "", "insecure_skip_tls_verify", "true", "name", `"late"`).At(prod))
	if e := w.Apply().Ok(); e.HasDiagnostic("warning", []string{"no rights"}) {
		t.Errorf("warned too early:\n%s", e.Listing())
	}
}

// TestHTTP200WithTheID0IsAFailure: Devtron swallows that its database did not take the cluster.
func TestHTTP200WithTheID0IsAFailure(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Status: 200, ContentType: "application/json", Body: `{"code":200,"status":"OK","result":{"id":0,"cluster_name":"prod","active":true}}`})
	w := acctest.NewWorkspace(t, box, required(box).At(prod))
	w.Apply().Fails("The cluster could not be created", "database", "nothing was stored")
	expectWrites(t, box, "POST ")
	w.Apply().Ok()
	w.Plan().Empty()
}

// TestEveryWriteSendsActiveAndConfig: without the first a PUT deletes the cluster, without the second Devtron crashes.
func TestEveryWriteSendsActiveAndConfig(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, required(box).At(prod))
	w.Apply().Ok()
	w.Write(required(box).With("production", "true").At(prod))
	w.Apply().Ok()
	w.Destroy().Ok()
	seen := 0
	for _, r := range box.Log.To("devtron") {
		if r.Method == "GET" {
			if strings.HasPrefix(r.Path, route+"?") {
				t.Errorf("a route that returns secrets was used: %s", r.Path)
			}
			continue
		}
		var body struct {
			Active bool
			Config map[string]string
			Name   string `json:"cluster_name"`
			ID     int
		}
		if err := json.Unmarshal(r.Body, &body); err != nil || !body.Active || body.Name != "prod" {
			t.Errorf("%s sends %s", r.Method, r.Body)
		}
		if _, ok := body.Config["bearer_token"]; !ok && r.Method != "DELETE" {
			t.Errorf("%s sends no config", r.Method)
		}
		if r.Method == "PUT" && body.Config["bearer_token"] != "" {
			t.Error("PUT sends a token that has not changed")
		}
		seen++
	}
	if seen != 3 {
		t.Errorf("%d requests that write", seen)
	}
}

// TestListWithoutRightsIsNoProofThatAClusterIsGone: Devtron shows an empty list to a token that is not super-admin.
func TestListWithoutRightsIsNoProofThatAClusterIsGone(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, required(box).At(prod))
	w.Apply().Ok()
	w.Write("provider \"devtron\" {\n  api_token = " + acctest.Quote(box.Devtron.PowerlessToken()) + "\n}\n" + required(box).At(prod))
	w.Plan().Fails("not super-admin")
	w.Write(required(box).At(prod))
	w.Plan().Empty()
}

// TestParallelCreationsDoNotGoUnnoticed: Devtron has no unique index, so that two runs at the same moment create twins.
func TestParallelCreationsDoNotGoUnnoticed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{Race: 2 * time.Second})
	outputs := make([]string, 2)
	var group sync.WaitGroup
	for i := range outputs {
		w := acctest.NewWorkspace(t, box, required(box).At(prod))
		group.Go(func() { outputs[i] = w.Apply().Output })
	}
	group.Wait()
	named := box.Devtron.Clusters.Named("prod")
	noticed := slices.ContainsFunc(outputs, func(o string) bool {
		return strings.Contains(o, "Devtron has two of the same cluster") && strings.Contains(o, "2, 3")
	})
	if len(named) == 2 && !noticed {
		t.Errorf("twins that nobody noticed:\n%s", strings.Join(outputs, "\n"))
	}
	if len(named) == 1 {
		t.Log("the two creations did not meet")
	}
}

// TestDataSource reads what the resource has, without secrets.
func TestDataSource(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	foreign(box)
	w := acctest.NewWorkspace(t, box, `
data "devtron_cluster" "prod" {
  name = "prod"
}
data "devtron_cluster" "home" {
  id = 1
}
output "all" {
  value = [data.devtron_cluster.prod, data.devtron_cluster.home]
}
`)
	e := w.Apply().Ok().Quiet()
	output, err := w.Run("output", "-json", "all")
	for _, want := range []string{`"name":"prod"`, `"description":"two\nlines"`, `"prometheus_url":"http://prometheus.example"`, `"production":true`, `"kubernetes_version":"v1.33.4"`, `"name":"default_cluster"`} {
		if err != nil || !strings.Contains(output, want) {
			t.Errorf("no %s in %v %s", want, err, output)
		}
	}
	if strings.Contains(e.Output+output, "prometheus-passw0rd") {
		t.Error("the output has a secret")
	}
	w.Write("data \"devtron_cluster\" \"prod\" {\n  name = \"nonsense\"\n}\n")
	w.Plan().Fails("No such cluster", "prod (id 2)")
	w.Write("data \"devtron_cluster\" \"prod\" {\n}\n")
	w.Plan().Fails("one (and only one)")
}

// TestEnvironmentOnAClusterThatDoesNotExist is refused while planning.
func TestEnvironmentOnAClusterThatDoesNotExist(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	environment := acctest.Args{"name": `"e"`, "namespace": `"e"`, "cluster_id": "99"}
	w := acctest.NewWorkspace(t, box, required(box).At(prod)+environment.At("devtron_environment.e"))
	w.Plan().Fails("The cluster does not exist", "number 99", "1 (default_cluster)", "cluster_id ")
	w.Write(required(box).At(prod) + environment.With("cluster_id", "devtron_cluster.prod.id").At("devtron_environment.e"))
	w.Apply().Ok()
	// One list of clusters serves both kinds.
	box.Log.Reset()
	w.Write(required(box).At(prod) + environment.With("cluster_id", "devtron_cluster.prod.id").At("devtron_environment.e") +
		environment.With("name", `"f"`, "namespace", `"f"`, "cluster_id", "1").At("devtron_environment.f"))
	w.Plan().Ok().Quiet()
	if n := box.Log.Count("devtron", "GET", route); n != 1 {
		t.Errorf("%d requests for clusters", n)
	}
}
