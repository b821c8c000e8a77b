// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestBadInputIsRefusedWhilePlanning: nothing is sent, and the message shows the line of the
// argument.
func TestBadInputIsRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	args := required(box)
	certificate, key := "client_certificate = "+acctest.Quote(box.Cluster.ClientCertificate), "client_key = "+acctest.Quote(box.Cluster.ClientKey)
	expired := box.Cluster.IssueToken(true, time.Now().Add(-time.Hour))
	prometheus := func(more ...string) string {
		return "{ " + strings.Join(append([]string{`url = "http://prometheus.example"`}, more...), ", ") + " }"
	}
	w := acctest.NewWorkspace(t, box, "")
	for _, test := range []struct {
		change []string
		words  []string
	}{
		{[]string{"name", `""`}, []string{"name is empty", "name "}},
		{[]string{"name", `" prod"`}, []string{"White space around name"}},
		{[]string{"name", acctest.Quote(strings.Repeat("a", 251))}, []string{"name is too long", "at most 250"}},
		{[]string{"name", `"default_cluster"`}, []string{"The cluster already exists", "import {", "default_cluster"}},
		{[]string{"server_url", `"k8s.example.com"`}, []string{"Invalid address", "https://k8s.example.com", "server_url "}},
		{[]string{"server_url", `"ftp://k8s.example.com"`}, []string{"Invalid address", "http or https"}},
		{[]string{"server_url", `"https://admin:secret@k8s.example.com"`}, []string{"Invalid address", "user name"}},
		{[]string{"bearer_token", ""}, []string{"Credentials are missing", "bearer_token_wo"}},
		{[]string{"bearer_token", `"Bearer abc"`}, []string{"Invalid bearer token", "bearer_token "}},
		{[]string{"bearer_token", `"abc\n"`}, []string{"White space around bearer_token", "trimspace"}},
		{[]string{"bearer_token", acctest.Quote(expired)}, []string{"The bearer token has expired", "kubectl create token cd-user --namespace devtroncd"}},
		{[]string{"bearer_token_wo", `"abc"`}, []string{"Two arguments for one value"}},
		{[]string{"bearer_token_wo_version", "1"}, []string{"bearer_token_wo is missing"}},
		{[]string{"bearer_token", "", "bearer_token_wo", acctest.Quote(expired), "bearer_token_wo_version", "1"}, []string{"The bearer token has expired", "The token in bearer_token_wo"}},
		{[]string{"insecure_skip_tls_verify", "true"}, []string{"tls and insecure_skip_tls_verify exclude each other"}},
		{[]string{"tls", "{}"}, []string{"tls is empty"}},
		{[]string{"tls", `{ ca_certificate = "ca.pem" }`}, []string{"Invalid PEM text", `file("ca.pem")`, "tls.ca_certificate"}},
		{[]string{"tls", tls(box.Cluster, certificate)}, []string{"client_key is missing"}},
		{[]string{"tls", tls(box.Cluster, key)}, []string{"client_certificate is missing"}},
		{[]string{"tls", tls(box.Cluster, certificate, "client_key = "+acctest.Quote(other.ClientKey))}, []string{"does not belong to client_certificate"}},
		{[]string{"tls", tls(box.Cluster, certificate, "client_key_wo = "+acctest.Quote(other.ClientKey))}, []string{"does not belong to client_certificate"}},
		{[]string{"tls", tls(box.Cluster, certificate, `client_key = "key"`)}, []string{"Invalid PEM text", "tls.client_key"}},
		{[]string{"tls", tls(box.Cluster, certificate, key, "client_key_wo = "+acctest.Quote(box.Cluster.ClientKey))}, []string{"Two arguments for one value", "tls.client_key_wo"}},
		{[]string{"tls", tls(box.Cluster, certificate, key, "client_key_wo_version = 1")}, []string{"tls.client_key_wo is missing"}},
		{[]string{"description", `""`}, []string{"description is empty"}},
		{[]string{"prometheus", `{}`}, []string{"Incorrect attribute value type", "url"}},
		{[]string{"prometheus", `{ url = "prometheus.example" }`}, []string{"Invalid address", "prometheus.url"}},
		{[]string{"prometheus", prometheus(`password = "p"`)}, []string{"username is missing"}},
		{[]string{"prometheus", prometheus(`username = "u"`, `password = "p"`, `password_wo = "p"`)}, []string{"Two arguments for one value", "prometheus.password"}},
		{[]string{"prometheus", prometheus(`username = "u"`, `password_wo_version = 1`)}, []string{"prometheus.password_wo is missing"}},
		{[]string{"prometheus", prometheus(certificate)}, []string{"client_key is missing", "prometheus has a client_certificate"}},
		{[]string{"prometheus", prometheus(key)}, []string{"client_certificate is missing"}},
		{[]string{"prometheus", prometheus(certificate, "client_key = "+acctest.Quote(other.ClientKey))}, []string{"does not belong to client_certificate"}},
		{[]string{"timeouts", `{ create = "soon" }`}, []string{"Invalid timeout"}},
	} {
		if strings.Contains(strings.Join(test.change, " "), "_wo") && !acctest.Has(t, acctest.WriteOnly) {
			continue
		}
		w.Write(args.With(test.change...).At(prod))
		w.Plan().Fails(test.words...)
	}
	expectWrites(t, box)

	w.Write(args.At(prod) + args.At("devtron_cluster.twin"))
	w.Plan().Fails("Two resources for one cluster", "2 resources")
	box.Devtron.Clusters.Put(row(box))
	w.Write(args.At(prod))
	w.Plan().Fails("The cluster already exists", "import {", `id = "prod"`)
	expectWrites(t, box)
}

func TestWarningsOfAPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	soon := box.Cluster.IssueToken(true, time.Now().Add(29*24*time.Hour))
	expired := box.Cluster.IssueToken(true, time.Now().Add(-time.Hour))
	w := acctest.NewWorkspace(t, box, required(box).With("bearer_token", acctest.Quote(soon)).At(prod))
	w.Plan().Ok().Warns("The bearer token expires soon", time.Now().Add(29*24*time.Hour).UTC().Format("2006-01-02"))
	w.Apply().Ok()
	// What is not about to be written is not judged.
	w.Plan().Empty().Quiet()
	w.Write(required(box).With("bearer_token", acctest.Quote(soon), "production", "true").At(prod))
	w.Plan().Ok().Quiet()
	w.Write(required(box).With("bearer_token", acctest.Quote(expired)).At(prod))
	w.Plan().Fails("The bearer token has expired")
	w.Write(required(box).With("bearer_token", "").At(prod))
	w.Plan().Ok().Warns("Devtron keeps the bearer token")

	w.Write(required(box).With("name", `"insecure"`, "tls", "", "insecure_skip_tls_verify", "true").At("devtron_cluster.insecure"))
	w.Plan().Ok().Warns("certificate of the API server is not verified", "tls.ca_certificate")
}

func TestTokenThatBecomesKnownInTheApplyIsJudgedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	expired := box.Cluster.IssueToken(true, time.Now().Add(-time.Hour))
	late := "resource \"terraform_data\" \"token\" {\n  input = " + acctest.Quote(expired) + "\n}\n"
	w := acctest.NewWorkspace(t, box, late+required(box).With("bearer_token", "terraform_data.token.output").At(prod))
	w.Plan().Ok().Quiet()
	w.Apply().Fails("The bearer token has expired", "Nothing was sent")
	expectWrites(t, box)

	if acctest.Has(t, acctest.WriteOnly) {
		w.Write(required(box).At(prod))
		w.Apply().Ok()
		unchanged := required(box).With("bearer_token", "", "bearer_token_wo", acctest.Quote(box.Cluster.Token()), "bearer_token_wo_version", "1")
		w.Write(unchanged.At(prod))
		w.Apply().Ok()
		// The version becomes 2 in the apply.
		w.Write("resource \"terraform_data\" \"version\" {}\n" +
			unchanged.With("bearer_token_wo", acctest.Quote(expired), "bearer_token_wo_version", "length(terraform_data.version.id) - 34").At(prod))
		w.Plan().Ok().Quiet()
		w.Apply().Fails("The bearer token has expired", "Nothing was sent")
		w.Write("")
		w.Apply().Ok()
		box.Log.Reset()
	}

	// Everything may be unknown while planning.
	late = "resource \"terraform_data\" \"all\" {\n  input = { name = \"prod\", url = " + acctest.Quote(box.Cluster.URL()) + ", token = " + acctest.Quote(box.Cluster.Token()) +
		", tls = " + tls(box.Cluster, pair(box.Cluster)...) + " }\n}\n"
	w.Write(late + acctest.Args{
		"name": "terraform_data.all.output.name", "server_url": "terraform_data.all.output.url", "bearer_token": "terraform_data.all.output.token",
		"tls": "terraform_data.all.output.tls", "description": "terraform_data.all.id", "prometheus": "{ url = terraform_data.all.output.url }",
	}.At(prod) + environments)
	w.Apply().Ok()
	w.Plan().Empty()
}

