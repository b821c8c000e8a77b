terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

resource "devtron_gitops_config" "azure" {
  git_provider  = "AZURE_DEVOPS"
  host          = "https://dev.azure.com/acme" # includes the organization
  azure_project = "gitops"
  username      = "acme-bot"
  token         = var.azure_token
}

variable "azure_token" {
  description = "A personal access token with the scope Code: Read, write, & manage."
  type        = string
  sensitive   = true
}
