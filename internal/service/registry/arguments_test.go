// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// key is the key of a Google service account, as Google issues it.
const key = "{\n  \"type\": \"service_account\",\n  \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMII-secret\\n-----END PRIVATE KEY-----\\n\"\n}\n"

const custom = `{"email":"","password":"pull-secret","server":"reg.example","username":"puller"}`

const customHCL = `jsonencode({ server = "reg.example", username = "puller", password = "pull-secret", email = "" })`

func charts(action string) map[string]string {
	return map[string]string{"CONTAINER": "PULL/PUSH", "CHART": action}
}

// TestEachArgumentIsStoredAsTheWebPageStoresIt, and each drift is noticed. After each step the plan
// is empty.
func TestEachArgumentIsStoredAsTheWebPageStoresIt(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	ca := sandbox.ForTest(t, sandbox.Options{TLS: true}).CACertificate
	const name = "tf-reg"
	w := acctest.NewWorkspace(t, box, "")
	want := row(name)
	args := required(name)
	for _, s := range []struct {
		name    string
		changes []string
		writes  string
		expect  func(*sandbox.RegistryRow)
	}{
		{"new", nil, "POST", func(*sandbox.RegistryRow) {}},
		{"a scheme", []string{"url", `"https://REG.example/"`}, "", func(*sandbox.RegistryRow) {}},
		{"password", []string{"password", `"reg-secret-2"`}, "PUT", func(r *sandbox.RegistryRow) { r.Password = "reg-secret-2" }},
		{"certificate", []string{"connection_type", `"secure-with-cert"`, "ca_certificate", acctest.Quote(ca)}, "PUT", func(r *sandbox.RegistryRow) {
			r.Connection, r.Certificate = "secure-with-cert", ca
		}},
		{"no certificate, which Devtron keeps", []string{"connection_type", "", "ca_certificate", ""}, "PUT", func(r *sandbox.RegistryRow) { r.Connection = "secure" }},
		{"charts", []string{"charts", `{ action = "PULL_PUSH", repositories = ["charts/b", "charts/a"] }`}, "PUT", func(r *sandbox.RegistryRow) {
			r.OCIConfig, r.Repositories = charts("PULL/PUSH"), []string{"charts/a", "charts/b"}
		}},
		{"the order of repositories", []string{"charts", `{ action = "PULL_PUSH", repositories = ["charts/a", "charts/b"] }`}, "", func(*sandbox.RegistryRow) {}},
		{"only charts", []string{"containers", "false", "charts", `{ action = "PULL", repositories = ["charts/a"] }`}, "PUT", func(r *sandbox.RegistryRow) {
			r.OCIConfig, r.Repositories = map[string]string{"CHART": "PULL"}, []string{"charts/a"}
		}},
		{"push", []string{"containers", "", "charts", `{ action = "PUSH" }`}, "PUT", func(r *sandbox.RegistryRow) { r.OCIConfig, r.Repositories = charts("PUSH"), nil }},
		{"no charts", []string{"charts", ""}, "PUT", func(r *sandbox.RegistryRow) { r.OCIConfig = images() }},
		{"all clusters", []string{"pull_secret", `{ clusters = ["all"] }`}, "PUT", func(r *sandbox.RegistryRow) {
			r.PullSecret.AppliedClusterIDs, r.PullSecret.IgnoredClusterIDs = "-1", ""
		}},
		{"a named secret", []string{"pull_secret", `{ type = "name", value = "my-secret", clusters = [2, 1] }`}, "PUT", func(r *sandbox.RegistryRow) {
			r.PullSecret.CredentialType, r.PullSecret.CredentialValue, r.PullSecret.AppliedClusterIDs = "NAME", "my-secret", "1,2"
		}},
		{"all but one", []string{"pull_secret", `{ type = "name", value = "my-secret", except_clusters = [3] }`}, "PUT", func(r *sandbox.RegistryRow) {
			r.PullSecret.AppliedClusterIDs, r.PullSecret.IgnoredClusterIDs = "", "3"
		}},
		{"custom credentials", []string{"pull_secret", `{ type = "custom", value = ` + customHCL + `, clusters = [] }`}, "PUT", func(r *sandbox.RegistryRow) {
			r.PullSecret.CredentialType, r.PullSecret.CredentialValue, r.PullSecret.IgnoredClusterIDs = "CUSTOM_CREDENTIAL", custom, "-1"
		}},
		{"another argument keeps them", []string{"username", `"alice"`}, "PUT", func(r *sandbox.RegistryRow) { r.Username = "alice" }},
		{"no pull secret", []string{"pull_secret", ""}, "PUT", func(r *sandbox.RegistryRow) { *r.PullSecret = *noClusters() }},
		{"no cluster, said twice", []string{"pull_secret", `{}`}, "", func(*sandbox.RegistryRow) {}},
		{"timeouts", []string{"timeouts", `{ create = "9m" }`, "registry_check", `"warn"`}, "", func(*sandbox.RegistryRow) {}},
		{"public", []string{"public", "true", "username", "", "password", "", "charts", `{ action = "PULL", repositories = ["demo"] }`, "pull_secret", ""}, "PUT", func(r *sandbox.RegistryRow) {
			r.Public, r.Username, r.OCIConfig, r.Repositories, r.PullSecret = true, "", map[string]string{"CHART": "PULL"}, []string{"demo"}, nil
		}},
	} {
		args = args.With(s.changes...)
		w.Write(args.At("devtron_container_registry.this"))
		box.Log.Reset()
		w.Apply().Ok()
		t.Log(s.name)
		wantWrites(t, box, s.writes)
		s.expect(&want)
		wantStored(t, box, want)
		w.Plan().Empty()
	}
	w.Destroy().Ok()
}

