// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// The life of a configuration: create, empty plan, drift, rotation, standby, import, destroy.
func TestLifecycleOfAzureDevOpsAndBitbucket(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address, gitProvider, owner string
		args                        func(*sandbox.Sandbox) acctest.Args
		secondToken                 func(*sandbox.Sandbox) string
		change                      func(*sandbox.Row)
		planWarning                 []string // about what only the apply can show
	}{
		{
			address: azure, gitProvider: "AZURE_DEVOPS", owner: "azure_project", args: azureArgs,
			planWarning: []string{"scopes of an Azure DevOps token cannot be read", "does not expose a token's scopes", "vso.code_manage"},
			secondToken: func(box *sandbox.Sandbox) string {
				const token = "second0123456789012345678901234567890123456789012345"
				box.Azure.AddToken(sandbox.AzureToken{Token: token, Owner: sandbox.Username})
				return token
			},
			change: func(r *sandbox.Row) { r.AzureProjectName = "another" },
		},
		{
			address: bitbucket, gitProvider: "BITBUCKET_CLOUD", owner: "bitbucket_workspace_id", args: bitbucketArgs,
			planWarning: []string{"Cannot verify that the Bitbucket project", "read:project:bitbucket"},
			secondToken: func(box *sandbox.Sandbox) string {
				const token = "ATATTsecond0123456789012345678901234567890123456789"
				box.Bitbucket.AddToken(sandbox.BitbucketToken{
					Token: token, Email: sandbox.BitbucketUsername, Username: sandbox.Username, Kind: "api",
					Scopes: []string{"read:repository:bitbucket", "write:repository:bitbucket", "admin:repository:bitbucket", "delete:repository:bitbucket"},
				})
				return token
			},
			change: func(r *sandbox.Row) { r.BitBucketWorkspaceID = "another" },
		},
	} {
		t.Run(c.gitProvider, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
			w := acctest.NewWorkspace(t, box, c.args(box).At(c.address), publicHosts(t, box)...)
			w.Plan().Ok().Warns(c.planWarning...)
			w.Apply().Ok()
			expectSent(t, box, tokenOfArgs(c.args(box)))
			w.Plan().Empty().Quiet() // Devtron's dry run has rewritten host and key.

			stored, _ := box.Devtron.Row(c.gitProvider)
			changed := stored
			c.change(&changed)
			box.Devtron.Put(changed)
			if run := w.PlanText(); !run.Changes || !strings.Contains(run.Output, c.owner) {
				t.Errorf("the plan does not show the drift:\n%s", run.Output)
			}
			w.Apply().Ok()
			expectSent(t, box, "")
			if now, _ := box.Devtron.Row(c.gitProvider); now != stored {
				t.Errorf("the apply did not correct the drift: %+v", now)
			}

			second := c.secondToken(box)
			w.Write(c.args(box).With("token", acctest.Quote(second)).At(c.address))
			w.Apply().Ok()
			expectSent(t, box, second)

			// A standby configuration is added, and then becomes the active one.
			w.Write(c.args(box).With("token", acctest.Quote(second)).At(c.address) + githubArgs(box).With("active", "false").At(github))
			w.Apply().Ok()
			if err := checkActive(box, c.gitProvider); err != nil {
				t.Error(err)
			}
			w.Write(c.args(box).With("token", acctest.Quote(second), "active", "false").At(c.address) + githubArgs(box).At(github))
			w.Apply().Ok()
			if err := checkActive(box, "GITHUB"); err != nil {
				t.Error(err)
			}
			w.Plan().Empty().Quiet()

			// The configuration is removed from the state and imported.
			w.MustRun("state", "rm", c.address)
			w.Import(c.address, c.gitProvider).Ok()
			w.Write(c.args(box).With("token", "", "active", "false").At(c.address) + githubArgs(box).At(github))
			w.Plan().Empty().Quiet()
			w.Destroy().Ok()
			for _, row := range box.Devtron.Rows() {
				if row.Active {
					t.Errorf("still active: %+v", row)
				}
			}
		})
	}
}

// tokenOfArgs returns the token of a literal.
func tokenOfArgs(a acctest.Args) string { return strings.Trim(a["token"], `"`) }

func TestOneOfFourConfigsIsActive(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{Race: 5 * time.Millisecond})
	four := func(active string) string {
		var b strings.Builder
		for address, a := range map[string]acctest.Args{github: githubArgs(box), gitlab: gitlabArgs(box), azure: azureArgs(box), bitbucket: bitbucketArgs(box)} {
			if address != active {
				a = a.With("active", "false")
			}
			b.WriteString(a.At(address))
		}
		return b.String()
	}
	w := acctest.NewWorkspace(t, box, four(gitlab), publicHosts(t, box)...)
	for round, active := range []string{gitlab, bitbucket, azure, github} {
		w.Write(four(active))
		w.Apply().Ok()
		gitProviders := map[string]string{github: "GITHUB", gitlab: "GITLAB", azure: "AZURE_DEVOPS", bitbucket: "BITBUCKET_CLOUD"}
		rows := box.Devtron.Rows()
		for _, row := range rows {
			if row.Active != (row.Provider == gitProviders[active]) {
				t.Fatalf("round %d: Devtron has %+v", round, rows)
			}
		}
		if len(rows) != 4 {
			t.Fatalf("round %d: Devtron has %+v", round, rows)
		}
		w.Plan().Empty().Quiet()
	}
	if n := box.Log.Count("devtron", "POST", ""); n != 4 {
		t.Errorf("%d POST requests", n)
	}
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	if n := len(box.Log.To("devtron")); n != 1 {
		t.Errorf("%d requests to Devtron", n)
	}
	for _, host := range []string{"github", "gitlab", "azure", "bitbucket"} {
		if n := len(box.Log.To(host)); n > 2 {
			t.Errorf("%d requests to %s", n, host)
		}
	}
}

// Requests about github.com are sent to api.github.com.
func TestPublicHosts(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).With("host", "").At(github)+gitlabArgs(box).With("host", "", "active", "false").At(gitlab), publicHosts(t, box)...)
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	row, _ := box.Devtron.Row("GITHUB")
	if row.Host != "https://github.com/" {
		t.Errorf("Devtron has %+v", row)
	}
	for _, request := range box.Log.To("github") {
		if request.Host != "api.github.com" {
			t.Errorf("a request was sent to %s", request.Host)
		}
	}
	if len(box.Log.To("github")) == 0 || len(box.Log.To("gitlab")) == 0 {
		t.Error("no request was sent to the git hosts")
	}
}
