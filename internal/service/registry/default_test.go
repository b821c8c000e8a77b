// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const noDefault = "Devtron will have no default registry"

// at is a registry of required with the name of its resource.
func at(name string, changes ...string) string {
	return required(name).With(changes...).At("devtron_container_registry." + name)
}

// defaults are the names of the default registries; there should be one at most.
func defaults(box *sandbox.Sandbox) string {
	var names []string
	for _, r := range box.Devtron.Registries.Rows() {
		if r.Default {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, " ")
}

func wantDefault(t *testing.T, box *sandbox.Sandbox, want string) {
	t.Helper()
	if got := defaults(box); got != want {
		t.Fatalf("the default registry is %q, want %q", got, want)
	}
}

// writes are the methods of all requests that write, in their order.
func writes(box *sandbox.Sandbox) string {
	var methods []string
	for _, r := range box.Log.To("devtron") {
		if r.Method != "GET" {
			methods = append(methods, r.Method)
		}
	}
	box.Log.Reset()
	return strings.Join(methods, " ")
}

func wantWrites(t *testing.T, box *sandbox.Sandbox, want string) {
	t.Helper()
	if got := writes(box); got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// TestDefaultFlagMovesBetweenRegistries walks through the life of the flag. After each step the
// plan is empty.
func TestDefaultFlagMovesBetweenRegistries(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	step := func(config, want string) acctest.Result {
		t.Helper()
		w.Write(config)
		run := w.Apply().Ok()
		wantDefault(t, box, want)
		w.Plan().Empty()
		return run
	}
	step(at("aaa"), "aaa") // the first becomes the default, although its configuration does not say so
	// Another one takes it in the same run in which the first changes something else.
	step(at("aaa", "username", `"alice"`)+at("bbb", "default", "true"), "bbb")
	step(at("aaa", "username", `"carol"`)+at("bbb", "default", "true", "username", `"dave"`), "bbb")
	step(at("aaa", "default", "true")+at("bbb"), "aaa")
	step(at("aaa", "default", "false")+at("bbb", "default", "true"), "bbb")
	step(at("aaa")+at("bbb", "default", "false"), "").Warns(noDefault, `"bbb"`)
	step(at("aaa", "default", "true")+at("bbb"), "aaa")

	// Somebody takes it in Devtron.
	row, _ := get(box, "bbb")
	first, _ := get(box, "aaa")
	first.Default, row.Default = false, true
	box.Devtron.Registries.Put(first)
	box.Devtron.Registries.Put(row)
	if !w.Plan().Ok().Changes {
		t.Error("the drift is not noticed")
	}
	w.Apply().Ok()
	wantDefault(t, box, "aaa")
	w.Plan().Empty()

	// The default registry is destroyed: the other one of the configuration succeeds it.
	box.Log.Reset()
	step(at("bbb"), "bbb")
	wantWrites(t, box, "PUT DELETE")
	// There is no other one: the flag is given up first.
	w.Write("")
	w.Apply().Ok().WarnsOfDestroy(noDefault, `"bbb"`)
	wantWrites(t, box, "PUT DELETE")
	if n := len(box.Devtron.Registries.Rows()); n != 0 {
		t.Errorf("%d registries are left", n)
	}
	// A revived registry becomes the default as a new one does, unless it must not.
	step(at("aaa"), "aaa")
	w.Destroy().Ok()
	step(at("aaa", "default", "false"), "").Warns(noDefault, `"aaa"`)
	w.Destroy().Ok()
	step(at("new-one", "default", "false"), "").Warns(noDefault)
	step(at("new-one", "default", "false")+at("other-one"), "other-one")
}

// onlyCharts are changes of a registry that holds no container images.
var onlyCharts = []string{"containers", "false", "charts", `{ action = "PUSH" }`}

// TestRegistryOfChartsDoesNotSucceedTheDefault, as nothing can be built into it, and does not
// become the default by itself where Devtron leaves that to the provider.
func TestRegistryOfChartsDoesNotSucceedTheDefault(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, at("aaa", "default", "true")+at("bbb", onlyCharts...))
	w.Apply().Ok()
	w.Write(at("bbb", onlyCharts...))
	w.Apply().Ok().WarnsOfDestroy(noDefault, `"aaa"`)
	wantDefault(t, box, "")
	w.Plan().Empty()
	w.Write(at("bbb", append(onlyCharts, "default", "true")...))
	w.Plan().Fails("A registry of charts cannot be the default", `"bbb"`)
	w.Write(at("bbb", onlyCharts...) + at("ccc"))
	w.Apply().Ok()
	wantDefault(t, box, "ccc")
	w.Plan().Empty()
}

// TestDefaultRegistryPassesOnTheFlagToItsReplacement, which exists before the default registry is
// deleted.
func TestDefaultRegistryPassesOnTheFlagToItsReplacement(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	this := func(name string) string {
		return required(name).At("devtron_container_registry.this", "lifecycle {\n    create_before_destroy = true\n  }")
	}
	w := acctest.NewWorkspace(t, box, this("aaa"))
	w.Apply().Ok()
	w.Write(this("bbb"))
	w.Apply().Ok()
	wantDefault(t, box, "bbb")
	w.Plan().Empty()
	// Devtron cannot have the replacement beside it where the name stays. Terraform then loses the
	// way back, and the error shows it.
	w.Apply(tfexec.Replace("devtron_container_registry.this")).Fails("already exists", "remove create_before_destroy")
	wantDefault(t, box, "bbb")
	w.Plan().Fails("deposed", "terraform state rm", `id = "bbb"`)
	w.MustRun("state", "rm", "devtron_container_registry.this")
	w.Import("devtron_container_registry.this", "bbb").Ok()
	w.Write(required("bbb").With("password", "", "registry_check", "").At("devtron_container_registry.this"))
	w.Plan().Empty()
}

// TestDefaultOfAnotherRunKeepsTheFlag when registries of this run change.
func TestDefaultOfAnotherRunKeepsTheFlag(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	w := acctest.NewWorkspace(t, box, at("aaa", "default", "false"))
	w.Apply().Ok().Quiet()
	w.Write(at("aaa", "default", "false", "username", `"alice"`))
	w.Apply().Ok()
	wantDefault(t, box, other.Name)
	w.Destroy().Ok()
	wantDefault(t, box, other.Name)
}

// TestNewRegistryBecomesTheDefaultInPlaceOfOneThatMustNot, in whatever order the run writes them.
func TestNewRegistryBecomesTheDefaultInPlaceOfOneThatMustNot(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	// The last one is created first.
	later := required("bbb").At("devtron_container_registry.bbb", "depends_on = [devtron_container_registry.aaa]")
	for _, second := range []string{at("bbb"), later} {
		w.Write(at("aaa", "default", "false") + second)
		w.Apply().Ok()
		wantDefault(t, box, "bbb")
		w.Plan().Empty().Quiet()
		w.Destroy().Ok()
	}
	w.Write(at("aaa"))
	w.Apply().Ok()
	w.Write(required("aaa").With("default", "false").At("devtron_container_registry.aaa", "depends_on = [devtron_container_registry.bbb]") + at("bbb"))
	w.Apply().Ok().Quiet()
	wantDefault(t, box, "bbb")
	w.Plan().Empty().Quiet()
}

// TestFlagThatSomebodyTookAfterThePlanIsLeftToThem: the saved plan names a successor, which is not
// needed anymore.
func TestFlagThatSomebodyTookAfterThePlanIsLeftToThem(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, at("aaa", "default", "true")+at("bbb"))
	w.Apply().Ok()
	w.Write(at("bbb"))
	w.SavePlan()
	first, _ := get(box, "aaa")
	first.Default = false
	box.Devtron.Registries.Put(first)
	box.Devtron.Registries.Put(other)
	w.ApplySaved().Ok()
	wantDefault(t, box, other.Name)
	w.Plan().Empty()
}

func TestTwoDefaultRegistriesAreRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, at("aaa", "default", "true")+at("bbb", "default", "true"))
	for _, parallelism := range []int{1, 10} {
		w.Plan(tfexec.Parallelism(parallelism)).Fails("Two default registries", `"aaa"`, `"bbb"`, "default = true")
	}
	w.Write(at("aaa", "default", "true"))
	w.Apply().Ok()
	w.Write(at("aaa", "default", "true") + at("bbb", "default", "true"))
	w.Plan().Fails("Two default registries")
	wantWrites(t, box, "POST")
}

// TestReplacedDefaultRegistryStaysTheDefault, with the same name and with another one.
func TestReplacedDefaultRegistryStaysTheDefault(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	this := func(name string, changes ...string) string {
		return required(name).With(changes...).At("devtron_container_registry.this")
	}
	w := acctest.NewWorkspace(t, box, this("aaa"))
	w.Apply().Ok()
	box.Log.Reset()
	for name, config := range map[string]string{"aaa": this("aaa", "type", `"quay"`), "bbb": this("bbb")} {
		w.Write(config)
		w.Apply().Ok()
		wantDefault(t, box, name)
		w.Plan().Empty()
		wantWrites(t, box, "PUT DELETE POST")
	}
}

// TestDefaultRegistryThatKeepsTheFlagStaysInTheState: Devtron answers 500 to the deletion of the
// default registry. A flag whose removal fails is reported, and the registry stays in the state.
func TestDefaultRegistryThatKeepsTheFlagStaysInTheState(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, at("aaa"))
	w.Apply().Ok()
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Path: route, Status: 500, Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","userMessage":"database is down"}]}`, ContentType: "application/json"})
	w.Destroy().Fails("could not be deleted", "database is down")
	box.Devtron.ClearFaults()
	w.Destroy().Ok()
	if rows := box.Devtron.Registries.Rows(); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}

// TestManyRegistriesInOneRun leave one default registry and no twins, and all of them can be
// destroyed and created again.
func TestManyRegistriesInOneRun(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	var config strings.Builder
	var names []string
	for i := range 12 {
		names = append(names, fmt.Sprintf("reg-%02d", i))
		config.WriteString(at(names[i]))
	}
	w := acctest.NewWorkspace(t, box, config.String())
	for range 2 {
		w.Apply().Ok()
		w.Plan().Empty()
		if got := defaults(box); !slices.Contains(names, got) {
			t.Errorf("default registries: %q", got)
		}
		w.Destroy().Ok()
		if rows := box.Devtron.Registries.Rows(); len(rows) != 0 {
			t.Errorf("%d are left", len(rows))
		}
	}
}
