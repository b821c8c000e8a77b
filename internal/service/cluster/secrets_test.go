// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// ephemeral declares variables that are in no plan and no state.
func ephemeral(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString("variable \"" + name + "\" {\n  type      = string\n  ephemeral = true\n}\n")
	}
	return b.String()
}

// setVariables writes the values of variables.
func setVariables(w *acctest.Workspace, values map[string]string) {
	var b strings.Builder
	for name, value := range values {
		b.WriteString(name + " = " + acctest.Quote(value) + "\n")
	}
	w.File(acctest.VariablesFile, b.String())
}

// sent is the body of the last PUT of a cluster.
func sent(t *testing.T, box *sandbox.Sandbox) string {
	t.Helper()
	body := ""
	for _, r := range box.Log.To("devtron") {
		if r.Method == "PUT" && r.Path == route {
			body = string(r.Body)
		}
	}
	return body
}

func TestWriteOnlySecretsAreSentWhenTheirVersionChanges(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	second := box.Cluster.IssueToken(true, time.Time{})
	values := map[string]string{"token": box.Cluster.Token(), "key": box.Cluster.ClientKey, "password": "prometheus-passw0rd", "prometheus_key": other.ClientKey}
	config := func(token, key, password, prometheusKey string) string {
		return ephemeral("token", "key", "password", "prometheus_key") + acctest.Args{
			"name": `"prod"`, "server_url": acctest.Quote(box.Cluster.URL()), "bearer_token_wo": "var.token", "bearer_token_wo_version": token,
			"tls": tls(box.Cluster, "client_certificate = "+acctest.Quote(box.Cluster.ClientCertificate), "client_key_wo = var.key", "client_key_wo_version = "+key),
			"prometheus": `{ url = "http://prometheus.example", username = "u", password_wo = var.password, password_wo_version = ` + password +
				", client_certificate = " + acctest.Quote(other.ClientCertificate) + ", client_key_wo = var.prometheus_key, client_key_wo_version = " + prometheusKey + " }",
		}.At(prod)
	}
	w := acctest.NewWorkspace(t, box, config("1", "1", "1", "1"))
	setVariables(w, values)
	w.Apply().Ok().Quiet()
	expectWrites(t, box, "POST ")
	want := row(box)
	want.ID = stored(t, box).ID
	want.Config.ClientCertificate, want.Config.ClientKey = box.Cluster.ClientCertificate, box.Cluster.ClientKey
	want.Prometheus = sandbox.Prometheus{URL: "http://prometheus.example", Username: "u", Password: "prometheus-passw0rd", ClientCertificate: other.ClientCertificate, ClientKey: other.ClientKey}
	expectStored(t, box, want)

	// New values without a new version.
	values["token"], values["password"] = second, "new-passw0rd"
	setVariables(w, values)
	w.Plan().Empty().Quiet()
	var secrets []string
	for _, step := range []struct {
		config string
		sends  []string
		expect func()
	}{
		{config("2", "1", "1", "1"), []string{second}, func() { want.Config.BearerToken = second }},
		{config("2", "1", "2", "1"), []string{"new-passw0rd"}, func() { want.Prometheus.Password = "new-passw0rd" }},
		{config("2", "2", "2", "1"), []string{box.Cluster.ClientKey, box.Cluster.ClientCertificate}, func() {}},
		{config("2", "2", "2", "2"), []string{other.ClientKey}, func() {}},
	} {
		w.Write(step.config)
		w.Apply().Ok().Quiet()
		body := sent(t, box)
		for _, secret := range []string{second, "new-passw0rd", box.Cluster.ClientKey, box.Cluster.ClientCertificate, other.ClientKey} {
			quoted, _ := json.Marshal(secret)
			expected := false
			for _, s := range step.sends {
				expected = expected || s == secret
			}
			if got := strings.Contains(body, string(quoted)); got != expected {
				t.Errorf("sending %.20q...: %t, want %t", secret, got, expected)
			}
		}
		expectWrites(t, box, "PUT ")
		step.expect()
		expectStored(t, box, want)
		w.Plan().Empty().Quiet()
		secrets = append(secrets, step.sends[0])
	}

	// From here on the state keeps the token.
	w.AssertNoSecrets(append(secrets, lines(box.Cluster.ClientKey)...)...)
	w.UnsetVariables()
	w.Write(required(box).With("tls", tls(box.Cluster, pair(box.Cluster)...)).At(prod))
	w.Apply().Ok().Warns("Devtron keeps the client certificate of Prometheus", "revoke it")
	want.Config.BearerToken, want.Prometheus.URL, want.Prometheus.Username, want.Prometheus.Password = box.Cluster.Token(), "", "", ""
	expectStored(t, box, want)
	w.Plan().Empty().Quiet()
}

