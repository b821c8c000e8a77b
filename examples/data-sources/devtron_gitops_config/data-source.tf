terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# The configuration that Devtron uses.
data "devtron_gitops_config" "active" {}

# The configuration of one git provider, active or not.
data "devtron_gitops_config" "gitlab" {
  git_provider = "GITLAB"
}

output "gitops_organization" {
  value = coalesce(data.devtron_gitops_config.active.organization, data.devtron_gitops_config.active.group_id)
}

output "gitlab_is_on_standby" {
  value = !data.devtron_gitops_config.gitlab.active
}
