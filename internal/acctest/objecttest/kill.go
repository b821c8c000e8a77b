// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package objecttest

import (
	"bytes"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// SurvivesKills kills the provider after Devtron has carried out each write, and before the reply
// arrives. The next runs repair it, with one object, known to the state.
func (k Kind) SurvivesKills(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, k.config(box, one))
	k.kill(t, box, w, "POST", "apply", func() bool { return len(k.IDs(box, one)) == 1 })
	w.Apply().Fails("already exists", "import {")
	w.Import(k.this(), one).Ok()
	w.Apply().Ok()
	settled(t, w)
	id := k.only(t, box, one)
	k.holds(t, w, id)

	if len(k.Updates) > 0 {
		u := k.Updates[0]
		w.Write(k.config(box, one, u.Argument, u.Value))
		k.kill(t, box, w, "PUT", "apply", func() bool { return u.Stored(box, id) })
		k.holds(t, w, id)
		w.Apply().Ok()
		settled(t, w)
	}
	k.kill(t, box, w, "DELETE", "destroy", func() bool { return len(k.IDs(box, one)) == 0 })
	w.Destroy().Ok()
	k.none(t, box)
}

// kill runs a command and kills the provider as soon as a write with the method is carried out.
func (k Kind) kill(t *testing.T, box *sandbox.Sandbox, w *acctest.Workspace, method, command string, written func() bool) {
	t.Helper()
	box.Devtron.Inject(k.fault(sandbox.Fault{Handle: true, Delay: 5 * time.Minute}, method))
	cmd := w.Command(command, "-auto-approve", "-no-color")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acctest.Await(t, func() bool { return box.Devtron.FaultCount() > 0 && written() })
	if !cli.KillProvider(cmd.Process.Pid) {
		t.Fatal("no provider was running")
	}
	if err := cmd.Wait(); err == nil {
		t.Errorf("%s succeeded without a provider:\n%s", command, output.String())
	}
	box.Devtron.ClearFaults()
}
