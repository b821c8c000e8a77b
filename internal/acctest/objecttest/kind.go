// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package objecttest holds the tests that every resource of internal/framework/object has to pass,
// through the real CLI and against the sandbox.
package objecttest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Kind describes the resource of a kind of objects for tests.
type Kind struct {
	// Type is the name of the resource, and Noun an object in messages.
	Type, Noun string
	// Named says that objects have no number: their name is their id. Put and IDs then return any
	// number.
	Named bool
	// Key is the argument that identifies an object; "" stands for "name". The names in what
	// follows are its values.
	Key string
	// Route is the path of the list and of all writes.
	Route string
	// ListRoute and UpdateRoute are for kinds whose list and updates, with POST, have paths of
	// their own below Route.
	ListRoute, UpdateRoute string
	// Details are the paths that a refresh may read beside the list, because the list does not
	// contain all of an object.
	Details []string
	// Config returns the arguments of an object with a name.
	Config func(box *sandbox.Sandbox, name string) acctest.Args
	// Put stores the object that Config describes, as somebody else would, and returns its number.
	Put func(box *sandbox.Sandbox, name string) int
	// IDs returns the numbers of the objects with a name.
	IDs func(box *sandbox.Sandbox, name string) []int
	// Remove deletes an object, as somebody else would.
	Remove func(box *sandbox.Sandbox, id int)
	// Updates are changes of arguments that do not replace the object.
	Updates []Update
	// Replacements are arguments with another value that replaces the object: name, value, name,
	// value.
	Replacements []string
	// Revives says that a new object has the number of a deleted one with the same name.
	Revives bool
	// Hold makes the creation of an object take at least a second after Devtron has looked for
	// duplicates.
	Hold func(box *sandbox.Sandbox)
}

// Update is a change of one argument.
type Update struct {
	Argument, Value string
	// Stored reports whether Devtron has the value. Drift changes it, as somebody else would.
	Stored func(box *sandbox.Sandbox, id int) bool
	Drift  func(box *sandbox.Sandbox, id int)
	// Alone says that other updates cannot be made at the same time.
	Alone bool
}

// one is the name of the object of most tests.
const one = "tf-one"

// key is the argument that identifies an object.
func (k Kind) key() string { return cmp.Or(k.Key, "name") }

// this is the address of the resource of most tests.
func (k Kind) this() string { return k.Type + ".this" }

func (k Kind) config(box *sandbox.Sandbox, name string, changes ...string) string {
	return k.Config(box, name).With(changes...).At(k.this())
}

// only returns the number of the only object with a name.
func (k Kind) only(t *testing.T, box *sandbox.Sandbox, name string) int {
	t.Helper()
	ids := k.IDs(box, name)
	if len(ids) != 1 {
		t.Fatalf("Devtron has %d objects with the name %q: %v", len(ids), name, ids)
	}
	return ids[0]
}

// none expects that the object of most tests does not exist.
func (k Kind) none(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	if ids := k.IDs(box, one); len(ids) > 0 {
		t.Fatalf("Devtron still has %q: %v", one, ids)
	}
}

// fault makes a fault apply to one request: a creation (POST), an update (PUT), or a deletion
// (DELETE).
func (k Kind) fault(f sandbox.Fault, method string) sandbox.Fault {
	f.Method, f.Path, f.Times = method, k.Route, 1
	if method == http.MethodPut && k.UpdateRoute != "" {
		f.Method, f.Path = http.MethodPost, k.UpdateRoute
	}
	return f
}

// writes counts the writes to the route.
func (k Kind) writes(box *sandbox.Sandbox) int {
	return box.Log.Count("devtron", "POST", k.Route) + box.Log.Count("devtron", "PUT", k.Route) + box.Log.Count("devtron", "DELETE", k.Route)
}

// lists counts the requests for the list, and byID those for single objects.
func (k Kind) lists(box *sandbox.Sandbox) (lists, byID int) {
	for _, r := range box.Log.To("devtron") {
		switch {
		case slices.ContainsFunc(k.Details, func(path string) bool { return strings.HasPrefix(r.Path, path) }):
		case r.Method == http.MethodGet && r.Path == cmp.Or(k.ListRoute, k.Route):
			lists++
		case r.Method == http.MethodGet && (strings.HasPrefix(r.Path, k.Route+"/") || strings.HasPrefix(r.Path, k.Route+"?id")):
			byID++
		}
	}
	return lists, byID
}

// settled expects a plan without changes and messages.
func settled(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	w.Plan().Empty().Quiet()
}

// state returns the resources of the state, without what changes with each run, such as the order
// of the sensitive attributes.
func state(t *testing.T, w *acctest.Workspace) string {
	t.Helper()
	output, err := w.Run("state", "pull")
	var s struct{ Resources []map[string]any }
	if err != nil || json.Unmarshal([]byte(output), &s) != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, resource := range s.Resources {
		instances, _ := resource["instances"].([]any)
		for _, instance := range instances {
			if attributes, ok := instance.(map[string]any); ok {
				delete(attributes, "sensitive_attributes") // which Terraform writes in any order
			}
		}
	}
	text, err := json.MarshalIndent(s.Resources, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// holds expects the number of the object in the state.
func (k Kind) holds(t *testing.T, w *acctest.Workspace, id int) {
	t.Helper()
	output, err := w.Run("state", "show", "-no-color", k.this())
	want := fmt.Sprintf(" id = %d ", id)
	if k.Named {
		want = fmt.Sprintf(" id = %q ", one)
	}
	if err != nil || !strings.Contains(strings.Join(strings.Fields(output), " "), want) {
		t.Fatalf("the state does not hold the id %d: %v\n%s", id, err, output)
	}
}
