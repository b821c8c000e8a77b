terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_environment" "prod" {
  name = "payments-prod"
}

output "identifier" {
  value = data.devtron_environment.prod.identifier
}

output "runs_in" {
  value = "${data.devtron_environment.prod.cluster_name}/${data.devtron_environment.prod.namespace}"
}
