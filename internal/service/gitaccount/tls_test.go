// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestTLSOfAGitAccount creates, keeps, replaces, loses, and removes TLS material.
func TestTLSOfAGitAccount(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	ca := quoted("ca_certificate", box.Cluster.CACertificate)
	pair := []string{quoted("client_certificate", box.Cluster.ClientCertificate), quoted("client_key", box.Cluster.ClientKey)}
	all := withPassword().With("tls", tls(append(pair, ca)...))
	w := acctest.NewWorkspace(t, box, all.At(this))
	w.Apply().Ok().Quiet()
	want := row()
	want.VerifyTLS, want.TLS.CA, want.TLS.Certificate, want.TLS.Key = true, box.Cluster.CACertificate, box.Cluster.ClientCertificate, box.Cluster.ClientKey
	want = expectStored(t, box, want)
	w.Plan().Empty().Quiet()

	// An update keeps the material without sending it.
	w.Write(all.With("name", `"Renamed"`).At(this))
	w.Apply().Ok().Quiet()
	if body := sent(t, box, "PUT"); acctest.HasAll(bodyText(body["tlsConfig"]), []string{"-----BEGIN"}) {
		t.Error("PUT sends material that has not changed")
	}
	want.Name = "Renamed"
	expectStored(t, box, want)

	// Part of it gets lost in Devtron, and somebody else sets more.
	for name, change := range map[string]func(*sandbox.GitAccount){
		"CA":   func(r *sandbox.GitAccount) { r.TLS.CA = "" },
		"pair": func(r *sandbox.GitAccount) { r.TLS.Certificate, r.TLS.Key = "", "" },
		"off":  func(r *sandbox.GitAccount) { r.VerifyTLS, r.TLS.CA, r.TLS.Certificate, r.TLS.Key = false, "", "", "" },
	} {
		r := want
		change(&r)
		box.Devtron.GitAccounts.Put(r)
		if !w.Plan().Ok().Changes {
			t.Errorf("%s: the drift is not noticed", name)
		}
		w.Apply().Ok()
		expectStored(t, box, want)
		w.Plan().Empty().Quiet()
	}
	only := withPassword().With("name", `"Renamed"`, "tls", tls(ca))
	w.Write(only.At(this))
	w.Apply().Ok().Quiet()
	want.TLS.Certificate, want.TLS.Key = "", ""
	expectStored(t, box, want)
	r := want
	r.TLS.Certificate, r.TLS.Key = other.ClientCertificate, other.ClientKey
	box.Devtron.GitAccounts.Put(r)
	w.Apply().Ok()
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()

	w.Write(withPassword().With("name", `"Renamed"`).At(this))
	w.Apply().Ok().Quiet()
	want.VerifyTLS, want.TLS.CA = false, ""
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()
	r = want
	r.VerifyTLS, r.TLS.CA = true, other.CACertificate
	box.Devtron.GitAccounts.Put(r)
	w.Apply().Ok()
	expectStored(t, box, want)
}

// TestImportKeepsTLSMaterial until the configuration has some: Devtron does not return it.
func TestImportKeepsTLSMaterial(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	r := row()
	r.VerifyTLS, r.TLS.CA = true, box.Cluster.CACertificate
	r = box.Devtron.GitAccounts.Put(r)
	w := acctest.NewWorkspace(t, box, withPassword().With("password", "").At(this))
	if output, err := w.Run("import", "-no-color", this, address); err != nil {
		t.Fatal(output)
	}
	w.Plan().Empty().Quiet()
	w.Write(withPassword().With("password", "", "name", `"Renamed"`).At(this))
	w.Apply().Ok().Quiet()
	r.Name = "Renamed"
	expectStored(t, box, r)
	w.Plan().Empty().Quiet()
	w.Write(withPassword().With("name", `"Renamed"`, "tls", tls(quoted("ca_certificate", box.Cluster.CACertificate))).At(this))
	w.Apply().Ok().Quiet()
	expectStored(t, box, r)
	w.Write(withPassword().With("name", `"Renamed"`).At(this))
	w.Apply().Ok().Quiet()
	r.VerifyTLS, r.TLS.CA = false, ""
	expectStored(t, box, r)
}

// TestRefusalOfTLSMaterialPointsAtTLS: Devtron's words (412) are about a database.
func TestRefusalOfTLSMaterialPointsAtTLS(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{
		Method: "POST", Path: route, Times: 1, Status: 412, ContentType: "application/json",
		Body: `{"code":412,"status":"Precondition Failed","errors":[{"code":"3012","internalMessage":"git provider failed to update in db","userMessage":"git provider failed to update in db"}]}`,
	})
	w := acctest.NewWorkspace(t, box, withPassword().With("tls", tls(quoted("ca_certificate", box.Cluster.CACertificate))).At(this))
	w.Apply().Fails("Devtron refuses the TLS material", "CA certificate: sent; client certificate: none", "tls ", "git provider failed to update in db")
	w.Apply().Ok()
}
