// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var stories = []story{
	{
		guide: "getting-started", name: "from nothing to a configuration",
		commands: []string{"terraform init", "terraform plan", "terraform apply", "terraform state show devtron_gitops_config.github"},
		play: func(s *stage) {
			s.write("main.tf", s.block(`resource "devtron_gitops_config"`))
			s.write("sandbox_override.tf", override("github", s.box.GitHub.URL()))
			token := "TF_VAR_github_token=" + s.box.GitHub.Token()
			s.run()
			expectWords(s.t, s.run(token).Output, "1 to add")
			expectWords(s.t, s.run(token).Output, "1 added")
			expectActive(s.t, s.box, "GITHUB", true)
			expectWords(s.t, s.run().Output, "skipped = true") // Argo CD is not installed
		},
	},
	{
		guide: "bootstrap", name: "from a bare Devtron to its outputs", needs: writeOnly,
		commands: []string{"terraform init", "terraform plan", "terraform apply", "terraform apply", "terraform output -raw ci_token", "terraform output"},
		play: func(s *stage) {
			s.write("main.tf", s.block(`resource "devtron_cluster"`))
			s.write("sandbox_override.tf", mainOverride(s.box))
			var secrets []string
			for name, value := range bootstrapSecrets(s.box) {
				secrets = append(secrets, "TF_VAR_"+name+"="+value)
			}
			s.run()
			expectWords(s.t, s.run(secrets...).Output, "5 to add")
			expectWords(s.t, s.run(secrets...).Output, "5 added")
			expectActive(s.t, s.box, "GITHUB", true)

			s.write("builds.tf", s.block(`resource "devtron_container_registry"`))
			s.write("builds_override.tf", buildsOverride(s.box))
			optional := buildsVariables(s.box)
			for _, name := range []string{"registry_username", "registry_password", "ci_token_expires_at"} {
				secrets = append(secrets, "TF_VAR_"+name+"="+optional[name])
			}
			expectWords(s.t, s.run(secrets...).Output, "2 added, 0 changed, 0 destroyed")
			expectWords(s.t, s.run().Output, "eyJ")
			expectWords(s.t, s.run().Output, "payments-prod", "prod-eu__payments")
		},
	},
	{
		guide: "from-the-web-page", name: "with terraform query", needs: queries,
		commands: []string{"terraform init", "terraform query", "terraform query -generate-config-out=gitops.tf", "terraform plan", "terraform apply", "terraform plan -detailed-exitcode"},
		play: func(s *stage) {
			putRows(s.box)
			s.write("main.tf", s.block(`provider "devtron" {}`))
			s.write("gitops.tfquery.hcl", s.block(`list "devtron_gitops_config"`))
			s.run()
			expectWords(s.t, s.run().Output, "git_provider=GITHUB", "git_provider=GITLAB")
			s.run()
			s.brought(2)
		},
	},
	{
		guide: "from-the-web-page", name: "with an import block", needs: from("1.5"),
		commands: []string{"terraform init", "terraform plan -generate-config-out=gitops.tf", "terraform plan", "terraform apply", "terraform plan -detailed-exitcode"},
		play: func(s *stage) {
			putRows(s.box)
			s.write("main.tf", s.block("import {"))
			s.run()
			s.run()
			s.brought(1)
		},
	},
	{
		guide: "from-the-web-page", name: "with a command",
		commands: []string{"terraform import devtron_gitops_config.github GITHUB"},
		play: func(s *stage) {
			s.prepare()
			putRows(s.box)
			s.write("main.tf", "resource \"devtron_gitops_config\" \"github\" {\n  git_provider = \"GITHUB\"\n  organization = \"acme-gitops\"\n  username = \"acme-bot\"\n}\n")
			s.run()
			// Without the host it is the public one: the plan shows that this is not what Devtron
			// has.
			expectWords(s.t, must(s.t, "plan", s.Plan(s.t.Context())).Output, "https://github.com/", s.box.GitHub.URL())
			s.write("sandbox_override.tf", override("github", s.box.GitHub.URL()))
			expectWords(s.t, must(s.t, "plan", s.Plan(s.t.Context())).Output, "No changes")
		},
	},
	{
		guide: "lifecycle", name: "renaming with a block", needs: from("1.1"),
		play: func(s *stage) {
			s.managed()
			writes := requestsThatWrite(s.box)
			main, err := os.ReadFile(filepath.Join(s.Dir, "main.tf"))
			if err != nil {
				s.t.Fatal(err)
			}
			s.write("main.tf", strings.Replace(string(main), `"github"`, `"new"`, 1)+strings.Replace(s.block("moved {"), ".old", ".github", 1))
			run := applyAndSettle(s.t, s.Folder)
			if !strings.Contains(run.Output, "0 added, 0 changed, 0 destroyed") || requestsThatWrite(s.box) != writes {
				s.t.Errorf("renaming wrote something:\n%s", run.Output)
			}
		},
	},
	{
		guide: "lifecycle", name: "forgetting with a block", needs: from("1.7"),
		play: func(s *stage) {
			s.managed()
			writes := requestsThatWrite(s.box)
			s.write("main.tf", s.block("removed {"))
			s.forgotten(must(s.t, "apply", s.Apply(s.t.Context())).Output, writes)
		},
	},
	{
		guide: "lifecycle", name: "forgetting with a command",
		commands: []string{"terraform state rm devtron_gitops_config.github"},
		play: func(s *stage) {
			s.managed()
			writes := requestsThatWrite(s.box)
			s.forgotten(s.run().Output, writes)
		},
	},
	{
		guide: "lifecycle", name: "another git provider without a gap",
		play: func(s *stage) {
			s.managed()
			first, err := os.ReadFile(filepath.Join(s.Dir, "main.tf"))
			if err != nil {
				s.t.Fatal(err)
			}
			gitlab := strings.NewReplacer("GITHUB", "GITLAB", `"github"`, `"gitlab"`, s.box.GitHub.URL(), s.box.GitLab.URL(),
				`organization = "`+sandbox.Organization+`"`, `group_id = "61512475"`, s.box.GitHub.Token(), s.box.GitLab.Token()).Replace(string(first))
			standBy := func(config string) string { return strings.TrimSuffix(config, "}\n") + "  active = false\n}\n" }
			for _, step := range []struct{ config, active string }{
				{string(first) + standBy(gitlab), "GITHUB"},
				{standBy(string(first)) + gitlab, "GITLAB"},
				{gitlab, "GITLAB"},
			} {
				s.write("main.tf", step.config)
				run := applyAndSettle(s.t, s.Folder)
				if strings.Contains(run.Output, "Devtron has no active GitOps configuration") {
					s.t.Errorf("there was a gap:\n%s", run.Output)
				}
				expectActive(s.t, s.box, "GITHUB", step.active == "GITHUB")
				expectActive(s.t, s.box, "GITLAB", step.active == "GITLAB")
			}
		},
	},
	{
		guide: "several-installations", name: "each has an active one of its own",
		play: func(s *stage) {
			other := sandbox.ForTest(s.t)
			text := strings.NewReplacer("https://devtron.example.com", s.box.Devtron.URL(), "https://devtron.staging.example.com", other.Devtron.URL(),
				"acme-gitops-staging", sandbox.Organization).Replace(s.block(`alias     = "staging"`))
			s.write("main.tf", text)
			s.write("sandbox_override.tf", override("production", s.box.GitHub.URL())+override("staging", s.box.GitHub.URL()))
			s.write("terraform.tfvars", "github_token = \""+s.box.GitHub.Token()+"\"\nproduction_api_token = \""+s.box.Devtron.AdminToken()+
				"\"\nstaging_api_token = \""+other.Devtron.AdminToken()+"\"\n")
			must(s.t, "init", s.Init(s.t.Context()))
			applyAndSettle(s.t, s.Folder)
			expectActive(s.t, s.box, "GITHUB", true)
			expectActive(s.t, other, "GITHUB", true)

			// A stopped server would give up its port, which a server of another test may take.
			s.box.Devtron.Inject(sandbox.Fault{Reset: true})
			if run := s.Plan(s.t.Context()); run.Err == nil || !strings.Contains(run.Output, "the server dropped the request") {
				s.t.Errorf("a Devtron is down, and the plan says:\n%s", run.Output)
			}
			must(s.t, "plan -target", shell(s.t, s.Folder, "terraform plan -target=devtron_gitops_config.staging"))
		},
	},
	{
		guide: "several-installations", name: "two blocks for one Devtron do not know of each other",
		play: func(s *stage) {
			gitlab := func(provider string) string {
				return "resource \"devtron_gitops_config\" \"gitlab\" {\n" + provider + "  git_provider = \"GITLAB\"\n  host = \"" + s.box.GitLab.URL() +
					"\"\n  group_id = \"61512475\"\n  username = \"acme-bot\"\n  token = \"" + s.box.GitLab.Token() + "\"\n}\n"
			}
			s.managed()
			s.write("other.tf", "provider \"devtron\" {\n  alias = \"other\"\n}\n")
			s.write("gitlab.tf", gitlab(""))
			const refusal = "Two configurations are to be active"
			if run := s.Plan(s.t.Context()); run.Err == nil || !strings.Contains(run.Output, refusal) {
				s.t.Errorf("in one block it is not refused:\n%s", run.Output)
			}
			s.write("gitlab.tf", gitlab("  provider = devtron.other\n"))
			run := must(s.t, "plan", s.Plan(s.t.Context()))
			expectWords(s.t, run.Output, "Another configuration will be deactivated")
		},
	},
	{
		guide: "secrets", name: "encrypted state", needs: since{never, "1.7"},
		play: func(s *stage) {
			s.managed()
			state := filepath.Join(s.Dir, "terraform.tfstate")
			before, err := os.ReadFile(state)
			if err != nil || !strings.Contains(string(before), s.box.GitHub.Token()) {
				s.t.Fatalf("the state has no token from the beginning: %v", err)
			}
			s.write("encryption.tf", s.block("encryption {"))
			must(s.t, "apply", shell(s.t, s.Folder, "terraform apply -refresh-only", "TF_VAR_state_passphrase=sixteen characters"))
			after, err := os.ReadFile(state)
			if err != nil || strings.Contains(string(after), s.box.GitHub.Token()) || !strings.Contains(string(after), "encrypted_data") {
				s.t.Errorf("the state is not encrypted: %v", err)
			}
		},
	},
	{
		guide: "ci-tokens", name: "a token for one run", needs: ephemerals,
		commands: []string{"terraform init", "terraform plan", "terraform apply", "terraform state pull"},
		play: func(s *stage) {
			s.write("main.tf", s.block(`ephemeral "devtron_api_token"`))
			writeDeployScript(s.t, s.Dir)
			const image = "TF_VAR_image=registry.example.com/payments:v2"
			s.run()
			expectWords(s.t, s.run(image).Output, "1 to add")
			expectWords(s.t, s.run(image).Output, "1 added")
			expectTokenOfRun(s.t, s.folder)
			expectWords(s.t, s.run().Output, "payments:v2")
		},
	},
	{
		guide: "troubleshooting", name: "the log has requests and no tokens",
		commands: []string{"TF_LOG_PROVIDER=DEBUG terraform plan"},
		play: func(s *stage) {
			s.managed()
			expectWords(s.t, s.run().Output, "Devtron API request", "method=GET", "status=200")
		},
	},
}

// brought runs what follows once the configuration is generated, and expects nothing but imports.
func (s *stage) brought(count int) {
	s.t.Helper()
	imports := string(rune('0'+count)) + " to import, 0 to add, 0 to change, 0 to destroy"
	writes := requestsThatWrite(s.box)
	expectWords(s.t, s.run().Output, imports)
	s.run()
	s.run() // fails where the plan is not empty
	if requestsThatWrite(s.box) != writes {
		s.t.Error("importing wrote something")
	}
}

// forgotten expects Terraform to know nothing of the configuration and Devtron to have it.
func (s *stage) forgotten(output string, writes int) {
	s.t.Helper()
	expectActive(s.t, s.box, "GITHUB", true)
	if requestsThatWrite(s.box) != writes {
		s.t.Errorf("forgetting wrote something:\n%s", output)
	}
	if run := must(s.t, "state list", shell(s.t, s.Folder, "terraform state list")); strings.Contains(run.Output, "github") {
		s.t.Errorf("the state still has it:\n%s", run.Output)
	}
}
