// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestInterruptStopsWaitingAtOnce(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.InterruptByProcess)
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Handle: true, Delay: 5 * time.Minute})
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))

	cmd := exec.CommandContext(t.Context(), acctest.RealCLI(t).Path, "apply", "-auto-approve", "-no-color")
	cmd.Dir, cmd.Env = w.Folder.Dir, w.Folder.Env()
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

	w.Apply().Ok()
	if rows := box.Devtron.Rows(); len(rows) != 1 || box.Log.Count("devtron", "POST", "") != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
	w.Plan().Empty().Quiet()
}

func TestTimeoutsAreHonoured(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := acctest.GitHubArgs(box).With("timeouts", `{ create = "2s", read = "2s", update = "2s", delete = "2s" }`)
	w := acctest.NewWorkspace(t, box, noRetries+config.At(github))
	w.Apply().Ok()

	stall := func(method string) {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(sandbox.Fault{Method: method, Delay: time.Minute})
	}
	within := func(what string, run func() acctest.Result) {
		t.Helper()
		started := time.Now()
		run().Fails("the request timed out")
		if took := time.Since(started); took > 25*time.Second {
			t.Errorf("%s took %s", what, took)
		}
	}
	stall("GET")
	within("read", func() acctest.Result { return w.Plan() })
	stall("PUT")
	w.Write(noRetries + config.With("allow_custom_repository", "true").At(github))
	within("update", func() acctest.Result { return w.Apply() })
	within("delete", w.Destroy)
	box.Devtron.ClearFaults()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}
