// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// runOrder is a run with two objects or resources of one configuration.
type runOrder struct {
	acctest.Feature // that the CLI has to support; none if it is zero
	name            string
	// first is applied, and then second, with the options. Both render a configuration from the
	// arguments of the resource.
	first, second func(acctest.Args) string
	options       []tfexec.ApplyOption
	// between runs a command between the two.
	between func(*acctest.Workspace)
}

const (
	resourceX   = "devtron_gitops_config.x"
	oldResource = "devtron_gitops_config.old"
	newResource = "devtron_gitops_config.new"

	createFirst = "lifecycle {\n    create_before_destroy = true\n  }"
)

// at renders the resource at an address, with further lines in it.
func at(address string, lines ...string) func(acctest.Args) string {
	return func(a acctest.Args) string { return a.At(address, lines...) }
}

// dependent refers to a resource, so that create_before_destroy affects the order of the run.
func dependent(address string) string {
	return acctest.UnknownValue("dependent", address+".id")
}

// instance renders one instance of a resource with for_each.
func instance(key string) func(acctest.Args) string {
	return at(resourceX, "for_each = toset(["+acctest.Quote(key)+"])")
}

// moduleInstance renders one instance of a module with for_each, which contains the resource.
func moduleInstance(key string) func(acctest.Args) string {
	return func(acctest.Args) string {
		return "module \"config\" {\n  source   = \"./config\"\n  for_each = toset([" + acctest.Quote(key) + "])\n}\n"
	}
}

// triggered renders a resource that is replaced if the revision changes.
func triggered(revision string) func(acctest.Args) string {
	return func(a acctest.Args) string {
		return acctest.UnknownValue("revision", acctest.Quote(revision)) +
			a.At(resourceX, "lifecycle {\n    replace_triggered_by = [terraform_data.revision]\n  }")
	}
}

// with appends text to a configuration.
func with(render func(acctest.Args) string, text string) func(acctest.Args) string {
	return func(a acctest.Args) string { return render(a) + text }
}

func runOrders() []runOrder {
	replace := []tfexec.ApplyOption{tfexec.Replace(resourceX)}
	taint := func(w *acctest.Workspace) { w.MustRun("taint", resourceX) }
	return []runOrder{
		{name: "replaced", first: at(resourceX), second: at(resourceX), options: replace},
		{name: "replaced, created first", first: at(resourceX, createFirst), second: at(resourceX, createFirst), options: replace},
		{name: "tainted", first: at(resourceX), second: at(resourceX), between: taint},
		{name: "tainted, created first", first: at(resourceX, createFirst), second: at(resourceX, createFirst), between: taint},
		{name: "replaced by a trigger", first: triggered("1"), second: triggered("2"), Feature: acctest.ReplaceTriggers},
		{name: "renamed", first: at(oldResource), second: at(newResource)},
		{
			name:   "renamed, created first",
			first:  with(at(oldResource, createFirst), dependent(oldResource)),
			second: with(at(newResource, createFirst), dependent(newResource)),
		},
		{
			name: "renamed with moved", Feature: acctest.MovedBlocks,
			first: at(oldResource), second: with(at(newResource), acctest.MovedBlock(oldResource, newResource)),
		},
		{
			name: "renamed with import", Feature: acctest.ImportBlocks,
			first: at(oldResource), second: with(at(newResource), acctest.ImportBlock(newResource, "GITHUB")),
		},
		{
			name: "imported, then renamed with its import", Feature: acctest.ImportBlocks,
			first:  with(at(oldResource), acctest.ImportBlock(oldResource, "GITHUB")),
			second: with(at(newResource), acctest.ImportBlock(newResource, "GITHUB")),
		},
		{name: "another for_each key", first: instance("old"), second: instance("new")},
		{name: "another for_each key of a module", first: moduleInstance("old"), second: moduleInstance("new")},
	}
}

// TestReplacedOrRenamedResourceStaysActive runs several steps for one configuration. In every order
// of the steps, the wanted configuration is active at the end, the state equals Devtron, and the
// next plan is empty. The configuration is never inactive in between, unless Terraform plans one
// resource at a time, and the old one before the new one.
func TestReplacedOrRenamedResourceStaysActive(t *testing.T) {
	t.Parallel()
	for _, order := range runOrders() {
		for _, changed := range []bool{false, true} {
			for _, parallelism := range []int{1, 10} {
				t.Run(fmt.Sprintf("%s/changed %t/parallelism %d", order.name, changed, parallelism), func(t *testing.T) {
					t.Parallel()
					if order.Terraform != "" {
						acctest.Needs(t, order.Feature)
					}
					order.run(t, changed, parallelism)
				})
			}
		}
	}
}

func (o runOrder) run(t *testing.T, changed bool, parallelism int) {
	t.Helper()
	box := sandbox.ForTest(t)
	before := githubArgs(box)
	after := before.With("allow_custom_repository", fmt.Sprint(changed))
	w := acctest.NewWorkspace(t, box, "")
	write := func(render func(acctest.Args) string, a acctest.Args) {
		w.File("config/main.tf", acctest.RequiredProviders+a.At(resourceX))
		w.Write(render(a))
		w.Initialize()
	}
	if strings.HasPrefix(o.name, "imported") {
		box.Devtron.Put(githubRow(box))
		before = before.With("token", "")
		after = after.With("token", "")
	}
	write(o.first, before)
	w.Apply().Ok()
	if o.between != nil {
		o.between(w)
	}

	write(o.second, after)
	written := acctest.Writes(box)
	run := w.Apply(append(slices.Clone(o.options), tfexec.Parallelism(parallelism))...)
	if run.Err != nil && parallelism == 1 && run.HasDiagnostic("warning", []string{"The refused configuration belongs to this resource", "Plan again"}) {
		// Terraform planned the new resource first, one at a time, so the provider did not know the
		// old one yet.
		if acctest.Writes(box) != written {
			t.Error("a plan that failed wrote to Devtron")
		}
		run = w.Apply(append(slices.Clone(o.options), tfexec.Parallelism(parallelism))...)
	}
	if run.Err != nil {
		t.Fatalf("%v\n%s", run.Err, run.Listing())
	}
	if parallelism > 1 && wasDeactivated(box) {
		t.Error("the configuration was inactive in between")
	}
	want := githubRow(box)
	want.ID, want.AllowCustomRepository = 1, changed
	if rows := box.Devtron.Rows(); len(rows) != 1 || rows[0] != want {
		t.Errorf("Devtron has %+v, want %+v", rows, want)
	}
	w.Plan().Empty()
}

// wasDeactivated reports whether a write made a configuration inactive.
func wasDeactivated(box *sandbox.Sandbox) bool {
	return slices.ContainsFunc(box.Log.To("devtron"), func(r sandbox.Request) bool {
		return r.Method == "PUT" && strings.Contains(string(r.Body), `"active":false`)
	})
}

// The creation of a replacement that comes before the destroy needs what the plan has saved.
func TestPlanWarnsIfItCannotSaveWhatTheApplyNeeds(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(resourceX, createFirst)+dependent(resourceX))
	w.Apply().Ok()
	w.ForgetCache()
	for _, variable := range w.Folder.Env() {
		if cache, found := strings.CutPrefix(variable, "XDG_CACHE_HOME="); found {
			if err := os.WriteFile(cache, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Write(githubArgs(box).With("allow_custom_repository", "true").At(resourceX, createFirst) + dependent(resourceX))
	w.MustRun("taint", resourceX)
	w.Plan().Ok().Warns("could not save this", "XDG_CACHE_HOME")
}
