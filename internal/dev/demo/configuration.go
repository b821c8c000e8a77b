// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Tokens that look real and cannot do enough. They exist in the sandbox only,
// and are put together here so that no scanner takes them for leaked ones.
var (
	weakGitHubToken = "ghp_" + strings.Repeat("weak", 9)
	weakGitLabToken = "glpat-" + strings.Repeat("weak", 5)
)

const preamble = `
terraform {
  required_providers {
    devtron = {
      source = "devtron-labs/devtron"
    }
  }
}

provider "devtron" {} # DEVTRON_URL and DEVTRON_API_TOKEN
`

const githubConfiguration = `
variable "github_token" {
  type      = string
  sensitive = true
}

resource "devtron_gitops_config" "github" {
  git_provider = "GITHUB"
  host         = "%s"
  organization = "%s"
  username     = "%s"
  token        = var.github_token
}
`

const gitlabConfiguration = `
variable "gitlab_token" {
  type      = string
  sensitive = true
}

resource "devtron_gitops_config" "gitlab" {
  git_provider = "GITLAB"
  host         = "%s"
  group_id     = "%d"
  username     = "%s"
  token        = var.gitlab_token
  active       = false # a stand-by: everything is set, GitHub stays in use
}
`

func (s *story) githubConfiguration() string {
	return fmt.Sprintf(githubConfiguration, s.box.GitHub.URL(), sandbox.Organization, sandbox.Username)
}

func (s *story) gitlabConfiguration() string {
	return fmt.Sprintf(gitlabConfiguration, s.box.GitLab.URL(), sandbox.GroupID, sandbox.Username)
}

// giveToken puts a token where the CLI reads variables from, and shows its
// beginning only.
func (s *story) giveToken(variable, token string) error {
	prefix, _, _ := strings.Cut(token, "_")
	if prefix == token {
		prefix, _, _ = strings.Cut(token, "-")
	}
	s.screen.file(variable+".auto.tfvars", fmt.Sprintf("%s = \"%s…\"", variable, token[:len(prefix)+1]))
	return s.write(variable+".auto.tfvars", fmt.Sprintf("%s = %q\n", variable, token))
}