func wantStored(t *testing.T, box *sandbox.Sandbox, want sandbox.RegistryRow) {
	t.Helper()
	got, ok := get(box, want.Name)
	if !ok {
		t.Fatalf("there is no registry %q", want.Name)
	}
	for field, values := range map[string][2]any{
		"type": {got.Type, want.Type}, "URL": {got.URL, want.URL}, "username": {got.Username, want.Username}, "password": {got.Password, want.Password},
		"AWS":        {[]string{got.AWSRegion, got.AWSAccessKeyID, got.AWSSecretAccessKey}, []string{want.AWSRegion, want.AWSAccessKeyID, want.AWSSecretAccessKey}},
		"connection": {got.Connection, want.Connection}, "certificate": {got.Certificate, want.Certificate}, "OCI": {got.OCI, want.OCI}, "public": {got.Public, want.Public},
		"artifacts": {got.OCIConfig, want.OCIConfig}, "repositories": {got.Repositories, want.Repositories}, "pull secret": {pullSecretOf(got), pullSecretOf(want)},
	} {
		if !reflect.DeepEqual(values[0], values[1]) {
			t.Errorf("%s: got %+v, want %+v", field, values[0], values[1])
		}
	}
}

// pullSecretOf is a pull secret without its id.
func pullSecretOf(r sandbox.RegistryRow) sandbox.PullSecret {
	if r.PullSecret == nil {
		return sandbox.PullSecret{}
	}
	p := *r.PullSecret
	p.ID = 0
	return p
}

