terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_cluster" "default" {
  name = "default_cluster"
}

output "cluster_id" {
  value = data.devtron_cluster.default.id
}
