resource "devtron_gitops_config" "this" {
  for_each = var.configurations

  git_provider            = each.key
  host                    = each.value.host
  organization            = each.value.organization
  group_id                = each.value.group_id
  azure_project           = each.value.azure_project
  bitbucket_workspace_id  = each.value.bitbucket_workspace_id
  bitbucket_project_key   = each.value.bitbucket_project_key
  username                = each.value.username
  token                   = lookup(var.tokens, each.key, null) # write_only_override.tf adds token_wo
  allow_custom_repository = each.value.allow_custom_repository
  tls                     = each.value.ca_certificate == null ? null : { ca_certificate = each.value.ca_certificate }
  deletion_policy         = each.value.deletion_policy

  # Exactly one configuration is active, so a switch changes only var.active.
  active = each.key == var.active

  lifecycle {
    precondition {
      condition     = contains(keys(var.configurations), var.active)
      error_message = "The value of active is ${var.active}, but configurations does not contain ${var.active}."
    }
  }
}
