// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestInterruptStopsImmediately(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.InterruptByProcess)
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Handle: true, Delay: 5 * time.Minute})
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))

	cmd := w.Command("apply", "-auto-approve", "-no-color")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acctest.Await(t, func() bool { return len(box.Devtron.Rows()) == 1 })
	interrupted := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Errorf("an interrupted apply succeeded:\n%s", output.String())
	}
	if took := time.Since(interrupted); took > 15*time.Second {
		t.Errorf("the CLI took %s to stop", took)
	}

	w.Apply().Ok()
	if rows := box.Devtron.Rows(); len(rows) != 1 || box.Log.Count("devtron", "POST", "") != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
	w.Plan().Empty().Quiet()
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubArgs(box).With("timeouts", `{ create = "2s", read = "2s", update = "2s", delete = "2s" }`)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+config.At(github))
	w.Apply().Ok()

	stall := func(method string) {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(sandbox.Fault{Method: method, Delay: time.Minute})
	}
	within := func(operation string, run func() acctest.Result) {
		t.Helper()
		started := time.Now()
		run().Fails("the request timed out")
		if took := time.Since(started); took > 25*time.Second {
			t.Errorf("%s took %s", operation, took)
		}
	}
	stall("GET")
	within("read", func() acctest.Result { return w.Plan().Fails(`{ read = "5m" }`) })
	stall("PUT")
	w.Write(acctest.NoRetries + config.With("allow_custom_repository", "true").At(github))
	within("update", func() acctest.Result { return w.Apply() })
	within("delete", func() acctest.Result { return w.Destroy() })
	box.Devtron.ClearFaults()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

// The writes of a run follow one another. Each has its own time.
func TestTimeoutDoesNotIncludeTheWaitForAnotherWrite(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const pause = 4 * time.Second
	both := func(custom string) string {
		change := []string{"timeouts", `{ update = "7s" }`, "allow_custom_repository", custom}
		return acctest.NoRetries + githubArgs(box).With(change...).At(github) + gitlabArgs(box).With("active", "false").With(change...).At(gitlab)
	}
	w := acctest.NewWorkspace(t, box, both("false"))
	w.Apply().Ok()
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Delay: pause})
	w.Write(both("true"))
	w.Apply().Ok()
}
