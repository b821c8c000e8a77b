// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// runOrder is a run that meets one configuration more than once.
type runOrder struct {
	acctest.Feature // what a CLI needs for it; none where it is zero
	name            string
	// first is applied, then second with the options. Both are given the arguments of the resource.
	first, second func(acctest.Args) string
	options       []tfexec.ApplyOption
	// before runs a command between the two.
	before func(*acctest.Workspace)
}

// block renders the resource with a line inside of it.
func block(a acctest.Args, name, line string) string {
	return strings.TrimSuffix(a.At("devtron_gitops_config."+name), "}\n") + "  " + line + "\n}\n"
}

const createFirst = "lifecycle {\n    create_before_destroy = true\n  }"

// dependent refers to a resource, which makes its create_before_destroy matter for the order.
func dependent(name string) string {
	return "resource \"terraform_data\" \"dependent\" {\n  input = devtron_gitops_config." + name + ".id\n}\n"
}

func resourceNamed(name, line string) func(acctest.Args) string {
	return func(a acctest.Args) string { return block(a, name, line) }
}

// instances renders one instance by for_each, in a module or in the resource itself.
func instances(key string) func(acctest.Args) string {
	return func(a acctest.Args) string { return block(a, "x", "for_each = toset(["+acctest.Quote(key)+"])") }
}

func moduleCall(key string) func(acctest.Args) string {
	return func(acctest.Args) string {
		return "module \"config\" {\n  source   = \"./config\"\n  for_each = toset([" + acctest.Quote(key) + "])\n}\n"
	}
}

// triggered is replaced whenever the revision changes.
func triggered(revision string) func(acctest.Args) string {
	return func(a acctest.Args) string {
		return "resource \"terraform_data\" \"revision\" {\n  input = " + acctest.Quote(revision) + "\n}\n" +
			block(a, "x", "lifecycle {\n    replace_triggered_by = [terraform_data.revision]\n  }")
	}
}

const importGitHub = "import {\n  to = devtron_gitops_config.%s\n  id = \"GITHUB\"\n}\n"

func runOrders() []runOrder {
	replace := []tfexec.ApplyOption{tfexec.Replace("devtron_gitops_config.x")}
	return []runOrder{
		{name: "replaced", first: resourceNamed("x", ""), second: resourceNamed("x", ""), options: replace},
		{name: "replaced, created first", first: resourceNamed("x", createFirst), second: resourceNamed("x", createFirst), options: replace},
		{name: "tainted", first: resourceNamed("x", ""), second: resourceNamed("x", ""), before: taint},
		{name: "tainted, created first", first: resourceNamed("x", createFirst), second: resourceNamed("x", createFirst), before: taint},
		{name: "replaced by a trigger", first: triggered("1"), second: triggered("2"), Feature: acctest.ReplaceTriggers},
		{name: "renamed", first: resourceNamed("old", ""), second: resourceNamed("new", "")},
		{
			name:  "renamed, created first",
			first: func(a acctest.Args) string { return block(a, "old", createFirst) + dependent("old") },
			second: func(a acctest.Args) string {
				return block(a, "new", createFirst) + dependent("new")
			},
		},
		{name: "renamed with moved", first: resourceNamed("old", ""), Feature: acctest.MovedBlocks, second: func(a acctest.Args) string {
			return block(a, "new", "") + "moved {\n  from = devtron_gitops_config.old\n  to   = devtron_gitops_config.new\n}\n"
		}},
		{name: "renamed with import", first: resourceNamed("old", ""), Feature: acctest.ImportBlocks, second: func(a acctest.Args) string {
			return block(a, "new", "") + fmt.Sprintf(importGitHub, "new")
		}},
		{
			name: "imported, then renamed with its import", Feature: acctest.ImportBlocks,
			first:  func(a acctest.Args) string { return block(a, "old", "") + fmt.Sprintf(importGitHub, "old") },
			second: func(a acctest.Args) string { return block(a, "new", "") + fmt.Sprintf(importGitHub, "new") },
		},
		{name: "another for_each key", first: instances("old"), second: instances("new")},
		{name: "another for_each key of a module", first: moduleCall("old"), second: moduleCall("new")},
	}
}

func taint(w *acctest.Workspace) {
	if output, err := w.Run("taint", "devtron_gitops_config.x"); err != nil {
		w.T.Fatalf("%v\n%s", err, output)
	}
}

// TestARunThatMeetsOneConfigurationTwiceLeavesItActive: whatever the order of steps, the wanted configuration is active at
// the end, the state equals Devtron, and the next plan is empty. Nor is it inactive on the way, unless Terraform had to plan
// the old resource before the new one, as it does one at a time.
func TestARunThatMeetsOneConfigurationTwiceLeavesItActive(t *testing.T) {
	t.Parallel()
	for _, order := range runOrders() {
		for _, changed := range []bool{false, true} {
			for _, parallelism := range []int{1, 10} {
				t.Run(fmt.Sprintf("%s/changed %t/parallelism %d", order.name, changed, parallelism), func(t *testing.T) {
					t.Parallel()
					if order.Terraform != "" {
						acctest.Needs(t, order.Feature)
					}
					order.Run(t, changed, parallelism)
				})
			}
		}
	}
}

func (o runOrder) Run(t *testing.T, changed bool, parallelism int) {
	t.Helper()
	box := sandbox.ForTest(t)
	before := acctest.GitHubArgs(box)
	after := before.With("allow_custom_repository", fmt.Sprint(changed))
	w := acctest.NewWorkspace(t, box, "")
	set := func(render func(acctest.Args) string, a acctest.Args) {
		w.File("config/main.tf", acctest.RequiredProviders+a.At("devtron_gitops_config.x"))
		w.Write(render(a))
	}
	if strings.HasPrefix(o.name, "imported") {
		box.Devtron.Put(acctest.GitHubRow(box))
		before = before.With("token", "")
		after = after.With("token", "")
	}
	set(o.first, before)
	w.Initialize()
	w.Apply().Ok()
	if o.before != nil {
		o.before(w)
	}

	set(o.second, after)
	w.Initialize()
	written := acctest.Writes(box)
	run := w.Apply(append(slices.Clone(o.options), tfexec.Parallelism(parallelism))...)
	if run.Err != nil && parallelism == 1 && run.Has("warning", []string{"The refused configuration belongs to this resource", "Plan again"}) {
		// Terraform planned the new resource first, one at a time, so that nothing was known of the old one.
		if acctest.Writes(box) != written {
			t.Error("a plan that was refused wrote")
		}
		run = w.Apply(append(slices.Clone(o.options), tfexec.Parallelism(parallelism))...)
	}
	if run.Err != nil {
		t.Fatalf("%v\n%s", run.Err, run.Listing())
	}
	if parallelism > 1 && deactivated(box) {
		t.Error("the configuration was inactive on the way")
	}
	want := acctest.GitHubRow(box)
	want.ID, want.AllowCustomRepository = 1, changed
	if rows := box.Devtron.Rows(); len(rows) != 1 || rows[0] != want {
		t.Errorf("Devtron has %+v, want %+v", rows, want)
	}
	w.Plan().Empty()
}

// deactivated reports whether any write made a configuration inactive.
func deactivated(box *sandbox.Sandbox) bool {
	return slices.ContainsFunc(box.Log.To("devtron"), func(r sandbox.Request) bool {
		return r.Method == "PUT" && strings.Contains(string(r.Body), `"active":false`)
	})
}
