// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// foreignEnvironment is an environment that somebody else has created.
func foreignEnvironment(box *sandbox.Sandbox, cluster int, name string) sandbox.Environment {
	return box.Devtron.Environments.Put(sandbox.Environment{Name: name, ClusterID: cluster, Namespace: name, Identifier: "prod__" + name, Active: true})
}

// environments are two of the configuration, on its own cluster.
const environments = `
resource "devtron_environment" "own" {
  count      = 2
  name       = "own-${count.index}"
  cluster_id = devtron_cluster.prod.id
  namespace  = "own-${count.index}"
}
`

func TestDestroySaysWhatItLeavesBehind(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, required(box).At(prod))
	w.Apply().Ok()
	w.Plan(tfexec.Destroy(true)).Ok().WarnsOfDestroy("credentials of the cluster stay valid", "Argo CD keeps its secret", "revoke")
	w.Write("")
	w.Plan().Ok().WarnsOfDestroy("credentials of the cluster stay valid")
	w.Apply().Ok()
	if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 {
		t.Errorf("Devtron has %d clusters", len(rows))
	}
}

// TestClusterWithForeignEnvironmentsIsNotDestroyed: Devtron would refuse it in the middle of an
// apply.
func TestClusterWithForeignEnvironmentsIsNotDestroyed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, required(box).At(prod)+environments)
	w.Apply().Ok()
	id := stored(t, box).ID
	first, second := foreignEnvironment(box, id, "their-a"), foreignEnvironment(box, id, "their-b")
	box.Log.Reset()
	for _, options := range [][]tfexec.PlanOption{{tfexec.Destroy(true)}, {tfexec.Destroy(true), tfexec.Parallelism(1)}, {tfexec.Destroy(true), tfexec.Refresh(false)}} {
		e := w.Plan(options...).Fails("environments outside this configuration", "their-a", "their-b", "Global Configurations")
		if e.HasDiagnostic("error", []string{"own-0"}) {
			t.Errorf("names environments of the configuration:\n%s", e.Listing())
		}
	}
	w.Write("")
	w.Plan().Fails("environments outside this configuration", "their-a", "their-b")
	expectWrites(t, box)
	if rows := box.Devtron.Environments.On(id); len(rows) != 4 {
		t.Errorf("%d environments are left", len(rows))
	}

	// One that appears after the plan: Devtron refuses, and everything else of the run is done.
	box.Devtron.Environments.Remove(first.ID)
	box.Devtron.Environments.Remove(second.ID)
	w.SavePlan()
	third := foreignEnvironment(box, id, "their-c")
	w.ApplySaved().Fails("the cluster still has environments", "their-c", "still in the Terraform state")
	box.Devtron.Environments.Remove(third.ID)
	w.Apply().Ok()
	if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 {
		t.Errorf("Devtron has %d clusters", len(rows))
	}
}

// TestClusterAndItsEnvironmentsAreDestroyedTogether, however few steps Terraform takes at a time.
func TestClusterAndItsEnvironmentsAreDestroyedTogether(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := required(box).At(prod) + environments
	w := acctest.NewWorkspace(t, box, config)
	for name, destroy := range map[string]func(){
		"one step at a time": func() {
			if output, err := w.Run("destroy", "-auto-approve", "-no-color", "-parallelism=1"); err != nil {
				t.Error(output)
			}
		},
		"without refresh": func() { w.Destroy(tfexec.Refresh(false)).Ok() },
		"removed from the configuration": func() {
			w.Write("")
			w.Apply().Ok()
		},
	} {
		w.Write(config)
		w.Apply().Ok()
		destroy()
		if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 || len(box.Devtron.Environments.Rows()) != 1 {
			t.Errorf("%s: Devtron has %d clusters", name, len(rows))
		}
	}
}

// TestInstanceIsDestroyedTogetherWithItsEnvironments: Terraform plans environments after all
// instances of the cluster that they refer to.
func TestInstanceIsDestroyedTogetherWithItsEnvironments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := func(clusters, environments string) string {
		return required(box).With("for_each", "toset(["+clusters+"])", "name", "each.key").At(prod) + acctest.Args{
			"for_each": environments, "name": "each.key", "namespace": "each.key", "cluster_id": "devtron_cluster.prod[each.value].id",
		}.At("devtron_environment.all")
	}
	w := acctest.NewWorkspace(t, box, config(`"one", "two", "three"`, `{ moves = "one", goes = "one", stays = "two" }`))
	w.Apply().Ok()
	w.Write(config(`"two", "three"`, `{ moves = "three", stays = "two" }`))
	w.Apply().Ok().Warns("The cluster has environments", `"one"`, "  goes\n  moves", "otherwise the apply fails")
	if clusters, environments := len(box.Devtron.Clusters.Rows()), len(box.Devtron.Environments.Rows()); clusters != 3 || environments != 3 {
		t.Errorf("Devtron has %d clusters and %d environments", clusters, environments)
	}
	w.Plan().Empty().Quiet()

	w.Write(config("", "{}"))
	w.Plan().Fails("environments outside this configuration", "apply the removal of the environments first")
	w.Write(config(`"two", "three"`, "{}"))
	w.Apply().Ok()
	w.Write(config("", "{}"))
	w.Apply().Ok()
	if n := len(box.Devtron.Clusters.Rows()); n != 1 {
		t.Errorf("Devtron has %d clusters", n)
	}
}