// TestTLSThatMayBecomeNull breaks no rule while it is unknown.
func TestTLSThatMayBecomeNull(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	config := func(verify string) string {
		return acctest.UnknownValue("verify", verify) + required(box).With(
			"insecure_skip_tls_verify", "true", "tls", "terraform_data.verify.output ? "+tls(box.Cluster)+" : null").At(prod)
	}
	w := acctest.NewWorkspace(t, box, config("true"))
	w.Apply().Fails("tls and insecure_skip_tls_verify exclude each other")
	expectWrites(t, box)
	w.Write(config("false"))
	w.Apply().Ok()
	w.Plan().Empty()
}

// TestUserMistakesThatDevtronReportsAs500BecomeErrorsAtArguments: its status does not tell them
// from its own failures.
func TestUserMistakesThatDevtronReportsAs500BecomeErrorsAtArguments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	other, down := box.StartCluster(t), box.StartCluster(t)
	down.Stop()
	revoked := box.Cluster.IssueToken(true, time.Time{})
	box.Cluster.RevokeToken(revoked)
	args := required(box)
	w := acctest.NewWorkspace(t, box, "")
	failures := map[string]struct {
		change, words []string
	}{
		"unreachable":      {[]string{"server_url", acctest.Quote(down.URL())}, []string{"Devtron cannot reach the API server", "connection refused", "server_url "}},
		"no such host":     {[]string{"server_url", `"https://k8s.invalid"`}, []string{"Devtron cannot reach the API server", "server_url "}},
		"another protocol": {[]string{"server_url", acctest.Quote(strings.Replace(box.Charts.URL(), "http:", "https:", 1))}, []string{"Devtron cannot reach the API server", "server_url "}},
		"no Kubernetes":    {[]string{"server_url", acctest.Quote(box.Charts.URL())}, []string{"not a Kubernetes API server", "/livez", "server_url "}},
		"a path":           {[]string{"server_url", acctest.Quote(box.Cluster.URL() + "/api/v2")}, []string{"not a Kubernetes API server", "server_url "}},
		"wrong CA":         {[]string{"tls", tls(other)}, []string{"TLS to the API server fails", "certificate-authority-data", "x509", "tls "}},
		"no CA":            {[]string{"tls", ""}, []string{"TLS to the API server fails"}},
		"wrong client":     {[]string{"tls", tls(box.Cluster, pair(other)...)}, []string{"TLS to the API server fails", "tls "}},
		"wrong token":      {[]string{"bearer_token", `"abc"`}, []string{"does not accept the credentials", "kubectl create token", "bearer_token "}},
		"revoked token":    {[]string{"bearer_token", acctest.Quote(revoked)}, []string{"does not accept the credentials", "bearer_token "}},
	}
	for name, failure := range failures {
		w.Write(args.With(failure.change...).At(prod))
		t.Log(name)
		w.Apply().Fails(append(failure.words, "could not be created", "nothing was stored")...)
	}
	if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 {
		t.Fatalf("Devtron has %d clusters", len(rows))
	}

	// The message shows the argument that the credentials are in.
	if acctest.Has(t, acctest.WriteOnly) {
		w.Write(args.With("bearer_token", "", "bearer_token_wo", acctest.Quote(revoked), "bearer_token_wo_version", "1").At(prod))
		w.Apply().Fails("does not accept the credentials", "bearer_token_wo ")
	}

	// The same in an update, which changes nothing then.
	w.Write(args.At(prod))
	w.Apply().Ok()
	want := stored(t, box)
	for _, name := range []string{"unreachable", "wrong CA", "wrong token"} {
		w.Write(args.With(failures[name].change...).At(prod))
		w.Apply().Fails(append(failures[name].words, "could not be updated")...)
		expectStored(t, box, want)
	}
	// Devtron connects on every write, so that a cluster that is down cannot be changed; its
	// description can.
	box.Cluster.Stop()
	w.Write(args.With("production", "true").At(prod))
	w.Apply().Fails("Devtron cannot reach the API server", "tests the connection on every write")
	w.Write(args.With("description", `"down"`).At(prod))
	w.Apply().Ok().Quiet()
	want.Description = "down"
	expectStored(t, box, want)
	w.Plan().Empty()
	w.Destroy().Ok()
}
