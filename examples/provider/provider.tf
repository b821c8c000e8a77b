terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

provider "devtron" {
  url       = "https://devtron.example.com" # or DEVTRON_URL
  api_token = var.devtron_api_token         # or DEVTRON_API_TOKEN
}

resource "devtron_gitops_config" "github" {
  git_provider = "GITHUB"
  organization = "acme-gitops"
  username     = "acme-bot"
  token        = var.github_token
}

variable "devtron_api_token" {
  type      = string
  sensitive = true
}

variable "github_token" {
  type      = string
  sensitive = true
}
