// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"maps"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const registryFolder = "resources/devtron_container_registry"

func init() {
	maps.Copy(examples, map[string]example{
		registryFolder: {needs: writeOnly, variables: registrySecrets, override: registryOverride, try: tryRegistry},
		"data-sources/devtron_container_registry":   {try: tryReading("registry.example.com")},
		"list-resources/devtron_container_registry": {needs: queries, try: tryListing("devtron_container_registry", "name=acme")},
	})
}

// putRegistry gives Devtron a registry with the name of the examples.
func putRegistry(box *sandbox.Sandbox) {
	box.Devtron.Registries.Put(sandbox.RegistryRow{
		Name: "acme", Plugin: "cd.go.artifact.docker.registry", URL: "registry.example.com", Type: "other", OCI: true,
		OCIConfig: map[string]string{"CONTAINER": "PULL/PUSH"}, Username: "acme-robot", Password: "secret", Connection: "secure", Default: true,
		PullSecret: &sandbox.PullSecret{CredentialType: "SAME_AS_REGISTRY", IgnoredClusterIDs: "-1"},
	})
}

func registrySecrets(box *sandbox.Sandbox) map[string]string {
	return map[string]string{"registry_password": box.Registry.Password()}
}

func registryOverride(box *sandbox.Sandbox) string {
	return fmt.Sprintf("resource \"devtron_container_registry\" \"acme\" {\n  url = %q\n  connection_type = \"insecure\"\n}\n", box.Registry.URL())
}

// tryRegistry creates, destroys, and imports. After an import, the password is sent, as Devtron
// does not show it.
func tryRegistry(t *testing.T, f *folder) {
	applyAndSettle(t, f.Folder)
	must(t, "destroy", f.Destroy(t.Context()))
	putRegistry(f.box)
	for _, command := range importCommands(t, "devtron_container_registry") {
		other := f.copy(t, registryFolder, examples[registryFolder])
		must(t, command[0], other.Import(t.Context(), command[1], command[2]))
		expectWords(t, applyAndSettle(t, other).Output, "2 added, 1 changed, 0 destroyed")
	}
}
