// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(acctest.Main(m)) }

// everything is one configuration with every resource of the provider. changed sets another value
// of one argument of each that has an update.
func everything(box *sandbox.Sandbox, changed bool) string {
	return fmt.Sprintf(`
variable "secrets" {
  type      = map(string)
  sensitive = true
}

resource "devtron_host_url" "this" {
  url = %[1]q
}

resource "devtron_project" "payments" {
  name = "payments"
}

resource "devtron_cluster" "prod" {
  name         = "prod-eu"
  server_url   = %[2]q
  bearer_token = var.secrets.cluster
  tls          = { ca_certificate = var.secrets.ca }
  production   = %[9]t
}

resource "devtron_environment" "prod" {
  name       = "payments-prod"
  cluster_id = devtron_cluster.prod.id
  namespace  = "payments"
  production = %[9]t
}

resource "devtron_gitops_config" "github" {
  git_provider            = "GITHUB"
  host                    = %[3]q
  organization            = %[4]q
  username                = %[5]q
  token                   = var.secrets.github
  allow_custom_repository = %[9]t
}

resource "devtron_container_registry" "this" {
  name            = "registry"
  type            = "other"
  url             = %[6]q
  username        = %[7]q
  password        = var.secrets.registry
  connection_type = "insecure"

  pull_secret = {
    clusters = %[9]t ? [devtron_cluster.prod.id] : ["all"]
  }
}

resource "devtron_git_account" "this" {
  name     = %[9]t ? "Renamed" : "Example"
  url      = "https://git.example.com"
  username = "bot"
  password = var.secrets.git
}

resource "devtron_chart_repository" "this" {
  name                      = "charts"
  url                       = %[8]q
  username                  = "%[10]s"
  password                  = var.secrets.charts
  allow_insecure_connection = %[9]t
}

resource "devtron_api_token" "ci" {
  name = "ci-payments"

  permissions = [{
    project      = devtron_project.payments.name
    environments = [devtron_environment.prod.identifier]
    role         = %[9]t ? "admin" : "build"
  }]
}
`, box.Devtron.URL(), box.Cluster.URL(), box.GitHub.URL(), sandbox.Organization, sandbox.Username, box.Registry.URL(), sandbox.RegistryUsername,
		box.Charts.PrivateURL(), changed, sandbox.ChartsUsername)
}

func secretsOfEverything(box *sandbox.Sandbox) map[string]string {
	return map[string]string{
		"cluster": box.Cluster.Token(), "ca": box.Cluster.CACertificate, "github": box.GitHub.Token(), "registry": box.Registry.Password(),
		"git": "git-password-1", "charts": box.Charts.Password(),
	}
}

// active lists what is active in Devtron, one object a line.
func active(box *sandbox.Sandbox) string {
	var lines []string
	add := func(kind, name string) { lines = append(lines, kind+" "+name) }
	for _, r := range box.Devtron.Projects.Rows() {
		add("project", r.Name)
	}
	for _, r := range box.Devtron.Clusters.Rows() {
		add("cluster", r.Name)
	}
	for _, r := range box.Devtron.Environments.Rows() {
		add("environment", r.Name)
	}
	for _, r := range box.Devtron.Rows() {
		if r.Active {
			add("gitops configuration", r.Provider)
		}
	}
	for _, r := range box.Devtron.Registries.Rows() {
		add("registry", r.Name)
	}
	for _, r := range box.Devtron.GitAccounts.Rows() {
		add("git account", r.URL)
	}
	for _, r := range box.Devtron.ChartRepositories.Rows() {
		add("chart repository", r.Name)
	}
	for _, r := range box.Devtron.APITokens.Rows() {
		add("API token", r.Name)
	}
	return strings.Join(lines, "\n")
}

// TestEverythingTogether applies, changes, destroys, and applies again one configuration with every
// resource.
func TestEverythingTogether(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := everything(box, false)
	server, err := provider.NewServer("test")
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range schemas.ResourceSchemas {
		if !strings.Contains(config, fmt.Sprintf("resource %q", name)) {
			t.Errorf("%s is not in the configuration", name)
		}
	}
	before := active(box)
	w := acctest.NewWorkspace(t, box, config)
	secrets, values := secretsOfEverything(box), ""
	for name, secret := range secrets {
		values += fmt.Sprintf("  %s = %s\n", name, acctest.Quote(secret))
	}
	w.File(acctest.VariablesFile, "secrets = {\n"+values+"}\n")
	for range 2 {
		w.Write(everything(box, false))
		w.Apply().Ok()
		w.Plan().Empty().Quiet()
		w.Write(everything(box, true))
		w.Apply().Ok()
		w.Plan().Empty().Quiet()
		w.Destroy().Ok()
		if after := active(box); after != before {
			t.Fatalf("active after the destroy:\n%s\n\nbefore:\n%s", after, before)
		}
	}
}
