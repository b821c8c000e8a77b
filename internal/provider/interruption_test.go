// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestInterruptStopsWaitingAtOnce(t *testing.T) {
	t.Parallel()
	needs(t, interruptByProcess)
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Handle: true, Delay: 5 * time.Minute})
	w := newWorkspace(t, box, githubArgs(box).at(github))

	cmd := exec.CommandContext(t.Context(), realCLI(t).Path, "apply", "-auto-approve", "-no-color")
	cmd.Dir, cmd.Env = w.folder.Dir, w.folder.Env()
	var output buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, func() bool { return len(box.Devtron.Rows()) == 1 })
	interrupted := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Errorf("an interrupted apply succeeded:\n%s", output.String())
	}
	if took := time.Since(interrupted); took > 15*time.Second {
		t.Errorf("it took %s to stop", took)
	}

	w.apply().ok()
	if rows := box.Devtron.Rows(); len(rows) != 1 || box.Log.Count("devtron", "POST", "") != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
	w.plan().empty().quiet()
}

func TestTimeoutsAreHonoured(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubArgs(box).with("timeouts", `{ create = "2s", read = "2s", update = "2s", delete = "2s" }`)
	w := newWorkspace(t, box, noRetries+config.at(github))
	w.apply().ok()

	stall := func(method string) {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(sandbox.Fault{Method: method, Delay: time.Minute})
	}
	within := func(what string, run func() ended) {
		t.Helper()
		started := time.Now()
		run().fails("the request timed out")
		if took := time.Since(started); took > 25*time.Second {
			t.Errorf("%s took %s", what, took)
		}
	}
	stall("GET")
	within("read", w.plan)
	stall("PUT")
	w.write(noRetries + config.with("allow_custom_repository", "true").at(github))
	within("update", func() ended { return w.apply() })
	within("delete", w.destroy)
	box.Devtron.ClearFaults()
	w.apply().ok()
	w.plan().empty().quiet()
}
