terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

resource "devtron_gitops_config" "github" {
  git_provider     = "GITHUB"
  organization     = "acme-gitops"
  username         = "acme-bot"
  token_wo         = var.github_token
  token_wo_version = 1 # raise it to send a new token
}

# An ephemeral variable is never stored in state or plan files. An ephemeral resource,
# for example of Vault, works as well.
variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}
