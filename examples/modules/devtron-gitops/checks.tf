# Data sources do not accept ephemeral values, so these checks cover tokens, but not tokens_wo. The
# provider itself checks every token in each plan and warns a week before it expires.
data "devtron_git_token" "this" {
  for_each = { for name, c in var.configurations : name => c if contains(nonsensitive(keys(var.tokens)), name) }

  git_provider           = each.key
  host                   = each.value.host
  organization           = each.value.organization
  group_id               = each.value.group_id
  azure_project          = each.value.azure_project
  bitbucket_workspace_id = each.value.bitbucket_workspace_id
  bitbucket_project_key  = each.value.bitbucket_project_key
  username               = each.value.username
  token                  = var.tokens[each.key]
  tls                    = each.value.ca_certificate == null ? null : { ca_certificate = each.value.ca_certificate }
}

locals {
  expire = {
    for name, token in data.devtron_git_token.this : name => token.expires_at if token.expires_at != null
  }
  expire_soon = [
    for name, time in local.expire : "${name} at ${time}"
    if timecmp(time, timeadd(plantimestamp(), var.warn_before_expiry)) < 0
  ]
  insufficient = flatten([
    for name, token in data.devtron_git_token.this : token.problems if token.verdict == "insufficient"
  ])
}

check "git_tokens_do_not_expire_soon" {
  assert {
    condition     = length(local.expire_soon) == 0
    error_message = "Git tokens of Devtron expire soon, and deployments will fail: ${join(", ", local.expire_soon)}."
  }
}

check "git_tokens_are_sufficient" {
  assert {
    condition     = length(local.insufficient) == 0
    error_message = join("\n", local.insufficient)
  }
}
