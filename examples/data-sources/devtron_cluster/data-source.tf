terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# The cluster that Devtron runs in.
data "devtron_cluster" "default" {
  name = "default_cluster"
}

data "devtron_cluster" "prod" {
  name = "prod-eu"
}

output "cluster_ids" {
  value = {
    default = data.devtron_cluster.default.id
    prod    = data.devtron_cluster.prod.id
  }
}

output "kubernetes_version" {
  value = data.devtron_cluster.prod.kubernetes_version
}
