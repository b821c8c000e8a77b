resource "devtron_host_url" "this" {
  count = var.host_url == null ? 0 : 1

  url = var.host_url
}

resource "devtron_project" "this" {
  for_each = var.projects

  name = each.key
}

resource "devtron_cluster" "this" {
  for_each = var.clusters

  name                    = each.key
  server_url              = each.value.server_url
  bearer_token_wo         = lookup(var.cluster_tokens, each.key, null)
  bearer_token_wo_version = each.value.token_version
  tls                     = each.value.ca_certificate == null ? null : { ca_certificate = each.value.ca_certificate }
  production              = each.value.production
  description             = each.value.description
}

# Clusters that other objects refer to, and that this module does not manage.
data "devtron_cluster" "existing" {
  for_each = setsubtract(
    concat([for e in var.environments : e.cluster], flatten([for r in var.container_registries : r.pull_clusters])),
    concat(keys(var.clusters), ["all"]),
  )

  name = each.key
}

locals {
  cluster_ids = merge(
    { for name, cluster in devtron_cluster.this : name => cluster.id },
    { for name, cluster in data.devtron_cluster.existing : name => cluster.id },
  )
  environment_identifiers = { for name, e in devtron_environment.this : name => e.identifier }
}

resource "devtron_environment" "this" {
  for_each = var.environments

  name        = each.key
  cluster_id  = local.cluster_ids[each.value.cluster]
  namespace   = coalesce(each.value.namespace, each.key)
  production  = each.value.production
  description = each.value.description
}

# A version without a password is an error, so it is set only together with a user name.
resource "devtron_container_registry" "this" {
  for_each = var.container_registries

  name                = each.key
  type                = each.value.type
  url                 = each.value.url
  username            = each.value.username
  password_wo         = lookup(var.container_registry_passwords, each.key, null)
  password_wo_version = each.value.username == null ? null : each.value.password_version
  aws                 = each.value.aws_region == null ? null : { region = each.value.aws_region }
  default             = each.value.default
  pull_secret = length(each.value.pull_clusters) == 0 ? null : {
    clusters = [for c in each.value.pull_clusters : c == "all" ? c : local.cluster_ids[c]]
  }
}

# An account has a password if it has a user name, and an SSH key otherwise.
resource "devtron_git_account" "this" {
  for_each = var.git_accounts

  name                       = each.key
  url                        = each.value.url
  username                   = each.value.username
  password_wo                = each.value.username == null ? null : lookup(var.git_account_secrets, each.key, null)
  password_wo_version        = each.value.username == null ? null : each.value.secret_version
  ssh_private_key_wo         = each.value.username == null ? lookup(var.git_account_secrets, each.key, null) : null
  ssh_private_key_wo_version = each.value.username == null ? each.value.secret_version : null
}

resource "devtron_chart_repository" "this" {
  for_each = var.chart_repositories

  name                = each.key
  url                 = each.value.url
  username            = each.value.username
  password_wo         = lookup(var.chart_repository_passwords, each.key, null)
  password_wo_version = each.value.username == null ? null : each.value.password_version
}

resource "devtron_api_token" "this" {
  for_each = var.api_tokens

  name        = each.key
  description = each.value.description
  expires_at  = each.value.expires_at

  permissions = [
    for p in each.value.permissions : {
      project      = try(devtron_project.this[p.project].name, p.project)
      role         = p.role
      applications = p.applications
      environments = p.environments == null ? null : [for e in p.environments : lookup(local.environment_identifiers, e, e)]
    }
  ]
}
