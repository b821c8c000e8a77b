// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const moduleFolder = "modules/devtron-gitops"

var (
	writeOnly     = from("1.11")
	mockProviders = since{"1.7", "1.8"}
	testCommand   = from("1.6")
)

// moduleWithout lists the files that users of an older CLI delete, according to the module's
// README.
func moduleWithout() []string {
	var without []string
	if !writeOnly.reached() {
		without = append(without, "write_only_override.tf")
	}
	if !mockProviders.reached() {
		without = append(without, "module.tftest.hcl")
	}
	return without
}

func tryModule(t *testing.T, f *folder) {
	t.Run("tests with a mocked provider", func(t *testing.T) {
		mockProviders.skipBelow(t)
		commands := shellBlocks(t, moduleReadme)
		run := must(t, "terraform test", shell(t, f.Folder, commands[0]))
		if strings.Contains(run.Output, " 0 passed") || f.box.Log.Count("", "", "") != 0 {
			t.Errorf("it sent requests, or tested nothing:\n%s", run.Output)
		}
	})
	t.Run("tests with the sandbox", func(t *testing.T) {
		testCommand.skipBelow(t)
		commands := shellBlocks(t, moduleReadme)
		run := must(t, "terraform test", shell(t, f.Folder, commands[1], sandboxVariables(f.box)...))
		expectWords(t, run.Output, "2 passed")
		expectNothingActive(t, f.box) // it cleans up
	})
	t.Run("write-only tokens with the sandbox", func(t *testing.T) {
		writeOnly.skipBelow(t)
		f.box.Devtron.Empty()
		script := shellBlocks(t, moduleReadme)[1]
		swapped := strings.NewReplacer("TF_VAR_tokens=", "TF_VAR_tokens_wo=", "TF_VAR_tokens_wo=", "TF_VAR_tokens=",
			"username = ", "token_version = 1, username = ").Replace(script)
		run := must(t, "terraform test", shell(t, f.Folder, swapped, sandboxVariables(f.box)...))
		expectWords(t, run.Output, "2 passed")
		for provider, token := range map[string]string{"GITHUB": f.box.GitHub.Token(), "GITLAB": f.box.GitLab.Token()} {
			if row, _ := f.box.Devtron.Row(provider); row.Token != token {
				t.Errorf("Devtron did not get the token of %s", provider)
			}
		}
	})
	t.Run("used as the README says", func(t *testing.T) { tryModuleUse(t, f) })
}

// tryModuleUse applies the first configuration in the README and imports with the second.
func tryModuleUse(t *testing.T, f *folder) {
	blocks := terraformBlocks(t, moduleReadme)
	use := strings.NewReplacer(
		"https://gitlab.example.com", f.box.GitLab.URL(),
		`organization = "acme-gitops"`, fmt.Sprintf("organization = \"acme-gitops\", host = %q", f.box.GitHub.URL()),
	).Replace(blocks[0]) + "output \"active\" {\n  value = module.gitops.active\n}\n"
	dir := t.TempDir()
	copyConfiguration(t, filepath.Join(root, moduleFolder), filepath.Join(dir, "devtron-gitops"), moduleWithout())
	write(t, dir, "main.tf", use)
	write(t, dir, "terraform.tfvars", fmt.Sprintf("github_token = %q\ngitlab_token = %q\n", f.box.GitHub.Token(), f.box.GitLab.Token()))
	root := f.at(t, dir)
	must(t, "init", root.Init(t.Context()))

	putRows(f.box)
	write(t, dir, "import.tf", importOfReadme(t))
	run := applyAndSettle(t, root)
	expectWords(t, run.Output, "1 imported, 1 added, 1 changed, 0 destroyed", `active = "GITHUB"`)

	write(t, dir, "main.tf", strings.Replace(use, `active = "GITHUB"`, `active = "GITLAB"`, 1))
	applyAndSettle(t, root)
	expectActive(t, f.box, "GITHUB", false)
	expectActive(t, f.box, "GITLAB", true)

	f.box.GitHub.AddToken(sandbox.GitHubToken{
		Token: f.box.GitHub.Token(), Login: sandbox.Username, Scopes: []string{"repo"},
		Roles: map[string]string{sandbox.Organization: "admin"}, Expires: time.Now().Add(20 * 24 * time.Hour),
	})
	run = must(t, "plan", root.Plan(t.Context()))
	expectWords(t, strings.Join(strings.Fields(run.Output), " "), "Git tokens of Devtron expire soon", "GitHub token lacks scopes that Devtron needs")
	must(t, "destroy", root.Destroy(t.Context()))
}

// importOfReadme is the import block that the README describes in a sentence.
func importOfReadme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(moduleReadme)
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile("`import` block with `(to = .+?)` and `(id = .+?)`").FindStringSubmatch(string(text))
	if match == nil {
		t.Fatal("the README does not describe an import block")
	}
	return "import {\n  " + match[1] + "\n  " + match[2] + "\n}\n"
}

const moduleReadme = root + "/" + moduleFolder + "/README.md"

// requiredProviders names the source of the provider.
const requiredProviders = `
terraform {
  required_providers {
    devtron = {
      source = "devtron-labs/devtron"
    }
  }
}
`

// sandboxVariables are what the sandbox program prints.
func sandboxVariables(box *sandbox.Sandbox) []string {
	return []string{
		"SANDBOX_USERNAME=" + sandbox.Username,
		"SANDBOX_GITHUB_ORGANIZATION=" + sandbox.Organization,
		"SANDBOX_GITHUB_URL=" + box.GitHub.URL(), "SANDBOX_GITHUB_TOKEN=" + box.GitHub.Token(),
		"SANDBOX_GITLAB_GROUP_ID=" + fmt.Sprint(sandbox.GroupID),
		"SANDBOX_GITLAB_URL=" + box.GitLab.URL(), "SANDBOX_GITLAB_TOKEN=" + box.GitLab.Token(),
	}
}

func expectNothingActive(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	for _, row := range box.Devtron.Rows() {
		if row.Active {
			t.Errorf("%s is still active", row.Provider)
		}
	}
}

// fenced returns the code blocks of a language of a page.
func fenced(t *testing.T, page, language string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	_, rest, more := strings.Cut("\n"+string(text), "\n```"+language+"\n")
	for more {
		block, after, closed := strings.Cut(rest, "\n```\n")
		if !closed {
			t.Fatalf("%s: a block of %s is not closed", page, language)
		}
		blocks = append(blocks, block+"\n")
		_, rest, more = strings.Cut("\n"+after, "\n```"+language+"\n")
	}
	return blocks
}

func terraformBlocks(t *testing.T, page string) []string { return fenced(t, page, "terraform") }

func shellBlocks(t *testing.T, page string) []string { return fenced(t, page, "shell") }
