terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# Tests the stored configuration with its stored token:
# terraform apply -invoke=action.devtron_gitops_validate.stored
action "devtron_gitops_validate" "stored" {
  config {
    git_provider = "GITHUB"
  }
}

# Tests a new token before a configuration uses it:
# terraform apply -invoke=action.devtron_gitops_validate.new_token
action "devtron_gitops_validate" "new_token" {
  config {
    git_provider = "GITHUB"
    organization = "acme-gitops"
    username     = "acme-bot"
    token        = var.github_token
  }
}

variable "github_token" {
  type      = string
  sensitive = true
}
