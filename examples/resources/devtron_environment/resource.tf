terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

resource "devtron_environment" "prod" {
  name        = "payments-prod"
  cluster_id  = data.devtron_cluster.default.id
  namespace   = "payments"
  production  = true
  description = "Payments for customers"
}

# The cluster that Devtron runs in. For a cluster of this configuration, refer to the
# id of its devtron_cluster resource instead.
data "devtron_cluster" "default" {
  name = "default_cluster"
}

# How permissions name the environment, for example default_cluster__payments.
output "identifier" {
  value = devtron_environment.prod.identifier
}
