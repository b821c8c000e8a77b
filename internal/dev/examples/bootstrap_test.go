// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	bootstrapModuleFolder = "modules/devtron-bootstrap"
	bootstrapModuleReadme = root + "/" + bootstrapModuleFolder + "/README.md"
)

func init() {
	maps.Copy(examples, map[string]example{
		"bootstrap":           {needs: writeOnly, variables: bootstrapSecrets, override: bootstrapOverride, try: tryBootstrap},
		bootstrapModuleFolder: {needs: writeOnly, try: tryBootstrapModule},
	})
}

func bootstrapSecrets(box *sandbox.Sandbox) map[string]string {
	return map[string]string{
		"cluster_token": box.Cluster.Token(), "cluster_ca_certificate": box.Cluster.CACertificate, "github_token": box.GitHub.Token(),
	}
}

// buildsVariables are those with which the bootstrap creates everything that is optional.
func buildsVariables(box *sandbox.Sandbox) map[string]string {
	return map[string]string{
		"registry_username": sandbox.RegistryUsername, "registry_password": box.Registry.Password(),
		"git_username": "acme-bot", "git_password": gitPassword,
		"charts_username": sandbox.ChartsUsername, "charts_password": box.Charts.Password(),
		"ci_token_expires_at": "2031-01-31T00:00:00Z",
	}
}

func bootstrapOverride(box *sandbox.Sandbox) string {
	return mainOverride(box) + buildsOverride(box)
}

func mainOverride(box *sandbox.Sandbox) string {
	return override("github", box.GitHub.URL()) + clusterOverride(box)
}

func buildsOverride(box *sandbox.Sandbox) string {
	return registryOverride(box) + fmt.Sprintf("resource \"devtron_chart_repository\" \"acme\" {\n  url = %q\n}\n", box.Charts.PrivateURL())
}

// objects counts what a bootstrap creates in Devtron, without the GitOps configuration.
func objects(box *sandbox.Sandbox) int {
	d := box.Devtron
	return len(d.Projects.Rows()) + len(d.Clusters.Rows()) + len(d.Environments.Rows()) + len(d.Registries.Rows()) +
		len(d.GitAccounts.Rows()) + len(d.ChartRepositories.Rows()) + len(d.APITokens.Rows())
}

// expectNoSecrets expects that the state has the cluster of the bootstrap, and none of its secrets.
func expectNoSecrets(t *testing.T, dir string, box *sandbox.Sandbox) {
	t.Helper()
	state, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate"))
	if err != nil || !strings.Contains(string(state), "prod-eu") {
		t.Fatalf("%v\n%s", err, state)
	}
	for _, secret := range []string{box.Cluster.Token(), box.GitHub.Token(), box.Registry.Password(), gitPassword, box.Charts.Password()} {
		if strings.Contains(string(state), secret) {
			t.Error("the state has a secret")
		}
	}
}

// expectBuilds expects that Devtron has everything that is optional, with the secrets and the
// references.
func expectBuilds(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	cluster := fmt.Sprint(box.Devtron.Clusters.Named("prod-eu")[0].ID)
	if rows := box.Devtron.Registries.Rows(); len(rows) != 1 || rows[0].Password != box.Registry.Password() || rows[0].PullSecret.AppliedClusterIDs != cluster {
		t.Errorf("Devtron has the registries %+v", rows)
	}
	if rows := box.Devtron.GitAccounts.At("https://github.com/acme"); len(rows) != 1 || rows[0].Password != gitPassword || rows[0].Username != "acme-bot" {
		t.Errorf("Devtron has the git accounts %+v", rows)
	}
	if rows := box.Devtron.ChartRepositories.Named("acme-charts"); len(rows) != 1 || rows[0].Password != box.Charts.Password() {
		t.Errorf("Devtron has the chart repositories %+v", rows)
	}
	want := []sandbox.RoleFilter{{Entity: "apps", AccessType: "devtron-app", Team: "payments", Environment: "prod-eu__payments", Action: "trigger"}}
	if rows := box.Devtron.APITokens.Rows(); !slices.ContainsFunc(rows, func(row sandbox.APIToken) bool {
		user, _ := box.Devtron.Users.Get(row.UserID)
		return row.Name == "ci-payments" && row.ExpireAtInMs > 0 && slices.Equal(user.Filters, want)
	}) {
		t.Errorf("Devtron has the API tokens %+v", rows)
	}
}

