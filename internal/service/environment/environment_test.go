// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest/objecttest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

const route = "/orchestrator/env"

func change(box *sandbox.Sandbox, id int, change func(*sandbox.Environment)) {
	row := row(box, id)
	change(&row)
	box.Devtron.Environments.Put(row)
}

func row(box *sandbox.Sandbox, id int) sandbox.Environment {
	for _, row := range box.Devtron.Environments.Rows() {
		if row.ID == id {
			return row
		}
	}
	return sandbox.Environment{}
}

var environments = objecttest.Kind{
	Type: "devtron_environment", Noun: "environment", Route: route,
	Config: func(_ *sandbox.Sandbox, name string) acctest.Args {
		return acctest.Args{"name": acctest.Quote(name), "cluster_id": "1", "namespace": acctest.Quote(name + "-space")}
	},
	Put: func(box *sandbox.Sandbox, name string) int {
		box.Home.AddNamespace(name + "-space")
		return box.Devtron.Environments.Put(sandbox.Environment{
			Name: name, ClusterID: 1, Namespace: name + "-space", Identifier: "default_cluster__" + name + "-space", Active: true,
		}).ID
	},
	IDs: func(box *sandbox.Sandbox, name string) (ids []int) {
		for _, e := range box.Devtron.Environments.Named(name) {
			ids = append(ids, e.ID)
		}
		return ids
	},
	Remove: func(box *sandbox.Sandbox, id int) { box.Devtron.Environments.Remove(id) },
	Updates: []objecttest.Update{
		{
			Argument: "production", Value: "true",
			Stored: func(box *sandbox.Sandbox, id int) bool { return row(box, id).Production },
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(e *sandbox.Environment) { e.Production = !e.Production })
			},
		},
		{
			Argument: "description", Value: `"where customers are"`,
			Stored: func(box *sandbox.Sandbox, id int) bool { return row(box, id).Description == "where customers are" },
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(e *sandbox.Environment) { e.Description = "" })
			},
		},
	},
	Replacements: []string{"namespace", `"elsewhere"`},
	Hold:         func(box *sandbox.Sandbox) { box.Devtron.SetRace(time.Second) },
}

const stays = "The namespace stays in the cluster"

func TestEnvironmentAcceptance(t *testing.T)                      { environments.Acceptance(t) }
func TestEnvironmentLifeCycle(t *testing.T)                       { environments.LifeCycle(t) }
func TestReplacingAnEnvironmentWarns(t *testing.T)                { environments.Replaces(t, stays) }
func TestExistingAndRepeatedEnvironmentsAreRefused(t *testing.T)  { environments.RefusesOthers(t) }
func TestRenamedEnvironmentResourcesAreRefused(t *testing.T)      { environments.Renames(t) }
func TestEnvironmentImport(t *testing.T)                          { environments.Imports(t) }
func TestAmbiguousEnvironmentNamesAreRefused(t *testing.T)        { environments.NamesTwins(t) }
func TestEnvironmentQuery(t *testing.T)                           { environments.Queries(t) }
func TestLostRepliesToEnvironmentWritesAreSettled(t *testing.T)   { environments.LostReplies(t) }
func TestKilledProvidersLoseNoEnvironment(t *testing.T)           { environments.SurvivesKills(t) }
func TestEnvironmentWritesWithoutReadingBack(t *testing.T)        { environments.UnreadWrites(t) }
func TestRefreshNeverDropsAnEnvironment(t *testing.T)             { environments.KeepsState(t) }
func TestUnknownEnvironmentNames(t *testing.T)                    { environments.Unknown(t) }
func TestTwinOfAnEnvironmentByAnotherProcessIsNamed(t *testing.T) { environments.FindsTwins(t) }
func TestEnvironmentDataSource(t *testing.T) {
	environments.Reads(t, "cluster_id = 1", "cluster_name = default_cluster", "namespace = tf-one-space", "production = false", "identifier = default_cluster__tf-one-space")
}

// environment is a resource with a name and a namespace.
func environment(name, namespace string, changes ...string) string {
	return acctest.Args{"name": acctest.Quote(name), "cluster_id": "1", "namespace": acctest.Quote(namespace)}.With(changes...).At("devtron_environment." + name)
}