func TestReplacementSaysWhyAndWhatIsInItsWay(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	withPair := required(box).With("tls", tls(box.Cluster, pair(box.Cluster)...))
	w := acctest.NewWorkspace(t, box, withPair.At(prod)+environments)
	w.Apply().Ok()
	first := stored(t, box)

	// The environments of the configuration are replaced too.
	w.Write(required(box).At(prod) + environments)
	w.Plan().Ok().Warns("The cluster will be replaced", "Devtron cannot forget tls.client_certificate").Warns("The cluster has environments", "own-0", "own-1").
		WarnsOfDestroy("Argo CD keeps its secret")
	w.Apply().Ok()
	second := stored(t, box)
	if second.ID == first.ID || second.Config.ClientCertificate != "" || len(box.Devtron.Environments.On(second.ID)) != 2 {
		t.Errorf("replaced: %+v", second)
	}
	w.Plan().Empty().Quiet()

	// Others are in the way of it, and nothing of the cluster is lost.
	w.Write(required(box).At(prod))
	w.Apply().Ok()
	foreignEnvironment(box, second.ID, "theirs")
	for name, change := range map[string][]string{"name": {"name", `"other"`}, "tls": {"tls", "", "insecure_skip_tls_verify", "true"}} {
		w.Write(required(box).With(change...).At(prod))
		w.Plan().Ok().Warns("The cluster has environments", "theirs")
		w.Apply().Fails("the cluster still has environments", "theirs")
		if now := stored(t, box); now != second {
			t.Errorf("%s: Devtron has %+v", name, now)
		}
	}
	w.Write(required(box).At(prod))
	w.Plan(tfexec.Replace(prod)).Ok()
	w.Apply(tfexec.Replace(prod)).Fails("the cluster still has environments", "theirs")
	if output, err := w.Run("taint", prod); err != nil {
		t.Fatal(output)
	}
	w.Plan().Ok().Warns("The cluster has environments", "theirs")
}

func TestDefaultClusterIsImportedAndNeverDestroyed(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	box.Devtron.Environments.Remove(1)
	home := acctest.Args{"name": `"default_cluster"`, "server_url": `"https://kubernetes.default.svc/"`, "insecure_skip_tls_verify": "true"}
	const block = "import {\n  to = devtron_cluster.prod\n  id = \"default_cluster\"\n}\n"
	w := acctest.NewWorkspace(t, box, home.At(prod))
	w.Plan().Fails("The cluster already exists", "import {")
	w.Write(block + home.At(prod))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	expectWrites(t, box)

	w.Write(home.With("production", "true", "description", `"home"`).At(prod))
	w.Apply().Ok().Quiet()
	expectWrites(t, box, "PUT ", "PUT /description")
	home = home.With("production", "true", "description", `"home"`)
	w.Plan().Empty().Quiet()

	for argument, change := range map[string][]string{
		"server_url":               {"server_url", `"https://other.example"`},
		"bearer_token":             {"bearer_token", `"token"`},
		"insecure_skip_tls_verify": {"insecure_skip_tls_verify", "false"},
	} {
		w.Write(home.With(change...).At(prod))
		w.Plan().Fails("connection of default_cluster cannot be changed", "change of "+argument)
	}
	home1, _ := box.Devtron.Clusters.Get(1)
	verified := home1
	verified.Insecure = false
	box.Devtron.Clusters.Put(verified)
	w.Write(home.With("insecure_skip_tls_verify", "false", "tls", tls(box.Cluster)).At(prod))
	w.Plan().Fails("connection of default_cluster cannot be changed", "change of tls")
	box.Devtron.Clusters.Put(home1)

	refused := []string{"default_cluster cannot be destroyed", "removed {", "destroy = false"}
	w.Write(required(box).At(prod))
	w.Plan().Fails(refused...)
	w.Write(home.At(prod))
	w.Plan(tfexec.Replace(prod)).Fails(refused...)
	w.Plan(tfexec.Destroy(true)).Fails(refused...)
	w.Write("")
	w.Plan().Fails(refused...)
	expectWrites(t, box)

	w.Write("removed {\n  from = devtron_cluster.prod\n  lifecycle {\n    destroy = false\n  }\n}\n")
	w.Apply().Ok()
	if rows := box.Devtron.Clusters.Rows(); len(rows) != 1 {
		t.Error("default_cluster is gone")
	}
	// Somebody has deleted it: it cannot be created.
	box.Devtron.Clusters.Remove(1)
	w.Write(required(box).With("name", `"default_cluster"`).At(prod))
	w.Plan().Fails("default_cluster cannot be created")
}
