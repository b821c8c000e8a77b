// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Tokens that lack scopes. They exist only in the sandbox, and are concatenated so that scanners do
// not report them as leaked.
var (
	weakGitHubToken = "ghp_" + strings.Repeat("weak", 9)
	weakGitLabToken = "glpat-" + strings.Repeat("weak", 5)
)

const providerConfiguration = `
terraform {
  required_providers {
    devtron = {
      source = "devtron-labs/devtron"
    }
  }
}

provider "devtron" {} # reads DEVTRON_URL and DEVTRON_API_TOKEN
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
  active       = false # standby: Devtron keeps using GitHub
}
`

const platformConfiguration = `
variable "cluster_token" {
  type      = string
  sensitive = true
}

resource "devtron_host_url" "this" {
  url = "%s"
}

resource "devtron_project" "payments" {
  name = "payments"
}

resource "devtron_cluster" "prod" {
  name         = "prod-eu"
  server_url   = "%s"
  bearer_token = var.cluster_token
  tls          = { ca_certificate = file("cluster-ca.pem") }
}

resource "devtron_environment" "prod" {
  name       = "payments-prod"
  cluster_id = devtron_cluster.prod.id
  namespace  = "payments"
  production = true
}

output "environment" {
  value = devtron_environment.prod.identifier
}
`

func (d *demo) platformConfiguration() string {
	return fmt.Sprintf(platformConfiguration, d.box.Devtron.URL(), d.box.Cluster.URL())
}

func (d *demo) mainConfiguration() string {
	return providerConfiguration + fmt.Sprintf(githubConfiguration, d.box.GitHub.URL(), sandbox.Organization, sandbox.Username)
}

func (d *demo) gitlabConfiguration() string {
	return fmt.Sprintf(gitlabConfiguration, d.box.GitLab.URL(), sandbox.GroupID, sandbox.Username)
}

// setToken writes a token to a variables file and prints the file with a masked token.
func (d *demo) setToken(variable, token string) error {
	d.screen.file(variable+".auto.tfvars", fmt.Sprintf("%s = \"%s\"", variable, masked(token)))
	return d.write(variable+".auto.tfvars", fmt.Sprintf("%s = %q\n", variable, token))
}

// masked shows only the prefix and the last four characters of a token, so that two tokens can be
// told apart.
func masked(token string) string {
	prefix := token[:strings.IndexAny(token, "_-")+1]
	return prefix + "..." + token[len(token)-4:]
}
