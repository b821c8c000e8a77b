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

# Clusters that environments refer to, and that this module does not manage.
data "devtron_cluster" "existing" {
  for_each = setsubtract([for e in var.environments : e.cluster], keys(var.clusters))

  name = each.key
}

locals {
  cluster_ids = merge(
    { for name, cluster in devtron_cluster.this : name => cluster.id },
    { for name, cluster in data.devtron_cluster.existing : name => cluster.id },
  )
}

resource "devtron_environment" "this" {
  for_each = var.environments

  name        = each.key
  cluster_id  = local.cluster_ids[each.value.cluster]
  namespace   = coalesce(each.value.namespace, each.key)
  production  = each.value.production
  description = each.value.description
}
