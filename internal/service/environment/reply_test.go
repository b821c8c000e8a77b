// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment_test

import (
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// during does something while Devtron handles a creation.
func during(box *sandbox.Sandbox, do func()) (done chan struct{}) {
	done = make(chan struct{})
	go func() {
		defer close(done)
		for box.Log.Count("devtron", "POST", route) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		do()
	}()
	return done
}

// The reply to a creation is lost, and another process creates an environment of the same name at
// that moment, for another namespace.
func TestLostReplyTakesNoOtherEnvironment(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, environment("prod", "payments"))
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Close: true, Delay: time.Second})
	done := during(box, func() {
		box.Devtron.Environments.Put(sandbox.Environment{Name: "prod", ClusterID: 1, Namespace: "theirs", Identifier: "default_cluster__theirs", Active: true})
	})
	w.Apply().Fails("The environment already exists", "import {")
	<-done
	if output, err := w.Run("state", "list"); err != nil || output != "" {
		t.Errorf("the state has %s", output)
	}
}

// The reply to a creation has no identifier (21-05), and reading afterwards fails.
func TestIdentifierIsKnownWithoutReading(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+environment("prod", "payments")+"output \"identifier\" {\n  value = devtron_environment.prod.identifier\n}\n")
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Delay: time.Second})
	done := during(box, func() { box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: route, Status: 500, Times: 1}) })
	w.Apply().Ok().Warns("The environment could not be read back")
	<-done
	output, err := w.Run("output", "-raw", "identifier")
	if err != nil || output != "default_cluster__payments" {
		t.Errorf("%v: %q", err, output)
	}
	w.Plan().Empty().Quiet()
}

// Devtron stores something else than was sent, so that Terraform marks the new environment as
// tainted.
func TestEnvironmentThatIsNotAsWrittenIsKept(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, environment("prod", "payments", "production", "true"))
	done := during(box, func() {
		acctest.Await(t, func() bool { return len(environments.IDs(box, "prod")) == 1 })
		change(box, environments.IDs(box, "prod")[0], func(e *sandbox.Environment) { e.Production = false })
	})
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: route, Skip: 3, Times: 1, Delay: time.Second})
	w.Apply().Fails("could not be created as written", "holds the one with the id", "terraform untaint")
	<-done
	id := environments.IDs(box, "prod")[0]
	w.MustRun("untaint", "devtron_environment.prod")
	w.Apply().Ok()
	if ids := environments.IDs(box, "prod"); len(ids) != 1 || ids[0] != id || !row(box, id).Production {
		t.Errorf("Devtron has %v, and had %d", ids, id)
	}
}
