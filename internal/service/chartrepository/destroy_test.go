// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestDestroySaysWhatItLeavesBehind, and sends what is stored, without the password: Devtron writes
// the body of the DELETE into the deleted row.
func TestDestroySaysWhatItLeavesBehind(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	w.Plan(tfexec.Destroy(true)).Ok().WarnsOfDestroy(staysValid, sandbox.ChartsUsername, "revoke")
	// Somebody has changed the URL since.
	change(box, stored(t, box).ID, func(r *sandbox.ChartRepository) { r.URL = box.Charts.PublicURL() })
	box.Log.Reset()
	w.Destroy(tfexec.Refresh(false)).Ok()
	for _, r := range box.Log.To("devtron") {
		if r.Method == "DELETE" && (!strings.Contains(string(r.Body), box.Charts.PublicURL()) || strings.Contains(string(r.Body), box.Charts.Password())) {
			t.Errorf("sent %s", r.Body)
		}
	}
	expectWrites(t, box, remove)

	w.Write(public(box).At(acme))
	w.Apply().Ok()
	w.Plan(tfexec.Destroy(true)).Ok().Quiet()
}

// TestChartRepositoryThatCameWithDevtronIsNotDestroyed: since v1.2.1, Devtron cannot delete it.
func TestChartRepositoryThatCameWithDevtronIsNotDestroyed(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ImportBlocks)
	box := sandbox.ForTest(t)
	bitnami := acctest.Args{"name": `"bitnami"`, "url": `"https://charts.bitnami.com/bitnami"`}
	w := acctest.NewWorkspace(t, box, bitnami.At(acme))
	w.Plan().Fails("The chart repository already exists", `id = "bitnami"`)
	w.Write(acctest.ImportBlock(acme, "bitnami") + bitnami.At(acme))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	box.Log.Reset()
	const refusal = "Devtron cannot delete the chart repository"
	removed := "removed {\n  from = devtron_chart_repository.NAME\n  lifecycle {\n    destroy = false\n  }\n}"
	w.Plan(tfexec.Destroy(true)).Fails(refusal, `"bitnami"`, removed)
	w.Write(bitnami.With("name", `"other-charts"`).At(acme))
	w.Plan().Fails(refusal, removed)
	w.Write("")
	w.Plan().Fails(refusal, removed)
	expectWrites(t, box)

	// As the message says.
	if acctest.Has(t, acctest.WriteOnly) { // which is newer than the removed block
		w.Write(strings.Replace(removed, "devtron_chart_repository.NAME", acme, 1) + "\n")
		w.Apply().Ok()
		expectWrites(t, box)
	}
	// One of the same name that somebody added later.
	box.Devtron.ChartRepositories.Remove(10)
	w.Write(public(box).With("name", `"bitnami"`).At(acme))
	w.Apply().Ok()
	w.Destroy().Ok()
}

// TestChartRepositoryWithDeployedChartsIsNotDestroyed, and keeps its URL.
func TestChartRepositoryWithDeployedChartsIsNotDestroyed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	id := stored(t, box).ID
	change(box, id, func(r *sandbox.ChartRepository) { r.InUse = true })
	w.Destroy().Fails("charts of the chart repository are deployed", "found charts deployed in this repo", "still in the Terraform state", "removed {")
	w.Write(public(box).At(acme))
	w.Apply().Fails("could not be updated: charts of the chart repository are deployed", "url =", "Set url back", "found charts deployed using this repo")
	w.Write(private(box).With("active", "false").At(acme))
	w.Apply().Ok()
	change(box, id, func(r *sandbox.ChartRepository) { r.InUse = false })
	w.Destroy().Ok()
}

// TestMissingSecretOfArgoCDIsExplained: after renames, Devtron does not find the Kubernetes secret,
// and deletes nothing (26-55).
func TestMissingSecretOfArgoCDIsExplained(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	first, second := public(box), public(box).With("name", `"other-charts"`)
	const other = "devtron_chart_repository.other"
	w := acctest.NewWorkspace(t, box, first.At(acme)+second.At(other))
	w.Apply().Ok()
	// Somebody gives both the same name, which Devtron allows (26-42), and deletes one.
	twin := box.Devtron.ChartRepositories.Named("other-charts")[0]
	original := box.Devtron.ChartRepositories.Named("acme-charts")[0]
	change(box, twin.ID, func(r *sandbox.ChartRepository) { r.Name = "acme-charts" })
	w.Destroy(tfexec.Target(other)).Ok()
	box.Log.Reset()
	run := w.Destroy().Fails("could not be deleted: Argo CD's secret for it does not exist", "resouce version not matched", //nolint:misspell // Devtron's text
		"kubectl --namespace devtroncd create secret generic NAME", "Reading showed that Devtron still has the chart repository")
	if run.HasDiagnostic("error", []string{"The server", "password"}) {
		t.Errorf("misleading:\n%s", run.Listing())
	}
	expectWrites(t, box, remove)
	if got := stored(t, box); got.ID != original.ID {
		t.Errorf("Devtron has %+v", got)
	}
	// The same of an update.
	w.Write(first.With("active", "false").At(acme))
	w.Apply().Fails("could not be updated: Argo CD's secret for it cannot be written", "kubectl --namespace devtroncd get secret NAME")
	// As the message says, with the secret it works again.
	box.Devtron.ChartRepositories.Put(stored(t, box))
	w.Destroy().Ok()
}
