// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"fmt"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestBadInputIsRefusedWhilePlanning, with the words that say what to do. One plan shows all
// mistakes that validation finds, and another one the rest.
func TestBadInputIsRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	ecr := []string{"type", `"ecr"`, "username", "", "password", ""}
	public := []string{"public", "true", "username", "", "password", "", "charts", `{ action = "PULL", repositories = ["demo"] }`}
	google := []string{"type", `"gcr"`, "username", ""}
	type mistake struct{ changes, words []string }
	validation := []mistake{
		{[]string{"type", `"nonsense"`}, []string{"type", "docker-hub"}},
		{[]string{"url", ""}, []string{"url is missing", "docker-hub"}},
		{[]string{"url", `"https://bob:pw@reg.example"`}, []string{"User name in url", "username and password"}},
		{[]string{"url", `"not a host"`}, []string{"Invalid registry URL"}},
		{[]string{"url", `"reg.example/a?b=c"`}, []string{"Invalid registry URL"}},
		{[]string{"password", `"reg-secret-1\n"`}, []string{"White space around password", "trimspace"}},
		{[]string{"password", "", "password_wo_version", "1"}, []string{"password_wo is missing"}},
		{[]string{"aws", `{ region = "eu-west-1" }`}, []string{"aws does not fit the type", "ecr"}},
		{ecr, []string{"aws is missing", "eu-central-1"}},
		{append(ecr, "aws", `{ region = "r", secret_access_key = "a" }`), []string{"access_key_id is missing"}},
		{append(ecr, "aws", `{ region = "r" }`, "username", `"bob"`), []string{"username does not fit the type"}},
		{[]string{"connection_type", `"secure-with-cert"`}, []string{"ca_certificate is missing"}},
		{[]string{"ca_certificate", acctest.Quote(box.Cluster.CACertificate)}, []string{"ca_certificate has no effect"}},
		{[]string{"connection_type", `"tls"`}, []string{"connection_type", "secure-with-cert"}},
		{[]string{"charts", `{ action = "PULL" }`}, []string{"repositories is missing"}},
		{[]string{"charts", `{ action = "PULL", repositories = [] }`}, []string{"repositories is missing"}},
		{[]string{"charts", `{ action = "PUSH", repositories = ["a"] }`}, []string{"repositories has no effect"}},
		{[]string{"charts", `{ action = "PULL", repositories = ["a,b"] }`}, []string{"Comma in a repository"}},
		{[]string{"charts", `{ action = "PULL/PUSH" }`}, []string{"PULL_PUSH"}},
		{[]string{"containers", "false"}, []string{"The registry would hold nothing"}},
		{append(google, "password", acctest.Quote(key), "charts", `{ action = "PUSH" }`), []string{"charts does not fit the type", "artifact-registry"}},
		{append(public, "username", `"bob"`), []string{"A public registry is for charts only", "username"}},
		{append(public, "containers", "true"), []string{"A public registry is for charts only", "containers"}},
		{append(public, "pull_secret", `{}`), []string{"A public registry is for charts only", "pull_secret"}},
		{append(public, "charts", ""), []string{"A public registry is for charts only", `action = "PULL"`}},
		{append(public, "charts", `{ action = "PUSH" }`), []string{"A public registry is for charts only", `action = "PULL"`}},
		{[]string{"pull_secret", `{ type = "name", value_wo = "x" }`}, []string{"value is missing", "name of the secret"}},
		{[]string{"pull_secret", `{ type = "custom", value = "bob:pw" }`}, []string{"Invalid custom pull secret", "jsonencode"}},
		{[]string{"pull_secret", `{ type = "custom", value = jsonencode({ server = "s" }) }`}, []string{"Invalid custom pull secret", "needs server"}},
		{[]string{"pull_secret", `{ value = "x" }`}, []string{"value has no effect"}},
		{[]string{"pull_secret", `{ clusters = ["prod"] }`}, []string{"Invalid cluster id", `The value of pull_secret.clusters is "prod"`, "devtron_cluster.prod.id"}},
		{[]string{"pull_secret", `{ clusters = ["none"] }`}, []string{"Invalid cluster id", "For no cluster, omit the argument"}},
		{[]string{"pull_secret", `{ clusters = ["1", null] }`}, []string{"Empty element in pull_secret.clusters"}},
		{[]string{"pull_secret", `{ except_clusters = [null] }`}, []string{"Empty element in pull_secret.except_clusters"}},
		{[]string{"charts", `{ action = "PULL", repositories = ["a", null] }`}, []string{"Empty element in charts.repositories"}},
		{[]string{"pull_secret", `{ clusters = ["all", "1"] }`}, []string{"clusters names all clusters and others"}},
		{[]string{"pull_secret", `{ clusters = [1], except_clusters = [2] }`}, []string{"clusters and except_clusters exclude each other"}},
		{[]string{"registry_check", `"maybe"`}, []string{"registry_check", "off"}},
	}
	planning := []mistake{
		{[]string{"username", ""}, []string{"Credentials are missing", "username"}},
		{[]string{"password", ""}, []string{"Credentials are missing", "password_wo"}},
		{append(ecr, "aws", `{ region = "r", access_key_id = "a" }`), []string{"secret_access_key is missing", "IAM role"}},
		{append(google, "password", `"abc"`), []string{"Invalid key of a Google service account", "is not JSON", "base64decode"}},
		{append(google, "password", `jsonencode({ type = "user" })`), []string{"Invalid key of a Google service account", "private_key"}},
		{[]string{"pull_secret", `{ type = "custom" }`}, []string{"value is missing", "value_wo"}},
		{append(public, "default", "true"), []string{"A registry of charts cannot be the default", "default"}},
		{[]string{"pull_secret", `{ type = "name" }`}, []string{"value is missing", "name of the secret"}},
	}
	for _, mistakes := range [][]mistake{validation, planning} {
		config := ""
		for i, m := range mistakes {
			config += required(fmt.Sprint("tf-", i)).With(m.changes...).At(fmt.Sprint("devtron_container_registry.r", i))
		}
		w.Write(config)
		run := w.Plan()
		for _, m := range mistakes {
			run.Fails(m.words...)
		}
	}
	if n := box.Log.Count("devtron", "POST", ""); n != 0 {
		t.Errorf("%d writes", n)
	}
}

// TestKeyOfATypeThatIsNotKnownYetMayEndWithALineBreak, as a file with the key of a Google service
// account does.
func TestKeyOfATypeThatIsNotKnownYetMayEndWithALineBreak(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	config := required("tf-gcr").With("type", "terraform_data.type.output", "username", "",
		"password", `"${jsonencode({ type = "service_account", private_key = "key-secret" })}\n"`)
	w := acctest.NewWorkspace(t, box, acctest.UnknownValue("type", `"gcr"`)+config.At(this))
	w.Apply().Ok()
	if r, _ := get(box, "tf-gcr"); r.Type != "gcr" || r.Password != `'{"private_key":"key-secret","type":"service_account"}'` {
		t.Errorf("Devtron has %+v", r)
	}
}
