// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package objecttest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// LifeCycle creates, changes, loses, destroys and creates again.
func (k Kind) LifeCycle(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, k.config(box, one))
	w.Plan().Ok().Quiet()
	if k.writes(box) != 0 {
		t.Fatal("planning wrote")
	}
	w.Apply().Ok()
	id := k.only(t, box, one)
	k.holds(t, w, id)
	box.Log.Reset()
	settled(t, w)
	if lists, byID := k.lists(box); lists != 1 || byID != 0 || k.writes(box) != 0 {
		t.Errorf("an unchanged plan took %d lists, %d reads of single objects and %d writes", lists, byID, k.writes(box))
	}

	for _, u := range k.Updates {
		w.Write(k.config(box, one, u.Argument, u.Value))
		w.Apply().Ok()
		if got := k.only(t, box, one); got != id || !u.Stored(box, id) {
			t.Fatalf("%s = %s: Devtron has the id %d, and not the value", u.Argument, u.Value, got)
		}
		settled(t, w)
		u.Drift(box, id)
		if !w.Plan().Ok().Changes {
			t.Errorf("the drift of %s is not noticed", u.Argument)
		}
		w.Apply().Ok()
		if got := k.only(t, box, one); got != id || !u.Stored(box, id) {
			t.Errorf("the drift of %s was not corrected", u.Argument)
		}
	}
	// All of them go back to their defaults.
	w.Write(k.config(box, one))
	w.Apply().Ok()
	settled(t, w)
	for _, u := range k.Updates {
		if u.Stored(box, id) {
			t.Errorf("%s is still %s", u.Argument, u.Value)
		}
	}

	k.Remove(box, id)
	w.Apply().Ok()
	if again := k.only(t, box, one); (again == id) != (k.Revives || k.Named) {
		t.Error("it was not created again")
	}
	for range 2 {
		w.Destroy().Ok()
		k.none(t, box)
		w.Apply().Ok()
		settled(t, w)
	}
	// Gone already is success.
	k.Remove(box, k.only(t, box, one))
	box.Log.Reset()
	w.Destroy(tfexec.Refresh(false)).Ok()
	if n := k.writes(box); n != 0 {
		t.Errorf("%d writes to destroy what is gone", n)
	}
}

// Replaces changes what replaces, and replaces on demand and after a taint. Each announces what a
// destroy announces, except for a replacement on demand, of which Terraform shows errors only.
func (k Kind) Replaces(t *testing.T, warning string) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, k.config(box, one))
	w.Apply().Ok()
	id := k.only(t, box, one)
	box.Log.Reset()
	replaced := func(run acctest.Result, name string) {
		t.Helper()
		run.Ok()
		next := k.only(t, box, name)
		if next == id && (!k.Revives && !k.Named || box.Log.Count("devtron", "DELETE", k.Route) == 0) {
			t.Fatalf("it was not replaced")
		}
		box.Log.Reset()
		id = next
		settled(t, w)
	}
	replaced(w.Apply(tfexec.Replace(k.this())), one)
	if output, err := w.Run("taint", k.this()); err != nil {
		t.Fatal(output)
	}
	replaced(w.Apply().Warns(warning), one)
	w.Write(k.config(box, "tf-two"))
	replaced(w.Apply().Warns(warning), "tf-two")
	k.none(t, box)
	for i := 0; i < len(k.Replacements); i += 2 {
		w.Write(k.config(box, "tf-two", k.Replacements[i:i+2]...))
		replaced(w.Apply().Warns(warning), "tf-two")
	}
	w.Plan(tfexec.Destroy(true)).Ok().WarnsOfDestroy(warning)
	w.Destroy().Ok().WarnsOfDestroy(warning)
}

// RefusesOthers plans a creation that meets another object, and two resources for one object.
func (k Kind) RefusesOthers(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	k.Put(box, one)
	w := acctest.NewWorkspace(t, box, k.config(box, one))
	w.Plan().Fails("The "+k.Noun+" already exists", "import {\n  to = "+k.Type+".NAME\n  id = \""+one+"\"\n}")

	twice := []string{"Two resources for one " + k.Noun, "2 resources", "tf-two"}
	first, second := k.config(box, "tf-two"), k.Config(box, "tf-two").At(k.Type+".second")
	w.Write(first + second)
	w.Plan().Fails(twice...)
	w.Plan(tfexec.Parallelism(1)).Fails(twice...)
	w.Write(first)
	w.Apply().Ok()
	before := state(t, w)
	w.Write(first + second)
	w.Plan().Fails(twice...)
	// A creation and another resource that changes its name to the same one.
	w.Write(k.config(box, one) + second)
	w.Plan().Fails("already exists")
	if n := k.writes(box); n != 1 || state(t, w) != before {
		t.Errorf("%d writes", n)
	}
}

// Renames refuses a resource with another address for the same object, in any order, and allows it
// with a moved block.
func (k Kind) Renames(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	at := func(name string) string { return k.Config(box, one).At(k.Type + "." + name) }
	w := acctest.NewWorkspace(t, box, at("middle"))
	w.Apply().Ok()
	before := state(t, w)
	for _, name := range []string{"a", "z"} {
		for _, parallelism := range []int{1, 10} {
			w.Write(at(name))
			w.Plan(tfexec.Parallelism(parallelism)).Fails("moved {\n  from = "+k.Type+".OLD\n  to   = "+k.Type+".NEW\n}", one)
		}
	}
	if n := k.writes(box); n != 1 || state(t, w) != before {
		t.Errorf("%d writes", n)
	}
	acctest.Needs(t, acctest.MovedBlocks)
	w.Write(at("a") + "moved {\n  from = " + k.Type + ".middle\n  to   = " + k.Type + ".a\n}\n")
	w.Apply().Ok().Quiet()
	if n := k.writes(box); n != 1 || !strings.Contains(state(t, w), `"name": "a"`) {
		t.Errorf("%d writes", n)
	}
}
