# A data source cannot take an ephemeral value, so the tokens of tokens_wo are not asked about here. The
# provider looks at those itself in every plan, and warns a week before they expire.
data "devtron_git_token" "this" {
  for_each = { for kind, c in var.configurations : kind => c if contains(nonsensitive(keys(var.tokens)), kind) }

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
    for kind, token in data.devtron_git_token.this : kind => token.expires_at if token.expires_at != null
  }
  expire_soon = [
    for kind, time in local.expire : "${kind} at ${time}"
    if timecmp(time, timeadd(plantimestamp(), var.warn_before_expiry)) < 0
  ]
  insufficient = flatten([
    for kind, token in data.devtron_git_token.this : token.problems if token.verdict == "insufficient"
  ])
}

check "git_tokens_do_not_expire_soon" {
  assert {
    condition     = length(local.expire_soon) == 0
    error_message = "Git tokens of Devtron expire soon, deployments stop then: ${join(", ", local.expire_soon)}."
  }
}

check "git_tokens_can_do_the_work" {
  assert {
    condition     = length(local.insufficient) == 0
    error_message = join("\n", local.insufficient)
  }
}
