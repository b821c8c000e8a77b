// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	azure     = "devtron_gitops_config.azure"
	bitbucket = "devtron_gitops_config.bitbucket"
)

func azureArgs(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"git_provider":  `"AZURE_DEVOPS"`,
		"host":          acctest.Quote(box.Azure.URL() + "/" + sandbox.AzureOrganization),
		"azure_project": acctest.Quote(sandbox.AzureProject),
		"username":      acctest.Quote(sandbox.Username),
		"token":         acctest.Quote(box.Azure.Token()),
	}
}

// bitbucketArgs have no host: Bitbucket Cloud has one, which the proxy stands for.
func bitbucketArgs(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"git_provider":           `"BITBUCKET_CLOUD"`,
		"bitbucket_workspace_id": acctest.Quote(sandbox.BitbucketWorkspace),
		"bitbucket_project_key":  acctest.Quote(strings.ToLower(sandbox.BitbucketProjectKey)),
		"username":               acctest.Quote(sandbox.BitbucketUsername),
		"token":                  acctest.Quote(box.Bitbucket.Token()),
	}
}

// publicHosts is the environment in which the public names lead to the sandbox.
func publicHosts(t *testing.T, box *sandbox.Sandbox) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte(box.Proxy.CACertificate()), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"HTTPS_PROXY", box.Proxy.URL(), "SSL_CERT_FILE", file, "SSL_CERT_DIR", t.TempDir()}
}

// The whole story of a configuration: create, empty plan, drift, rotation,
// stand-by, import, destroy.
func TestStoryOfAzureDevOpsAndBitbucket(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address, kind, owner string
		args                 func(*sandbox.Sandbox) acctest.Args
		secondToken          func(*sandbox.Sandbox) string
		change               func(*sandbox.Row)
		beforehand           []string // what cannot be known before the apply
	}{
		{
			address: azure, kind: "AZURE_DEVOPS", owner: "azure_project", args: azureArgs,
			beforehand: []string{"scopes of an Azure DevOps token cannot be read", "does not expose a token's scopes", "vso.code_manage"},
			secondToken: func(box *sandbox.Sandbox) string {
				const token = "second0123456789012345678901234567890123456789012345"
				box.Azure.AddToken(sandbox.AzureToken{Token: token, Owner: sandbox.Username})
				return token
			},
			change: func(r *sandbox.Row) { r.AzureProjectName = "another" },
		},
		{
			address: bitbucket, kind: "BITBUCKET_CLOUD", owner: "bitbucket_workspace_id", args: bitbucketArgs,
			beforehand: []string{"Cannot verify that the Bitbucket project", "read:project:bitbucket"},
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
		t.Run(c.kind, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
			w := acctest.NewWorkspace(t, box, c.args(box).At(c.address), publicHosts(t, box)...)
			w.Plan().Ok().Warns(c.beforehand...)
			w.Apply().Ok()
			expectSent(t, box, sentToken(c.args(box)))
			w.Plan().Empty().Quiet() // also after Devtron's dry run has rewritten host and key

			stored, _ := box.Devtron.Row(c.kind)
			changed := stored
			c.change(&changed)
			box.Devtron.Put(changed)
			if run := w.Folder.Plan(t.Context()); !run.Changes || !strings.Contains(run.Output, c.owner) {
				t.Errorf("drift is not seen:\n%s", run.Output)
			}
			w.Apply().Ok()
			expectSent(t, box, "")
			if now, _ := box.Devtron.Row(c.kind); now != stored {
				t.Errorf("drift is not mended: %+v", now)
			}

			second := c.secondToken(box)
			w.Write(c.args(box).With("token", acctest.Quote(second)).At(c.address))
			w.Apply().Ok()
			expectSent(t, box, second)

			// A stand-by beside it, then the other way round.
			w.Write(c.args(box).With("token", acctest.Quote(second)).At(c.address) + acctest.GitHubArgs(box).With("active", "false").At(github))
			w.Apply().Ok()
			if problem := oneActive(box, c.kind); problem != "" {
				t.Error(problem)
			}
			w.Write(c.args(box).With("token", acctest.Quote(second), "active", "false").At(c.address) + acctest.GitHubArgs(box).At(github))
			w.Apply().Ok()
			if problem := oneActive(box, "GITHUB"); problem != "" {
				t.Error(problem)
			}
			w.Plan().Empty().Quiet()

			// Forgotten and imported.
			if output, err := w.Run("state", "rm", c.address); err != nil {
				t.Fatal(output)
			}
			if run := w.Folder.Import(t.Context(), c.address, c.kind); run.Err != nil {
				t.Fatal(run.Output)
			}
			w.Write(c.args(box).With("token", "", "active", "false").At(c.address) + acctest.GitHubArgs(box).At(github))
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

func sentToken(a acctest.Args) string { return strings.Trim(a["token"], `"`) }

func TestFourConfigurationsOneActive(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{Race: 5 * time.Millisecond})
	four := func(active string) string {
		var b strings.Builder
		for address, a := range map[string]acctest.Args{github: acctest.GitHubArgs(box), gitlab: acctest.GitLabArgs(box), azure: azureArgs(box), bitbucket: bitbucketArgs(box)} {
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
		kinds := map[string]string{github: "GITHUB", gitlab: "GITLAB", azure: "AZURE_DEVOPS", bitbucket: "BITBUCKET_CLOUD"}
		rows := box.Devtron.Rows()
		for _, row := range rows {
			if row.Active != (row.Provider == kinds[active]) {
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

// The public names, through the real CLI: github.com is asked at api.github.com.
func TestPublicHosts(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).With("host", "").At(github)+acctest.GitLabArgs(box).With("host", "", "active", "false").At(gitlab), publicHosts(t, box)...)
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	row, _ := box.Devtron.Row("GITHUB")
	if row.Host != "https://github.com/" {
		t.Errorf("Devtron has %+v", row)
	}
	for _, request := range box.Log.To("github") {
		if request.Host != "api.github.com" {
			t.Errorf("%s was asked", request.Host)
		}
	}
	if len(box.Log.To("github")) == 0 || len(box.Log.To("gitlab")) == 0 {
		t.Error("nobody was asked")
	}
}
