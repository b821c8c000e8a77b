// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

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

// TestCertificateWithoutRights: the advice is for the user that it is for.
func TestCertificateWithoutRights(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: route + "/namespaces", Status: 200, Body: `{"code":200,"status":"OK","result":[]}`, ContentType: "application/json"})
	w := acctest.NewWorkspace(t, box, required(box).With("bearer_token", "", "tls", tls(box.Cluster, pair(box.Cluster)...)).At(prod))
	block, _ := pem.Decode([]byte(box.Cluster.ClientCertificate))
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil || certificate.Subject.CommonName == "" {
		t.Fatalf("%v: the certificate has no name", err)
	}
	w.Apply().Ok().Warns("The credentials of the cluster have no rights", fmt.Sprintf("--user=%q", certificate.Subject.CommonName), "tls ")
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

// TestEveryWriteSendsActiveAndConfig: without the first a PUT deletes the cluster, without the
// second Devtron crashes.
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
