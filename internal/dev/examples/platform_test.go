// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func init() {
	maps.Copy(examples, map[string]example{
		"resources/devtron_project":               {try: tryResource("devtron_project")},
		clusterFolder:                             {needs: writeOnly, variables: clusterSecrets, override: clusterOverride, try: tryCluster},
		"resources/devtron_environment":           {try: tryResource("devtron_environment")},
		"resources/devtron_host_url":              {try: tryResource("devtron_host_url")},
		chartsFolder:                              {needs: writeOnly, variables: chartsSecrets, override: chartsOverride, try: tryCharts},
		"data-sources/devtron_chart_repository":   {try: tryReading("https://charts.bitnami.com/bitnami")},
		"list-resources/devtron_chart_repository": {needs: queries, try: tryListing("devtron_chart_repository", "name=bitnami")},
		"data-sources/devtron_project":            {try: tryReading("project_id")},
		"data-sources/devtron_cluster":            {try: tryReading("default = 1", "prod    = 2", `kubernetes_version = "v1.33.4"`)},
		"data-sources/devtron_environment":        {try: tryReading("default_cluster__payments", "default_cluster/payments")},
		"data-sources/devtron_host_url":           {try: tryReading("https://devtron.example.com")},
		"list-resources/devtron_project":          {needs: queries, try: tryListing("devtron_project", "name=payments")},
		"list-resources/devtron_cluster":          {needs: queries, try: tryListing("devtron_cluster", "name=prod-eu")},
		"list-resources/devtron_environment":      {needs: queries, try: tryListing("devtron_environment", "name=payments-prod")},
		"list-resources/devtron_host_url":         {needs: queries, try: tryListing("devtron_host_url", "key=url")},
	})
}

// putPlatform gives Devtron what the data sources and queries read.
func putPlatform(box *sandbox.Sandbox) {
	box.Devtron.Projects.Put(sandbox.Project{Name: "payments", Active: true})
	box.Devtron.Environments.Put(sandbox.Environment{
		Name: "payments-prod", ClusterID: 1, Namespace: "payments", Identifier: "default_cluster__payments", Active: true,
	})
	putCluster(box)
	putRegistry(box)
	box.Devtron.Attributes.Set("url", "https://devtron.example.com")
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments", ExpireAtInMs: time.Date(2031, 1, 31, 0, 0, 0, 0, time.UTC).UnixMilli()})
}

// putCluster gives Devtron the cluster of the examples.
func putCluster(box *sandbox.Sandbox) {
	box.Devtron.Clusters.Put(sandbox.ClusterRow{
		Name: "prod-eu", ServerURL: box.Cluster.URL(), Active: true, Production: true, Description: "Frankfurt, for customers", Version: "v1.33.4",
		Config:     sandbox.ClusterConfig{BearerToken: box.Cluster.Token(), CACertificate: box.Cluster.CACertificate},
		Prometheus: sandbox.Prometheus{URL: "https://prometheus.example.com", Username: "devtron"},
	})
}

// importCommands returns the commands of import.sh, each as the complete command, the address and
// the id.
func importCommands(t *testing.T, resource string) [][]string {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(root, "resources", resource, "import.sh"))
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^terraform import (\S+) (\S+)`).FindAllStringSubmatch(string(script), -1)
	if len(commands) == 0 {
		t.Fatal("import.sh has no commands")
	}
	return commands
}

// tryResource creates, destroys, and imports with each command of import.sh.
func tryResource(resource string) func(*testing.T, *folder) {
	return func(t *testing.T, f *folder) {
		applyAndSettle(t, f.Folder)
		for _, command := range importCommands(t, resource) {
			other := f.copy(t, "resources/"+resource, example{})
			must(t, command[0], other.Import(t.Context(), command[1], command[2]))
			expectWords(t, applyAndSettle(t, other).Output, "0 added, 0 changed, 0 destroyed")
		}
		must(t, "destroy", f.Destroy(t.Context()))
	}
}

func tryReading(words ...string) func(*testing.T, *folder) {
	return func(t *testing.T, f *folder) {
		putPlatform(f.box)
		expectWords(t, applyAndSettle(t, f.Folder).Output, words...)
	}
}

func tryListing(resource, want string) func(*testing.T, *folder) {
	return func(t *testing.T, f *folder) {
		putPlatform(f.box)
		commands := commandsIn(t, "list-resources/"+resource, "list-resource.tfquery.hcl", 2)
		expectWords(t, must(t, commands[0], shell(t, f.Folder, commands[0])).Output, want)
		must(t, commands[1], shell(t, f.Folder, commands[1]))
		expectWords(t, applyAndSettle(t, f.Folder).Output, "imported, 0 added, 0 changed, 0 destroyed")
	}
}

const clusterFolder = "resources/devtron_cluster"

func clusterSecrets(box *sandbox.Sandbox) map[string]string {
	return map[string]string{
		"cluster_token": box.Cluster.Token(), "cluster_ca_certificate": box.Cluster.CACertificate, "prometheus_password": "prometheus-passw0rd",
	}
}

func clusterOverride(box *sandbox.Sandbox) string {
	return fmt.Sprintf("resource \"devtron_cluster\" \"prod\" {\n  server_url = %q\n}\n", box.Cluster.URL())
}

// tryCluster creates, destroys, and imports. After an import, the credentials are sent, as Devtron
// does not show them.
func tryCluster(t *testing.T, f *folder) {
	applyAndSettle(t, f.Folder)
	must(t, "destroy", f.Destroy(t.Context()))
	putCluster(f.box)
	id := fmt.Sprint(f.box.Devtron.Clusters.Named("prod-eu")[0].ID)
	for _, command := range importCommands(t, "devtron_cluster") {
		other := f.copy(t, clusterFolder, examples[clusterFolder])
		must(t, command[0], other.Import(t.Context(), command[1], strings.Replace(command[2], "2", id, 1)))
		expectWords(t, applyAndSettle(t, other).Output, "0 added, 1 changed, 0 destroyed")
	}
}

const chartsFolder = "resources/devtron_chart_repository"

func chartsSecrets(box *sandbox.Sandbox) map[string]string {
	return map[string]string{"charts_password": box.Charts.Password()}
}

func chartsOverride(box *sandbox.Sandbox) string {
	return fmt.Sprintf("resource \"devtron_chart_repository\" \"acme\" {\n  url = %q\n  username = %q\n}\n", box.Charts.PrivateURL(), sandbox.ChartsUsername)
}

// tryCharts creates, and imports. After an import, the password is sent, as the provider does not
// read it.
func tryCharts(t *testing.T, f *folder) {
	applyAndSettle(t, f.Folder)
	for _, command := range importCommands(t, "devtron_chart_repository") {
		other := f.copy(t, chartsFolder, examples[chartsFolder])
		must(t, command[0], other.Import(t.Context(), command[1], command[2]))
		expectWords(t, applyAndSettle(t, other).Output, "0 added, 1 changed, 0 destroyed")
	}
	must(t, "destroy", f.Destroy(t.Context()))
}
