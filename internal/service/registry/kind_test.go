// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"os"
	"slices"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest/objecttest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

const route = "/orchestrator/docker/registry"

// other is the default registry in most tests, so that the one that is tested is not.
var other = sandbox.RegistryRow{
	Name: "base", Plugin: "cd.go.artifact.docker.registry", URL: "base.example", Type: "other", OCI: true, OCIConfig: images(),
	Username: "base", Password: "base-secret", Connection: "secure", Default: true, PullSecret: noClusters(),
}

func images() map[string]string { return map[string]string{"CONTAINER": "PULL/PUSH"} }

func noClusters() *sandbox.PullSecret {
	return &sandbox.PullSecret{CredentialType: "SAME_AS_REGISTRY", IgnoredClusterIDs: "-1"}
}

// required are arguments of a registry that nobody asks for its credentials.
func required(name string) acctest.Args {
	return acctest.Args{
		"name": acctest.Quote(name), "type": `"other"`, "url": `"reg.example"`, "username": `"bob"`, "password": `"reg-secret-1"`,
		"registry_check": `"off"`,
	}
}

// row is the registry of required, as somebody else has added it.
func row(name string) sandbox.RegistryRow {
	r := other
	r.Name, r.URL, r.Username, r.Password, r.Default, r.PullSecret = name, "reg.example", "bob", "reg-secret-1", false, noClusters()
	return r
}

// get returns a stored registry.
func get(box *sandbox.Sandbox, name string) (sandbox.RegistryRow, bool) {
	rows := box.Devtron.Registries.Rows()
	i := slices.IndexFunc(rows, func(r sandbox.RegistryRow) bool { return r.Name == name })
	if i < 0 {
		return sandbox.RegistryRow{}, false
	}
	return rows[i], true
}

const one = "tf-one" // the object of most tests in objecttest

var registries = objecttest.Kind{
	Type: "devtron_container_registry", Noun: "container registry", Named: true, Route: route,
	Config: func(box *sandbox.Sandbox, name string) acctest.Args {
		if _, ok := get(box, other.Name); !ok {
			box.Devtron.Registries.Put(other)
		}
		return required(name)
	},
	Put: func(box *sandbox.Sandbox, name string) int {
		box.Devtron.Registries.Put(row(name))
		return 1
	},
	IDs: func(box *sandbox.Sandbox, name string) []int {
		if _, ok := get(box, name); !ok {
			return nil
		}
		return []int{1}
	},
	Remove: func(box *sandbox.Sandbox, _ int) { box.Devtron.Registries.Remove(one) },
	Updates: []objecttest.Update{
		update("username", `"alice"`, func(r *sandbox.RegistryRow) *string { return &r.Username }, "alice"),
		update("url", `"https://Other.example:5000/"`, func(r *sandbox.RegistryRow) *string { return &r.URL }, "Other.example:5000"),
		update("connection_type", `"insecure"`, func(r *sandbox.RegistryRow) *string { return &r.Connection }, "insecure"),
	},
	Replacements: []string{"type", `"quay"`},
}

// update is a change of a text.
func update(argument, value string, field func(*sandbox.RegistryRow) *string, want string) objecttest.Update {
	return objecttest.Update{
		Argument: argument, Value: value,
		Stored: func(box *sandbox.Sandbox, _ int) bool {
			r, ok := get(box, one)
			return ok && *field(&r) == want
		},
		Drift: func(box *sandbox.Sandbox, _ int) {
			r, _ := get(box, one)
			*field(&r) = "drift.example"
			if argument == "connection_type" {
				*field(&r) = "secure"
			}
			box.Devtron.Registries.Put(r)
		},
	}
}

// importedRegistries have no password in their configuration: Devtron does not show it.
func importedRegistries() objecttest.Kind {
	k := registries
	k.Config = func(box *sandbox.Sandbox, name string) acctest.Args {
		return registries.Config(box, name).With("password", "", "registry_check", "")
	}
	return k
}

func TestRegistryAcceptance(t *testing.T)                      { registries.Acceptance(t) }
func TestRegistryLifeCycle(t *testing.T)                       { registries.LifeCycle(t) }
func TestExistingAndRepeatedRegistriesAreRefused(t *testing.T) { registries.RefusesOthers(t) }
func TestRenamedRegistryResourcesAreRefused(t *testing.T)      { registries.Renames(t) }
func TestRegistryImport(t *testing.T)                          { importedRegistries().Imports(t) }
func TestRegistryQuery(t *testing.T)                           { registries.Queries(t) }
func TestLostRepliesToRegistryWritesAreSettled(t *testing.T)   { registries.LostReplies(t) }
func TestRefreshNeverDropsARegistry(t *testing.T)              { registries.KeepsState(t) }
func TestUnknownRegistryNames(t *testing.T)                    { registries.Unknown(t) }
func TestReplacingARegistryWarns(t *testing.T) {
	registries.Replaces(t, "The credentials of the registry stay valid")
}

func TestRegistryDataSource(t *testing.T) {
	registries.Reads(t, "type = other", "url = reg.example", "username = bob", "default = false", "containers = true", "connection_type = secure")
}

func TestRegistryWritesWithoutReadingBack(t *testing.T) { registries.UnreadWrites(t) }
func TestKilledProviderLosesNoRegistry(t *testing.T)    { registries.SurvivesKills(t) }
