// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// notYet is a resource whose output is unknown until it is made.
func notYet(name, value string) string {
	return "resource \"terraform_data\" " + acctest.Quote(name) + " {\n  input = " + value + "\n}\n"
}

func TestValuesFromResourcesNotMadeYet(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	for name, config := range map[string]func(*sandbox.Sandbox) string{
		"provider url": func(box *sandbox.Sandbox) string {
			return notYet("v", acctest.Quote(box.Devtron.URL())) + "provider \"devtron\" {\n  url = terraform_data.v.output\n}\n" + acctest.GitHubArgs(box).At(github)
		},
		"provider api_token": func(box *sandbox.Sandbox) string {
			return notYet("v", acctest.Quote(box.Devtron.AdminToken())) + "provider \"devtron\" {\n  api_token = terraform_data.v.output\n}\n" + acctest.GitHubArgs(box).At(github)
		},
		"token": func(box *sandbox.Sandbox) string {
			return notYet("v", acctest.Quote(box.GitHub.Token())) + acctest.GitHubArgs(box).With("token", "terraform_data.v.output").At(github)
		},
		"organization": func(box *sandbox.Sandbox) string {
			return notYet("v", acctest.Quote(sandbox.Organization)) + acctest.GitHubArgs(box).With("organization", "terraform_data.v.output").At(github)
		},
		"host": func(box *sandbox.Sandbox) string {
			return notYet("v", acctest.Quote(box.GitHub.URL())) + acctest.GitHubArgs(box).With("host", "terraform_data.v.output").At(github)
		},
		"username": func(box *sandbox.Sandbox) string {
			return notYet("v", acctest.Quote(sandbox.Username)) + acctest.GitHubArgs(box).With("username", "terraform_data.v.output").At(github)
		},
		"git_provider": func(box *sandbox.Sandbox) string {
			return notYet("v", `"GITHUB"`) + acctest.GitHubArgs(box).With("git_provider", "terraform_data.v.output").At(github)
		},
		"required_scopes": func(box *sandbox.Sandbox) string {
			return notYet("v", `"repo"`) + acctest.GitHubArgs(box).With("required_scopes", "[terraform_data.v.output]").At(github)
		},
		"active": func(box *sandbox.Sandbox) string {
			return notYet("v", "true") + acctest.GitHubArgs(box).With("active", "terraform_data.v.output").At(github)
		},
		"tls": func(box *sandbox.Sandbox) string {
			ca, _, _ := testCertificates(t)
			return notYet("v", "{ ca_certificate = "+heredoc(ca)+", client_certificate = null, client_key = null }") + acctest.GitHubArgs(box).With("tls", "terraform_data.v.output").At(github)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, config(box))
			w.Plan().Ok().Quiet()
			if n := acctest.Writes(box); n != 0 {
				t.Error("planning wrote")
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

// What was created once must survive a plan in which the provider cannot be asked.
func TestUnknownProviderKeepsState(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(notYet("v", acctest.Quote(box.Devtron.URL())) + "provider \"devtron\" {\n  url = terraform_data.v.output\n}\n" + acctest.GitHubArgs(box).At(github))
	w.Plan().Ok()
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if rows := box.Devtron.Rows(); len(rows) != 1 || box.Log.Count("devtron", "POST", "") != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
}

// An unknown adopt_existing is neither false nor missing: the apply decides.
func TestAnUnknownAdoptExistingIsDecidedInTheApply(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	for value, adopted := range map[string]bool{"true": true, "false": false} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			somebodys := acctest.GitHubRow(box)
			somebodys.Username = "somebody"
			somebodys = box.Devtron.Put(somebodys)
			w := acctest.NewWorkspace(t, box, notYet("v", value)+acctest.GitHubArgs(box).With("adopt_existing", "terraform_data.v.output").At(github))
			w.Plan().Ok().Warns("A configuration exists already", "id 1", "the apply decides")
			if adopted {
				w.Apply().Ok().Warns("active configuration will be overwritten")
			} else {
				w.Apply().Fails("another configuration of this git provider")
			}
			if row, _ := box.Devtron.Row("GITHUB"); (row != somebodys) != adopted {
				t.Errorf("Devtron has %+v", row)
			}
		})
	}
}
