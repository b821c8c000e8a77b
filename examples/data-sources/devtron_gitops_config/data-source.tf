# The configuration that Devtron uses.
data "devtron_gitops_config" "active" {}

# One by git provider, in use or not.
data "devtron_gitops_config" "gitlab" {
  git_provider = "GITLAB"
}

output "gitops_organization" {
  value = coalesce(data.devtron_gitops_config.active.organization, data.devtron_gitops_config.active.group_id)
}

output "gitlab_is_a_stand_by" {
  value = !data.devtron_gitops_config.gitlab.active
}
