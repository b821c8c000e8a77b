// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestEnvironmentLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	wanted := Environment{ID: 4343, Name: "prod", ClusterID: 1, Namespace: "payments", Production: true, Description: "shop"}
	created, err := client.CreateEnvironment(ctx, wanted)
	wanted.ID = 2
	if err != nil || created != wanted {
		t.Fatalf("got %+v, %v", created, err)
	}
	read := func() Environment {
		t.Helper()
		all, err := client.ListEnvironments(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			if e.ID == wanted.ID {
				return e
			}
		}
		return Environment{}
	}
	// The reply has no identifier, the list has.
	stored := wanted
	stored.ClusterName, stored.Identifier = DefaultCluster, "default_cluster__payments"
	if got := read(); got != stored {
		t.Errorf("got %+v", got)
	}
	stored.Production, stored.Description = false, ""
	if err := client.UpdateEnvironment(ctx, stored); err != nil {
		t.Error(err)
	}
	if got := read(); got != stored {
		t.Errorf("got %+v", got)
	}
	if err := client.DeleteEnvironment(ctx, stored); err != nil {
		t.Error(err)
	}
	if err := client.DeleteEnvironment(ctx, stored); !IsKind(err, NotFound) {
		t.Errorf("again: got %v", err)
	}
	const after = `"cluster_id":1,"cluster_name":"default_cluster","namespace":"payments","default":false,"description":"","environmentIdentifier":"default_cluster__payments","active":true}`
	wantBodies(t, box, "POST", "env", `{"id":0,"environment_name":"prod","cluster_id":1,"cluster_name":"","namespace":"payments","default":true,"description":"shop","environmentIdentifier":"","active":true}`)
	wantBodies(t, box, "PUT", "env", `{"id":2,"environment_name":"prod",`+after)
	wantBodies(t, box, "DELETE", "env", `{"id":2,"environment_name":"prod",`+after, `{"id":2,"environment_name":"prod",`+after)
}

func TestEnvironmentConflictDoesNotSayWhich(t *testing.T) {
	client := sandboxClient(t, sandbox.ForTest(t))
	for _, wanted := range []Environment{
		{Name: "devtron-demo", ClusterID: 1, Namespace: "other"},
		{Name: "other", ClusterID: 1, Namespace: "devtron-demo"},
	} {
		_, err := client.CreateEnvironment(t.Context(), wanted)
		if e := failure(t, err); e.Kind != Conflict || e.Message != "Resource already exists" {
			t.Errorf("%s: got %+v", wanted.Name, *e)
		}
	}
}

func TestEnvironmentOfAnUnknownCluster(t *testing.T) {
	client := sandboxClient(t, sandbox.ForTest(t))
	if _, err := client.CreateEnvironment(t.Context(), Environment{Name: "x", ClusterID: 99, Namespace: "x"}); !IsKind(err, NotFound) {
		t.Errorf("creation: got %v", err)
	}
	demo := Environment{ID: 1, Name: "devtron-demo", ClusterID: 99, Namespace: "devtron-demo"}
	if err := client.UpdateEnvironment(t.Context(), demo); !IsKind(err, NotFound) {
		t.Errorf("update: got %v", err)
	}
	demo.ID, demo.ClusterID = 99, 1
	if err := client.UpdateEnvironment(t.Context(), demo); !IsKind(err, NotFound) {
		t.Errorf("update of an unknown environment: got %v", err)
	}
}

// TestEnvironmentCannotBeRenamed: Devtron says 409, which is no conflict with another one.
func TestEnvironmentCannotBeRenamed(t *testing.T) {
	client := sandboxClient(t, sandbox.ForTest(t))
	for message, change := range map[string]Environment{
		"environment name cannot be changed": {ID: 1, Name: "renamed", ClusterID: 1, Namespace: "devtron-demo"},
		"namespace cannot be changed":        {ID: 1, Name: "devtron-demo", ClusterID: 1, Namespace: "other"},
	} {
		if e := failure(t, client.UpdateEnvironment(t.Context(), change)); e.Kind != Rejected || e.Status != 409 || e.Message != message {
			t.Errorf("got %+v", *e)
		}
	}
}

func TestEnvironmentInUseIsNotDeleted(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Environments.SetPipelines(1, true)
	client := sandboxClient(t, box)
	all, err := client.ListEnvironments(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("got %v, %v", all, err)
	}
	e := failure(t, client.DeleteEnvironment(t.Context(), all[0]))
	if e.Kind != InUse || e.Message != "Please delete all related cd pipelines before deleting this environment" {
		t.Errorf("got %+v", *e)
	}
}

func TestEnvironmentsWithoutRightsAreAnEmptyList(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box, func(o *Options) { o.APIToken = box.Devtron.PowerlessToken() })
	if all, err := client.ListEnvironments(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("got %v, %v", all, err)
	}
	if err := client.CheckSuperAdmin(t.Context(), time.Time{}); !IsKind(err, Forbidden) {
		t.Errorf("got %v", err)
	}
}

// TestNamespaceThatWasNotCreatedIsNotReported: only the namespaces of the cluster show it.
func TestNamespaceThatWasNotCreatedIsNotReported(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	wanted := testCluster(box)
	wanted.Credentials.BearerToken = box.Cluster.TokenWithoutRights()
	weak, err := client.CreateCluster(ctx, wanted)
	if err != nil {
		t.Fatal(err)
	}
	for cluster, want := range map[int]bool{1: true, weak.ID: false} {
		_, err := client.CreateEnvironment(ctx, Environment{Name: fmt.Sprint("on-", cluster), ClusterID: cluster, Namespace: "payments"})
		if err != nil {
			t.Fatal(err)
		}
		names, err := client.ClusterNamespaces(ctx, cluster)
		if err != nil || slices.Contains(names, "payments") != want {
			t.Errorf("cluster %d: got %v, %v", cluster, names, err)
		}
	}
}
