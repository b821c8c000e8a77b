// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"slices"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func registryOf(name string) ContainerRegistry {
	return ContainerRegistry{
		Name: name, Type: RegistryOther, URL: "reg.example.com", Username: "bob", Password: "reg-secret-1", Connection: ConnectionSecure, Containers: true,
	}
}

// listedRegistry returns the registry with a name from the list.
func listedRegistry(t *testing.T, client *Client, name string) ContainerRegistry {
	t.Helper()
	all, err := client.ListContainerRegistries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r ContainerRegistry) bool { return r.Name == name })
	if i < 0 {
		t.Fatalf("no registry %q in %+v", name, all)
	}
	return all[i]
}

func TestContainerRegistryLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	first, second := registryOf("first"), registryOf("se/cond")
	for _, r := range []ContainerRegistry{first, second} {
		if err := client.CreateContainerRegistry(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	wantBodies(t, box, "POST", "docker/registry",
		`{"id":"first","pluginId":"cd.go.artifact.docker.registry","registryUrl":"reg.example.com","registryType":"other","isOCICompliantRegistry":true,`+
			`"ociRegistryConfig":{"CONTAINER":"PULL/PUSH"},"repositoryList":null,"isPublic":false,"username":"bob","awsAccessKeyId":"","awsRegion":"","isDefault":false,`+
			`"connection":"secure","cert":"","ipsConfig":{"credentialType":"SAME_AS_REGISTRY","credentialValue":"","appliedClusterIdsCsv":"","ignoredClusterIdsCsv":"-1"},`+
			`"password":"reg-secret-1","awsSecretAccessKey":"","active":true}`,
		bodies(box, "POST", "docker/registry")[1])
	if r := listedRegistry(t, client, "first"); !r.IsDefault() || r.Password != "" || !r.Containers || r.Username != "bob" {
		t.Errorf("%+v", r)
	}
	if err := client.CreateContainerRegistry(ctx, first); !IsKind(err, Conflict) {
		t.Errorf("a duplicate: %v", err)
	}
	second.Username, second.Password = "alice", ""
	if err := client.UpdateContainerRegistry(ctx, second); err != nil {
		t.Fatal(err)
	}
	if row := box.Devtron.Registries.Rows()[1]; row.Username != "alice" || row.Password != "reg-secret-1" {
		t.Errorf("%+v", row)
	}
	if err := client.DeleteContainerRegistry(ctx, listedRegistry(t, client, "first")); failure(t, err).RegistryProblem() != RegistryIsDefault {
		t.Errorf("the default registry: %v", err)
	}
	for range 2 { // a deleted name is revived
		stored := listedRegistry(t, client, second.Name)
		if err := client.DeleteContainerRegistry(ctx, stored); err != nil {
			t.Fatal(err)
		}
		if err := client.DeleteContainerRegistry(ctx, stored); !IsKind(err, NotFound) {
			t.Errorf("again: %v", err)
		}
		if err := client.CreateContainerRegistry(ctx, second); err != nil {
			t.Fatal(err)
		}
	}
	missing := registryOf("missing")
	if err := client.UpdateContainerRegistry(ctx, missing); !IsKind(err, NotFound) {
		t.Errorf("an update of what is missing: %v", err)
	}
}

// TestKeptPullSecret is one whose credentials nobody has configured: they are sent back, as an
// empty value would clear them.
func TestKeptPullSecret(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	const credentials = `{"server":"reg.example.com","username":"puller","password":"pull-secret","email":""}`
	custom := PullSecret{Type: PullSecretCustom, Value: credentials, Clusters: []string{"1", "2"}}
	r := registryOf("first")
	r.PullSecret = custom
	if err := client.CreateContainerRegistry(ctx, r); err != nil {
		t.Fatal(err)
	}
	stored := listedRegistry(t, client, "first")
	if stored.PullSecret.Value != "" || !slices.Equal(stored.PullSecret.Clusters, custom.Clusters) {
		t.Errorf("%+v", stored.PullSecret)
	}
	r.PullSecret.Value, r.Username = "", "alice"
	if err := client.UpdateContainerRegistry(ctx, r.Keep(stored)); err != nil {
		t.Fatal(err)
	}
	row := box.Devtron.Registries.Rows()[0]
	if row.PullSecret.CredentialValue != credentials || row.PullSecret.AppliedClusterIDs != "1,2" || row.PullSecret.IgnoredClusterIDs != "" || !row.Default {
		t.Errorf("%+v", *row.PullSecret)
	}
	if got := newRegistryBody(ContainerRegistry{PullSecret: custom}).secrets(); !slices.Contains(got, "pull-secret") || !slices.Contains(got, credentials) {
		t.Errorf("secrets: %q", got)
	}
	// Another type has no credentials to keep.
	r.PullSecret = PullSecret{Type: PullSecretName, Value: "my-secret", Except: []string{"3"}}
	if err := client.UpdateContainerRegistry(ctx, r.Keep(stored)); err != nil {
		t.Fatal(err)
	}
	if p := listedRegistry(t, client, "first").PullSecret; p.Value != "my-secret" || p.custom != "" || !slices.Equal(p.Except, []string{"3"}) {
		t.Errorf("%+v", p)
	}
}

func TestRegistryProblems(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	hub := registryOf("hub")
	hub.Type, hub.URL, hub.Password, hub.ChartAction, hub.Repositories = RegistryDockerHub, "docker.io", "bad-pw", ChartPullPush, []string{"charts/demo"}
	box.Devtron.Registries.RefusePassword("bad-pw")
	e := failure(t, client.CreateContainerRegistry(ctx, hub))
	if e.RegistryProblem() != RegistryUnauthorized || len(box.Devtron.Registries.Rows()) != 0 {
		t.Errorf("%+v", *e)
	}
	hub.Password = "good"
	box.Devtron.ChartSync.SetLingers(true)
	e = failure(t, client.CreateContainerRegistry(ctx, hub))
	if e.RegistryProblem() != RegistryChartSync || !e.MaybeHandled() || len(box.Devtron.Registries.Rows()) != 1 {
		t.Errorf("%+v", *e)
	}
	if r := listedRegistry(t, client, "hub"); r.ChartAction != ChartPullPush || !slices.Equal(r.Repositories, hub.Repositories) {
		t.Errorf("%+v", r)
	}
	hub.ChartAction, hub.Repositories = ChartPush, nil
	_ = client.UpdateContainerRegistry(ctx, hub)
	if r := listedRegistry(t, client, "hub"); r.ChartAction != ChartPush || len(r.Repositories) != 0 {
		t.Errorf("%+v", r)
	}
	if e := (&Error{Envelope: true, Status: 500, Message: "something else"}); e.RegistryProblem() != RegistryUnknown {
		t.Error("an unknown problem is not unknown")
	}
}