// TestEachTypeIsStoredAsTheWebPageStoresIt, and can be imported with a configuration that Terraform
// generates.
func TestEachTypeIsStoredAsTheWebPageStoresIt(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	var config string
	wants := map[string]sandbox.RegistryRow{}
	add := func(registryType string, changes []string, expect func(*sandbox.RegistryRow)) {
		name := "tf-" + registryType
		for wants[name].Name != "" {
			name += "-2"
		}
		want := row(name)
		want.Type = registryType
		expect(&want)
		wants[name] = want
		config += required(name).With("type", acctest.Quote(registryType)).With(changes...).At("devtron_container_registry." + name)
	}
	same := func(*sandbox.RegistryRow) {}
	google := func(r *sandbox.RegistryRow) { r.Username, r.Password = "_json_key", "'"+key+"'" }
	trimmed := func(r *sandbox.RegistryRow) { google(r); r.Password = "'" + key[:len(key)-1] + "'" }
	for _, registryType := range []string{"gitlab", "acr", "quay", "other"} {
		add(registryType, nil, same)
	}
	add("docker-hub", []string{"url", ""}, func(r *sandbox.RegistryRow) { r.URL = "docker.io" })
	add("artifact-registry", []string{"username", "", "password", acctest.Quote(key)}, trimmed)
	add("gcr", []string{"username", "", "password", acctest.Quote("'" + key[:len(key)-1] + "'")}, func(r *sandbox.RegistryRow) {
		trimmed(r)
		r.OCI, r.OCIConfig = false, nil
	})
	ecr := []string{"username", "", "password", "", "url", `"1.dkr.ecr.eu-west-1.amazonaws.com"`}
	stored := func(r *sandbox.RegistryRow) {
		r.Username, r.Password, r.URL, r.AWSRegion = "", "", "1.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1"
	}
	add("ecr", append(ecr, "aws", `{ region = "eu-west-1" }`), stored)
	add("ecr", append(ecr, "aws", `{ region = "eu-west-1", access_key_id = "AKIAEXAMPLE", secret_access_key = "aws-secret" }`), func(r *sandbox.RegistryRow) {
		stored(r)
		r.AWSAccessKeyID, r.AWSSecretAccessKey = "AKIAEXAMPLE", "aws-secret"
	})
	w := acctest.NewWorkspace(t, box, config)
	w.Apply().Ok().Quiet()
	for _, want := range wants {
		wantStored(t, box, want)
	}
	w.Plan().Empty().Quiet()

	// What others have stored in other ways, such as the web page and old versions of Devtron.
	old := row("tf-old")
	old.OCI, old.OCIConfig, old.Connection, old.Certificate = false, nil, "", "unused"
	box.Devtron.Registries.Put(old)
	secret := row("tf-custom")
	secret.PullSecret = &sandbox.PullSecret{CredentialType: "CUSTOM_CREDENTIAL", CredentialValue: custom, AppliedClusterIDs: "1"}
	box.Devtron.Registries.Put(secret)
	only := row("tf-charts")
	only.OCIConfig, only.PullSecret = map[string]string{"CHART": "PUSH"}, nil
	box.Devtron.Registries.Put(only)
	if !acctest.Has(t, acctest.ImportBlocks) {
		return
	}
	imports := ""
	for name := range maps.Keys(wants) {
		if output, err := w.Run("state", "rm", "devtron_container_registry."+name); err != nil {
			t.Fatal(output)
		}
	}
	for _, r := range box.Devtron.Registries.Rows() {
		imports += acctest.ImportBlock("devtron_container_registry."+r.Name, r.Name)
	}
	w.Write(imports)
	if output, err := w.Run("plan", "-no-color", "-generate-config-out=generated.tf"); err != nil {
		t.Fatal(output)
	}
	box.Log.Reset()
	w.Apply().Ok()
	wantWrites(t, box, "")
	w.Write("")
	w.Plan().Empty().Quiet()

	// An imported custom pull secret survives a change of something else.
	w.File("generated.tf", "")
	w.Write(required("tf-custom").With("password", "", "username", `"alice"`, "pull_secret", `{ type = "custom", clusters = ["1"] }`).At("devtron_container_registry.tf-custom"))
	w.Apply(tfexec.Target("devtron_container_registry.tf-custom")).Ok()
	secret.Username = "alice"
	wantStored(t, box, secret)
}
