// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// ephemeral is an ephemeral resource with arguments, and a data source that is read with its token.
func ephemeral(lines ...string) string {
	return "ephemeral \"devtron_api_token\" \"run\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n" +
		"provider \"devtron\" {\n  alias     = \"run\"\n  api_token = ephemeral.devtron_api_token.run.token\n}\n" +
		"data \"devtron_project\" \"demo\" {\n  provider = devtron.run\n  name     = \"devtron-demo\"\n}\n"
}

const superAdmin = "super_admin = true"

// left are the names of the tokens that Devtron did not have before.
func left(box *sandbox.Sandbox) []string {
	var names []string
	for _, row := range box.Devtron.APITokens.Rows() {
		if row.ID > 2 {
			names = append(names, row.Name)
		}
	}
	return names
}

// created are the bodies of the requests that created tokens.
func created(t *testing.T, box *sandbox.Sandbox) []sandbox.APIToken {
	t.Helper()
	var all []sandbox.APIToken
	for _, r := range box.Log.To("devtron") {
		if r.Method == http.MethodPost && r.Path == route {
			var row sandbox.APIToken
			if err := json.Unmarshal(r.Body, &row); err != nil {
				t.Fatal(err)
			}
			all = append(all, row)
		}
	}
	return all
}

// TestEphemeralTokenLastsOneRun: each plan and each apply has its own, which is deleted when the
// run ends, and nothing is stored.
func TestEphemeralTokenLastsOneRun(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Ephemeral)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, ephemeral(superAdmin, `name_prefix = "ci-payments"`, `lifetime = "30m"`))
	started := time.Now()
	w.Apply().Ok().Quiet()
	all := created(t, box)
	if len(all) == 0 || len(left(box)) != 0 {
		t.Fatalf("%d tokens were created, and %q are left", len(all), left(box))
	}
	var secrets []string
	for _, r := range box.Log.To("devtron") {
		if sent := r.Header.Get("token"); sent != box.Devtron.AdminToken() && !slices.Contains(secrets, sent) {
			secrets = append(secrets, sent)
		}
	}
	if len(secrets) == 0 {
		t.Error("no token was used")
	}
	for _, row := range all {
		ends := time.UnixMilli(row.ExpireAtInMs)
		if !strings.HasPrefix(row.Name, "ci-payments-") || len(row.Name) != len("ci-payments-")+16 || ends.Before(started.Add(29*time.Minute)) || ends.After(time.Now().Add(30*time.Minute)) {
			t.Errorf("a token is %+v", row)
		}
	}
	w.AssertNoSecrets(secrets...)
	for _, secret := range secrets {
		if accepts(t, box, secret) {
			t.Error("a token still works")
		}
	}
	w.Plan().Empty().Quiet()
	names := map[string]bool{}
	for _, row := range created(t, box) {
		names[row.Name] = true
	}
	if len(names) != len(created(t, box)) || len(left(box)) != 0 {
		t.Errorf("names: %v, left: %q", names, left(box))
	}
}

// TestEphemeralTokensOfOneRunDoNotDisturbEachOther.
func TestEphemeralTokensOfOneRunDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Ephemeral)
	box := sandbox.ForTest(t)
	box.Devtron.SetRace(50 * time.Millisecond)
	w := acctest.NewWorkspace(t, box, "ephemeral \"devtron_api_token\" \"run\" {\n  count       = 5\n  permissions = "+viewer+"\n}\n")
	w.Plan().Ok().Quiet()
	if n := len(created(t, box)); n != 5 || len(left(box)) != 0 {
		t.Errorf("%d tokens were created, %q are left", n, left(box))
	}
	if n := box.Log.Count("devtron", "PUT", userRoute); n != 5 {
		t.Errorf("permissions were set %d times", n)
	}
}

