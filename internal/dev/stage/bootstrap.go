// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package stage

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Objects are resources of one type, all with the same arguments as HCL expressions, which may use
// count.index.
type Objects struct {
	Type      string
	Count     int
	Arguments map[string]string
}

// Bootstrap returns what a new Devtron needs before its first deployment, without the GitOps
// configuration, which is the first one of Resources. The sandbox must use TLS.
func Bootstrap(box *sandbox.Sandbox) []Objects {
	return []Objects{
		{"devtron_host_url", 1, map[string]string{"url": `"https://devtron.example.com"`}},
		{"devtron_project", 3, map[string]string{"name": `"project-${count.index}"`}},
		{"devtron_cluster", 2, map[string]string{
			"name": `"cluster-${count.index}"`, "server_url": strconv.Quote(box.Cluster.URL()),
			"bearer_token": strconv.Quote(box.Cluster.Token()),
			"tls":          fmt.Sprintf("{ ca_certificate = %q }", box.Cluster.CACertificate),
		}},
		{"devtron_environment", 10, map[string]string{
			"name": `"environment-${count.index}"`, "cluster_id": "devtron_cluster.this[count.index % 2].id",
			"namespace": `"namespace-${count.index}"`,
		}},
		{"devtron_git_account", 1, map[string]string{
			"name": `"github"`, "url": `"https://github.com"`, "git_host_id": "1", "username": `"acme-bot"`, "password": `"a-token-of-github"`,
		}},
		{"devtron_container_registry", 1, map[string]string{
			"name": `"acme"`, "type": `"other"`, "url": strconv.Quote(box.Registry.URL()),
			"username": strconv.Quote(sandbox.RegistryUsername), "password": strconv.Quote(box.Registry.Password()),
			"connection_type": `"secure-with-cert"`, "ca_certificate": strconv.Quote(box.CACertificate),
		}},
		{"devtron_chart_repository", 1, map[string]string{"name": `"acme-charts"`, "url": strconv.Quote(box.Charts.PublicURL())}},
	}
}

// Block returns the resources as HCL. Their name is "this".
func (o Objects) Block() string {
	return fmt.Sprintf("\nresource %q \"this\" {\n  count = %d\n%s}\n", o.Type, o.Count, arguments(o.Arguments))
}

// Blocks returns all resources as HCL.
func Blocks(all []Objects) string {
	var b strings.Builder
	for _, o := range all {
		b.WriteString(o.Block())
	}
	return b.String()
}