// lines are the lines of a key that identify it.
func lines(key string) []string {
	var found []string
	for _, line := range strings.Split(key, "\n") {
		if len(line) > 20 && !strings.HasPrefix(line, "-----") {
			found = append(found, line)
		}
	}
	return found
}

func TestSecretsOfClustersAreInNoOutputAtAnyLogLevel(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	other := box.StartCluster(t)
	values := map[string]string{"token": box.Cluster.Token(), "key": box.Cluster.ClientKey, "password": "prometheus-passw0rd", "prometheus_key": other.ClientKey}
	config := func(version string) string {
		return acctest.NoRetries + ephemeral("token", "key", "password", "prometheus_key") + acctest.Args{
			"name": `"prod"`, "server_url": acctest.Quote(box.Cluster.URL()), "bearer_token_wo": "var.token", "bearer_token_wo_version": version, "description": `"d"`,
			"tls": tls(box.Cluster, "client_certificate = "+acctest.Quote(box.Cluster.ClientCertificate), "client_key_wo = var.key", "client_key_wo_version = "+version),
			"prometheus": `{ url = "http://prometheus.example", username = "u", password_wo = var.password, password_wo_version = ` + version +
				", client_certificate = " + acctest.Quote(other.ClientCertificate) + ", client_key_wo = var.prometheus_key, client_key_wo_version = " + version + " }",
		}.At(prod)
	}
	secrets := append([]string{values["token"], values["password"]}, append(lines(values["key"]), lines(values["prometheus_key"])...)...)
	w := acctest.NewWorkspace(t, box, config("1"))
	setVariables(w, values)
	step := func(name, output, want string) {
		t.Helper()
		if found := acctest.Leaks(output, secrets...); len(found) > 0 {
			t.Errorf("%s shows %.20q", name, found)
		}
		if !strings.Contains(output, want) {
			t.Errorf("%s: the output has no %q, so the step is not what the test means", name, want)
		}
	}
	step("plan", w.Trace("plan", "-out="+acctest.PlanFile), "Devtron API request")
	step("apply", w.Trace("apply", acctest.PlanFile), "Apply complete!")
	w.AssertNoSecrets(secrets...)
	step("unchanged plan", w.Trace("plan"), "No changes.")
	state := w.Trace("show", "-json")
	step("state", state, "prometheus.example")

	// Devtron and a proxy quote the request, and Devtron repeats stored secrets.
	w.Write(config("2"))
	echo, _ := json.Marshal("bad request with " + strings.Join(append(secrets, values["key"]), " and "))
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes secrets": {Status: 500, ContentType: "application/json", Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","internalMessage":"x","userMessage":` + string(echo) + `}]}`},
		"a page that quotes secrets":   {Status: 502, ContentType: "text/html", Body: "<html>" + string(echo) + "</html>"},
		"a reply that is cut off":      {Handle: true, Truncate: 300},
	} {
		fault.Method, fault.Times = "PUT", 1
		box.Devtron.Inject(fault)
		step(name, w.Trace("apply", "-auto-approve"), "Devtron API request")
		box.Devtron.ClearFaults()
	}
	step("destroy", w.Trace("destroy", "-auto-approve"), "Destroy complete!")
	for _, r := range box.Log.To("devtron") {
		if r.Method == "GET" && strings.HasPrefix(r.Path, route+"?") {
			t.Errorf("a route that returns secrets was used: %s", r.Path)
		}
	}
}