// TestEphemeralTokenIsDeletedWhereTheRunFails.
func TestEphemeralTokenIsDeletedWhereTheRunFails(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Ephemeral)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, ephemeral(superAdmin))
	gone := func() {
		t.Helper()
		if len(created(t, box)) == 0 || len(left(box)) != 0 {
			t.Errorf("%d tokens were created, %q are left", len(created(t, box)), left(box))
		}
		box.Devtron.ClearFaults()
		box.Log.Reset()
	}
	// What uses the token fails.
	box.Devtron.Inject(once(refusal(400, "no"), "GET", "/orchestrator/team"))
	w.Plan().Fails("The project could not be read")
	gone()
	w.Write(ephemeral(superAdmin) + acctest.Args{"name": `"payments"`}.At("devtron_project.p"))
	box.Devtron.Inject(once(refusal(400, "no"), "POST", "/orchestrator/team"))
	w.Apply().Fails("The project could not be created")
	gone()

	// The same of a token whose number is not known, as the list could not be read back.
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: route, Skip: 1, Times: 1, Status: 500, Body: "down"})
	w.Write("provider \"devtron\" {\n  max_retries = 0\n}\n" + ephemeral(superAdmin))
	box.Devtron.Inject(once(refusal(400, "no"), "GET", "/orchestrator/team"))
	w.Plan().Fails("The project could not be read")
	gone()

	// The token itself cannot be completed.
	w.Write(ephemeral(superAdmin))
	box.Devtron.Inject(once(refusal(500, "pq: something"), "PUT", userRoute))
	w.Plan().Fails("The API token could not be created", "pq: something")
	gone()
	w.Write(ephemeral(`permissions = [{ project = "devtron-demo", role = "nonsense" }]`))
	w.Plan().Fails("The API token could not be created: Devtron does not know a role")
	gone()

	// Lost replies.
	w.Write(ephemeral(superAdmin))
	for _, method := range []string{"POST", "DELETE"} {
		box.Devtron.Inject(once(sandbox.Fault{Handle: true, Reset: true}, method, route))
		w.Plan().Ok()
		gone()
	}
	box.Devtron.Inject(once(sandbox.Fault{Handle: true, Reset: true}, "PUT", userRoute))
	w.Plan().Ok()
	gone()

	// A token that cannot be deleted is named.
	box.Devtron.Inject(sandbox.Fault{Method: "DELETE", Path: route, Close: true})
	w.Plan().Fails("The API token of the run could not be deleted", "is valid until", "terraform-")
	if len(left(box)) != 1 {
		t.Errorf("left are %q", left(box))
	}
	box.Devtron.ClearFaults()
	for _, row := range box.Devtron.APITokens.Rows() {
		if row.ID > 2 {
			box.Devtron.APITokens.Remove(row.ID)
		}
	}

	for lines, words := range map[string][]string{
		`name_prefix = "CI"`:                       {"Invalid prefix of a name"},
		`lifetime = "1"`:                           {"Invalid lifetime", "90m"},
		superAdmin + "\n  permissions = " + viewer: {"super_admin and permissions exclude each other"},
		`permission_groups = ["nobody"]`:           {"No such permission group"},
	} {
		box.Log.Reset()
		w.Write(ephemeral(lines))
		w.Plan().Fails(words...)
		if n := len(created(t, box)); n != 0 {
			t.Errorf("%s: %d tokens were created", lines, n)
		}
	}
}

// TestEphemeralTokenIsDeletedAfterAnInterrupt, both while it is created and while it is used.
// Terraform passes an interrupt on in "plan", but not while "apply" plans.
func TestEphemeralTokenIsDeletedAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Ephemeral)
	for name, stalled := range map[string]sandbox.Fault{
		"while it is created":        {Method: "POST", Path: route, Handle: true, Delay: 5 * time.Minute, Times: 1},
		"while it gets its rights":   {Method: "PUT", Path: userRoute, Handle: true, Delay: 5 * time.Minute, Times: 1},
		"while it is used in a plan": {Method: "GET", Path: "/orchestrator/team", Delay: 5 * time.Minute, Times: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, ephemeral(superAdmin))
			box.Devtron.Inject(stalled)
			cmd := w.Command("plan", "-no-color")
			var output bytes.Buffer
			cmd.Stdout, cmd.Stderr = &output, &output
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			acctest.Await(t, func() bool { return box.Devtron.FaultCount() > 0 && len(left(box)) > 0 })
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err == nil {
				t.Errorf("an interrupted plan succeeded:\n%s", output.String())
			}
			if len(left(box)) != 0 {
				t.Errorf("%q are left:\n%s", left(box), output.String())
			}
		})
	}
}