func TestEnvironmentArguments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	for _, c := range []struct {
		argument, value string
		words           []string // of the error; none: valid
	}{
		{"name", `"Prod"`, []string{"Invalid environment name", "1 to 16 characters"}},
		{"namespace", `"a.b"`, []string{"Invalid namespace", "up to 50 characters"}},
		{"description", `"` + strings.Repeat("ü", 41) + `"`, []string{"The description is too long", "41 characters", "at most 40"}},
		{"cluster_id", "0", []string{"cluster_id", "at least 1"}},
		{"cluster_id", "77", []string{"The cluster does not exist", "no cluster with the number 77", "1 (default_cluster)"}},
		{"cluster_id", `"prod"`, []string{"a number is required"}},
	} {
		w.Write(environment("prod", "payments", c.argument, c.value))
		run := w.Plan()
		if c.words == nil {
			run.Ok().Quiet()
		} else {
			run.Fails(c.words...)
		}
	}
	w.Write(environment("prod", "payments", "description", `""`))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

func TestNamespaceHasOneEnvironment(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, environment("a", "payments")+environment("b", "payments"))
	w.Plan().Fails("Two environments for one namespace", `"payments"`, `"a"`, `"b"`)
	w.Write(environment("a", "payments") + environment("b", "payments", "cluster_id", "2"))
	if run := w.Plan(); run.HasDiagnostic("error", []string{"Two environments"}) {
		t.Error("the cluster makes no difference")
	}

	// One that exists, in this configuration or not.
	box.Devtron.Environments.Put(sandbox.Environment{Name: "theirs", ClusterID: 1, Namespace: "billing", Active: true})
	w.Write(environment("b", "billing"))
	w.Plan().Fails("The namespace already has an environment", `"theirs"`, "id = \"theirs\"")
	w.Write(environment("a", "payments"))
	w.Apply().Ok()
	w.Write(environment("a", "billing"))
	w.Plan().Fails("The namespace already has an environment", `"theirs"`)
	w.Write(environment("b", "payments"))
	w.Plan().Fails("The namespace already has an environment", "apply the removal first")
	if n := box.Log.Count("devtron", "DELETE", ""); n != 0 {
		t.Errorf("%d DELETE requests", n)
	}

	// A new name for the same namespace is no second environment.
	w.Write(strings.ReplaceAll(environment("a", "payments"), `name = "a"`, `name = "a2"`))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

// Devtron ignores another cluster in an update silently (41-15, 41-16).
func TestClusterOfAnEnvironmentReplacesIt(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	cluster := box.Devtron.Clusters.Put(sandbox.ClusterRow{
		Name: "second", ServerURL: box.Cluster.URL(), Config: sandbox.ClusterConfig{BearerToken: box.Cluster.Token()}, Insecure: true, Active: true,
	})
	second := cluster.ID
	w := acctest.NewWorkspace(t, box, environment("prod", "payments"))
	w.Apply().Ok()
	w.Write(environment("prod", "payments", "cluster_id", fmt.Sprint(second)))
	w.Apply().Ok().Warns(stays)
	rows := box.Devtron.Environments.Named("prod")
	if len(rows) != 1 || rows[0].ClusterID != second || rows[0].Identifier != "second__payments" {
		t.Errorf("Devtron has %+v", rows)
	}
	w.Plan().Empty().Quiet()
	if n := box.Log.Count("devtron", "PUT", ""); n != 0 {
		t.Errorf("%d PUT requests", n)
	}

	// The cluster goes away between plan and apply.
	w.Destroy().Ok()
	w.SavePlan()
	box.Devtron.Clusters.Remove(second)
	w.ApplySaved().Fails("cluster", "cluster_id")
	if rows := box.Devtron.Environments.Named("prod"); len(rows) != 0 {
		t.Errorf("Devtron has %+v", rows)
	}

	// It goes away later, and leaves its environments behind.
	box.Devtron.Clusters.Put(cluster)
	w.Apply().Ok()
	box.Devtron.Clusters.Remove(second)
	w.Write(environment("prod", "payments", "cluster_id", fmt.Sprint(second), "production", "true"))
	w.Apply().Fails("Devtron has no such cluster", "removed from Devtron", "cluster_id")
	w.Write(environment("prod", "payments"))
	w.Apply().Ok()
}

