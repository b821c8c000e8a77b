terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# Devtron uses this configuration.
resource "devtron_gitops_config" "github" {
  git_provider = "GITHUB"
  organization = "acme-gitops"
  username     = "acme-bot"
  token        = var.github_token
}

# This configuration is on standby: its token is checked, and GitHub stays in use.
resource "devtron_gitops_config" "gitlab" {
  git_provider = "GITLAB"
  host         = "https://gitlab.example.com"
  group_id     = "61512475"
  username     = "acme-bot"
  token        = var.gitlab_token
  active       = false
}

variable "github_token" {
  description = "A personal access token (classic) with the scopes repo, admin:org, and delete_repo."
  type        = string
  sensitive   = true
}

variable "gitlab_token" {
  description = "A personal access token with the scope api."
  type        = string
  sensitive   = true
}
