terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

resource "devtron_gitops_config" "bitbucket" {
  git_provider           = "BITBUCKET_CLOUD"
  bitbucket_workspace_id = "acme"
  bitbucket_project_key  = "GIT"          # default: the oldest project of the workspace
  username               = "x-token-auth" # the user name of every access token
  token                  = var.bitbucket_token
}

variable "bitbucket_token" {
  description = "A workspace access token with the permissions Repositories: Read, Write, Admin, and Delete."
  type        = string
  sensitive   = true
}