// tryBootstrap goes from a bare Devtron to everything that a deployment needs, through drift, and
// back, first without, and then with what builds and charts need.
func tryBootstrap(t *testing.T, f *folder) {
	before := objects(f.box)
	run := applyAndSettle(t, f.Folder)
	expectWords(t, run.Output, "5 added", `environment            = "payments-prod"`, `environment_identifier = "prod-eu__payments"`, `"payments",`)
	expectActive(t, f.box, "GITHUB", true)
	if n := objects(f.box); n != before+3 {
		t.Errorf("Devtron has %d objects more, want a project, a cluster, and an environment", n-before)
	}
	row := f.box.Devtron.Environments.Named("payments-prod")[0]
	row.Production = false
	f.box.Devtron.Environments.Put(row)
	expectWords(t, applyAndSettle(t, f.Folder).Output, "0 added, 1 changed, 0 destroyed")

	var optional strings.Builder
	for name, value := range buildsVariables(f.box) {
		fmt.Fprintf(&optional, "%s = %q\n", name, value)
	}
	const file = "builds.auto.tfvars"
	write(t, f.Dir, file, optional.String())
	expectWords(t, applyAndSettle(t, f.Folder).Output, "4 added, 0 changed, 0 destroyed")
	expectBuilds(t, f.box)
	expectNoSecrets(t, f.Dir, f.box)

	account := f.box.Devtron.GitAccounts.At("https://github.com/acme")[0]
	account.Username = "somebody"
	f.box.Devtron.GitAccounts.Put(account)
	registry := f.box.Devtron.Registries.Rows()[0]
	registry.Username = "somebody"
	f.box.Devtron.Registries.Put(registry)
	f.box.Devtron.ChartRepositories.Remove(f.box.Devtron.ChartRepositories.Named("acme-charts")[0].ID)
	expectWords(t, applyAndSettle(t, f.Folder).Output, "1 added, 2 changed, 0 destroyed")
	expectBuilds(t, f.box)

	if err := os.Remove(filepath.Join(f.Dir, file)); err != nil {
		t.Fatal(err)
	}
	expectWords(t, must(t, "apply", f.Apply(t.Context())).Output, "0 added, 0 changed, 4 destroyed")
	must(t, "destroy", f.Destroy(t.Context()))
	f.box.Devtron.Attributes.Remove("url")

	write(t, f.Dir, file, optional.String())
	expectWords(t, applyAndSettle(t, f.Folder).Output, "9 added")
	expectBuilds(t, f.box)
	must(t, "destroy", f.Destroy(t.Context()))
	expectActive(t, f.box, "GITHUB", false)
	if n := objects(f.box); n != before {
		t.Errorf("Devtron has %d objects, and had %d before", n, before)
	}
}

func tryBootstrapModule(t *testing.T, f *folder) {
	run := must(t, "terraform test", shell(t, f.Folder, shellBlocks(t, bootstrapModuleReadme)[0]))
	if strings.Contains(run.Output, " 0 passed") || f.box.Log.Count("", "", "") != 0 {
		t.Errorf("it sent requests, or tested nothing:\n%s", run.Output)
	}

	// As the README says.
	dir := t.TempDir()
	copyConfiguration(t, filepath.Join(root, bootstrapModuleFolder), filepath.Join(dir, "devtron-bootstrap"), nil)
	write(t, dir, "devtron-bootstrap/sandbox_override.tf", "resource \"devtron_container_registry\" \"this\" {\n  connection_type = \"insecure\"\n}\n")
	block := terraformBlocks(t, bootstrapModuleReadme)[0]
	write(t, dir, "main.tf", strings.NewReplacer(
		"https://k8s.example.com:6443", f.box.Cluster.URL(),
		"registry.example.com", f.box.Registry.URL(),
		"https://charts.example.com/stable", f.box.Charts.PrivateURL(),
	).Replace(block))
	write(t, dir, "import.tf", "import {\n  to = module.devtron.devtron_project.this[\"payments\"]\n  id = \"payments\"\n}\n")
	write(t, dir, "terraform.tfvars", fmt.Sprintf("cluster_token = %q\ncluster_ca_certificate = %q\nregistry_password = %q\ngit_password = %q\ncharts_password = %q\n",
		f.box.Cluster.Token(), f.box.Cluster.CACertificate, f.box.Registry.Password(), gitPassword, f.box.Charts.Password()))
	before := objects(f.box)
	f.box.Devtron.Projects.Put(sandbox.Project{Name: "payments", Active: true})
	use := f.at(t, dir)
	must(t, "init", use.Init(t.Context()))
	run = applyAndSettle(t, use)
	expectWords(t, run.Output, "1 imported, 9 added, 0 changed", "prod-eu__payments", "default_cluster__payments-test")
	expectBuilds(t, f.box)
	expectNoSecrets(t, dir, f.box)
	must(t, "destroy", use.Destroy(t.Context()))
	if n := objects(f.box); n != before {
		t.Errorf("Devtron has %d objects, and had %d before", n, before)
	}
}
