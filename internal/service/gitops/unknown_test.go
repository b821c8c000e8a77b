// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestUnknownValues(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	for name, config := range map[string]func(*sandbox.Sandbox) string{
		"provider url": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", acctest.Quote(box.Devtron.URL())) + "provider \"devtron\" {\n  url = terraform_data.v.output\n}\n" + githubArgs(box).At(github)
		},
		"provider api_token": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", acctest.Quote(box.Devtron.AdminToken())) + "provider \"devtron\" {\n  api_token = terraform_data.v.output\n}\n" + githubArgs(box).At(github)
		},
		"token": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", acctest.Quote(box.GitHub.Token())) + githubArgs(box).With("token", "terraform_data.v.output").At(github)
		},
		"organization": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", acctest.Quote(sandbox.Organization)) + githubArgs(box).With("organization", "terraform_data.v.output").At(github)
		},
		"host": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", acctest.Quote(box.GitHub.URL())) + githubArgs(box).With("host", "terraform_data.v.output").At(github)
		},
		"username": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", acctest.Quote(sandbox.Username)) + githubArgs(box).With("username", "terraform_data.v.output").At(github)
		},
		"git_provider": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", `"GITHUB"`) + githubArgs(box).With("git_provider", "terraform_data.v.output").At(github)
		},
		"required_scopes": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", `"repo"`) + githubArgs(box).With("required_scopes", "[terraform_data.v.output]").At(github)
		},
		"active": func(box *sandbox.Sandbox) string {
			return acctest.UnknownValue("v", "true") + githubArgs(box).With("active", "terraform_data.v.output").At(github)
		},
		"tls": func(box *sandbox.Sandbox) string {
			ca, _, _ := acctest.Certificates(t)
			return acctest.UnknownValue("v", "{ ca_certificate = "+acctest.Quote(ca)+", client_certificate = null, client_key = null }") + githubArgs(box).With("tls", "terraform_data.v.output").At(github)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, config(box))
			w.Plan().Ok().Quiet()
			if n := acctest.Writes(box); n != 0 {
				t.Error("the plan wrote to Devtron")
			}
			w.Apply().Ok()
			row, _ := box.Devtron.Row("GITHUB")
			if !row.Active || row.Token != box.GitHub.Token() || row.GitHubOrgID != sandbox.Organization || row.Host != box.GitHub.URL() {
				t.Errorf("Devtron has %+v", row)
			}
			w.Plan().Empty().Quiet()
		})
	}
}

// A plan without a configured provider must not remove the resource from the state.
func TestUnknownProviderKeepsState(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(acctest.UnknownValue("v", acctest.Quote(box.Devtron.URL())) + "provider \"devtron\" {\n  url = terraform_data.v.output\n}\n" + githubArgs(box).At(github))
	w.Plan().Ok()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if rows := box.Devtron.Rows(); len(rows) != 1 || box.Log.Count("devtron", "POST", "") != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
}

// The plan cannot decide by an unknown adopt_existing, so the apply does.
func TestUnknownAdoptExistingIsDecidedByApply(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	for value, adopted := range map[string]bool{"true": true, "false": false} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			existing := githubRow(box)
			existing.Username = "somebody"
			existing = box.Devtron.Put(existing)
			w := acctest.NewWorkspace(t, box, acctest.UnknownValue("v", value)+githubArgs(box).With("adopt_existing", "terraform_data.v.output").At(github))
			w.Plan().Ok().Warns("A configuration exists already", "id 1", "the apply decides")
			if adopted {
				w.Apply().Ok().Warns("active configuration will be overwritten")
			} else {
				w.Apply().Fails("another configuration of this git provider")
			}
			if row, _ := box.Devtron.Row("GITHUB"); (row != existing) != adopted {
				t.Errorf("Devtron has %+v", row)
			}
		})
	}
}
