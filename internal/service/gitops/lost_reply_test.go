// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// lostReplies are faults that lose the reply to a write that was done.
var lostReplies = map[string]sandbox.Fault{
	"reset after handling":     {Handle: true, Reset: true},
	"502 after handling":       {Handle: true, Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"},
	"504 after handling":       {Handle: true, Status: 504, Body: "upstream timed out", ContentType: "text/plain"},
	"truncated after handling": {Handle: true, Truncate: 20},
	"garbage after handling":   {Handle: true, Status: 200, Body: "<html>", ContentType: "text/html"},
}

func TestLostReplyToCreate(t *testing.T) {
	t.Parallel()
	for name, fault := range lostReplies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			fault.Method, fault.Path, fault.Times = "POST", configRoute, 1
			box.Devtron.Inject(fault)
			w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
			w.Apply().Ok().Warns("answer was lost")
			if n := box.Log.Count("devtron", "POST", ""); n != 1 {
				t.Errorf("%d POST requests", n)
			}
			w.Plan().Empty().Quiet()
			if rows := box.Devtron.Rows(); len(rows) != 1 {
				t.Errorf("Devtron has %+v", rows)
			}
		})
	}
}

func TestLostReplyToUpdate(t *testing.T) {
	t.Parallel()
	for name, fault := range lostReplies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			second := addGitHubToken(box, "ghp_second0123456789012345678901234567")
			w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
			w.Apply().Ok()
			box.Log.Reset()
			fault.Method, fault.Path, fault.Times = "PUT", configRoute, 1
			box.Devtron.Inject(fault)
			w.Write(githubArgs(box).With("token", acctest.Quote(second)).At(github))
			w.Apply().Ok().Warns("answer was lost")
			expectSent(t, box, second)
			w.Plan().Empty().Quiet()
		})
	}
}

func TestCreateThatDidNotArrive(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Reset: true})
	acctest.Run(t,
		resource.TestStep{
			Config:      acctest.ProviderBlock(box) + githubArgs(box).At(github),
			ExpectError: acctest.Wrapped("Reading showed that nothing was stored"),
		},
		resource.TestStep{Config: acctest.ProviderBlock(box) + githubArgs(box).At(github)},
	)
	if n := box.Log.Count("devtron", "POST", ""); n != 2 {
		t.Errorf("%d POST requests, wanted one in each apply", n)
	}
	if rows := box.Devtron.Rows(); len(rows) != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
}

func TestTimeoutOfCreateThatWasStored(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Handle: true, Delay: 30 * time.Second})
	w := acctest.NewWorkspace(t, box, githubArgs(box).With("timeouts", `{ create = "2s" }`).At(github))
	started := time.Now()
	w.Apply().Ok().Warns("answer was lost")
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("the apply took %s", took)
	}
	w.Plan().Empty().Quiet()
	if n := box.Log.Count("devtron", "POST", ""); n != 1 {
		t.Errorf("%d POST requests", n)
	}
}

func TestConfigThatAppearsAfterTimeoutIsAdopted(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Handle: true, Late: true, Delay: 5 * time.Second})
	config := acctest.ProviderBlock(box) + githubArgs(box).With("timeouts", `{ create = "1s" }`, "active", "false").At(github)
	acctest.Run(t,
		resource.TestStep{
			Config:      config,
			ExpectError: acctest.Wrapped("the request timed out"),
		},
		resource.TestStep{
			PreConfig: func() { acctest.Await(t, func() bool { return len(box.Devtron.Rows()) == 1 }) },
			Config:    config,
		},
	)
	if n := box.Log.Count("devtron", "POST", ""); n != 1 {
		t.Errorf("%d POST requests", n)
	}
	if rows := box.Devtron.Rows(); len(rows) != 1 || rows[0].Active {
		t.Errorf("Devtron has %+v", rows)
	}
}

func TestConfigOfKilledProviderIsAdopted(t *testing.T) {
	t.Parallel()
	for _, handled := range []bool{true, false} {
		for _, active := range []string{"true", "false"} {
			t.Run(fmt.Sprintf("handled %t, active %s", handled, active), func(t *testing.T) {
				t.Parallel()
				box := sandbox.ForTest(t)
				box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: configRoute, Times: 1, Handle: handled, Delay: time.Minute})
				w := acctest.NewWorkspace(t, box, githubArgs(box).With("active", active).At(github))

				done := make(chan acctest.Result, 1)
				go func() { done <- w.Apply() }()
				acctest.Await(t, func() bool {
					return box.Log.Count("devtron", "POST", "") == 1 && len(box.Devtron.Rows()) == map[bool]int{true: 1}[handled]
				})
				killProvider(t, w)
				if e := <-done; e.Err == nil {
					t.Fatal("the apply succeeded without its provider")
				}
				w.Apply().Ok()
				rows := box.Devtron.Rows()
				if len(rows) != 1 || rows[0].Active != (active == "true") {
					t.Errorf("Devtron has %+v", rows)
				}
				want := map[bool]int{true: 1, false: 2}[handled]
				if n := box.Log.Count("devtron", "POST", ""); n != want {
					t.Errorf("%d POST requests, want %d", n, want)
				}
				w.Plan().Empty().Quiet()
			})
		}
	}
}

// killProvider sends SIGKILL to the provider that serves the workspace.
func killProvider(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	// Only the provider of this workspace has its folder as working directory.
	script := `for p in /proc/[0-9]*; do
  [ "$(readlink "$p/cwd")" = "$0" ] || continue
  case "$(readlink "$p/exe")" in *terraform-provider-devtron*) kill -KILL "${p#/proc/}" && echo killed;; esac
done`
	dir, err := filepath.EvalSymlinks(w.Folder.Dir)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "bash", "-c", script, dir).CombinedOutput()
	if err != nil || len(out) == 0 {
		t.Skipf("no process of the provider was found, which needs /proc: %v %s", err, out)
	}
}
