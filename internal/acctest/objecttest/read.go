// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package objecttest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Imports imports by command and block, by name, number and identity, with configuration that is
// written and generated.
func (k Kind) Imports(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	id := k.Put(box, one)
	config := k.config(box, one)
	w := acctest.NewWorkspace(t, box, config)
	forget := func() {
		t.Helper()
		if output, err := w.Run("state", "rm", k.this()); err != nil {
			t.Fatal(output)
		}
	}
	imported := func() {
		t.Helper()
		k.holds(t, w, id)
		settled(t, w)
		forget()
	}
	for _, name := range []string{one, fmt.Sprint(id)} {
		if output, err := w.Run("import", "-no-color", k.this(), name); err != nil {
			t.Fatalf("import by %s: %s", name, output)
		}
		imported()
	}
	output, err := w.Run("import", "-no-color", k.this(), "nothing-like-it")
	if err == nil || !acctest.HasAll(output, []string{"No such " + k.Noun, one, fmt.Sprintf("id %d", id)}) {
		t.Errorf("%v\n%s", err, output)
	}

	if acctest.Has(t, acctest.ImportBlocks) {
		block := func(value string) string { return fmt.Sprintf("import {\n  to = %s\n  %s\n}\n", k.this(), value) }
		w.Write(config + block(fmt.Sprintf("id = %q", one)))
		w.Apply().Ok().Quiet()
		imported()
		if acctest.Has(t, acctest.Identity) {
			w.Write(config + block(fmt.Sprintf("identity = { %s = %q }", k.key(), one)))
			w.Apply().Ok().Quiet()
			imported()
			w.Write(config + block(fmt.Sprintf("identity = { %s = \"%d\" }", k.key(), id)))
			w.Plan().Fails("No such " + k.Noun)
		}
		w.Write(block(fmt.Sprintf("id = \"%d\"", id)))
		if output, err := w.Run("plan", "-no-color", "-generate-config-out=generated.tf"); err != nil {
			t.Fatal(output)
		}
		w.Apply().Ok().Quiet()
		w.Write("")
		settled(t, w)
		w.File("generated.tf", "")
		w.Write(config)
		imported()
	}
	if n := k.writes(box); n != 0 {
		t.Errorf("importing wrote %d times", n)
	}
}

// NamesTwins expects that an ambiguous name is refused with all numbers, and that a number is
// accepted.
func (k Kind) NamesTwins(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	first, second := k.Put(box, one), k.Put(box, one)
	w := acctest.NewWorkspace(t, box, k.config(box, one))
	both := fmt.Sprintf("%d, %d", first, second)
	output, err := w.Run("import", "-no-color", k.this(), one)
	if err == nil || !acctest.Wrapped(both).MatchString(output) {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(fmt.Sprintf("data %q \"one\" {\n  %s = %q\n}\n", k.Type, k.key(), one))
	w.Plan().Fails("two of the same", both)
	w.Write(fmt.Sprintf("data %q \"one\" {\n  id = %d\n}\n", k.Type, second))
	w.Plan().Ok()
	w.Write(k.config(box, one))
	if output, err := w.Run("import", "-no-color", k.this(), fmt.Sprint(second)); err != nil {
		t.Fatal(output)
	}
	w.Destroy().Ok()
	if id := k.only(t, box, one); id != first {
		t.Errorf("the wrong one was destroyed: %d is left", id)
	}
}

// Reads reads the data source by name and number. want are words of its output.
func (k Kind) Reads(t *testing.T, want ...string) {
	t.Parallel()
	box := sandbox.ForTest(t)
	id := k.Put(box, one)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf("data %[1]q \"by_name\" {\n  %[3]s = %[2]q\n}\ndata %[1]q \"by_id\" {\n  id = data.%[1]s.by_name.id\n}\n"+
		"output \"found\" {\n  value = data.%[1]s.by_id\n}\n", k.Type, one, k.key()))
	w.Apply().Ok()
	if lists, byID := k.lists(box); lists > 2 || byID != 0 { // one for the plan, and one for the apply
		t.Errorf("%d lists and %d reads of single objects", lists, byID)
	}
	output, err := w.Run("output", "-no-color", "found")
	output = strings.Join(strings.Fields(strings.ReplaceAll(output, `"`, "")), " ")
	if err != nil || !acctest.HasAll(output, append(want, fmt.Sprintf("id = %d", id), k.key()+" = "+one)) {
		t.Errorf("%v\n%s", err, output)
	}
	for _, wrong := range []string{k.key() + ` = "nothing"`, "id = 4711", "id = 0", "id = -1"} {
		w.Write(fmt.Sprintf("data %q \"none\" {\n  %s\n}\n", k.Type, wrong))
		w.Plan().Fails("No such "+k.Noun, one)
	}
	w.Write(fmt.Sprintf("data %q \"both\" {\n  id = %d\n  %s = %q\n}\n", k.Type, id, k.key(), one))
	w.Plan().Fails("one (and only one) of")
}

// Queries lists all objects with "terraform query", and expects that the configuration that it
// generates plans clean.
func (k Kind) Queries(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ListResources)
	box := sandbox.ForTest(t)
	k.Put(box, one)
	k.Put(box, "tf-two")
	w := acctest.NewWorkspace(t, box, "")
	w.File("all.tfquery.hcl", fmt.Sprintf("list %q \"all\" {\n  provider         = devtron\n  include_resource = true\n}\n", k.Type))
	output, err := w.Run("query", "-no-color")
	if err != nil || !acctest.HasAll(output, []string{k.key() + "=" + one, k.key() + "=tf-two"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if lists, byID := k.lists(box); lists != 1 || byID != 0 {
		t.Errorf("%d lists and %d reads of single objects", lists, byID)
	}
	if output, err := w.Run("query", "-no-color", "-generate-config-out=generated.tf"); err != nil {
		t.Fatal(output)
	}
	w.Apply().Ok()
	settled(t, w)
	if n := k.writes(box); n != 0 {
		t.Errorf("%d writes", n)
	}
	box.Devtron.Inject(sandbox.Fault{Path: k.Route, Status: 500, Body: `{"code":500,"errors":[{"userMessage":"no"}]}`, ContentType: "application/json"})
	if output, err := w.Run("query", "-no-color"); err == nil || !strings.Contains(output, "Devtron could not be asked") {
		t.Errorf("%v\n%s", err, output)
	}
}
