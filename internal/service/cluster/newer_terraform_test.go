// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Identity)
	box := sandbox.ForTest(t)
	box.Devtron.Clusters.Put(row(box))
	const block = "import {\n  to = devtron_cluster.prod\n  identity = {\n    name = \"prod\"\n  }\n}\n"
	w := acctest.NewWorkspace(t, box, block+acctest.Args{"name": `"prod"`, "server_url": acctest.Quote(box.Cluster.URL())}.At(prod))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	w.Write(required(box).With("production", "true").At(prod))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	output, err := w.Run("show", "-json")
	if err != nil || !strings.Contains(output, `"identity":{"name":"prod"}`) {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestQueryListsClusters(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ListResources)
	box := sandbox.ForTest(t)
	foreign(box)
	w := acctest.NewWorkspace(t, box, "")
	w.File("all.tfquery.hcl", "list \"devtron_cluster\" \"all\" {\n  provider         = devtron\n  include_resource = true\n}\n")
	output, err := w.Run("query", "-no-color")
	if err != nil || !acctest.HasAll(output, []string{"name=prod", "name=default_cluster"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if strings.Contains(output, "prometheus-passw0rd") {
		t.Error("the output has a secret")
	}
	if output, err = w.Run("query", "-no-color", "-generate-config-out=generated.tf"); err != nil {
		t.Fatal(output)
	}
	w.Apply().Ok()
	w.Plan().Empty()
	expectWrites(t, box)
}
