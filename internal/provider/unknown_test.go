// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// notYet is a resource whose output is unknown until it is made.
func notYet(name, value string) string {
	return "resource \"terraform_data\" " + quote(name) + " {\n  input = " + value + "\n}\n"
}

func TestValuesFromResourcesNotMadeYet(t *testing.T) {
	t.Parallel()
	needs(t, terraformData)
	for name, config := range map[string]func(*sandbox.Sandbox) string{
		"provider url": func(box *sandbox.Sandbox) string {
			return notYet("v", quote(box.Devtron.URL())) + "provider \"devtron\" {\n  url = terraform_data.v.output\n}\n" + githubArgs(box).at(github)
		},
		"provider api_token": func(box *sandbox.Sandbox) string {
			return notYet("v", quote(box.Devtron.AdminToken())) + "provider \"devtron\" {\n  api_token = terraform_data.v.output\n}\n" + githubArgs(box).at(github)
		},
		"token": func(box *sandbox.Sandbox) string {
			return notYet("v", quote(box.GitHub.Token())) + githubArgs(box).with("token", "terraform_data.v.output").at(github)
		},
		"organization": func(box *sandbox.Sandbox) string {
			return notYet("v", quote(sandbox.Organization)) + githubArgs(box).with("organization", "terraform_data.v.output").at(github)
		},
		"host": func(box *sandbox.Sandbox) string {
			return notYet("v", quote(box.GitHub.URL())) + githubArgs(box).with("host", "terraform_data.v.output").at(github)
		},
		"username": func(box *sandbox.Sandbox) string {
			return notYet("v", quote(sandbox.Username)) + githubArgs(box).with("username", "terraform_data.v.output").at(github)
		},
		"git_provider": func(box *sandbox.Sandbox) string {
			return notYet("v", `"GITHUB"`) + githubArgs(box).with("git_provider", "terraform_data.v.output").at(github)
		},
		"required_scopes": func(box *sandbox.Sandbox) string {
			return notYet("v", `"repo"`) + githubArgs(box).with("required_scopes", "[terraform_data.v.output]").at(github)
		},
		"active": func(box *sandbox.Sandbox) string {
			return notYet("v", "true") + githubArgs(box).with("active", "terraform_data.v.output").at(github)
		},
		"tls": func(box *sandbox.Sandbox) string {
			ca, _, _ := testCertificates(t)
			return notYet("v", "{ ca_certificate = "+heredoc(ca)+", client_certificate = null, client_key = null }") + githubArgs(box).with("tls", "terraform_data.v.output").at(github)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := newWorkspace(t, box, config(box))
			w.plan().ok().quiet()
			if n := writes(box); n != 0 {
				t.Error("planning wrote")
			}
			w.apply().ok()
			row, _ := box.Devtron.Row("GITHUB")
			if !row.Active || row.Token != box.GitHub.Token() || row.GitHubOrgID != sandbox.Organization || row.Host != box.GitHub.URL() {
				t.Errorf("Devtron has %+v", row)
			}
			w.plan().empty().quiet()
		})
	}
}

// What was created once must survive a plan in which the provider cannot be asked.
func TestUnknownProviderKeepsState(t *testing.T) {
	t.Parallel()
	needs(t, terraformData)
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	w.write(notYet("v", quote(box.Devtron.URL())) + "provider \"devtron\" {\n  url = terraform_data.v.output\n}\n" + githubArgs(box).at(github))
	w.plan().ok()
	w.apply().ok()
	w.plan().empty().quiet()
	if rows := box.Devtron.Rows(); len(rows) != 1 || box.Log.Count("devtron", "POST", "") != 1 {
		t.Errorf("Devtron has %+v", rows)
	}
}

// An unknown adopt_existing is neither false nor missing: the apply decides.
func TestAnUnknownAdoptExistingIsDecidedInTheApply(t *testing.T) {
	t.Parallel()
	needs(t, terraformData)
	for value, adopted := range map[string]bool{"true": true, "false": false} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			somebodys := githubRow(box)
			somebodys.Username = "somebody"
			somebodys = box.Devtron.Put(somebodys)
			w := newWorkspace(t, box, notYet("v", value)+githubArgs(box).with("adopt_existing", "terraform_data.v.output").at(github))
			w.plan().ok().warns("A configuration exists already", "id 1", "the apply decides")
			if adopted {
				w.apply().ok().warns("active configuration will be overwritten")
			} else {
				w.apply().fails("another configuration of this git provider")
			}
			if row, _ := box.Devtron.Row("GITHUB"); (row != somebodys) != adopted {
				t.Errorf("Devtron has %+v", row)
			}
		})
	}
}
