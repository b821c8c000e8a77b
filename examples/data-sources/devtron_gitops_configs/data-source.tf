terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_gitops_configs" "all" {}

output "gitops_is_configured" {
  value = data.devtron_gitops_configs.all.configured
}

output "hosts" {
  value = { for config in data.devtron_gitops_configs.all.configs : config.git_provider => config.host }
}