// Devtron stores an environment although it could not create the namespace (41-11).
func TestMissingNamespaceIsReported(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	powerless := box.Devtron.Clusters.Put(sandbox.ClusterRow{
		Name: "powerless", ServerURL: box.Cluster.URL(), Config: sandbox.ClusterConfig{BearerToken: box.Cluster.TokenWithoutRights()}, Insecure: true, Active: true,
	}).ID
	w := acctest.NewWorkspace(t, box, environment("prod", "payments", "cluster_id", fmt.Sprint(powerless)))
	w.Apply().Ok().Warns("The namespace does not exist", `"payments"`, "kubectl create namespace payments")
	w.Plan().Empty().Quiet()
	w.Destroy().Ok()

	// Devtron shows a new namespace only after its watch reported it.
	w.Write(environment("prod", "payments"))
	box.Devtron.Inject(sandbox.Fault{
		Path: "/orchestrator/cluster/namespaces", Times: 2, Status: 200, ContentType: "application/json", Body: `{"code":200,"status":"OK","result":["default"]}`,
	})
	w.Apply().Ok().Quiet()
	w.Destroy().Ok()
	box.Devtron.Inject(sandbox.Fault{Path: "/orchestrator/cluster/namespaces", Status: 500, Body: `{"code":500,"errors":[{"userMessage":"no"}]}`, ContentType: "application/json"})
	w.Apply().Ok().Warns("The namespace could not be verified", `"payments"`)
	w.Plan().Empty().Quiet()
}

func TestEnvironmentInUseIsNotDestroyed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, environment("prod", "payments"))
	w.Apply().Ok()
	id := box.Devtron.Environments.Named("prod")[0].ID
	box.Devtron.Environments.SetPipelines(id, true)
	w.Destroy().Fails("the environment is still in use", "Please delete all related cd pipelines before deleting this environment", "still in the Terraform state")
	w.Plan().Empty().Quiet()
	box.Devtron.Environments.SetPipelines(id, false)
	w.Destroy().Ok().WarnsOfDestroy(stays)
	if !slices.Contains(box.Home.Namespaces(), "payments") {
		t.Error("the namespace is gone")
	}
}

// Before v2.0.0, Devtron accepted longer names. They can be updated and deleted.
func TestEnvironmentWithAnOlderNameIsKept(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const old = "Payments-Production-EU"
	box.Devtron.Environments.Put(sandbox.Environment{Name: old, ClusterID: 1, Namespace: "payments", Active: true})
	config := acctest.Args{"name": acctest.Quote(old), "cluster_id": "1", "namespace": `"payments"`}
	w := acctest.NewWorkspace(t, box, config.At("devtron_environment.old"))
	if output, err := w.Run("import", "-no-color", "devtron_environment.old", old); err != nil {
		t.Fatal(output)
	}
	w.Plan().Empty().Quiet()
	w.Write(config.With("production", "true").At("devtron_environment.old"))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	w.Destroy().Ok()
}

// A real Devtron has no lock: what its creations look for and what they store is apart.
func TestManyObjectsInOneApplyHaveNoTwins(t *testing.T) {
	t.Parallel()
	const environments, projects = 20, 10
	box := sandbox.ForTest(t, sandbox.Options{Race: 20 * time.Millisecond})
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(`
resource "devtron_project" "all" {
  count = %d
  name  = "team-${count.index}"
}
resource "devtron_environment" "all" {
  count      = %d
  name       = "env-${count.index}"
  cluster_id = 1
  namespace  = "space-${count.index}"
}
`, projects, environments))
	seeded := len(box.Devtron.Projects.Rows()) + len(box.Devtron.Environments.Rows())
	for range 3 {
		w.Apply().Ok()
		if n := len(box.Devtron.Projects.Rows()) + len(box.Devtron.Environments.Rows()); n != seeded+environments+projects {
			t.Fatalf("Devtron has %d objects more", n-seeded)
		}
		box.Log.Reset()
		w.Plan().Empty().Quiet()
		// The first is that of the provider, which checks the API token once.
		if n := box.Log.Count("devtron", "GET", route) + box.Log.Count("devtron", "GET", "/orchestrator/team"); n != 2 {
			t.Errorf("a refresh took %d requests", n)
		}
		w.Destroy().Ok()
		if n := len(box.Devtron.Projects.Rows()) + len(box.Devtron.Environments.Rows()); n != seeded {
			t.Fatalf("%d objects are left", n-seeded)
		}
	}
}
